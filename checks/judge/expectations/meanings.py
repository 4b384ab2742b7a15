"""What a line of the sheet means, as a rule on facts.

In: the value of a line, and the place it is about. Out: a `Rule`: a schema on facts, facts that satisfy it and facts
that do not. Raises UserError for a value that means nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.errors import UserError
from checks.judge.address import Place, encoded, place_of, plain
from checks.judge.wordlike import literal

if TYPE_CHECKING:
    from collections.abc import Callable

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a phrase means."""

    schema: Facts
    good: Facts
    """Facts that satisfy it, and facts that do not: the pages of the examples, but for where they are."""
    bad: Facts
    message: str = ""
    """The sentence about one failure; empty leaves it to the engine."""


def _nest(path: str, inner: Any) -> Facts:
    """Return `inner` below a dotted path of names."""
    for name in reversed(path.split(".")):
        inner = {name: inner}
    found: Facts = inner
    return found


def _limit(path: str, inner: Facts) -> Facts:
    for name in reversed(path.split(".")):
        inner = {"properties": {name: inner}}
    return inner


def _words(text: str) -> str:
    """Return what a sheet says for a message, in which nothing between braces is filled in but what we wrote."""
    return re.sub(r"[{}]", "", text)


def mentions(text: str, _: Place) -> Rule:
    """The main text holds the words."""
    schema = _limit("text.main", {"type": "string", "pattern": literal(text)})
    return Rule(
        schema, _nest("text.main", text), _nest("text.main", ""), f"The main text does not mention: {_words(text)}"
    )


def never_mentions(text: str, _: Place) -> Rule:
    """Neither title, description nor any text of the page holds the words; a text that was cut may hide them."""
    without = {"not": {"type": "string", "pattern": literal(text)}}
    whole = {"main": without, "rest": without, "is_cut": {"const": False}}
    schema = {
        "properties": {
            "title": {"properties": {"text": without}},
            "description": {"properties": {"text": without}},
            "text": {"properties": whole},
        }
    }
    facts = {"title": {"text": None}, "description": {"text": None}}
    texts = {"main": "", "rest": "", "is_cut": False}
    return Rule(schema, {**facts, "text": texts}, {**facts, "text": {**texts, "main": text}})


def at_most(path: str) -> Callable[[str, Place], Rule]:
    """A number is at most the value."""

    def build(text: str, _: Place) -> Rule:
        most = _count(text)
        return Rule(_limit(path, {"maximum": most}), _nest(path, most), _nest(path, most + 1))

    return build


def at_least(path: str) -> Callable[[str, Place], Rule]:
    """A number is at least the value."""

    def build(text: str, _: Place) -> Rule:
        least = _count(text)
        if not least:
            raise UserError("at least 0 always holds", where="value", remedy="Write a number of 1 or more.")
        return Rule(_limit(path, {"minimum": least}), _nest(path, least), _nest(path, least - 1))

    return build


def const(path: str, *, value: Any, other: Any) -> Callable[[str, Place], Rule]:
    """A fact is one value, whatever the line says; `other` is one that it is not."""

    def build(_text: str, _: Place) -> Rule:
        return Rule(_limit(path, {"const": value}), _nest(path, value), _nest(path, other))

    return build


def yes(path: str) -> Callable[[str, Place], Rule]:
    """A fact is so."""
    return const(path, value=True, other=False)


def no(path: str) -> Callable[[str, Place], Rule]:
    """A fact is not so."""
    return const(path, value=False, other=True)


def title_mentions(text: str, _: Place) -> Rule:
    """The title holds the words."""
    schema = _limit("title.text", {"type": "string", "pattern": literal(text)})
    return Rule(
        schema, _nest("title.text", text), _nest("title.text", None), f"The title does not mention: {_words(text)}"
    )


def structured_data(text: str, _: Place) -> Rule:
    """The page has structured data of the type."""
    path = "structured_data.types"
    said = f"The page has no structured data of the type {_words(text)}: {{structured_data.types}}"
    return Rule(_limit(path, {"contains": {"const": text}}), _nest(path, [text]), _nest(path, []), said)


def structured_data_says(text: str, _: Place) -> Rule:
    """Something in the structured data has the property, with a value."""
    path = "structured_data.items"
    says = {"properties": {"properties": {"contains": {"const": text}}}, "required": ["properties"]}
    said = f"Nothing in the structured data of the page says: {_words(text)}"
    good, bad = ([{"type": "Thing", "properties": names}] for names in ([text], []))
    return Rule(_limit(path, {"contains": says}), _nest(path, good), _nest(path, bad), said)


def status(text: str, _: Place) -> Rule:
    """The page answers with the status."""
    status = _count(text)
    if not 100 <= status <= 599:  # noqa: PLR2004  # the statuses that HTTP has
        raise UserError(f"there is no status {status}", where="value", remedy="Such as 200, 404 or 410.")
    other = 200 if status != 200 else 404  # noqa: PLR2004
    return Rule(_limit("http.status", {"const": status}), _nest("http.status", status), _nest("http.status", other))


def canonical(_text: str, _: Place) -> Rule:
    """The page is canonical to itself, and says so."""
    good, bad = (_nest("canonical.is_self", own) for own in (True, False))
    return Rule(_limit("canonical.is_self", {"const": True}), good, bad, "The canonical address is {canonical.url}")


def no_third_party(_text: str, _: Place) -> Rule:
    """The page asks no host of others for anything; each that it asks is a finding."""
    other = {"host": "cdn.example.net", "domain": "example.net", "category": None, "requests": 1, "allowed": False}
    path = "third_parties.items"
    said = "The page loads from {host}"
    return Rule(_limit(path, {"maxItems": 0}), _nest(path, []), _nest(path, [other]), said)


def links_to(text: str, _: Place) -> Rule:
    """A link leads to the address."""
    pattern, sample = _target(text)
    link = {"properties": {"url": {"type": "string", "pattern": pattern}}, "required": ["url"]}
    path = "links.items"
    good, bad = ([{"href": url, "url": url}] for url in (sample, "https://www.example.com/elsewhere"))
    return Rule(
        _limit(path, {"contains": link}), _nest(path, good), _nest(path, bad), f"No link leads to {_words(text)}"
    )


def redirects(text: str, place: Place) -> Rule:
    """A redirect is no page, and no document is about it: it is read from the list that the site has of them."""
    if place.pattern is None or not place.single:
        remedy = "Write a line for each address that redirects."
        raise UserError("`redirects to` is about one address", where="url or pattern", remedy=remedy)
    to, sample = _target(text)
    from_ = place.pattern if place.fact == "url" else "^https?://[^/]+" + place.pattern.removeprefix("^")
    begin = place.sample if place.fact == "url" else "https://www.example.com" + place.sample
    rule = {
        "properties": {"from": {"type": "string", "pattern": from_}, "to": {"type": "string", "pattern": to}},
        "required": ["from", "to"],
    }
    path = "redirects.rules"
    good, bad = ([{"from": begin, "to": each}] for each in (sample, "https://www.example.com/elsewhere"))
    said = f"No redirect leads from {_words(place.said.removeprefix('on '))} to {_words(text)}"
    return Rule(_limit(path, {"contains": rule}), _nest(path, good), _nest(path, bad), said)


def language(text: str, _: Place) -> Rule:
    """The document is in the language, whatever the region."""
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", text):
        raise UserError(f"`{text[:40]}` is no language", where="value", remedy="Such as en, de-AT.")
    schema = _limit("lang.html", {"type": "string", "pattern": f"^(?i:{text})(?:-.*)?$"})
    return Rule(schema, _nest("lang.html", text), _nest("lang.html", None))


def _target(text: str) -> tuple[str, str]:
    """Return the pattern of where something leads, and an address that matches it."""
    if re.match(r"https?://", text, re.IGNORECASE):
        place = place_of(text)
        return place.pattern or "", place.sample
    if not text.startswith("/") or re.search(r"[\s*]", text):
        remedy = "Write a path, such as /prices/, or a whole address."
        raise UserError(f"`{text[:80]}` is no address", where="value", remedy=remedy)
    path = encoded(text)
    return f"^(?:https?://[^/]+)?{plain(path)}(?:[?#].*)?$", "https://www.example.com" + path


def _count(text: str) -> int:
    bare = re.sub(r"(?<=\d)[.,\s](?=\d{3}(?!\d))", "", text)
    if not re.fullmatch(r"\d{1,9}", bare, re.ASCII):
        raise UserError(f"`{text[:40]}` is no whole number", where="value", remedy="Write it as 65.")
    return int(bare)
