"""What a report is made from: the documents of one run, and how to look up what illustrates a finding.

In: what the run folder holds, handed over by whoever asks for a report. Out: one frozen record. It decides nothing and
holds no long list: `findings` and `coverage` are called for a fresh iterator each time somebody wants to read them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from checks import json_bytes
from checks.report.outline import outlined

if TYPE_CHECKING:
    from pathlib import Path

Document = Mapping[str, Any]
Stream = Callable[[], Iterator[Document]]


def nothing(_key: str) -> None:
    """Answer a look-up with "there is none"; the default of every look-up in `Result`."""
    return


def made_now(_of: bytes, make: Callable[[], bytes]) -> bytes:
    """Make what could be remembered; the default where nothing is."""
    return make()


def no_documents() -> Iterator[Document]:
    """Answer with none; the default of every stream in `Result` that not every run has."""
    return iter(())


OUTLINED = "-outlined"
"""How the name of a screenshot ends, before its suffix, where the element of the finding is outlined in it."""
BEFORE = "-before"
"""How it ends where it shows the page as it is live."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page document that is read when somebody wants to know what it says."""

    place: int
    """Which of the documents it is, from 0."""
    text: bytes
    read: Callable[[], Document]


@dataclass(frozen=True, slots=True)
class Result:
    """One run, as the reports read it. A mapping's `.get` serves as look-up."""

    verdict: Document
    """verdict.json"""
    run: Document
    """run.json"""
    findings: Stream
    """The lines of findings.jsonl, those of one policy and page next to each other. Called once for each pass."""
    coverage: Stream
    """The lines of coverage.jsonl."""
    pages: Stream = no_documents
    """The documents of pages.jsonl, in the order of the ledger."""
    outlines: Stream | None = None
    """The lines of outlines.jsonl, in the same order; None where there are none."""
    read_at: Callable[[Collection[int]], Iterator[PageLine]] | None = None
    """Gives those of `pages` that stand at these places, without reading the others; None: all are read."""
    remembered: Callable[[bytes, Callable[[], bytes]], bytes] = made_now
    """(What something is made of, how) -> what was made of the same before, or is made now."""
    changes: Stream = no_documents
    """The documents of changes.jsonl; none where nothing was compared."""
    lighthouse: Stream = no_documents
    """The documents of lighthouse.jsonl; none where Lighthouse was not asked for."""
    fixed: Stream = no_documents
    """The lines of fixed.jsonl: findings of the baseline that are gone."""
    site: Document = field(default_factory=dict)
    """site.json, or nothing where the site was not measured."""
    course: Document = field(default_factory=dict)
    """course.json, or nothing in a run of an earlier version."""
    policies: Mapping[str, Document] = field(default_factory=dict)
    """The effective policies by id: where description, x-fix and x-reference of a rule are read. May be empty."""
    snippets: Callable[[str], Document | None] = nothing
    """Fingerprint -> {line, column, text} in the HTML as delivered."""
    screens: Callable[[str], str | None] = nothing
    """Fingerprint -> name of a screenshot, relative to the run folder."""
    screens_before: Callable[[str], str | None] = nothing
    """Fingerprint -> name of a screenshot of the page as it is live, likewise."""
    read_screen: Callable[[str], bytes | None] = nothing
    """Name of a screenshot -> its bytes (PNG, JPEG or WebP)."""
    sources: Callable[[str], Document | None] = nothing
    """Fingerprint -> {file, line} in the repository, where the finding can be mended; without `line` where that is not
    known."""
    folder: str = "gonogo-run"
    """The run folder as the user would write it, for the commands a report proposes."""
    report: str = ""
    """The path of the HTML report as the user would write it; empty where there is none."""
    carried: Path | None = None
    """The HTML report of a run with the very same documents and findings; None: there was none."""

    def outlined(self) -> Iterator[Document]:
        """Give the outline of every page."""
        return self.outlines() if self.outlines is not None else map(outlined, self.pages())

    def pages_at(self, places: Collection[int]) -> Iterator[PageLine]:
        """Give the page documents at these places."""
        if self.read_at is not None:
            return self.read_at(places)
        found = ((place, document) for place, document in enumerate(self.pages()) if place in places)
        return (PageLine(place, json_bytes.encode(one), partial(dict, one)) for place, one in found)
