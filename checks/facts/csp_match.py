"""Whether a Content Security Policy lets a page load from an address, as browsers match it.

In: policies as `csp_text` reads them, a directive and an address. Out: yes, no, or None where it depends on what the
page's own elements carry (https://www.w3.org/TR/CSP3/#match-url-to-source-list).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.facts.csp_text import hash_of, is_nonce
from checks.facts.urls import parse

if TYPE_CHECKING:
    from checks.facts.csp_text import Csp
    from checks.facts.urls import Address

_INSTEAD = {
    "script-src": ("script-src-elem", "script-src", "default-src"),
    "style-src": ("style-src-elem", "style-src", "default-src"),
    "frame-src": ("frame-src", "child-src", "default-src"),
}
"""What decides on a kind of load, the first that is there; for others it is the directive itself, then default-src."""
_PORTS = {"http": 80, "https": 443}
_SECURER = {"http": frozenset({"http", "https"})}
"""Schemes that a scheme as written also stands for."""


def allows(policy: Csp, directive: str, address: Address, own: Address | None) -> bool | None:
    """Whether a policy lets a page of the origin `own` load from an address what `directive` speaks of.

    An address without a path stands for any on its host, and on the hosts below it.
    """
    sources = policy.sources(*_INSTEAD.get(directive, (directive, "default-src")))
    if sources is None:
        return True
    lower = [source.lower() for source in sources]
    if directive in {"script-src", "style-src"}:
        if directive == "script-src" and "'strict-dynamic'" in lower:
            return None  # who loads it decides, and no host
        if any(_matches(source, address, own) for source in sources):
            return True
        # An element that carries the nonce, or the hash of its file, may come from anywhere.
        return None if any(is_nonce(source) or hash_of(source) for source in sources) else False
    return any(_matches(source, address, own) for source in sources)


def _matches(source: str, address: Address, own: Address | None) -> bool:
    lower = source.lower()
    if lower == "'self'":
        return own is not None and address.host == own.host and _port(address) == _port(own)
    if lower.startswith("'"):
        return False
    if lower == "*":
        return address.is_web
    if lower.endswith(":") and "/" not in lower:
        return _is_scheme(lower[:-1], address)
    scheme, separator, rest = source.partition("://")
    if not separator:
        scheme, rest = (own.scheme if own is not None else "https"), source
    name, slash, path = rest.partition("/")
    host, port = _split(name.lower())
    return (
        _is_scheme(scheme.lower(), address)
        and (_is_host(host, address.host) or (address.path == "/" and host.endswith(f".{address.host}")))
        and _is_port(port, address)
        and (address.path == "/" or _is_path(slash + path, address.path))
    )


def _is_scheme(scheme: str, address: Address) -> bool:
    return address.scheme in _SECURER.get(scheme, frozenset({scheme}))


def _split(name: str) -> tuple[str, str]:
    host, colon, port = name.rpartition(":")
    return (host, port) if colon and (port == "*" or port.isdecimal()) else (name, "")


def _is_host(pattern: str, host: str) -> bool:
    """A leading `*.` stands for any subdomain, and not for the domain itself."""
    if pattern == "*":
        return True
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _is_port(port: str, address: Address) -> bool:
    if port == "*":
        return True
    return address.port is None if not port else str(_port(address)) == port


def _port(address: Address) -> int | None:
    return address.port or _PORTS.get(address.scheme)


def _is_path(pattern: str, path: str) -> bool:
    """A path that ends with a slash stands for all below it, another for one file."""
    if pattern in {"", "/"}:
        return True
    known = parse(pattern.partition("?")[0], "https://site.invalid/")
    if known is None:
        return False
    return path.startswith(known.path) if known.path.endswith("/") else path == known.path
