"""The host of a preview that is a URL: it answers what the preview answered.

In: the record of the preview. Out: a `Host` like every other one, so that all who ask a build ask a URL, too. What
nobody has asked for yet is not known; while `ask` is set, it is asked for now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks.collect.addresses import NOT_FOUND_FILE
from checks.collect.hosts.about import About, NotEmulated
from checks.collect.hosts.answer import Answer, not_emulated
from checks.collect.web.store import CATCH_ALL_FILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.collect.web.store import Record, Store

_ABOUT: Final = About(error_files=frozenset({NOT_FOUND_FILE, CATCH_ALL_FILE}), redirects=True)
_NOT_ASKED: Final = NotEmulated("", "the preview, which was not asked")


class RecordedHost:
    """A host model over a record. `name`: which hosting service it is taken for."""

    def __init__(self, store: Store, name: str) -> None:
        self.name = name
        self.sends_headers = False
        self.about = _ABOUT
        self.ask: Callable[[str], Record] | None = None
        self._store = store

    def answer(self, path: str, query: str = "") -> Answer:
        """Return what the preview answers to GET `path`; see `Host.answer`."""
        target = f"{path}?{query}" if query else path
        record = self._store.get(target)
        if record is None and self.ask is not None:
            record = self.ask(target)
        if record is None:
            return not_emulated(_NOT_ASKED)
        if record.why is not None:
            return not_emulated(NotEmulated(target, f"the preview, but {record.why}"))
        return Answer(
            status=record.status,
            headers=record.headers,
            file=record.file,
            location=record.location,
            rule="what the preview answers",
            transfer=record.transfer,
        )
