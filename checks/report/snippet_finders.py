"""Which element of a page a fact was read from.

In: a parsed page and a finding (what failed, and the pointer to it in the page document). Out: the element, and the
word within its text where the fault is a word. One function a group of facts, in one table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from bs4.element import NavigableString, Tag

from checks.report.parsed_page import ADDRESSES, Found, Page, element, first, tags, text, value

if TYPE_CHECKING:
    from checks.report.result import Document

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_TEXT = ("script", "style", "template", "pre", "code", "kbd", "samp")
_JS_DIFF = {"h1": "headings"}
_TEXT = "#text"
_SPACE = "\t\n\f\r "
_ON_DISK = re.compile(r"\s*file:", re.IGNORECASE)
_AS_WRITTEN = re.compile(r"[^&<>\n\r]+")
"""What a text of the tree looks like in the source as well: no character that may stand there as a reference."""


Finder = Callable[[Page, list[str], str], Found]
"""Page, the way to the fact, what failed -> the element."""


def locate(page: Page, finding: Document) -> Found:
    """Return the element that `finding` is about, with the word to look for in its text ("" for the element itself)."""
    what = str(finding.get("what") or "")
    # Where a policy failed as a whole there is no pointer, and what failed is the name of a fact.
    way = str(finding.get("pointer") or "").split("/")[1:] or what.split(".")
    facts = [segment for segment in way if segment != "raw"]
    if facts[:2] == ["html", "head_closed_early_by"]:
        what = str(finding.get("value") or "")
    if facts[:1] == ["js_diff"]:
        facts = [_JS_DIFF.get(what, what)]
    finder = FINDERS.get(facts[0]) if facts else None
    return finder(page, facts, what) if finder else None


def _only(name: str) -> Finder:
    return lambda page, _facts, _what: element(page.soup.find(name))


def _meta_called(*names: str) -> Finder:
    return lambda page, _facts, _what: _named(page, *names)


def _named(page: Page, *names: str) -> Found:
    wanted = set(names)
    attributes = ("name", "property", "http-equiv")
    return first(tags(page, "meta"), lambda tag: any(value(tag, key).lower().strip() in wanted for key in attributes))


def _canonical(page: Page, _facts: list[str], _what: str) -> Found:
    return first(tags(page, "link"), lambda tag: "canonical" in value(tag, "rel").lower().split())


def _charset(page: Page, _facts: list[str], _what: str) -> Found:
    return first(tags(page, "meta"), lambda tag: tag.has_attr("charset")) or _named(page, "content-type")


def _meta(page: Page, facts: list[str], _what: str) -> Found:
    name = facts[1].removesuffix("_count") if len(facts) > 1 else "-"
    return _named(page, "content-security-policy" if name == "csp" else name)


def _social(page: Page, facts: list[str], _what: str) -> Found:
    match facts[1:3]:
        case ["og" | "twitter" as card, name]:
            return _named(page, f"{card}:{name}")
        case ["image", *_]:
            return _named(page, "og:image", "og:image:url", "twitter:image")
        case _:
            return None


def _security(page: Page, facts: list[str], what: str) -> Found:
    if facts[1:2] == ["http_refs"]:
        return _address(page, facts, what)
    return _named(page, "content-security-policy") if facts[1:2] == ["csp"] else None


def _document(page: Page, facts: list[str], what: str) -> Found:
    if facts[1:2] == ["head_closed_early_by"]:
        return _text_in_head(page) if what == _TEXT else element(page.soup.find(what))
    if facts[1:2] == ["metas_in_body"]:
        return first(tags(page), lambda tag: what in {value(tag, "name"), value(tag, "rel"), tag.name})
    return None


def _text_in_head(page: Page) -> Found:
    """The first text that stands in the head itself: it is looked for from the element before it on."""
    before = page.soup.find("head")
    for node in before.children if isinstance(before, Tag) else ():
        if isinstance(node, Tag):
            before = node
        elif type(node) is NavigableString and (text := node.strip(_SPACE)):  # comments are strings of other types
            written = _AS_WRITTEN.match(text)
            return (before, written[0]) if written and isinstance(before, Tag) else None
    return None


def _heading(page: Page, _facts: list[str], what: str) -> Found:
    return first(tags(page, *_HEADINGS), lambda tag: text(tag) == what) or element(page.soup.find("h1"))


def _hreflang(page: Page, _facts: list[str], what: str) -> Found:
    return first(tags(page, "link"), lambda tag: value(tag, "hreflang") != "" and value(tag, "hreflang") == what)


def _address(page: Page, _facts: list[str], what: str) -> Found:
    """The first element with the address `what`: as written, or what it leads to from this page."""
    return element(page.written.get(what) or page.leads.get(what))


def _structured_data(page: Page, facts: list[str], what: str) -> Found:
    blocks = [tag for tag in tags(page, "script") if value(tag, "type").strip().lower() == "application/ld+json"]
    if facts[1:2] == ["syntax_errors"]:
        return first(blocks, lambda tag: not _parses(tag.get_text()))
    return next(((tag, what) for tag in blocks if what and what in tag.get_text()), None)


def _parses(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _words(page: Page, facts: list[str], what: str) -> Found:
    if facts[1:2] == ["placeholder_hits"]:
        where, _, word = what.partition(":")
        return _placeholder(page, where, word)
    # What is found is a stretch of text, white space collapsed: its first word that is long enough leads there.
    words = re.findall(r"\S{4,}", what)
    return _prose(page, what) or (_prose(page, words[0]) if words else None)


def _placeholder(page: Page, where: str, word: str) -> Found:
    match where:
        case "title" | "description":
            return FINDERS[where](page, [where], word)
        case "heading":
            return first(tags(page, *_HEADINGS), lambda tag: word.lower() in text(tag).lower())
        case "alt":
            return first(tags(page, "img", "area", "input"), lambda tag: word.lower() in value(tag, "alt").lower())
        case "structured-data":
            return _structured_data(page, ["structured_data"], word)
        case _:
            return _prose(page, word)


def _prose(page: Page, word: str) -> Found:
    if not word:
        return None
    found = page.soup.find(string=lambda text: bool(text and word in text and not _hidden(text.parent)))
    parent = getattr(found, "parent", None)
    return (parent, word) if isinstance(parent, Tag) and parent.sourceline else None


def _hidden(tag: Tag | None) -> bool:
    return tag is not None and tag.name in _NO_TEXT


def _leaks(page: Page, facts: list[str], what: str) -> Found:
    if facts[1:2] != ["hosts"]:
        return None
    host = what.partition(":")[2]
    if host != "file":
        return _host(page, facts, host)
    # An address without a host is known by its scheme: the word alone stands in many others.
    return first(tags(page), lambda tag: any(_ON_DISK.match(value(tag, key)) for key in ADDRESSES))


def _host(page: Page, _facts: list[str], what: str) -> Found:
    if not what:
        return None
    return first(tags(page), lambda tag: any(what in value(tag, key) for key in ADDRESSES)) or next(
        ((tag, what) for tag in tags(page, "script", "style") if what in tag.get_text()), None
    )


FINDERS: dict[str, Finder] = {
    **dict.fromkeys(("forms", "icons", "iframes", "images", "lcp", "links", "requests", "scripts", "styles"), _address),
    "canonical": _canonical,
    "charset": _charset,
    "description": _meta_called("description"),
    "headings": _heading,
    "hreflang": _hreflang,
    "html": _document,
    "lang": _only("html"),
    "leaks": _leaks,
    "meta": _meta,
    "preloads": lambda page, facts, what: _address(page, facts, what.partition(" ")[2]),
    "robots": _meta_called("robots", "googlebot", "bingbot"),
    "security": _security,
    "social": _social,
    "structured_data": _structured_data,
    "text": _words,
    "third_parties": _host,
    "title": _only("title"),
    "videos": _address,
}
