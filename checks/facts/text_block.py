"""A piece of a text file that is searched for leaks: its kind, its lines, and what stands around a place.

In: a path, or a piece of the file's bytes. Out: the kind, and answers about places. Searching works on bytes, because
the files of a build have any encoding, and what is searched for is ASCII.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["html", "script", "data", "lines", "prose", "map"]
"""html: a page; script: code, styles and settings; data: values in JSON or XML; lines: a value a line, such as
`_redirects`; prose: text for people, and search indexes, which repeat the pages; map: a source map."""
Context = Literal["code", "attribute", "sample", "prose"]

_BY_SUFFIX: dict[str, Kind] = {
    **dict.fromkeys(("html", "htm", "xhtml", "shtml"), "html"),
    **dict.fromkeys(("js", "mjs", "cjs", "css", "jsx", "ts", "tsx", "vue", "svelte", "php", "sh", "py"), "script"),
    **dict.fromkeys(("env", "ini", "conf", "cfg", "toml", "yml", "yaml", "properties", "log", "pem", "key"), "script"),
    **dict.fromkeys(("json", "jsonld", "xml", "webmanifest", "svg", "rss", "atom", "geojson", "xsl"), "data"),
    **dict.fromkeys(("txt", "md", "mdx", "rst", "csv", "tsv", "ics", "vtt", "srt", "tex", "org", "adoc"), "prose"),
    "map": "map",
}
_BINARY = frozenset(
    f".{suffix}"
    for group in (
        "png jpg jpeg gif webp avif ico bmp tif tiff heic jxl psd ai sketch glb swf",
        "woff woff2 ttf otf eot",
        "mp4 webm mov mp3 ogg oga ogv opus wav flac m4a m4v",
        "zip gz br zst tgz bz2 xz 7z rar tar apk jar iso dmg",
        "pdf doc docx xls xlsx ppt pptx odt ods odp epub mobi",
        "wasm bin exe dll so dylib class pyc inv sqlite db parquet npz npy pickle doctree",
    )
    for suffix in group.split()
)
_LINES = re.compile(
    r"(?:^|/)(?:robots\.txt|_redirects|_headers|(?:app-)?ads\.txt|security\.txt|sitemap[^/]*\.txt|cname)$"
)
_SEARCH_INDEX = re.compile(
    r"(?:(?:^|/)(?:search[-_]?index|search|search-data|lunr[^/]*|fuse[^/]*|pagefind[^/]*)\.(?:[a-z]{2}\.)?(?:json|js|xml)"
    r"|^(?:[a-z]{2}/)?index\.json)$"
)
_SAMPLE_TAGS = (b"pre", b"code", b"samp", b"kbd", b"textarea")


def kind_of(path: str) -> Kind | None:
    """What kind of text a file of the build is, by its name; None for one that is not text."""
    name = path.lower()
    if _LINES.search(name):
        return "lines"
    if _SEARCH_INDEX.search(name):
        return "prose"
    base = name.rpartition("/")[2]
    suffix = base.rpartition(".")[2] if "." in base else ""
    if f".{suffix}" in _BINARY:
        return None
    if base.startswith(".env"):
        return "script"
    return _BY_SUFFIX.get(suffix, "prose")


def known_text(path: str) -> bool:
    """Whether the name alone says that a file is text, however large it is."""
    name = path.lower().rpartition("/")[2]
    return name.rpartition(".")[2] in _BY_SUFFIX or _LINES.search(name) is not None


@dataclass(frozen=True, slots=True)
class Block:
    """Some bytes of a file. What begins from `first` up to `last` belongs to it; the rest is there for context."""

    body: bytes
    kind: Kind
    first: int
    last: int
    lines_before: int
    """Line ends of the file before `first`."""

    def owns(self, at: int) -> bool:
        """Whether what begins at `at` is to be reported from this block, and not from a neighbour that overlaps."""
        return self.first <= at < self.last

    def line(self, at: int) -> int:
        """Line number of a place that the block owns, from 1."""
        return self.lines_before + self.body.count(b"\n", self.first, at) + 1

    def context(self, at: int) -> Context:
        """What stands around `at`: code, an attribute, a sample that shows code to readers, or running text."""
        if self.kind != "html":
            return "prose" if self.kind == "prose" else "code"
        if self._inside(b"script", at) or self._inside(b"style", at):
            return "code"
        if any(self._inside(tag, at) for tag in _SAMPLE_TAGS):
            return "sample"
        return "attribute" if self.body.rfind(b"<", 0, at) > self.body.rfind(b">", 0, at) else "prose"

    def before(self, at: int, count: int) -> bytes:
        """The `count` bytes before `at`, in lower case."""
        return self.body[max(0, at - count) : at].lower()

    def _inside(self, tag: bytes, at: int) -> bool:
        opened = self.body.rfind(b"<" + tag, 0, at)
        return opened >= 0 and self.body.rfind(b"</" + tag, opened, at) < 0 and self.body.find(b">", opened, at) >= 0
