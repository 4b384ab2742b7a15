"""Which pages a rule is about, as people write it, as the `x-applies-to` of a policy.

In: `/landing/**`, `every page under /landing/`, `https://www.example.com/prices/`, `every page`. Out: a `Place`, and a
schema on the fact `path` (or `url`, for a whole address). Both are percent-encoded; the text may be either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote

import ada_url

from checks.errors import UserError

_EVERY: Final = frozenset({"every page", "all pages", "every page of the site", "*", "**", "/**"})
_UNDER: Final = re.compile(r"(?:every|all|any|the) pages? (?:under|below|in) (?P<path>/\S*)", re.IGNORECASE)
_SAFE: Final = "/!$&'()+,;=:@-._~"
"""Characters of a path that browsers leave as they are (https://url.spec.whatwg.org/#path-percent-encode-set)."""
_SPECIAL: Final = frozenset("\\^$.|?*+()[]{}")
LONGEST: Final = 500
_REMEDY: Final = "Write `/prices/`, `/landing/**`, `every page under /landing/`, or `every page`."


@dataclass(frozen=True, slots=True)
class Place:
    """Some pages of the site."""

    fact: str
    """`path` or `url`."""
    pattern: str | None
    """What the fact must match; None for every page."""
    said: str
    """The pages as part of a sentence: `on /prices/`, `under /landing/`; empty for every page."""
    sample: str
    """What the fact is on one of these pages."""
    single: bool = False
    """Whether it is one address."""


def place_of(text: str) -> Place:
    """Return the pages that `text` names. Raises UserError for what names none."""
    said = " ".join(text.split())
    if len(said) > LONGEST:
        raise UserError(f"it has {len(said):,} characters", where="which pages", remedy=f"At most {LONGEST} are read.")
    if said.lower() in _EVERY:
        return Place("path", None, "", "/")
    under = _UNDER.fullmatch(said)
    if under:
        folder = under["path"].rstrip("*")
        return Place("path", "^" + _expression(folder), f"under {folder}", _sample(folder) + "example/")
    if re.match(r"https?://", said, re.IGNORECASE):
        return _address(said)
    if not said.startswith("/") or re.search(r"[?#]", said):
        raise UserError(f"`{said[:80]}` names no page", where="which pages", remedy=_REMEDY)
    # The query is no part of a pattern, so a page with one is meant, too.
    return Place("path", f"^{_expression(said)}(?:\\?.*)?$", f"on {said}", _sample(said), "*" not in said)


def applies_to(place: Place) -> dict[str, Any] | None:
    """Return the schema that the pages satisfy, and no others; None for every page."""
    if place.pattern is None:
        return None
    return {"properties": {place.fact: {"pattern": place.pattern}}}


def encoded(path: str) -> str:
    """Return a path as documents hold it, percent-encoded."""
    return quote(unquote(path, errors="surrogateescape"), safe=_SAFE, errors="surrogateescape")


def _address(said: str) -> Place:
    if not ada_url.check_url(said) or re.search(r"[\s?#]", said):
        remedy = "Leave out what follows `?` or `#`, and write it whole, as https://www.example.com/prices/."
        raise UserError(f"`{said[:80]}` is no address of a page", where="which pages", remedy=remedy)
    url = ada_url.URL(said)
    pattern = f"^{plain(url.origin)}{_expression(url.pathname)}(?:\\?.*)?$"
    return Place("url", pattern, f"on {said}", url.origin + _sample(url.pathname), "*" not in url.pathname)


def _expression(path: str) -> str:
    pieces = re.split(r"(\*+)", path)
    return "".join(_star(piece) if index % 2 else plain(encoded(piece)) for index, piece in enumerate(pieces))


def _star(stars: str) -> str:
    return "[^/]*" if stars == "*" else ".*"


def plain(text: str) -> str:
    """Return a pattern for `text` as it is."""
    return "".join(f"\\{character}" if character in _SPECIAL else character for character in text)


def _sample(path: str) -> str:
    return encoded(re.sub(r"\*+", "example", path))
