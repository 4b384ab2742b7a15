"""The group `known_addresses` of the site document: addresses that the world knows, and that would stop answering.

In: each known address with what the host answers there, those that are worth most first. Out: the group. Pure; it
holds offenders only, and of those the most valuable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

MOST_TOLD: Final = 2_000
"""Addresses of one list; all are counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One known address, and where it leads."""

    url: str
    known_by: tuple[str, ...]
    clicks: float
    conversions: float
    status: int | None
    """At the end of the way; None where the build does not show it."""
    hops: int
    final_url: str
    loop: bool = False
    leads_away: bool = False
    """Whether the way ends on another origin, which answers for itself."""
    is_home: bool = False
    """Whether a redirect ends on the home page."""
    expected: int | None = None
    """The status that the config declares for it."""


@dataclass(slots=True)
class KnownAddresses:
    """Takes addresses one after the other."""

    by: dict[str, int]
    """How many addresses each kind of list knows."""
    total: int = 0
    unknown: int = 0
    lost: list[dict[str, Any]] = field(default_factory=list)
    lost_total: int = 0
    to_home: list[dict[str, Any]] = field(default_factory=list)
    to_home_total: int = 0

    def add(self, asked: Asked) -> None:
        """Take one address."""
        self.total += 1
        why = _why(asked)
        if why is not None:
            self.lost_total += 1
            if len(self.lost) < MOST_TOLD:
                self.lost.append({**_told(asked), "why": why})
        elif asked.status is None and not asked.leads_away:
            self.unknown += 1
        elif asked.is_home and asked.hops:
            self.to_home_total += 1
            if len(self.to_home) < MOST_TOLD:
                self.to_home.append(_told(asked))

    def group(self) -> dict[str, Any]:
        """Return the group."""
        return {
            "total": self.total,
            "by": [{"kind": kind, "addresses": count} for kind, count in sorted(self.by.items())],
            "not_shown": self.unknown,
            "lost": sorted(self.lost, key=_by_worth),
            "lost_total": self.lost_total,
            "to_home": sorted(self.to_home, key=_by_worth),
            "to_home_total": self.to_home_total,
        }


def _why(asked: Asked) -> str | None:
    """Return why nobody arrives at an address any more; None: somebody does, or nobody knows."""
    if asked.loop:
        return "loop"
    if asked.status is None or asked.leads_away or asked.status == asked.expected:
        return None
    if asked.status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    if asked.status < HTTPStatus.BAD_REQUEST:
        return "too_many_redirects"
    if asked.hops:
        return "redirect_broken"
    return "gone" if asked.status == HTTPStatus.GONE else "not_found" if asked.status < _SERVER else "error"


_SERVER: Final = HTTPStatus.INTERNAL_SERVER_ERROR


def _told(asked: Asked) -> dict[str, Any]:
    return {
        "url": asked.url,
        "known_by": sorted(asked.known_by),
        "clicks": round(asked.clicks),
        "conversions": round(asked.conversions, 1),
        "status": asked.status,
        "hops": asked.hops,
        "final_url": asked.final_url,
    }


def _by_worth(one: dict[str, Any]) -> tuple[float, float, str]:
    return (-one["clicks"], -one["conversions"], one["url"])
