"""What the platform of a preview adds to a site, told apart from the site, by data (`data/preview_platforms.json`).

In: host names, headers and the bytes of HTML. Out: the platform, what is left when its additions are taken away, and
what they were. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from checks.facts.reference import reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Headers = tuple[tuple[str, str], ...]
# Possessive, and no `<` within a tag: each byte is looked at once, however the page is written.
_SCRIPT = re.compile(rb"<script\b[^<>]*+>\s*+</script\s*+>", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:https?:)?//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Addition:
    """One thing that a platform adds."""

    kind: str
    """`header`, `script` or `cookie`."""
    what: str
    """Name and value of a header, address of a script, name of a cookie."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A hosting service, and what it adds to previews."""

    name: str
    host: str
    """The name of its host model."""
    source: str
    """Where that is documented."""
    headers: Mapping[str, Sequence[str]]
    scripts: Sequence[str]
    cookies: Sequence[str]

    def without_headers(self, headers: Headers) -> tuple[Headers, list[Addition]]:
        """Return the headers that are the site's own, and what was added."""
        kept, added = [], []
        for name, value in headers:
            if self._adds_header(name, value):
                added.append(Addition("header", f"{name}: {value}"))
            elif name == "set-cookie" and (cookie := value.partition("=")[0].strip()) in self.cookies:
                added.append(Addition("cookie", cookie))
            else:
                kept.append((name, value))
        return tuple(kept), added

    def without_scripts(self, html: bytes) -> tuple[bytes, list[Addition]]:
        """Return HTML without the scripts that were added, and what they were."""
        added: list[Addition] = []

        def told(match: re.Match[bytes]) -> bytes:
            source = _source(match[0])
            if not self._adds_script(source):
                return match[0]
            added.append(Addition("script", source.partition("?")[0]))
            return b""

        return (_SCRIPT.sub(told, html), added) if self.scripts else (html, added)

    def _adds_script(self, source: str) -> bool:
        """Return whether an address begins as one of the platform's; elsewhere in an address its name says nothing."""
        bare = _SCHEME.sub("", source, count=1)
        return any(source.startswith(one) if one.startswith("/") else bare.startswith(one) for one in self.scripts)

    def _adds_header(self, name: str, value: str) -> bool:
        return any(fnmatchcase(value.strip().lower(), pattern) for pattern in self.headers.get(name, ()))


def _source(script: bytes) -> str:
    """Return the address of a script as browsers read it: `data-src` is another attribute."""
    node = LexborHTMLParser(script).css_first("script")
    return ((node.attributes.get("src") if node is not None else None) or "").strip()


def platform_of(host: str, headers: Iterable[tuple[str, str]]) -> Platform | None:
    """Return the platform that serves `host`, by its name or by the headers of an answer; None: nobody knows."""
    known = {name: value.lower() for name, value in headers}
    for entry in reference("preview_platforms")["platforms"]:
        by_name = any(fnmatchcase(host.lower(), pattern) for pattern in entry["hosts"])
        signs = entry["signs"].items()
        if by_name or any(name in known and fnmatchcase(known[name], pattern) for name, pattern in signs):
            names = ("name", "host", "source", "headers", "scripts", "cookies")
            return Platform(**{name: entry[name] for name in names})
    return None


def sends_headers(host: str) -> bool:
    """Return whether the host model of this name sends headers that a project wrote."""
    return any(one["sends_headers"] for one in reference("preview_platforms")["platforms"] if one["host"] == host)


def login(host: str, path: str) -> bool:
    """Return whether an address is where people log in, and no page of a site."""
    known: dict[str, Any] = reference("preview_platforms")["logins"]
    return any(fnmatchcase(host.lower(), one) for one in known["hosts"]) or any(
        fnmatchcase(path, one) for one in known["paths"]
    )


def screen(title: str) -> str | None:
    """Return what a page of a platform is that stands in for the site, by its title; None: it is none of those."""
    said = title.strip().casefold()
    return next(
        (one["name"] for one in reference("preview_platforms")["screens"] if one["title"].casefold() == said), None
    )


def build_of(html: str) -> str | None:
    """Return which build a page belongs to, where its framework says so."""
    found = ((name, pattern.search(html)) for name, pattern in _builds())
    return next((f"{name} {match[1]}" for name, match in found if match), None)


@cache
def _builds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = reference("preview_platforms")["builds"]["patterns"]
    return tuple((one["name"], re.compile(one["pattern"])) for one in entries)
