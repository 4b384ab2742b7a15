"""Structured data: JSON-LD, Microdata and RDFa as one list of typed things.

In: a look at the page. Out: the group `structured_data`, and the texts in it (for those who look for residue of
templates). Whatever stands in a block, it is read without recursion and never raises. What is asked of the things is in
the modules `sd_*.py` beside this one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from checks.facts.sd_graph import VOCABULARY, Things, type_names
from checks.facts.sd_markup import things_in_markup
from checks.facts.texts import clip, well_formed
from checks.facts.urls import is_absolute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checks.facts.look import Look

_ADDRESSES = frozenset({"@id", "contentUrl", "image", "item", "logo", "thumbnailUrl", "url"})
_LONG_TEXTS = frozenset({"articleBody", "text", "@context", "@id", "@type"})
_MAX_TEXT = 2000
_SCHEMA_ORG = re.compile(r"https?://(?:www\.)?schema\.org/?", re.IGNORECASE)
_OPENINGS = ("<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[")
_CLOSINGS = ("-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>")
_MAX_URL = 4096
_MAX_NAME, _MAX_NAMES = 100, 100
_SAYS_NOTHING: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """One typed thing; those that are alike count once."""

    format: str
    block: int
    type: str
    properties: tuple[str, ...]
    """Names of the properties that say something, sorted."""


@dataclass(slots=True)
class Graph:
    """What was found in the JSON-LD of a page."""

    items: set[Thing] = field(default_factory=set)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    urls: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    blocks: int = 0
    things: Things = field(default_factory=Things)


def read_graph(look: Look) -> Graph:
    """Read all structured data of a page."""
    graph = Graph()
    for script in look.reading.all("script"):
        if script.attrs.get("type", "").strip().lower().partition(";")[0] == "application/ld+json":
            graph.blocks += 1
            _read_block(graph, well_formed(script.text))
    for kind, said in things_in_markup(look):
        # Texts and addresses of markup stand in the page itself, and are found there. In RDFa, names without a prefix
        # are those of the nearest `vocab`, which is not read.
        apart = Graph(items=graph.items, things=graph.things)
        _flatten(apart, said, kind, 0, own_vocabulary=kind == "microdata")
    return graph


def structured_data(look: Look, graph: Graph) -> dict[str, Any]:
    """Return the group `structured_data`."""
    items = sorted(graph.items)
    return {
        "items": [
            {"type": one.type, "format": one.format, "block": one.block, "properties": list(one.properties)}
            for one in items
        ],
        "types": sorted({one.type for one in items}),
        "blocks": graph.blocks,
        "syntax_errors": [
            {"block": block, "line": line, "message": message} for block, line, message in sorted(graph.errors)
        ],
        "urls": _urls(look, graph.urls),
    }


def _read_block(graph: Graph, text: str) -> None:
    block = graph.blocks
    try:
        data = json.loads(_unwrapped(text), parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        graph.errors.append((block, error.lineno, error.msg if text.strip() else "The block is empty"))
    except RecursionError:
        graph.errors.append((block, 1, "The block is nested too deeply to be read"))
    except ValueError as error:
        graph.errors.append((block, 1, clip(str(error), 200)))
    else:
        message = _lacking(data)
        if message:
            graph.errors.append((block, 1, message))
        _flatten(graph, data, "json-ld", block, own_vocabulary=_speaks_schema_org(data))


def _unwrapped(text: str) -> str:
    """Take off the comment marks that kept old browsers and XML parsers from reading a block, as search engines do."""
    bare = text.strip()
    opening = next((mark for mark in _OPENINGS if bare.startswith(mark)), None)
    if opening is None:
        return text
    closing = next((mark for mark in _CLOSINGS if bare.endswith(mark)), "")
    return bare[len(opening) :].removesuffix(closing)


def _no_constant(name: str) -> NoReturn:
    message = f"{name} is no JSON value"
    raise ValueError(message)


def _lacking(data: Any) -> str | None:
    """Say what keeps a block that parses from being JSON-LD with a meaning."""
    things = [thing for thing in (data if isinstance(data, list) else [data]) if isinstance(thing, dict)]
    if not things:
        return "The block holds no object"
    if not all("@context" in thing for thing in things):
        return "@context is missing"
    if not all(_has_type(thing) for thing in things):
        return "@type is missing"
    return None


def _has_type(thing: dict[str, Any]) -> bool:
    if thing.get("@type"):
        return True
    graph = thing.get("@graph")
    members = graph if isinstance(graph, list) else [graph]
    return any(isinstance(member, dict) and member.get("@type") for member in members)


def _speaks_schema_org(data: Any) -> bool:
    """Whether schema.org is the only vocabulary of a block."""
    contexts = [one.get("@context") for one in (data if isinstance(data, list) else [data]) if isinstance(one, dict)]
    return bool(contexts) and all(isinstance(one, str) and _SCHEMA_ORG.fullmatch(one) for one in contexts)


def _flatten(graph: Graph, data: Any, kind: str, block: int, *, own_vocabulary: bool) -> None:
    todo: list[tuple[str, Any]] = [("", data)]
    seen = set[int]()  # things in markup may hold one another, by `itemref`
    while todo:
        key, value = todo.pop()
        if isinstance(value, dict):
            if id(value) in seen:
                continue
            seen.add(id(value))
            properties = _properties(value)
            graph.items.update(Thing(kind, block, name, properties) for name in type_names(value.get("@type")))
            graph.things.add(value, kind, block, key, own_vocabulary=own_vocabulary)
            todo.extend(value.items())
        elif isinstance(value, list):
            todo.extend((key, member) for member in value)
        elif isinstance(value, str):
            _take_text(graph, key, value)


def _take_text(graph: Graph, key: str, value: str) -> None:
    if key in _ADDRESSES:
        # `#organisation` and `_:b0` name things within the page, and lead nowhere.
        if value.strip() and not value.startswith(("#", "_:", "urn:")):
            graph.urls.add(value.strip())
    elif key not in _LONG_TEXTS:
        graph.texts.append(value[:_MAX_TEXT])


def _properties(thing: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of what a thing says; an empty value says nothing."""
    said = (name for name, value in thing.items() if value not in _SAYS_NOTHING and not name.startswith("@"))
    return _names(VOCABULARY.sub("", name) for name in said)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({clip(well_formed(name), _MAX_NAME) for name in names})[:_MAX_NAMES])


def _urls(look: Look, urls: set[str]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for url in sorted(urls):
        address = look.resolve(url)
        if address is not None and address.host:
            absolute = is_absolute(url)
            name = look.site.host_class(address)
            found.setdefault(
                address.url[:_MAX_URL], {"url": address.url[:_MAX_URL], "absolute": absolute, "host_class": name}
            )
    return [found[url] for url in sorted(found)]
