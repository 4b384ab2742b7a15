"""What a page asks and keeps once a visitor has consented or refused: the group `choices`.

In: what was seen after each choice, and what is the site's own. Out: the group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.facts.consent import is_essential, member, vendor_of
from checks.facts.trackers import asks_first, category
from checks.facts.urls import parse, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.facts.look import Site


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is new after a choice."""

    done: bool
    """Whether the choice could be made: its button was there."""
    asked: tuple[str, ...] = ()
    """Addresses."""
    cookies: tuple[tuple[str, str], ...] = ()
    """Names and domains."""
    local: tuple[str, ...] = ()
    session: tuple[str, ...] = ()
    """Keys of storage."""


def choices(seen: Mapping[str, Chosen], site: Site) -> dict[str, Any]:
    """Return the group; `seen` has `given` and `refused`, or one of them."""
    return {name: _told(seen[name], site) if name in seen else None for name in ("given", "refused")}


def _told(chosen: Chosen, site: Site) -> dict[str, Any]:
    exempt = frozenset(site.settings.consent_exempt)
    hosts = {address.host for url in chosen.asked if (address := parse(url)) is not None and address.host}
    return {
        "done": chosen.done,
        "trackers": [
            {"host": host, "category": category(host)}
            for host in sorted(hosts)
            if asks_first(host) and not within(host, exempt) and not within(host, site.first_party)
        ],
        "kept": list(_kept(chosen, site)),
    }


def _kept(chosen: Chosen, site: Site) -> Iterator[dict[str, str]]:
    for name, domain in chosen.cookies:
        third = not within(domain.lstrip("."), site.first_party)
        vendor = vendor_of(name)
        if (vendor or third) and not is_essential(name, site.settings):
            yield member("cookie", name, vendor or domain.lstrip("."))
    for kind, names in (("local", chosen.local), ("session", chosen.session)):
        for name in names:
            vendor = vendor_of(name)
            if vendor and not is_essential(name, site.settings):
                yield member(f"{kind} storage", name, vendor)
