"""Where in the delivered HTML a fault stands: line, column and the piece of source, found with BeautifulSoup.

In: the bytes of a page as delivered, and a finding about that page. Out: a `Snippet`, or None where nothing in the HTML
stands for the finding (what is missing, headers, sizes, what scripts made). Which element a fact was read from is said
in snippet_finders.py. HTML is hostile: it may be huge, nested without end or never closed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup

from checks.report.parsable import parsable
from checks.report.parsed_page import Page, index
from checks.report.snippet_finders import locate
from checks.report.words import clip

if TYPE_CHECKING:
    from typing import Any

    from bs4.element import Tag

    from checks.report.result import Document

BYTES = 5_000_000
"""Longer pages get no snippets: the tree takes some 50 times as much memory as the HTML."""
TAGS = 100_000
"""More `<` than that, likewise; and parsing would take more than three seconds."""
LONGEST = 300  # characters of a snippet
_LINES = 8
_WITH_CONTENT = frozenset({"a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "label", "option", "p", "title"})
_START_TAG = re.compile(r"""<[^\s>]+(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_CREDENTIALS = re.compile(r"""(//)[^/\s"'<>@]+@""")
_NEVER_SHOWN = "/leaks/url_credentials"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a page's source."""

    line: int
    """From 1."""
    column: int
    """From 1, in code points."""
    text: str

    def to_document(self) -> dict[str, Any]:
        """Return the snippet as JSON."""
        return {"line": self.line, "column": self.column, "text": self.text}


@dataclass(frozen=True, slots=True)
class Source:
    """A page's HTML, read once for all findings about it."""

    html: str
    page: Page
    line_starts: tuple[int, ...]

    def find(self, finding: Document) -> Snippet | None:
        """Return where the fault of `finding` stands, or None."""
        if str(finding.get("pointer", "")).startswith(_NEVER_SHOWN):
            return None
        found = locate(self.page, finding)
        if found is None:
            return None
        tag, word = found
        start = self._offset(tag)
        if word:
            # Text has no position of its own: the word is looked for from where its element begins.
            at = self.html.find(word, start)
            return self._at(at, self._line(at)) if at >= 0 else None
        return self._at(start, _cut(self.html[start : start + 4 * LONGEST], tag.name))

    def element(self, finding: Document) -> tuple[Tag, list[Tag]] | None:
        """Return the element that `finding` is about, and all that have its name and its attributes, in their order."""
        if str(finding.get("pointer", "")).startswith(_NEVER_SHOWN):
            return None
        found = locate(self.page, finding)
        if found is None:
            return None
        tag, _ = found
        return tag, [one for one in self.page.soup.find_all(tag.name) if one.attrs == tag.attrs]

    def _offset(self, tag: Tag) -> int:
        return self.line_starts[(tag.sourceline or 1) - 1] + (tag.sourcepos or 0)

    def _line(self, offset: int) -> str:
        """Return the line of the source around `offset`; where it is long, from there on."""
        begin = self.html.rfind("\n", 0, offset) + 1
        line = self.html[begin : begin + LONGEST + 1].split("\n")[0].strip()
        return line if len(line) <= LONGEST else self.html[offset : offset + LONGEST]

    def _at(self, offset: int, text: str) -> Snippet:
        line = bisect_right(self.line_starts, offset)
        shown = "\n".join(text.split("\n")[:_LINES])
        # A page's secrets do not become the report's.
        return Snippet(line, offset - self.line_starts[line - 1] + 1, clip(_CREDENTIALS.sub(r"\1***@", shown), LONGEST))


def read(delivered: bytes, url: str, charset: str | None = None) -> Source | None:
    """Return the page at the address `url` for finding snippets in it; None where it is too long or can't be parsed.

    `charset` is the one that the page's facts name; octets that are not of it do not matter here.
    """
    if len(delivered) > BYTES or delivered.count(b"<") > TAGS:
        return None
    html = _decoded(delivered, charset or "utf-8")
    try:
        closed = parsable(html)
        if closed is None:
            return None
        soup = BeautifulSoup(closed, "html.parser")
    except (AssertionError, ParserRejectedMarkup, RecursionError):  # declarations that the parser gives up on
        return None
    starts = (0, *(found.end() for found in re.finditer("\n", html)))
    return Source(html, index(soup, url), starts)


def _decoded(delivered: bytes, charset: str) -> str:
    try:
        return delivered.decode(charset, "replace")
    except (LookupError, UnicodeError):
        return delivered.decode("utf-8", "replace")


def _cut(source: str, name: str) -> str:
    """Return the start tag at the beginning of `source`, with its content where that is short and says something."""
    start = _START_TAG.match(source)
    if start is None:
        return source.split("\n", maxsplit=1)[0]
    if name in _WITH_CONTENT:
        end = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(source, start.end())
        if end and end.end() <= LONGEST:
            return source[: end.end()]
    return start[0]
