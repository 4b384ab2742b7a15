"""Robots directives, from wherever they are given.

In: a look at the page. Out: the group `robots`: the union of what all crawlers, Googlebot and Bingbot are told; the
most restrictive wins. https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
"""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference
from checks.facts.texts import clip, collapse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from checks.facts.look import Look

HEEDED = frozenset({"robots", "googlebot", "bingbot", "msnbot"})
"""Names that speak to everybody, to Googlebot or to Bingbot."""

_DIRECTIVES = frozenset(reference("markup")["robots"].split())
_WITH_VALUE = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_AGENT = re.compile(r"\s*([a-z][a-z0-9._*-]*)\s*:\s*", re.IGNORECASE)
_INTEGER = re.compile(r"-?\d{1,9}")
_VALUES = {
    "max-snippet": _INTEGER,
    "max-video-preview": _INTEGER,
    "max-image-preview": re.compile(r"none|standard|large"),
}
_LONG_YEAR = re.compile(r"\d{4}-\d\d-\d\d")
_UNAVAILABLE = re.compile(r"unavailable_after\s*:\s*(.+?)\s*(?=$|,\s*(?:[a-z_-]+\s*(?::|,|$)))", re.IGNORECASE)
_MOST_UNKNOWN = 20

Source = dict[str, Any]


def robots(look: Look) -> dict[str, Any]:
    """Return the group `robots`, without the comparison of the two looks."""
    sources = [*_from_metas(look), *_from_headers(look.header_values("x-robots-tag"))]
    directives = {directive for source in sources for directive in parse(source["content"]) if _is_heeded(source)}
    if "none" in directives:
        directives = (directives - {"none"}) | {"noindex", "nofollow"}
    lengths = [length for directive in directives if (length := _snippet_length(directive)) is not None]
    limited = [length for length in lengths if length >= 0]
    unique = {(one["source"], one["agent"] or "", one["content"]): one for one in sources}
    return {
        "directives": sorted(directives),
        "noindex": "noindex" in directives,
        "nofollow": "nofollow" in directives,
        "nosnippet": "nosnippet" in directives,
        "max_snippet": min(limited) if limited else (-1 if lengths else None),
        "sources": [unique[key] for key in sorted(unique)],
    }


def parse(content: str) -> Iterator[str]:
    """Give the directives of one declaration, lower case; what is no directive is left out."""
    for part in content.lower().split(","):
        name, colon, value = part.partition(":")
        name = name.strip()
        if colon and name in _WITH_VALUE:
            yield f"{name}:{value.strip()}"
        elif not colon:
            # Some write spaces for commas, and crawlers are lenient about it.
            yield from (word for word in name.split() if word in _DIRECTIVES)


def unknown(group: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the directives of a group `robots` that no search engine documents, or whose value says nothing."""
    found = {word for source in group["sources"] if _is_heeded(source) for word in _unknown(source["content"])}
    return [{"directive": clip(word, 100)} for word in sorted(found)[:_MOST_UNKNOWN]]


def unavailable_after(group: Mapping[str, Any], today: date | None) -> dict[str, Any] | None:
    """Return the day after which a page leaves the results, and the days until then; None when it names none."""
    named = (source["content"] for source in group["sources"] if _is_heeded(source))
    texts = [match.group(1).strip() for content in named if (match := _UNAVAILABLE.search(content))]
    days = sorted(day for text in texts if (day := _day(text)) is not None)
    if not texts:
        return None
    return {
        "text": texts[0],
        "date": days[0].isoformat() if days else None,
        "days_left": (days[0] - today).days if days and today else None,
    }


def _unknown(content: str) -> Iterator[str]:
    # The date of unavailable_after may hold commas, and ends the declaration where it does.
    for part in _UNAVAILABLE.sub("", content.lower()).split(","):
        name, colon, value = part.partition(":")
        name = name.strip()
        if colon:
            values = _VALUES.get(name)
            if values is None or not values.fullmatch(value.strip()):
                yield collapse(part)
        else:
            yield from (word for word in name.split() if word not in _DIRECTIVES)


def _day(text: str) -> date | None:
    """Read a date as search engines do: ISO 8601, RFC 822 or RFC 850."""
    match = _LONG_YEAR.match(text)
    try:
        return date.fromisoformat(match.group()) if match else parsedate_to_datetime(text).date()
    except (ValueError, TypeError):
        return None


def split_header(value: str) -> Iterator[tuple[str | None, str]]:
    """Give (agent, directives) of one X-Robots-Tag; an agent speaks until the next one is named."""
    agent: str | None = None
    content: list[str] = []
    for part in value.split(","):
        match = _AGENT.match(part)
        if match and match.group(1).lower() not in _WITH_VALUE:
            if content:
                yield agent, ", ".join(content)
            agent, content = match.group(1).lower(), []
            part = part[match.end() :]  # noqa: PLW2901 - the rest of the part is the agent's first directive
        content.append(collapse(part))
    if any(content):
        yield agent, ", ".join(content)


def _from_metas(look: Look) -> Iterator[Source]:
    for one in look.reading.all("meta"):
        name = one.attrs.get("name", "").strip().lower()
        if name in HEEDED:
            content = clip(collapse(one.attrs.get("content", "")), 500)
            yield {"source": "meta", "agent": None if name == "robots" else name, "content": content}


def _from_headers(values: Iterable[str]) -> Iterator[Source]:
    for value in values:
        for agent, content in split_header(value):
            yield {"source": "header", "agent": None if agent == "*" else agent, "content": clip(content, 500)}


def _is_heeded(source: Source) -> bool:
    return source["agent"] is None or source["agent"] in HEEDED


def _snippet_length(directive: str) -> int | None:
    name, _, value = directive.partition(":")
    match = _INTEGER.fullmatch(value.strip()) if name == "max-snippet" else None
    return int(match.group()) if match else None
