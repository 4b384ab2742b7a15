"""Vitals of real visitors in the facts: the group `field` of a page and of the site.

In: what an export says of addresses, what was measured here. Out: the groups. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_PAGES = 50
GOOD: Final = {"lcp_ms": 2500, "inp_ms": 200, "cls": 0.1}
"""What search engines call good, for three visits of four: https://web.dev/articles/vitals"""


class Vitals(Protocol):
    """The 75th percentiles of one address on one kind of device."""

    @property
    def path(self) -> str:
        """The production path."""

    @property
    def device(self) -> str:
        """`phone`, `desktop`, `tablet` or `all`."""

    @property
    def lcp_ms(self) -> float | None:
        """Largest contentful paint."""

    @property
    def inp_ms(self) -> float | None:
        """Interaction to next paint."""

    @property
    def cls(self) -> float | None:
        """Cumulative layout shift."""

    @property
    def samples(self) -> int | None:
        """Visits."""


def of_page(vitals: Iterable[Vitals]) -> dict[str, Any]:
    """Return the group `field` of a page; a page that the export does not name has none."""
    return {"devices": [_told(one) for one in vitals]}


def of_site(vitals: Iterable[Vitals], lab: Mapping[str, Mapping[str, Any] | None]) -> dict[str, Any]:
    """Return the group `field` of the site: the pages with most visits, beside what was measured here (`lab`)."""
    pages = []
    for one in vitals:
        here = lab.get(one.path)
        beside = None if here is None else {"lcp_ms": here["lcp_ms"], "cls": here["cls"]}
        pages.append({"page": f"{one.path} ({one.device})", "path": one.path, **_told(one), "lab": beside})
    known = [one for one in pages if None not in (one["lcp_ms"], one["inp_ms"], one["cls"])]
    good = sum(all(one[name] <= most for name, most in GOOD.items()) for one in known)
    return {"pages": pages, "good_share": round(good / len(known), 4) if known else None}


def _told(one: Vitals) -> dict[str, Any]:
    return {
        "device": one.device,
        "lcp_ms": one.lcp_ms,
        "inp_ms": one.inp_ms,
        "cls": one.cls,
        "samples": one.samples,
    }
