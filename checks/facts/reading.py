"""One walk over a parsed document: everything that the extractors ask for, gathered in one go.

In: the source of a document (delivered or rendered). Out: a `Reading`: its elements of interest with their attributes,
its text in pieces that know where they stand, and the size of its tree. No depth is too deep for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import compress
from operator import or_
from zlib import crc32

from selectolax.lexbor import LexborHTMLParser, LexborNode

from checks.facts.reference import reference
from checks.facts.source import without_noscript
from checks.facts.texts import well_formed

HEAD, SVG, CODE, MAIN, ARTICLE, CHROME, HIDDEN, ALT = (1 << bit for bit in range(8))
"""Where a piece of text or an element stands. ALT marks text that is heard, not read: alternatives and labels."""

DEEPEST_WAY = 12
"""Depth below which it is the content that differs, not the template."""

BLOCK = "\f"
"""The piece that stands where a block begins or ends; white space, as far as texts are concerned."""

_KEPT = frozenset(reference("markup")["gathered"].split())
_UNREAD = frozenset(reference("markup")["unread"].split())
_INLINE = frozenset(reference("markup")["inline"].split())
_MARKED = "[hidden],[aria-label],[role=main],[role=navigation],[style*=none]"
_NO_MAIN = 0xFF & ~(MAIN | ARTICLE)  # what leads through the site is no main text, wherever it stands
_NOT_SHOWN = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
_FLAGS = {
    **dict.fromkeys(("code", "kbd", "listing", "plaintext", "pre", "samp", "tt", "xmp"), CODE),
    **dict.fromkeys(("aside", "footer", "header", "nav"), CHROME),
    "article": ARTICLE,
    "head": HEAD,
    "main": MAIN,
    "svg": SVG,
}


@lru_cache(maxsize=64)
def _chosen(without: int, only: int) -> bytes:
    """Return a table that turns flags into 1 for what has none of `without` and all of `only`, else into 0."""
    return bytes(not flags & without and flags & only == only for flags in range(256))


@dataclass(slots=True)
class Element:
    """An element of interest; `order` counts elements, `start` and `end` are its pieces of text."""

    tag: str
    attrs: dict[str, str]
    flags: int
    order: int
    last: int
    """Order of its last descendant."""
    start: int
    end: int
    text: str = ""
    """Content of title and of data blocks in script elements."""

    def get(self, name: str) -> str | None:
        """Return the value of an attribute, without white space around it; None when it is missing."""
        value = self.attrs.get(name)
        return value.strip() if value is not None else None


@dataclass(slots=True)
class Reading:
    """A document as the extractors see it."""

    source: str
    parser: LexborHTMLParser
    by_tag: dict[str, list[Element]] = field(default_factory=lambda: defaultdict(list))
    pieces: list[str] = field(default_factory=list)
    flags: bytearray = field(default_factory=bytearray)
    """Where each piece stands, a byte of flags for each."""
    elements: int = 0
    depth: int = 0
    max_children: int = 0
    skeleton: frozenset[int] = frozenset()
    """Digests of the ways from the root to block elements, each way once: what pages of one template share."""

    def all(self, *tags: str) -> list[Element]:
        """Return the elements with one of the tags, in document order."""
        if len(tags) == 1:
            return self.by_tag.get(tags[0], [])
        return sorted((one for tag in tags for one in self.by_tag.get(tag, ())), key=lambda one: one.order)

    def text(self, start: int = 0, end: int | None = None, *, without: int = ALT, only: int = 0) -> str:
        """Return the text of some pieces, those that stand in `without` left out; its white space is as it comes."""
        chosen = self.flags[start:end].translate(_chosen(without, only))
        return "".join(compress(self.pieces[start:end], chosen))

    def present(self) -> int:
        """Return every flag that some piece has."""
        return reduce(or_, set(self.flags), 0)

    def main_text(self) -> str:
        """Return the text of main or article, else that of the body without header, nav, footer and aside, likewise."""
        present = self.present()
        for part in (MAIN, ARTICLE):
            if present & part:
                return self.text(only=part)
        return self.text(without=ALT | CHROME)

    def ids(self) -> frozenset[str]:
        """Return what a fragment can lead to: ids, and names of anchors."""
        names = {well_formed(node.id or "") for node in self.parser.css("[id]")}
        names |= {well_formed(one.attrs["name"]) for one in self.by_tag.get("a", ()) if "name" in one.attrs}
        return frozenset(names - {""})


def parse_document(source: str) -> LexborHTMLParser:
    """Parse a document as a browser that runs scripts does."""
    source = well_formed(source)
    parser = LexborHTMLParser(source)
    if parser.css_first("noscript") is None:
        return parser
    return LexborHTMLParser(without_noscript(source))


def read(source: str, parser: LexborHTMLParser | None = None) -> Reading:
    """Read a document; `parser` where it was parsed already."""
    reading = Reading(source, parser or parse_document(source))
    root = reading.parser.root
    if root is not None:
        _walk(reading, root)
    return reading


def _walk(reading: Reading, root: LexborNode) -> None:  # noqa: C901, PLR0912, PLR0915 - one loop for every node
    """Fill a reading. Calls are what costs here, so the loop makes few."""
    marked = {node.mem_id: node.attributes for node in reading.parser.css(_MARKED)}
    pieces, piece_flags, by_tag = reading.pieces, reading.flags, reading.by_tag
    add, add_flags, flags_of = pieces.append, piece_flags.append, _FLAGS.get
    above: list[tuple[int, bool, Element | None, int, str]] = []
    way, ways = "", set[str]()
    flags, elements, depth, children, widest = 0, 0, 0, 0, 0
    node: LexborNode | None = root
    while node is not None:
        child = None
        if node.is_text_node:
            if not flags & HEAD:
                add(node.text_content or "")
                add_flags(flags)
        elif node.is_element_node:
            tag = node.tag or ""
            elements += 1
            children += 1
            inside = flags | flags_of(tag, 0) if tag != "nav" else (flags | CHROME) & _NO_MAIN
            block = tag not in _INLINE and not inside & HEAD
            here = way
            if block:
                add(BLOCK)
                add_flags(inside)
                if len(above) < DEEPEST_WAY:
                    ways.add(here := f"{way}>{tag}")
            if marked and node.mem_id in marked:
                inside = _mark(reading, inside, marked[node.mem_id])
            element = None
            if tag in _KEPT:
                element = _keep(reading, node, tag, inside, elements)
                by_tag[tag].append(element)
            child = None if tag in _UNREAD else node.first_child
            if child is not None:
                above.append((flags, block, element, children, way))
                flags, children, way = inside, 0, here
                node = child
                continue
            if len(above) >= depth:
                depth = len(above) + 1
        following = node.next
        while following is None and above:
            widest = max(widest, children)
            before, block, element, children, way = above.pop()
            if block:
                add(BLOCK)
                add_flags(flags)
            flags = before
            if len(above) >= depth:
                depth = len(above) + 1
            if element is not None:
                element.last, element.end = elements, len(pieces)
            parent = node.parent
            if parent is None:
                break
            node = parent
            following = node.next if above else None
        node = following
    reading.elements, reading.depth, reading.max_children = elements, depth, widest
    reading.skeleton = frozenset(crc32(one.encode("utf-8", "replace")) for one in ways)


def _keep(reading: Reading, node: LexborNode, tag: str, flags: int, order: int) -> Element:
    attrs = {name: value or "" for name, value in node.attributes.items()}
    element = Element(tag, attrs, flags, order, order, len(reading.pieces), len(reading.pieces))
    if tag == "title":
        element.text = node.text()
        if flags & SVG:
            _hear(reading, element.text, flags)
    elif tag == "script" and "json" in attrs.get("type", ""):
        element.text = node.text()
    elif tag == "img" and attrs.get("alt"):
        _hear(reading, attrs["alt"], flags)
    element.end = len(reading.pieces)
    return element


def _mark(reading: Reading, flags: int, attributes: dict[str, str | None]) -> int:
    if "hidden" in attributes or _NOT_SHOWN.search(attributes.get("style") or ""):
        flags |= HIDDEN
    match attributes.get("role"):
        case "main":
            flags |= MAIN
        case "navigation":
            flags = (flags | CHROME) & _NO_MAIN
    label = attributes.get("aria-label")
    if label:
        _hear(reading, label, flags)
    return flags


def _hear(reading: Reading, text: str, flags: int) -> None:
    reading.pieces.append(f" {text} ")
    reading.flags.append(flags | ALT)
