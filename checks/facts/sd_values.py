"""The values in structured data that have to be of a form, or agree with the rest of the page.

In: the things of a page, and what they are compared with. Out: parts of the group `structured_data`.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference
from checks.facts.sd_graph import nodes_of
from checks.facts.texts import clip, collapse, well_formed
from checks.facts.urls import normalise_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.facts.look import Look
    from checks.facts.sd_graph import Node, Things

_CURRENCIES = frozenset(reference("rich_results")["currencies"].split())
_PRICES = ("price", "lowPrice", "highPrice")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_RATING = re.compile(r"(\d+(?:\.\d+)?)\s*(?:/\s*(\d+(?:\.\d+)?)|(%))?")
_NAMED = ("Article", "Course", "Event", "JobPosting", "Product", "Recipe", "SoftwareApplication")
_ABOUT_A_PAGE = ("Article", "Event", "JobPosting", "Product", "Recipe", "WebPage")
_SHOWN = 200
_LONGEST = 20
"""Digits of a number that is looked at."""
_MOST = 50


def wrong_prices(things: Things) -> list[dict[str, str]]:
    """Return prices that are no plain decimals, and currencies that are none."""
    found = set[tuple[str, str]]()
    for node in things.nodes:
        for name in _PRICES:
            found.update((name, text) for text in things.texts(node.said, name) if not _DECIMAL.fullmatch(text))
        texts = things.texts(node.said, "priceCurrency")
        found.update(("priceCurrency", text) for text in texts if text not in _CURRENCIES)
    return [
        {"key": f"{name} {clip(text, _SHOWN)}", "property": name, "text": clip(well_formed(text), _SHOWN)}
        for name, text in sorted(found)[:_MOST]
    ]


def wrong_ratings(things: Things) -> list[dict[str, str]]:
    """Return ratings outside their scale, and averages of nothing."""
    found = set[tuple[str, str]]()
    for node in nodes_of(things, "Rating"):
        found.update((node.types[0], problem) for problem in _rating_problems(things, node))
    return [{"key": f"{name} {problem}", "type": name, "problem": problem} for name, problem in sorted(found)[:_MOST]]


def _rating_problems(things: Things, node: Node) -> Iterator[str]:
    value = _first(things, node, "ratingValue")
    match = _RATING.fullmatch(value) if value else None
    if value and match is None:
        yield f"the value {clip(value, 50)} is no number"
    if match:
        best = float(match.group(2) or (100 if match.group(3) else _number(things, node, "bestRating", 5)))
        worst = 0 if match.group(2) or match.group(3) else _number(things, node, "worstRating", min(1, best))
        if not worst <= float(match.group(1)) <= best:
            yield f"the value {match.group()} is not between {worst:g} and {best:g}"
    for name in ("ratingCount", "reviewCount"):
        count = _first(things, node, name)
        if count is not None and not (count.isdecimal() and int(count[:_LONGEST]) > 0):
            yield f"{name} is {clip(count, 50)}"


def self_serving(things: Things, look: Look) -> list[dict[str, str]]:
    """Return the site's own organisation or business, where the site rates it itself."""
    rated = (node for node in nodes_of(things, "Organization") if node.is_root and _is_rated(node))
    own = {node.types[0] for node in rated if all(_is_own(look, url) for url in things.texts(node.said, "url"))}
    return [{"type": name} for name in sorted(own)]


def other_urls(things: Things, look: Look, canonical: str | None) -> list[dict[str, str]]:
    """Return what the page is about, where that names another address than the page's canonical one.

    A page with several such things is a list, and each of them has a page of its own.
    """
    subjects = [node for node in nodes_of(things, *_ABOUT_A_PAGE) if node.is_root]
    if len(subjects) != 1:
        return []
    [node] = subjects
    pages = [one for one in things.values(node.said, "mainEntityOfPage") if isinstance(one, (dict, str))]
    named = [one.get("@id") or one.get("url") if isinstance(one, dict) else one for one in pages]
    urls = [one for one in named if isinstance(one, str)] or things.texts(node.said, "url")
    addresses = (look.resolve(url) for url in urls if not url.startswith(("#", "_:")))
    wanted = normalise_url(canonical or look.url)
    other = {address.url for address in addresses if address and normalise_url(address.url) != wanted}
    return [{"type": node.types[0], "url": clip(url, 4096)} for url in sorted(other)]


def not_visible(things: Things, text: str) -> list[dict[str, str]]:
    """Return names and prices that the text of the page, in lower case, does not hold."""
    found = set[tuple[str, str]]()
    for node in nodes_of(things, *_NAMED):
        if not node.is_root:
            continue
        for name in ("headline", "name", "title"):
            found.update((name, said) for said in things.texts(node.said, name) if _plain(said) not in text)
        offers = (one for one in things.values(node.said, "offers") if isinstance(one, dict))
        prices = (said for offer in offers for said in things.texts(offer, "price") if _DECIMAL.fullmatch(said))
        found.update(("price", said) for said in prices if not any(form in text for form in _written(said)))
    return [
        {"key": f"{name} {clip(said, _SHOWN)}", "property": name, "text": clip(said, _SHOWN)}
        for name, said in sorted(found)[:_MOST]
    ]


def _plain(text: str) -> str:
    return collapse(html.unescape(well_formed(text))).casefold()


def _written(price: str) -> tuple[str, ...]:
    """Return how people may write a price: nothing at all for a free one."""
    whole, _, part = price[:_LONGEST].partition(".")
    if not float(price):
        return ("",)
    if not part.strip("0"):
        return (whole, f"{int(whole):,}", f"{int(whole):,}".replace(",", "."), f"{int(whole):,}".replace(",", " "))
    return tuple(f"{one}{mark}{part.ljust(2, '0')}" for one in (whole, f"{int(whole):,}") for mark in ".,")


def _first(things: Things, node: Node, name: str) -> str | None:
    return next(iter(things.texts(node.said, name)), None)


def _number(things: Things, node: Node, name: str, usual: float) -> float:
    text = _first(things, node, name)
    return float(text) if text and _DECIMAL.fullmatch(text) else usual


def _is_rated(node: Node) -> bool:
    return bool(node.said.get("aggregateRating") or node.said.get("review"))


def _is_own(look: Look, url: str) -> bool:
    address = look.resolve(url)
    return address is None or look.site.is_first_party(address)


def organization(things: Things) -> dict[str, Any] | None:
    """Return what the page says of an organisation of its own; None when it says nothing."""
    node = next((one for one in nodes_of(things, "Organization") if one.is_root), None)
    if node is None:
        return None
    said: Mapping[str, Any] = node.said
    return {"type": node.types[0], **{name: things.has(said, name) for name in ("name", "url", "logo")}}


def breadcrumb(things: Things) -> dict[str, Any]:
    """Return whether there is a trail to the page, and what is wrong with it."""
    trails = list(nodes_of(things, "BreadcrumbList"))
    wrong = {problem for node in trails for problem in _trail_problems(things, node)}
    return {"present": bool(trails), "problems": [{"problem": problem} for problem in sorted(wrong)]}


def _trail_problems(things: Things, node: Node) -> Iterator[str]:
    steps = [one for one in things.values(node.said, "itemListElement") if isinstance(one, dict)]
    if not steps:
        yield "names no step"
    positions = [_position(things, one) for one in steps]
    if sorted(positions) != list(range(1, len(steps) + 1)):
        yield "does not number its steps from 1 on"
    if not all(things.has(one, "name|item.name") for one in steps):
        yield "has a step without a name"
    last = max(positions, default=0)
    if not all(things.has(one, "item") for one, position in zip(steps, positions, strict=True) if position != last):
        yield "has a step without an address"


def _position(things: Things, step: Mapping[str, Any]) -> int:
    text = next(iter(things.texts(step, "position")), "")
    return int(text[:_LONGEST]) if text.isdecimal() else 0
