"""What of the tags that the project declares a page's own policy would keep from it.

In: the policies of a page, and what the project declares: ids of tags, and hosts. Out: `blocked` of `security.csp`. A
page must satisfy every policy, so one that says no is enough.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from checks.facts.csp_match import allows
from checks.facts.csp_text import policies_of
from checks.facts.reference import reference
from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.csp_text import Csp
    from checks.facts.look import Site

_NEEDS: dict[str, dict[str, list[str]]] = reference("csp")["tags"]
"""Beginning of an id -> directive -> addresses, one of which the tag needs."""
_KINDS = ("script-src", "style-src", "img-src", "font-src", "connect-src", "frame-src", "media-src")
_Needed = tuple[str, tuple[str, ...], tuple[str, ...]]
"""What was declared; any of these directives must let in any of these addresses."""


def blocked(headers: tuple[str, ...], metas: tuple[str, ...], site: Site) -> list[dict[str, Any]]:
    """Return what the project declares and the policies would block, sorted."""
    settings = site.settings
    if not (headers or metas) or not (settings.analytics or settings.allow_third_parties):
        return []
    return _blocked(headers, metas, site.origin, settings.analytics, settings.allow_third_parties)


@lru_cache(maxsize=64)
def _blocked(
    headers: tuple[str, ...], metas: tuple[str, ...], origin: str, tags: tuple[str, ...], hosts: tuple[str, ...]
) -> list[dict[str, Any]]:
    policies = [policy for found in policies_of(list(headers), list(metas)).values() for policy in found]
    found = {
        f"{declared} {'' if len(directives) > 1 else directives[0]}".strip(): {
            "declared": declared,
            "directive": directives[0] if len(directives) == 1 else None,
            "address": addresses[0],
        }
        for declared, directives, addresses in _needed(tags, hosts)
        if not _is_let_in(policies, directives, addresses, origin)
    }
    return [{"key": key, **found[key]} for key in sorted(found)]


def _needed(tags: tuple[str, ...], hosts: tuple[str, ...]) -> Iterator[_Needed]:
    for tag in tags:
        if "." in tag:
            yield tag, ("script-src",), (f"https://{tag.lower()}/",)
            continue
        for directive, addresses in _NEEDS.get(tag.partition("-")[0].upper(), {}).items():
            yield tag, (directive,), tuple(addresses)
    for host in hosts:
        # Nobody said what is loaded from there: it is enough that anything may be.
        yield host, _KINDS, (f"https://{host}/",)


def _is_let_in(policies: list[Csp], directives: tuple[str, ...], addresses: tuple[str, ...], origin: str) -> bool:
    """Whether some directive lets some address through every policy; what depends on the page's elements is let in."""
    own = parse(origin)
    places = [address for written in addresses if (address := parse(written)) is not None]
    return any(
        all(allows(policy, directive, place, own) is not False for policy in policies)
        for directive in directives
        for place in places
    )
