"""What came of the comparison with what is live, as sentences for every report.

In: verdict.json, and what is fixed as a stream. Out: a title with sentences, or nothing where nothing was compared. All
texts are the report's to escape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks.report.words import clip, count, listed, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.result import Document, Result

TITLE: Final = "Compared with what is live"
_FIXED_SHOWN: Final = 10
_LONGEST: Final = 200
_PAGES: Final = ("added", "removed", "moved", "changed", "same")


def sections(result: Result) -> list[tuple[str, list[str]]]:
    """Return the section about the comparison, or nothing where there was none."""
    compared = result.verdict.get("compared")
    return [(TITLE, [*_told(compared, result.verdict.get("counts", {})), *_fixed(result)])] if compared else []


def _told(compared: Document, counts: Document) -> Iterator[str]:
    pages, name = compared.get("pages"), clip(str(compared.get("baseline", "")), _LONGEST)
    if pages:
        yield f"{name}: {', '.join(f'{pages[state]:,} {state}' for state in _PAGES)} (pages)"
    else:
        yield f"{name}: not every page of both sides was measured"
    found = (("new", "new"), ("existing", "existing"), ("signed_off", "signed off"), ("expired", "expired"))
    told = [f"{counts[key]:,} {word}" for key, word in found if counts.get(key)]
    fixed = f"{compared.get('fixed', 0):,} fixed"
    yield f"Findings: {listed(*told, fixed)}"


def _fixed(result: Result) -> Iterator[str]:
    """Give what is fixed, by policy; there are no more policies than there are."""
    found: dict[str, tuple[int, str]] = {}
    for finding in result.fixed():
        policy = str(finding.get("policy", ""))
        number, first = found.get(policy, (0, place(finding)))
        found[policy] = (number + 1, first)
    for policy, (number, first) in sorted(found.items(), key=lambda each: (-each[1][0], each[0]))[:_FIXED_SHOWN]:
        yield f"fixed: {policy} ({count(number, 'finding')}, the first on {clip(first, _LONGEST)})"
    more = len(found) - _FIXED_SHOWN
    if more > 0:
        yield f"fixed: {count(more, 'more policy', 'more policies')}"
