"""The files that a page may come from, as the generators of a repository would have it.

In: the files of a repository, the path of a page, what its `meta generator` says. Out: files to look for, the most
likely first. Pure; whether a file is there is asked elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from checks.sources.generators import GENERATORS, Generator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from checks.sources.tree import Tree

# Projects whose site is one part of them keep it in one of these, as seen from the root.
_FOLDERS = ("", "docs/", "doc/", "docs/source/", "doc/source/", "source/", "website/", "site/", "web/", "www/")


@dataclass(frozen=True, slots=True)
class Project:
    """A generator that the repository uses, and the folder of its pages, such as `web/content/`."""

    generator: Generator
    folder: str


def detect(tree: Tree, read: Callable[[str], str | None]) -> tuple[Project, ...]:
    """Return the generators whose marker is in the repository; `read` returns the text of a file of it."""
    found = []
    for generator in GENERATORS:
        there = ((home, home + marker) for home, marker in _markers(generator, tree) if home + marker in tree.files)
        for home, marker in islice(there, 1):
            folder = tree.seen_from(home, _folder(generator, read(marker) or "") or ".")
            if folder is not None:
                found.append(Project(generator, "" if folder == "." else folder + "/"))
    return tuple(found)


def files(path: str, said: str, projects: Iterable[Project], tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield the files that the page at a production path may come from, each with the generator that would say so.

    `said` is the page's `meta generator`. The generator that it names comes first.
    """
    page = stem(path)
    if page is None:
        return
    known = sorted(projects, key=lambda project: not said.lower().startswith(project.generator.says))
    for project in known:
        for name in _names(project.generator, page, as_folder=path.partition("?")[0].endswith(("/", "/index.html"))):
            yield from (
                (project.folder + name + ending, project.generator.name) for ending in project.generator.extensions
            )
        for name in _names(project.generator, page, as_folder=False):
            for ending in project.generator.extensions:
                if numbered := tree.numbered(project.folder + name + ending):
                    yield numbered, project.generator.name


def stem(path: str) -> str | None:
    """Return the path of a page without slashes around it, `index` and extension; None where no file is called so.

    >>> [stem(path) for path in ("/", "/blog/rye/?x=1", "/blog/rye.html", "/guide/index.html", "/a/%2e%2e/b")]
    ['', 'blog/rye', 'blog/rye', 'guide', None]
    """
    plain = unquote(path.partition("?")[0]).strip("/").removesuffix(".html").removesuffix(".htm")
    plain = "" if plain == "index" else plain.removesuffix("/index")
    odd = "\0" in plain or "\\" in plain or {"", ".", ".."} & set(plain.split("/"))
    return None if plain and odd else plain


def _names(generator: Generator, page: str, *, as_folder: bool) -> Iterator[str]:
    """Yield the names of a page's file without extension, in order.

    `/guide/` is what a folder's own page is called; where a `guide.md` and a `guide/index.md` can both be there, the
    other one is at `/guide` or `/guide.html`.
    """
    plain = generator.files if page else ()
    order = (*generator.indexes, *plain) if as_folder or not page else (*plain, *generator.indexes)
    post = _post(page)
    yield from (name.format(page=page, post=post).lstrip("/").replace("//", "/") for name in order)


def _post(page: str) -> str:
    dated = re.search(r"(?:^|/)(\d{4})/(\d{2})/(\d{2})/([^/]+)$", page)
    return "-".join(dated.groups()) if dated else page.rpartition("/")[2]


def _markers(generator: Generator, tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield the folders in which a marker may lie, with the marker: those of the settings file before the root's."""
    for folder in _FOLDERS:
        for home in dict.fromkeys((tree.project, "")):
            yield from ((home + folder, marker) for marker in generator.markers)


def _folder(generator: Generator, config: str) -> str:
    """Return the folder of the pages, as seen from the marker."""
    named = re.search(generator.setting, config) if generator.setting else None
    return named[1] if named else generator.folder
