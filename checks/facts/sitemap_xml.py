"""The XML of a sitemap, read in pieces and without a tree.

In: bytes, piece by piece. Out: entries as they end, and problems in plain words. Nothing is fetched, no entity is
expanded, and what is held does not grow with the file: an entity declaration, deep nesting or a markup token of more
than 1 MiB ends the reading. Format: https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ROOTS = {"urlset": ("urlset", "url"), "sitemapindex": ("index", "sitemap")}
_LINK = ("http://www.w3.org/1999/xhtml", "link")
_TEXT_OF = frozenset({"loc", "lastmod"})
_LONGEST_TEXT = 8192
_LONGEST_TOKEN = 1 << 20
_DEEPEST = 32


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One `url` or `sitemap` element, texts stripped."""

    loc: str
    lastmod: str
    alternates: tuple[tuple[str, str], ...]
    """(hreflang, href) as written."""


class RefusedError(Exception):
    """The file can't be read as a sitemap: a problem and the text that shows it."""

    def __init__(self, problem: str, text: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.text = text


class SitemapXml:
    """A reader that is fed bytes; `kind` is known once the root element was read."""

    def __init__(self, problem: Callable[[str, str], None]) -> None:
        self.kind: str | None = None
        self._problem = problem
        self._path: list[str] = []
        self._fed = 0
        self._text: list[str] = []
        self._length = 0
        self._values: dict[str, str] = {}
        self._alternates: list[tuple[str, str]] = []
        self._done: list[RawEntry] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._entity
        self._parser.XmlDeclHandler = self._declaration

    def feed(self, data: bytes, *, final: bool = False) -> list[RawEntry]:
        """The entries that end in `data`. Raises RefusedError when reading must stop."""
        self._fed += len(data)
        try:
            self._parser.Parse(data, final)
        except (LookupError, ValueError) as error:  # expat asks Python for encodings that it does not know itself
            raise RefusedError("is in an encoding that can't be read", str(error)[:200]) from None
        except expat.ExpatError as error:
            where = f"line {error.lineno}: {expat.errors.messages[error.code]}"
            raise RefusedError("is not well-formed XML", where) from None
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_TOKEN:
            raise RefusedError("has markup too long to be a sitemap's", f"line {self._parser.CurrentLineNumber}")
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if len(self._path) >= _DEEPEST:
            raise RefusedError("has elements nested too deep to be a sitemap's", local[:200])
        if not self._path:
            self._root(space, local)
        elif len(self._path) == 1:
            self._values, self._alternates = {}, []
        elif (space, local) == _LINK and attributes.get("rel") == "alternate":
            self._alternates.append((attributes.get("hreflang", ""), attributes.get("href", "")))
        self._path.append(local if space == NAMESPACE or len(self._path) < 2 or not space else "")  # noqa: PLR2004 - root and entry
        self._text, self._length = [], 0

    def _root(self, space: str, local: str) -> None:
        if local.lower() == "html":
            raise RefusedError("is an HTML page", local)
        if local not in _ROOTS:
            raise RefusedError("has a root element that is neither urlset nor sitemapindex", local[:200])
        self.kind = _ROOTS[local][0]
        if space != NAMESPACE:
            self._problem("has the wrong namespace", space or "none")

    def _end(self, _name: str) -> None:
        local = self._path.pop()
        if len(self._path) == 2 and local in _TEXT_OF:  # noqa: PLR2004 - root and entry
            self._values[local] = "".join(self._text).strip()
        elif len(self._path) == 1 and local == _ROOTS[self._path[0]][1]:
            alternates = tuple(self._alternates)
            self._done.append(RawEntry(self._values.get("loc", ""), self._values.get("lastmod", ""), alternates))
        self._text, self._length = [], 0

    def _characters(self, text: str) -> None:
        if self._path[-1:] and self._path[-1] in _TEXT_OF and self._length < _LONGEST_TEXT:
            self._text.append(text)
            self._length += len(text)

    def _entity(self, name: str, *_rest: object) -> None:
        raise RefusedError("declares entities, which are not read", name[:200])

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "utf8", "us-ascii"}:
            self._problem("is not UTF-8", f"encoding {encoding[:40]}")
