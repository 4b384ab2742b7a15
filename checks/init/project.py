"""What lies in a project's folder says where its build is, and where it will be live.

In: the project's folder. Out: `Found`. What can't be told is left open: a guess that is wrong would be worse than a
question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import ada_url
from selectolax.lexbor import LexborHTMLParser

from checks.facts.nesting import too_deep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUILD_FOLDERS: Final = (
    *("dist", "public", "_site", "build", "out", "site"),
    *("docs/_build/html", "_build/html", "build/html", "docs/.vitepress/dist", "."),
)
"""Where builds lie; `public` holds sources for some generators, so each counts only with an index.html in it."""
BUILD_FOLDER_BY_SIGN: Final = {
    "mkdocs.yml": "site",
    "hugo.toml": "public",
    "hugo.yaml": "public",
    "gatsby-config.js": "public",
    "_config.yml": "_site",
    ".eleventy.js": "_site",
    "eleventy.config.js": "_site",
    "astro.config.mjs": "dist",
    "astro.config.ts": "dist",
    "vite.config.js": "dist",
    "vite.config.ts": "dist",
    "docusaurus.config.js": "build",
    "docusaurus.config.ts": "build",
    "svelte.config.js": "build",
    "next.config.js": "out",
    "next.config.mjs": "out",
}
"""What a generator's own settings say about where it will build, for a project that has not been built yet."""
POLICY_FOLDER: Final = "gonogo/policies"

_MOST_READ: Final = 1_000_000  # bytes
_LOC: Final = re.compile(rb"<loc>\s*([^<\s]+)")
_NAME: Final = re.compile(r"(?=.*\.)[a-z0-9.-]+", re.IGNORECASE)
_LOOPBACK: Final = re.compile(r"(?:.*\.)?localhost|127\..*|0\.0\.0\.0|\[.*")


@dataclass(frozen=True, slots=True)
class Found:
    """What a project's folder says about its site."""

    preview: str | None
    """The folder of the build, seen from the project."""
    is_built: bool
    origins: tuple[str, ...]
    """Every production origin that the build names, without doubles."""
    has_policies: bool


def look(folder: Path) -> Found:
    """Return what the files in `folder` say about the site that they build."""
    preview = next((name for name in BUILD_FOLDERS if (folder / name / "index.html").is_file()), None)
    planned = next((to for sign, to in BUILD_FOLDER_BY_SIGN.items() if (folder / sign).is_file()), None)
    origins = _origins(folder, folder / preview) if preview else ()
    return Found(preview or planned, preview is not None, tuple(origins), (folder / POLICY_FOLDER).is_dir())


def is_public(address: str) -> bool:
    """Return whether an address, or an origin, is one that visitors reach."""
    url = ada_url.URL(address)
    return url.protocol in {"https:", "http:"} and not _LOOPBACK.match(url.hostname)


def _origins(folder: Path, build: Path) -> list[str]:
    said = [*_custom_domain(build / "CNAME"), *_custom_domain(folder / "CNAME"), *_sitemap(build), *_canonical(build)]
    public = (ada_url.URL(address).origin for address in said if ada_url.check_url(address) and is_public(address))
    return list(dict.fromkeys(public))


def _custom_domain(file: Path) -> Iterator[str]:
    """GitHub Pages keeps the site's own domain in a file; Netlify and others read the same."""
    name = _read(file).decode("utf-8", "replace").strip()
    if _NAME.fullmatch(name):
        yield f"https://{name}"


def _sitemap(build: Path) -> Iterator[str]:
    for name in ("sitemap.xml", "sitemap-index.xml", "sitemap_index.xml"):
        yield from (loc.decode("utf-8", "replace") for loc in _LOC.findall(_read(build / name)))


def _canonical(build: Path) -> Iterator[str]:
    home = _read(build / "index.html")
    for link in () if too_deep(home) else LexborHTMLParser(home).css("link[rel~=canonical i]"):
        yield (link.attributes.get("href") or "").strip()


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_MOST_READ)
    except OSError:
        return b""
