"""Whether a check has to do anything: asked before it begins, and kept in mind when it is done.

In: parsed arguments, the rules, the build, the run folder. Out: a `Before`, by which the run before is given again
where nothing that it depends on has changed, and by which this run is recorded for the next one.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from checks import errors, gate
from checks.collect.browser import find
from checks.collect.reuse.nothing import Nothing
from checks.collect.reuse.opening import Asked, store_of
from checks.commands import exceptions
from checks.run_result import write_reports
from checks.settings import FILE_NAME
from checks.sources import repository, state
from checks.unchanged import again, dependencies, record

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping

    from checks.cache.store import Store
    from checks.collect.stage import Collected
    from checks.run_folder import RunFolder


@dataclass(slots=True)
class Before:
    """What is known of the run before in the folder of this one."""

    run: RunFolder
    asked: gate.Invocation
    verify: Callable[[], None]
    store: Store | None = None
    present: Mapping[str, str] | None = None
    """What this run depends on; None where that is more than can be known."""
    why: str | None = None
    """Why the run before is not given again; None where nobody asked for it."""

    def given(self) -> gate.Document | None:
        """Give the run before again where nothing has changed, and return its verdict; else None."""
        if self.store is None or self.present is None:
            return None
        found = record.last(self.store, self.run, self.present)
        if isinstance(found, str):
            self.why = found
            return None
        with self.run.scratching():
            said = again.given(self.run, found, self.asked, self.verify)
            if said is None:
                self.why = "what is signed counts by the moment"
                return None
            write_reports(self.run, carried=again.former_report(self.run))
        known = {name: one for name, one in found.files.items() if name not in again.WRITTEN}
        record.keep(self.store, self.run, self.present, found.told, known)
        return said

    def tell(self) -> None:
        """Say in run.json why everything is done anew."""
        again.anew(self.run, self.why)

    def keep(self, collected: Collected) -> None:
        """Record what lies in the folder at the end, unless a run over the same may come out otherwise."""
        if self.store is None or self.present is None or collected.repeats:
            return
        # What was written into the build meanwhile was measured as it was, or as it became: nobody knows.
        if collected.build_digest == self.present[dependencies.BUILD]:
            record.keep(self.store, self.run, self.present, collected.told_of_reuse, {})


@contextmanager
def watched(
    parsed: argparse.Namespace, decided: gate.Ruling, folder: Path, asked: gate.Invocation, run: RunFolder
) -> Iterator[Before]:
    """Look at what the run depends on; in the end, let go of the cache."""
    before = Before(run, asked, partial(exceptions.keep, run, decided, parsed))
    # What is wrong here is said by whoever measures, when the folder of the run holds no verdict any more.
    with suppress(errors.GonogoError):
        browser = None if parsed.no_render else find()
        store = store_of(Asked(asked.cache, asked.no_cache), decided.rules.settings, browser)
        before.store = None if isinstance(store, Nothing) else store
    if before.store is None:
        yield before
        return
    try:
        sources = repository.find(parsed.config or Path(FILE_NAME))
        about = dependencies.Run(decided, folder, asked, browser, sources, state.of(sources), vars(parsed))
        before.why = dependencies.unfit(about)
        if before.why is None:
            with suppress(errors.GonogoError, OSError):
                before.present = dependencies.of(about, gate.commit())
        yield before
    finally:
        before.store.close()
