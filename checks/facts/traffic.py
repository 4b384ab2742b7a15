"""What a page is worth: the groups `traffic` (search) and `visits` (analytics) of its document.

In: what exports say of the addresses that lead to the page, in months of 30 days. Out: the groups; one that no export
speaks of is not measured, so that a rule about it can't tell. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_CHANNELS = 20


class Sums(Protocol):
    """Figures of all addresses that lead to one page."""

    @property
    def clicks(self) -> float:
        """Clicks in search results."""

    @property
    def impressions(self) -> float:
        """How often search results showed it."""

    @property
    def weighted(self) -> float:
        """Positions, each as often as it was shown."""

    @property
    def sessions(self) -> float:
        """Visits that began there."""

    @property
    def conversions(self) -> float:
        """What came of them."""


def traffic(sums: Sums) -> dict[str, Any]:
    """Return the group `traffic`; a page that the export does not name has none."""
    position = sums.weighted / sums.impressions if sums.impressions and sums.weighted else None
    return {
        "clicks": round(sums.clicks),
        "impressions": round(sums.impressions),
        "position": None if position is None else round(position, 1),
    }


def visits(sums: Sums, channels: Sequence[tuple[str, float, float]]) -> dict[str, Any]:
    """Return the group `visits`."""
    return {
        "sessions": round(sums.sessions),
        "conversions": round(sums.conversions, 1),
        "channels": [
            {"channel": name, "sessions": round(sessions), "conversions": round(conversions, 1)}
            for name, sessions, conversions in channels
            if name
        ],
    }


def joined(document: Mapping[str, Any], groups: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page document with these groups measured, too."""
    return {**document, **groups, "measured": sorted({*document["measured"], *groups})}
