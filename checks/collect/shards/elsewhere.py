"""What other machines have measured, page by page in the order of the run, and what they noted beside the pages.

In: lines of measured.jsonl of all shards, and the sum of what they tell beside them; all of their shape. Out: for each
page of this run, its line; an error for a page that no line or two lines tell of, or that this build does not have.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from checks.errors import CannotMeasureError, UserError
from checks.facts.page_settings import no_coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from checks.collect.shards.beside import Beside
    from checks.collect.visits import Known
    from checks.facts.asked import Asked
    from checks.facts.page_settings import PageSettings


class Line(NamedTuple):
    """A line of measured.jsonl."""

    path: str
    where: str
    """Its file and number, for errors."""
    said: Mapping[str, Any]


@dataclass(slots=True)
class Elsewhere:
    """The pages of all shards; each shard gives its lines sorted by path."""

    where: str
    """Who has measured, for errors: the folders of the shards, or the address of a cluster."""
    beside: Beside
    """What they noted beside their pages."""
    streams: list[Iterable[Line]]
    _lines: Iterator[Line] = field(init=False)
    _waiting: Line | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._lines = heapq.merge(*map(_sorted, self.streams), key=itemgetter(0))
        self._waiting = next(self._lines, None)

    def page(self, path: str) -> Mapping[str, Any]:
        """Return the line of the page at `path`; pages are asked for in the order of their paths, each once."""
        line = self._waiting
        if line is None or line.path > path:
            raise CannotMeasureError(
                f"no shard has measured {path}",
                where=self.where,
                remedy="A page that nobody measured is never a pass: collect the shards again, all from this build.",
            )
        if line.path < path:
            raise _not_a_page(line)
        self._waiting = next(self._lines, None)
        if self._waiting is not None and self._waiting.path == path:
            raise UserError(
                f"{path} is measured twice: also in {self._waiting.where}",
                where=line.where,
                remedy="Name each shard once, all of one division: `gonogo collect --shard 1/N` to N/N.",
            )
        return line.said

    def end(self) -> None:
        """Say that all pages were asked for: no shard may have another."""
        if self._waiting is not None:
            raise _not_a_page(self._waiting)

    def tell(self, known: Known, asked: Asked) -> None:
        """Tell what the shards noted of the site beside its pages."""
        preview, beside = known.preview, self.beside
        asked.others = asked.others or beside.others
        asked.answer = asked.answer or beside.answer
        asked.found_nothing(sorted(beside.missing))
        for path in sorted(beside.code):
            known.assets.of(preview.answer_at(preview.origin + path))
        for path in sorted(beside.unknown):
            preview.answer_at(preview.origin + path)


def _sorted(lines: Iterable[Line]) -> Iterator[Line]:
    last = None
    for line in lines:
        if last is not None and line.path <= last:
            raise CannotMeasureError(
                f"{line.path} stands after {last}: the lines are sorted by path, each page once",
                where=line.where,
                remedy="No gonogo wrote this file: collect the shard again.",
            )
        last = line.path
        yield line


def _not_a_page(line: Line) -> UserError:
    return UserError(
        f"{line.path} is no page to be measured in this build",
        where=line.where,
        remedy="Merge shards of this build alone, with the settings that they were collected with.",
    )


def left_to_ask(settings: PageSettings, others: Elsewhere | None) -> PageSettings:
    """Return the settings of who puts parts together: what they ask of single pages was done with the part."""
    return settings if others is None else replace(settings, coverage=no_coverage, chooses=no_coverage)
