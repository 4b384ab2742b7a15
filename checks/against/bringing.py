"""Bring a baseline into the run folder, before the preview is collected.

In: the settings, a run folder. Out: `baseline/` in it, a run folder of its own with the facts of what is live, or the
reason why there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks import course, kept_facts, run_folder
from checks.against import naming
from checks.baseline import ages, facts, history, kinds, store
from checks.baseline.launch import NOT_AT_A_DESK, NOTHING_KEPT, Launch
from checks.errors import CannotMeasureError, UserError
from checks.run_folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from checks.collect.browser import Browser
    from checks.collect.reuse.opening import Asked
    from checks.settings import Settings
    from checks.trust.rules import Trust

Document = dict[str, Any]
UNTOLD: Final = Launch()


@dataclass(frozen=True, slots=True)
class Brought:
    """A baseline, or why there is none."""

    about: Document | None
    """`baseline` of run.json; None: nothing is compared."""
    run: RunFolder
    notes: tuple[str, ...] = ()
    """What a reader must know of it."""

    @property
    def is_read(self) -> bool:
        """Whether its facts are there."""
        return self.about is not None and self.about["why"] is None

    def paths(self) -> Iterable[str]:
        """Give the addresses at which the preview must still answer: its pages, and what redirects."""
        return facts.paths(self.run) if self.is_read else ()

    def origin(self) -> str | None:
        """Return where it was published; None where it does not know."""
        about = kept_facts.former_site(self.run)["config"] if self.is_read else {}
        return str(about["production_origin"]) if about.get("origin_known") else None

    def pages(self) -> Iterable[Document]:
        """Give its page documents; none where it can't be had."""
        return kept_facts.former_pages(self.run) if self.is_read else ()


@dataclass(frozen=True, slots=True)
class Means:
    """By what a baseline is collected that nobody has collected before."""

    browser: Browser | None
    progress: Callable[[int, int], None]
    cache: Asked | None = None
    """Pages of a build that are there are not measured again; the preview then finds there what it has unchanged."""


def bring(
    settings: Settings, run: RunFolder, means: Means, trust: Trust | None = None, launch: Launch = UNTOLD
) -> Brought:
    """Fill `baseline/` of the run folder with the facts of what the settings name as baseline.

    A folder that the base of a change holds is read from there, where `trust` says that the base decides. Where the
    settings name the last launch, `launch` says where that lies; before the first one there is nothing to compare with.
    """
    if settings.baseline == kinds.NONE:
        return Brought(None, run.baseline)
    if settings.baseline == kinds.LAUNCH and launch.is_none_yet:
        return Brought(None, run.baseline, (NOTHING_KEPT,))
    if settings.baseline == kinds.LAUNCH and naming.is_at_desk(launch, trust):
        return Brought(None, run.baseline, (NOT_AT_A_DESK,))
    kind = naming.kind_of_named(settings.baseline)
    why = None
    try:
        place = naming.place(settings, run, trust, launch)
        kind = kinds.kind_of(place)
        fill(kind, replace(settings, baseline=place), run.baseline, means)
        facts.believe(run.baseline, naming.origins(settings))
    except (CannotMeasureError, UserError) as error:
        why = naming.reason(error)
    return Brought(naming.about(settings.baseline, kind, why, run.baseline), run.baseline)


def fill(kind: str, settings: Settings, into: RunFolder, means: Means) -> None:
    """Bring the facts of the baseline that `settings` names, which is of this kind, into a run folder of its own."""
    if kind == kinds.SAVED:
        store.load(Path(settings.baseline), into)
        into.write(run_folder.COURSE, {"points": list(history.points(Path(settings.baseline)))})
    elif kind == kinds.RUN:
        _copy(RunFolder(Path(settings.baseline)), into)
    else:
        _collect(kind, settings, into, means)


def _copy(run: RunFolder, into: RunFolder) -> None:
    into.path.mkdir()
    for name in (run_folder.RUN, run_folder.SITE):
        into.write(name, run.read(name))
    for name in (run_folder.COVERAGE, run_folder.PAGES):
        into.write_lines(name, run.lines(name))
    if ages.is_judged(run):
        into.write(run_folder.COURSE, {"points": [course.of_run(run)]})
        into.write_lines(run_folder.AGES, (age.to_document() for age in ages.from_findings(run)))
    if run.file(run_folder.FILES).is_file():
        into.write_lines(run_folder.FILES, run.lines(run_folder.FILES))


def _collect(kind: str, settings: Settings, into: RunFolder, means: Means) -> None:
    """Collect the facts of a build, or of what is live, as those of the preview are: by the same settings."""
    from checks import __version__
    from checks.collect import stage

    # What opens the preview is nobody else's business.
    other = replace(settings, preview=settings.baseline, access=None)
    folder = Path() if kind == kinds.ADDRESS else Path(settings.baseline)
    if kind == kinds.BUILD and not folder.is_dir():
        raise CannotMeasureError("there is no such folder", where=str(folder))
    into.clear()
    beside = stage.Beside() if means.cache is None else stage.Beside(cache=means.cache)
    collected = stage.collect(other, folder, into, means.browser, means.progress, beside)
    into.file(run_folder.DELIVERED).unlink(missing_ok=True)
    said = {"gonogo": __version__, "site": collected.origin, "commit": None, "finished": None}
    into.write(run_folder.RUN, {**said, "build_digest": collected.build_digest, "reuse": collected.reuse})
