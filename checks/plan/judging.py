"""A redirect map, judged: by itself, against what is there after the launch, and by the clicks that it keeps. Pure.

In: its lines, what is there, what is known of the old addresses. Out: faults, the worst and the most valuable first,
and figures.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from checks import errors
from checks.plan import inner
from checks.plan.fault import ERROR, KINDS, UNKNOWN, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from checks.plan.redirect_map import Line
    from checks.plan.targets import Targets

MOST_TOLD: Final = 1_000
"""Faults that are held; all are counted."""


@dataclass(slots=True)
class Clicks:
    """What becomes of the clicks that the old addresses have."""

    total: float = 0.0
    in_map: float = 0.0
    stay: float = 0.0
    """On addresses that still have a page, or a redirect of the host."""
    addresses: int = 0
    covered: int = 0

    def to_document(self) -> dict[str, Any]:
        """Return it as JSON."""
        clicks = {"clicks": round(self.total), "in_map": round(self.in_map), "stay": round(self.stay)}
        return {**clicks, "addresses": self.addresses, "addresses_covered": self.covered}


@dataclass(slots=True)
class Judgement:
    """Everything that was found."""

    lines: int
    faults: list[Fault] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    clicks: Clicks | None = None
    checked: bool = False
    """Whether targets were looked at."""
    notes: list[str] = field(default_factory=list)
    elsewhere: int = 0
    """Targets on other sites, which nobody looked at."""

    @property
    def exit_code(self) -> int:
        """An error blocks; what nobody can tell is no pass."""
        severities = {KINDS[kind][0] for kind, count in self.counts.items() if count}
        if ERROR in severities:
            return errors.EXIT_NO_GO
        return errors.EXIT_CANNOT_TELL if UNKNOWN in severities else errors.EXIT_GO

    def to_document(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "exit_code": self.exit_code,
            "redirects": self.lines,
            "counts": {kind: self.counts[kind] for kind in KINDS},
            "targets_checked": self.checked,
            "targets_elsewhere": self.elsewhere,
            "clicks": self.clicks.to_document() if self.clicks else None,
            "faults": [fault.to_document() for fault in self.faults],
            "notes": list(self.notes),
            "left_out": self.counts.total() - len(self.faults),
        }


def judge(lines: Sequence[Line], home: str, targets: Targets | None, clicks: Mapping[str, float] | None) -> Judgement:
    """Return what is wrong with a map; `targets` knows what is there, `clicks` what each old address has a month."""
    judgement = Judgement(len(lines), checked=targets is not None)
    first = inner.first_of(lines)
    worth = clicks or {}
    found = [*inner.faults(lines, home)]
    if targets is not None:
        found += _against(first, home, targets, judgement)
    if clicks is not None:
        judgement.clicks, lost = _kept(first, clicks, targets)
        found += lost
    order = {kind: number for number, kind in enumerate(KINDS)}
    weighed = [Fault(one.kind, one.line, one.url, one.said, worth.get(one.url, 0.0)) for one in found]
    judgement.counts.update(one.kind for one in weighed)
    weighed.sort(key=lambda one: (order[one.kind], -one.clicks, one.line or 0, one.url))
    judgement.faults = _some(weighed)
    return judgement


def _some(faults: Sequence[Fault]) -> list[Fault]:
    """Return as many as are held, of each kind the most valuable."""
    each = max(1, MOST_TOLD // len(KINDS))
    kept: Counter[str] = Counter()
    told = []
    for fault in faults:
        if kept[fault.kind] < each:
            kept[fault.kind] += 1
            told.append(fault)
    return told


def _against(first: Mapping[str, Line], home: str, targets: Targets, judgement: Judgement) -> Iterator[Fault]:
    origin, ways = "/".join(home.split("/")[:3]), inner.ways(first)
    for line in first.values():
        # http and www forms of an address are no pages of the build.
        stays = targets.at(line.source) if line.source.startswith(f"{origin}/") else None
        if stays is not None and stays.status == HTTPStatus.OK and stays.redirected_to is None:
            said = "a page is still there; take the line out, or the page"
            yield Fault("source-is-a-page", line.line, line.source, said)
        target = ways[line.source].end
        if target is None:
            continue
        there = targets.at(target)
        if there is None:
            judgement.elsewhere += 1
        elif there.status is None:
            yield Fault("target-unknown", line.line, line.source, f"{target}: {there.why}")
        elif there.status != HTTPStatus.OK:
            yield Fault("target-missing", line.line, line.source, f"{target} answers {there.status}")
        else:
            if there.redirected_to is not None:
                said = f"a rule of the host leads {target} on to {there.redirected_to}"
                yield Fault("chain", line.line, line.source, said)
            if there.why:
                yield Fault("target-not-indexable", line.line, line.source, f"{target}: {there.why}")


def _kept(
    first: Mapping[str, Line], clicks: Mapping[str, float], targets: Targets | None
) -> tuple[Clicks, list[Fault]]:
    kept, lost = Clicks(), []
    named = {_bare(url) for url in first}
    for url, number in _by_clicks(clicks):
        kept.total, kept.addresses = kept.total + number, kept.addresses + 1
        if _bare(url) in named:
            kept.in_map, kept.covered = kept.in_map + number, kept.covered + 1
            continue
        there = targets.at(url) if targets is not None else None
        if there is not None and there.status == HTTPStatus.OK:
            kept.stay, kept.covered = kept.stay + number, kept.covered + 1
        elif there is not None and there.status is not None:
            lost.append(Fault("uncovered", None, url, f"it answers {there.status}, and the map does not name it"))
        elif there is not None:
            lost.append(Fault("target-unknown", None, url, there.why))
    return kept, lost


def _bare(url: str) -> str:
    """Return an address without its scheme and www., by which one map may call what another calls otherwise."""
    return url.partition("://")[2].removeprefix("www.")


def _by_clicks(clicks: Mapping[str, float]) -> Iterable[tuple[str, float]]:
    return sorted(clicks.items(), key=lambda each: (-each[1], each[0]))
