"""Sitemaps, read as a stream: the addresses that they list, and what is wrong with them by the protocol.

In: an open binary stream of one sitemap (XML, plain text, or either of them compressed with gzip). Out: its entries
one by one, and then its line in the site document. Whatever the bytes, reading neither raises nor holds more than
about a megabyte: an archive that swells, an entity bomb or a text that is no XML is a problem in plain words. Limits:
https://www.sitemaps.org/protocol.html (50,000 addresses, 52,428,800 bytes, addresses below 2,048 characters).
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from checks.facts.sitemap_xml import RawEntry, RefusedError, SitemapXml
from checks.facts.urls import normalise_url, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checks.facts.site_index import Listing

MAX_BYTES = 52_428_800
MAX_URLS = 50_000
MAX_URL_LENGTH = 2_048
_BLOCK = 1 << 16
_SHOWN = 200
_LONGEST_DATE = 40
_MOST_ALTERNATES = 1_000

_GZIP = b"\x1f\x8b"
_LASTMOD = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d))?)?)?"
)
_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One address of a sitemap, absolute and normalised."""

    url: str
    kind: Literal["page", "sitemap"]
    lastmod: str | None
    alternates: tuple[tuple[str, str], ...]
    """(language tag, normalised URL)."""


class Sitemap:
    """One sitemap file. Exhaust `entries` first; then `facts` is complete."""

    def __init__(self, url: str, *, status: int = 200, inside_index: bool = False, today: date | None = None) -> None:
        self.url = url
        self.status = status
        self.kind: str | None = None
        self.urls = 0
        self.bytes = 0
        self.errors: dict[str, str] = {}
        self._inside_index = inside_index
        self._today = today
        self._dates: Counter[str] = Counter()

    def entries(self, stream: BinaryIO, into: Listing | None = None) -> Iterator[Entry]:
        """The entries in their order; pages are written down in `into` on the way."""
        try:
            for raw in self._raw_entries(_bounded(self._counted(_unpacked(stream)))):
                entry = self._entry(raw)
                if entry is None:
                    continue
                if entry.lastmod:
                    self._dates[entry.lastmod[:_LONGEST_DATE]] += 1
                if into is not None and entry.kind == "page":
                    into.add_listed(entry.url)
                    into.add_hreflang(entry.url, entry.alternates)
                yield entry
        except RefusedError as refused:
            self._problem(refused.problem, refused.text)
        self._whole()

    def facts(self) -> dict[str, Any]:
        """The member of `sitemaps.files` for this file."""
        errors = [{"problem": problem, "text": text} for problem, text in sorted(self.errors.items())]
        known = {"url": self.url, "status": self.status, "type": self.kind}
        return {**known, "urls": self.urls, "bytes": self.bytes, "errors": errors, "lastmod": self._lastmod()}

    def _lastmod(self) -> dict[str, Any]:
        """Return what the dates of the entries are worth: one date for all is that of the build."""
        dated = self._dates.total()
        commonest, times = next(iter(self._dates.most_common(1)), (None, 0))
        to_come = "" if self._today is None else self._today.isoformat()
        return {
            "dated": dated,
            "in_future": sum(times for day, times in self._dates.items() if to_come and day[: len(to_come)] > to_come),
            "commonest": commonest,
            "commonest_share": round(times / dated, 4) if dated else None,
        }

    def _raw_entries(self, blocks: Iterator[bytes]) -> Iterator[RawEntry]:
        first = next(blocks, b"")
        head = first.removeprefix(b"\xef\xbb\xbf").lstrip()
        if not head:
            raise RefusedError("is empty", self.url[:_SHOWN])
        if _HTML.match(head):
            raise RefusedError("is an HTML page", _text(head[:80]))
        if head.startswith(b"<") or first.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield from self._xml(first, blocks)
        elif re.match(rb"https?://", head, re.IGNORECASE):
            self.kind = "text"
            yield from _lines(first.removeprefix(b"\xef\xbb\xbf"), blocks, self._problem)
        else:
            raise RefusedError("is not XML", _text(head[:80]))

    def _xml(self, first: bytes, blocks: Iterator[bytes]) -> Iterator[RawEntry]:
        reader = SitemapXml(self._problem)
        block = first
        while block:
            found = reader.feed(block)
            self.kind = reader.kind
            yield from found
            block = next(blocks, b"")
        yield from reader.feed(b"", final=True)

    def _counted(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            self.bytes += len(block)
            yield block

    def _entry(self, raw: RawEntry) -> Entry | None:
        if not raw.loc:
            self._problem("has an entry without loc", f"entry {self.urls + 1}")
            return None
        self.urls += 1
        if len(raw.loc) >= MAX_URL_LENGTH:
            self._problem("has an address of 2,048 characters or more", raw.loc)
        if raw.lastmod and not valid_lastmod(raw.lastmod):
            self._problem("has a lastmod that is no W3C date", raw.lastmod)
        url = _absolute(raw.loc)
        if url is None:
            self._problem("has an address that is not absolute", raw.loc)
            return None
        pairs = ((lang, _absolute(href)) for lang, href in raw.alternates[:_MOST_ALTERNATES])
        alternates = tuple((lang, target) for lang, target in pairs if lang and target)
        return Entry(url, "sitemap" if self.kind == "index" else "page", raw.lastmod or None, alternates)

    def _whole(self) -> None:
        if self.urls > MAX_URLS:
            self._problem("lists more than 50,000 addresses", f"{self.urls} addresses")
        if self.kind == "index" and self._inside_index:
            self._problem("is an index inside an index", self.url)
        if self.kind is not None and self.urls == 0 and not self.errors:
            self._problem("lists no address", self.url)

    def _problem(self, problem: str, text: str) -> None:
        self.errors.setdefault(problem, text[:_SHOWN])


def valid_lastmod(text: str) -> bool:
    """Whether `text` is a date or time by https://www.w3.org/TR/NOTE-datetime, the W3C note on ISO 8601."""
    found = _LASTMOD.fullmatch(text)
    if found is None:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def _absolute(url: str) -> str | None:
    address = parse(url)
    if address is None or not address.is_web or not address.host:
        return None
    return normalise_url(address.url) if "%" in address.url or "#" in address.url else address.url


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _unpacked(stream: BinaryIO) -> Iterator[bytes]:
    """The blocks of the stream, of at most 64 KiB each, unpacked if they are gzip."""
    block = stream.read(_BLOCK)
    if not block.startswith(_GZIP):
        while block:
            yield block
            block = stream.read(_BLOCK)
        return
    yield from _unzipped(stream, block)


def _unzipped(stream: BinaryIO, block: bytes) -> Iterator[bytes]:
    unzip = zlib.decompressobj(wbits=31)
    ended = False
    while block:
        try:
            out = unzip.decompress(block, _BLOCK)
        except zlib.error as error:
            raise RefusedError("is not valid gzip", str(error)) from None
        if out:
            yield out
        block, ended = unzip.unconsumed_tail, unzip.eof
        if ended:  # members may follow one another, and zeros may fill up the last one
            block, unzip = unzip.unused_data.lstrip(b"\0"), zlib.decompressobj(wbits=31)
        block = block or stream.read(_BLOCK)
    if not ended:
        raise RefusedError("is not valid gzip", "ends too early")


def _bounded(blocks: Iterator[bytes]) -> Iterator[bytes]:
    read = 0
    for block in blocks:
        read += len(block)
        if read > MAX_BYTES:
            raise RefusedError("is larger than 52,428,800 bytes uncompressed", f"reading stopped after {read} bytes")
        yield block


def _lines(first: bytes, blocks: Iterator[bytes], problem: Callable[[str, str], None]) -> Iterator[RawEntry]:
    """One entry for each line that is not empty; of a line, at most two blocks are kept."""
    rest = first
    while True:
        *lines, rest = rest.split(b"\n")
        for line in lines:
            yield from _line(line, problem)
        block = next(blocks, b"")
        if not block:
            break
        rest = rest[:_BLOCK] + block
    yield from _line(rest, problem)


def _line(line: bytes, problem: Callable[[str, str], None]) -> Iterator[RawEntry]:
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError:
        problem("is not UTF-8", line[:_SHOWN].decode("utf-8", "replace"))
        text = _text(line).strip()
    if text:
        yield RawEntry(text, "", ())
