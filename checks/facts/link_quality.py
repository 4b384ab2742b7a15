"""What is wrong with single links: texts that say nothing, addresses that are mistyped, sponsors that are not named.

In: a look at the page, and the items of its group `links`. Out: `generic`, `mistyped` and
`unqualified` of that group.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference
from checks.facts.texts import clip
from checks.facts.urls import parse, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_GENERIC = frozenset(reference("link_texts")["texts"])
_AROUND = " \t\n\u00a0.…:!»→>-\u203a\u2013\u2014"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DOUBLED = re.compile(r"(?:https?:)?//https?(?::|/|$)")
_NO_BODY = re.compile(r"(?:mailto|tel|sms):(?:[?#].*)?", re.IGNORECASE)
_SLASHED = re.compile(r"(?:mailto|tel|sms):/", re.IGNORECASE)
_SPACED = frozenset({"http", "https"})
_SHOWN = 200


def generic(items: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the links to other pages of the site whose text says nothing of where they lead."""
    return [
        {"href": item["href"], "text": item["text"]}
        for item in items
        if item["text"]
        and item["internal"]
        and item["text"].strip(_AROUND).casefold() in _GENERIC
        and not item["href"].startswith("#")
    ]


def mistyped(items: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the links whose address browsers read, but hardly as it was meant."""
    found = ((item["href"], _problem(item["href"], item["scheme"])) for item in items)
    return [{"href": clip(href, _SHOWN), "problem": problem} for href, problem in found if problem]


def unqualified(items: Iterable[Mapping[str, Any]], sponsors: Iterable[str]) -> list[dict[str, Any]]:
    """Return the links to sponsors that pass on ranking."""
    hosts = frozenset(sponsors)
    if not hosts:
        return []
    return [
        {"href": item["href"], "text": item["text"], "host": address.host}
        for item in items
        if item["followed"]
        and (address := parse(item["url"])) is not None
        and address.is_web
        and within(address.host, hosts)
    ]


def _problem(href: str, scheme: str) -> str | None:
    if scheme in _SPACED:
        if "//http" in href and _DOUBLED.match(href):
            return "names its scheme twice"
        if not href.isprintable() and _CONTROL.search(href):
            return "holds a control character"
        return "holds a space" if " " in href else None
    if _SLASHED.match(href):
        return "holds slashes before the address"
    return "leads to nobody" if _NO_BODY.fullmatch(href) else None
