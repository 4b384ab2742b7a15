"""Findings put together by what caused them, worst first: one entry for the footer link that is broken on 480 pages.

In: the findings of a run, read twice as streams. Out: the worst causes in full, and how many there are in all. What is
held for a cause that is not shown is its key and three numbers: 100,000 causes need about 30 MB.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checks.report.sign_offs import of_finding
from checks.report.words import SEVERITIES, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.report.result import Document, Stream

_LAST = (64, True)  # behind all that `rank` can return
_SIGNED = 3  # sentences about sign-offs that are kept of a cause


@dataclass(slots=True)
class Cause:
    """What the findings with one cause have in common."""

    first: Document
    """The first of its findings as it stands in findings.jsonl; speaks for all of them."""
    rank: int
    samples: list[Document] = field(default_factory=list)
    """The first findings, at most as many as pages were asked for."""
    pages: list[str] = field(default_factory=list)
    """The first pages, at most as many as were asked for."""
    page_count: int = 0
    """On how many pages; 0 for a finding about the site."""
    count: int = 0
    """How many findings."""
    states: dict[str, int] = field(default_factory=dict)
    """How many findings are new, existing, signed-off, expired."""
    blocking: int = 0
    """How many of the findings block."""
    signed: list[str] = field(default_factory=list)
    """Who signed for findings of it and until when, each sentence once, at most three."""
    since: Document | None = None
    """Since when the oldest of its findings is known; None where none is."""
    last_page: str | None = None
    clicks: float = 0
    """Clicks a month of its pages, each counted once, as far as somebody knows."""
    conversions: float = 0

    def add(self, finding: Document, pages: int) -> None:
        """Count `finding`, and keep it and its page while fewer than `pages` are kept."""
        self.count += 1
        self.blocking += bool(finding.get("blocking"))
        self.states[state(finding)] = self.states.get(state(finding), 0) + 1
        since = finding.get("since")
        if since and (self.since is None or since["day"] < self.since["day"]):
            self.since = since
        if len(self.samples) < pages:
            self.samples.append(finding)
        said = of_finding(finding)
        if said and len(self.signed) < _SIGNED and said not in self.signed:
            self.signed.append(said)
        page = finding.get("page")
        if page is None or page != self.last_page:
            worth = finding.get("worth") or {}
            self.clicks += worth.get("clicks", 0)
            self.conversions += worth.get("conversions", 0)
        # Findings of one policy and page lie next to each other, so comparing with the last one counts each page once.
        if page is not None and page != self.last_page:
            self.last_page = page
            self.page_count += 1
            if len(self.pages) < pages:
                self.pages.append(page)

    @property
    def opened(self) -> str:
        """Since when it is known, and when it becomes an error, in words; empty where it is not known to be old."""
        return opened(self.since, error=self.first.get("severity") == "error")

    @property
    def more_pages(self) -> int:
        """How many pages it has beyond those in `pages`."""
        return self.page_count - len(self.pages)


@dataclass(frozen=True, slots=True)
class Causes:
    """The worst causes of a run."""

    shown: tuple[Cause, ...]
    """Worst first."""
    total: int
    """How many there are in all, those in `shown` included."""
    blocking: int
    """How many of all block."""

    @property
    def left_out(self) -> int:
        """How many causes are not shown."""
        return self.total - len(self.shown)


def state(finding: Document) -> str:
    """Return the state of a finding: new, existing, signed-off or expired."""
    return str(finding.get("state") or "new")


def is_gap(finding: Document) -> bool:
    """Return whether a finding says that an address was not measured: no policy made it, but no GO is possible."""
    return finding.get("reads") == "coverage"


def rank(finding: Document) -> int:
    """Return a number that is lower for worse findings: what blocks, then by severity.

    What was there before comes after what is new, then what is signed for, then what is proposed.
    """
    if finding.get("blocking"):
        return 0
    severity = finding.get("severity")
    by_severity = SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
    shade = {"existing": 4, "signed-off": 8}.get(state(finding), 0)
    return 1 + by_severity + shade + 16 * bool(finding.get("proposed"))


def collect(findings: Stream, *, limit: int, pages: int, gaps: bool = False) -> Causes:
    """Return the `limit` worst causes, each with its first `pages` pages.

    Of those that block, launch blockers are worse: a password in the build is not to be looked for below forty broken
    links. Of equals, what puts more clicks and then more conversions at risk is worse, then what is on more pages. What
    says that an address was not measured is left to those who
    show the coverage ledger, unless `gaps` is true.
    """

    def wished() -> Iterator[Document]:
        return (finding for finding in findings() if gaps or not is_gap(finding))

    sizes, ranks, worth = _counted(wished())
    nothing = (0.0, 0.0)
    chosen = heapq.nsmallest(limit, sizes, key=lambda key: (*ranks[key], *worth.get(key, nothing), -sizes[key]))
    kept: dict[str, Cause] = {}
    wanted = set(chosen)
    for finding in wished():
        key = key_of(finding)
        if key in wanted:
            kept.setdefault(key, Cause(first=finding, rank=ranks[key][0])).add(finding, pages)
    blocking = sum(1 for value, _ in ranks.values() if value == 0)
    return Causes(tuple(kept[key] for key in chosen if key in kept), len(sizes), blocking)


def key_of(finding: Document) -> str:
    """Return what findings with one cause share."""
    return str(finding.get("cause") or finding.get("fingerprint") or "")


_Counted = tuple[dict[str, int], dict[str, tuple[int, bool]], dict[str, tuple[float, float]]]


def _counted(findings: Iterable[Document]) -> _Counted:
    """Return for each cause how many findings it has, the rank of the worst, and what its pages are worth.

    With the rank goes whether no launch is blocked; clicks and conversions stand below zero, so that more is worse.
    """
    sizes: dict[str, int] = {}
    ranks: dict[str, tuple[int, bool]] = {}
    worth: dict[str, tuple[float, float]] = {}
    last: dict[str, str] = {}
    for finding in findings:
        key = key_of(finding)
        sizes[key] = sizes.get(key, 0) + 1
        ranks[key] = min(ranks.get(key, _LAST), (rank(finding), not finding.get("launch_blocker")))
        page, figures = finding.get("page"), finding.get("worth")
        if figures and (page is None or last.get(key) != page):
            clicks, conversions = worth.get(key, (0.0, 0.0))
            worth[key] = (clicks - figures["clicks"], conversions - figures["conversions"])
            if page is not None:
                last[key] = page
    return sizes, ranks, worth
