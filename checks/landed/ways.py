"""The other addresses of pages: http, with and without www., and old origins. Pure.

In: the home page and some others that were judged, the origins that the site has moved from; then where each way ends.
Out: which to ask, checks.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from checks.facts.urls import registrable_domain
from checks.landed.check import DIFFERS, NOT_MEASURED, SAME, Check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_HOPS: Final = 5
PERMANENT: Final = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Way:
    """One address from which people come to a page."""

    url: str
    to: str
    """The address of the page: there it must end."""
    optional: bool = False
    """Whether there need not be such a host: the other one of www and apex."""


@dataclass(frozen=True, slots=True)
class End:
    """Where a way ends."""

    url: str
    status: int | None
    """None where another site answers, or nobody does."""
    hops: tuple[int, ...]
    """The statuses of its redirects."""
    trouble: str = ""
    """Why nobody answered."""
    no_host: bool = False
    bad_certificate: bool = False


def ways(
    home: str, moved_from: Sequence[str], deep: Sequence[str] = (), key_pages: Sequence[str] = ()
) -> Iterator[Way]:
    """Give the ways to ask for.

    `deep`: paths of other pages, which must not be led to the home page. An old origin is known to have had the home
    page and the key pages.
    """
    parts = urlsplit(home)
    for path in (parts.path, *deep):
        yield from _ways_here(f"{parts.scheme}://{parts.netloc}{path}")
    for origin in moved_from:
        yield Way(f"{origin}/", home)
        for path in key_pages:
            if path != parts.path:
                yield Way(origin + path, f"{parts.scheme}://{parts.netloc}{path}")


def _ways_here(url: str) -> Iterator[Way]:
    """Give the ways by http, and by the other one of www and apex."""
    parts = urlsplit(url)
    twin = _twin(parts.hostname or "")
    if parts.port is not None:
        return
    if parts.scheme == "https":
        yield Way(f"http://{parts.netloc}{parts.path}", url)
        if twin:
            yield Way(f"http://{twin}{parts.path}", url, optional=True)
    if twin:
        yield Way(f"{parts.scheme}://{twin}{parts.path}", url, optional=True)


def _twin(host: str) -> str | None:
    """Return the host with or without www.; None where there is no such pair: of addresses, and of other subdomains."""
    try:
        ip_address(host)
    except ValueError:
        if host.startswith("www."):
            return host.removeprefix("www.")
        return f"www.{host}" if "." in host and registrable_domain(host) == host else None
    return None


def check(way: Way, end: End) -> Check:
    """Return whether a way ends at the page that was judged."""
    if end.no_host and way.optional:
        return Check("ways", way.url, SAME)
    if end.bad_certificate:
        return Check("ways", way.url, DIFFERS, f"{end.url}: its certificate is not one that browsers take")
    if end.trouble:
        return Check("ways", way.url, NOT_MEASURED, f"{end.url}: {end.trouble}")
    if end.url != way.to:
        what = f"it ends at {end.url}" if end.hops else f"it answers itself with status {end.status}"
        return Check("ways", way.url, DIFFERS, f"{what}, and not at {way.to}")
    if not set(end.hops) <= PERMANENT:
        return Check("ways", way.url, DIFFERS, f"it leads there only for now (status {', '.join(map(str, end.hops))})")
    return Check("ways", way.url, SAME)
