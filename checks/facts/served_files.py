"""How the files of a build are sent and written: compression, caching, and what minifying would save.

In: for each file, sorted by path, the headers that the host sends with it; the code that pages load. Out: the group
`assets` of the site document. Files are told by folder and ending, for the hashes in their names change with every
build, and a finding must not; so the lists grow with the folders of a site and not with its pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.facts.mime import media_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checks.facts.assets import Asset

SMALLEST_COMPRESSED = 1400
"""Bytes that fit into one packet, compressed or not."""
YEAR, DOCUMENT_AGE = 31_536_000, 600
LEAST_SAVING, LEAST_SHARE = 2048, 0.05
"""What minifying must save at least to be written down, in bytes and as a share."""
FINGERPRINTED, DOCUMENT = "fingerprinted", "document"
_TEXT = re.compile(r"text/.*|application/(?:.+\+)?(?:json|xml)|application/javascript|image/svg\+xml")
_TOKEN = re.compile(r"[.\-_]([A-Za-z0-9]{8,40})(?=[.\-_])")
_HEX = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]+")
_MIXED = re.compile(r"(?=.*\d)(?=.*[a-z])(?=.*[A-Z]).+")
_HASHED = frozenset(
    (
        "js",
        "mjs",
        "css",
        "woff",
        "woff2",
        "ttf",
        "otf",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "avif",
        "svg",
        "wasm",
        "mp4",
    )
)
_DIRECTIVE = re.compile(r"([a-z-]+)(?:\s*=\s*\"?(\d+))?")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of the build, as the host sends it."""

    path: str
    """Inside the build, POSIX."""
    size: int
    headers: tuple[tuple[str, str], ...]
    """Names in lower case."""
    compressed: bool = False
    """Whether the host compresses it on the way."""

    def header(self, name: str) -> str | None:
        """Return the first value of a header, or None."""
        return next((value for key, value in self.headers if key == name), None)


def uncompressed(files: Iterable[SentFile]) -> list[dict[str, Any]]:
    """Return the list `assets.uncompressed`: text that is sent as it is, by folder and ending."""
    found: dict[str, dict[str, Any]] = {}
    for file in files:
        kind = media_type(file.header("content-type")) or ""
        if file.size > SMALLEST_COMPRESSED and _TEXT.fullmatch(kind) and not file.compressed:
            group = _group(file.path)
            one = found.setdefault(group, {"files": group, "count": 0, "bytes": 0, "example": f"/{file.path}"})
            one["count"] += 1
            one["bytes"] += file.size
    return [found[group] for group in sorted(found)]


def cache_findings(files: Iterable[SentFile]) -> list[dict[str, Any]]:
    """Return the list `assets.cache_findings`: files that are kept too short or too long, by folder and ending."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for file in files:
        kind = _kind(file)
        wanted = _wanted(kind, file.header("cache-control"))
        if kind is None or wanted is None:
            continue
        group = "/**" if kind == DOCUMENT else _group(file.path)
        one = found.setdefault(
            (group, kind),
            {
                "files": group,
                "kind": kind,
                "cache_control": file.header("cache-control"),
                "wanted": wanted,
                "count": 0,
                "example": f"/{file.path}",
            },
        )
        one["count"] += 1
    return [found[group] for group in sorted(found)]


def unminified(code: Iterable[tuple[str, int, Asset]]) -> list[dict[str, Any]]:
    """Return the list `assets.unminified`; `code` is path, bytes and content of what pages load."""
    return [
        {"path": f"/{path}", "bytes": size, "saving": asset.saving, "share": round(asset.saving / size, 4)}
        for path, size, asset in sorted(code, key=lambda one: one[0])
        if asset.saving >= LEAST_SAVING and asset.saving / size >= LEAST_SHARE
    ]


def is_fingerprinted(path: str) -> bool:
    """Whether the name of a file carries a hash of its content, so that it changes when that does.

    >>> [is_fingerprinted(path) for path in ("a/app.13a4f30d.js", "a/index-BUCF4rjN.css", "a/oven-20261123.jpg")]
    [True, True, False]
    """
    name = path.rpartition("/")[2]
    if name.rpartition(".")[2].lower() not in _HASHED:
        return False
    return any(_HEX.fullmatch(token) or _MIXED.fullmatch(token) for token in _TOKEN.findall(name))


def _kind(file: SentFile) -> str | None:
    if media_type(file.header("content-type")) == "text/html":
        return DOCUMENT
    return FINGERPRINTED if is_fingerprinted(file.path) else None


def _wanted(kind: str | None, cache_control: str | None) -> str | None:
    """Return what a header should say; None where it does."""
    told = _directives(cache_control or "")
    if kind == FINGERPRINTED and ((told.get("max-age") or 0) < YEAR or "immutable" not in told):
        return f"max-age must be at least {YEAR}, with immutable"
    if kind == DOCUMENT and not {"no-cache", "no-store"} & told.keys() and _age(told) > DOCUMENT_AGE:
        return f"it must say no-cache, or a max-age of at most {DOCUMENT_AGE}"
    return None


def _age(told: Mapping[str, int | None]) -> float:
    """Seconds that a browser may keep it: without a word, as long as it likes."""
    age = told.get("max-age")
    return float("inf") if age is None else age


def _directives(cache_control: str) -> dict[str, int | None]:
    """Return the directives of a Cache-Control header (RFC 9111, section 5.2); the first of a name counts."""
    found: dict[str, int | None] = {}
    for part in cache_control.lower().split(","):
        match = _DIRECTIVE.match(part.strip())
        if match:
            found.setdefault(match[1], int(match[2][:12]) if match[2] else None)
    return found


def _group(path: str) -> str:
    """Return folder and ending of a file, as a pattern."""
    folder, _, name = path.rpartition("/")
    ending = name.rpartition(".")[2] if "." in name else ""
    return f"/{folder}{'/' if folder else ''}*{'.' + ending if ending else ''}"
