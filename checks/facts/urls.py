"""Addresses by the browser's own rules (WHATWG URL standard, through ada).

In: an address as somebody wrote it, and the address it stands in. Out: `Address`, or None when it cannot be parsed.
A `Resolver` belongs to one document and remembers what it has resolved: pages repeat their links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote

import ada_url
from publicsuffixlist import PublicSuffixList

WEB = frozenset({"http", "https"})
MAX_URL = 4096
"""Longer addresses (data: mostly) are cut where they are written down; no server takes them anyway."""

# Of an address that ada has written, so that every part is where the standard puts it: one call, and not one a part.
_PARTS = re.compile(
    r"([a-z][a-z0-9+.-]*):(?://(?:([^/?#@]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d+))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?",
    re.DOTALL,
)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Address:
    """An absolute address and its parts; `port` is None unless it is written and not the scheme's own."""

    url: str
    scheme: str
    host: str
    port: int | None
    path: str
    query: str
    """Without the question mark."""
    fragment: str
    """Percent-decoded, without the hash."""
    has_userinfo: bool

    @property
    def netloc(self) -> str:
        """Host, and the port where there is one."""
        return self.host if self.port is None else f"{self.host}:{self.port}"

    @property
    def is_web(self) -> bool:
        """Whether a browser would fetch it over the network."""
        return self.scheme in WEB


def parse(text: str, base: str | None = None) -> Address | None:
    """Parse an address, relative to `base` where there is one; None when browsers would refuse it."""
    try:
        href = ada_url.join_url(base or text, text)
    except ValueError:
        if _SURROGATE.search(text):
            return parse(_SURROGATE.sub("\ufffd", text), base)
        return None
    match = _PARTS.fullmatch(href)
    if match is None:
        return None
    scheme, userinfo, host, port, path, query, fragment = match.groups("")
    return Address(
        url=href,
        scheme=scheme,
        host=host,
        port=int(port) if port else None,
        path=path,
        query=query,
        fragment=unquote(fragment) if "%" in fragment else fragment,
        has_userinfo=bool(userinfo),
    )


class Resolver:
    """Resolves the addresses of one document against its base."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._known: dict[str, Address | None] = {}

    def resolve(self, href: str) -> Address | None:
        """Return the address that `href` leads to from this document; None when it cannot be parsed."""
        try:
            return self._known[href]
        except KeyError:
            address = self._known[href] = parse(href, self.base)
            return address


def is_absolute(href: str) -> bool:
    """Whether the address names its scheme and host itself, so that it means the same anywhere."""
    return re.match(r"\s*[a-zA-Z][a-zA-Z0-9+.-]*://", href) is not None


def without_fragment(url: str) -> str:
    """Return the address without its fragment."""
    return url.partition("#")[0]


# A page asks for its own addresses again while it is read, and hardly for those of another page. More than these are
# memory only: 8192 take two MiB in each process.
@lru_cache(maxsize=1024)
def normalise_url(url: str) -> str:
    """Bring an address into the form in which two that mean the same are equal.

    Lower-case scheme and host, no default port, no fragment, dots resolved, percent escapes in upper case; the order
    of the query is kept (RFC 3986, section 6.2.2). What cannot be parsed is returned as it is.
    """
    address = parse(url)
    if address is None:
        return url
    return _ESCAPE.sub(lambda escape: escape.group().upper(), without_fragment(address.url))


@cache
def _suffix_list() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=8192)
def registrable_domain(host: str) -> str:
    """Return the part of a host name that one owner registered (Public Suffix List); an address is returned whole."""
    if host.startswith("[") or host.replace(".", "").isdigit():
        return host
    return _suffix_list().privatesuffix(host) or host


def within(host: str, domains: frozenset[str]) -> bool:
    """Whether the host is one of the domains or lies under one of them."""
    if host in domains:
        return True
    return any(host[index + 1 :] in domains for index, char in enumerate(host) if char == ".")
