"""A run that reuses nothing and keeps nothing: it was asked not to, or there is no place.

In: why. Out: the same answers as `Reuse`, all of them no.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checks.collect.reuse.clean_files import CleanFiles
from checks.collect.reuse.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.collect.extraction import Extracted
    from checks.collect.place import Painted
    from checks.collect.recorder import Recorder
    from checks.collect.rendering import Task
    from checks.collect.reuse.steps import Steps
    from checks.facts.host_mentions import Own
    from checks.facts.visit import Visit


@dataclass(slots=True)
class Nothing:
    """`why`, in words for the report; `told` says whether people did not ask for it, and have to be told."""

    why: str
    told: bool = False
    tally: Tally = field(default_factory=Tally)

    @property
    def repeats(self) -> int:
        """How many looks at pages a run over the same build would take again: all of them."""
        return self.tally.why.total()

    def get(self, _path: str) -> None:
        """Nothing is kept of the page."""

    def last(self, _path: str) -> None:
        """Nothing is kept of the page."""

    def keep(self, task: Task, _visit: Visit, _painted: Painted, _recorder: Recorder, _built: Extracted) -> None:
        """Count a page that was measured."""
        self.measured(task.path)

    def measured(self, path: str) -> None:
        """Count a page that was measured, or could not be."""
        self.tally.measured(path, self.why)

    failed = measured

    def missed(self) -> None:
        """Nothing is kept of any look."""

    def amend(self, _path: str, _document: bytes, _vitals: Mapping[str, object]) -> None:
        """Nothing is kept."""

    def groups(self, _path: str) -> None:
        """Nothing is kept."""

    def keep_groups(self, _path: str, _steps: Steps, _groups: Mapping[str, object]) -> None:
        """Nothing is kept."""

    def clean_files(self, own: Own) -> CleanFiles:
        """No file is known."""
        return CleanFiles(None, own)

    def completions(self, *_of: object) -> None:
        """Nothing is kept."""

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence for the report, where the cache was wanted."""
        return (f"no page was reused and none was kept: {self.why}",) if self.told else ()
