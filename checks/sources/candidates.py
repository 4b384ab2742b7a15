"""Which file may have made a page: the ways to know it, the surest first.

In: the path of a page, its document where there is one, the settings, the files of the repository. Out: files to look
for, each with how it became known. Pure. What a page says of itself is hostile, and no more than a name to look for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from checks.sources import edit_links, page_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from checks.settings import Settings
    from checks.sources.page_files import Project
    from checks.sources.tree import Tree

META = "gonogo-source"
_HEAD_BYTES = 128 * 1024  # a meta element stands in the head, and a head is some kilobytes long


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a page."""

    path: str
    """Its production path."""
    document: Mapping[str, Any]
    """Its page document; empty where it was not measured."""
    delivered: bytes | None = None
    """Its HTML as delivered, where that was kept."""


def of(page: Page, settings: Settings, tree: Tree, projects: Iterable[Project]) -> Iterator[tuple[str, str]]:
    """Yield the files that may have made `page`, as seen from the repository's root, each with how it is known."""
    for rule in settings.sources:
        if file := rule.file_of(page.path):
            yield from _from(tree, tree.project, file, "named by `sources` in the settings")
    said = meta_source(page.delivered)
    if said and ".." not in said.split("/"):
        for folder in dict.fromkeys((tree.project, "")):
            yield from _from(tree, folder, said, "named by the page in a meta tag")
    group = page.document.get("links") or {}
    if edited := edit_links.file_named(group.get("items", ()), tree):
        yield edited, "named by the page's edit link"
    generator = str((page.document.get("meta") or {}).get("generator") or "")
    # Generators, and builds, know nothing of the path that a site is published under.
    path = "/" + page.path.removeprefix(settings.base_path)
    for file, name in page_files.files(path, generator, projects, tree):
        yield file, f"where {name} keeps its pages"
    for name in _own_files(path):
        yield from _from(tree, tree.here, f"{settings.preview or '.'}/{name}", "the page as it is in the repository")
        # In CI the preview is often a copy elsewhere; of a site without a generator, of what lies beside its settings.
        yield from _from(tree, tree.project, name, "the page as it is in the repository")


def meta_source(html: bytes | None) -> str | None:
    """Return what `<meta name="gonogo-source">` says in the HTML of a page, or None."""
    if not html or META.encode() not in html[:_HEAD_BYTES]:
        return None
    for element in LexborHTMLParser(html[:_HEAD_BYTES]).css(f'meta[name="{META}"]'):
        said = (element.attributes.get("content") or "").strip()
        if said:
            return said
    return None


def _from(tree: Tree, folder: str, path: str, why: str) -> Iterator[tuple[str, str]]:
    file = tree.seen_from(folder, path)
    if file is not None:
        yield file, why


def _own_files(path: str) -> Iterator[str]:
    """Yield the files of a build that may be served at a path: sites that are written as HTML need no generator."""
    page = page_files.stem(path)
    if page is not None:
        yield from (f"{page}/index.html" if page else "index.html", f"{page}.html", f"{page}.htm")
