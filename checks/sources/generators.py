"""Where the known generators of static sites keep the file of a page. One row each, with the page that says so.

In: the files of a repository, the path of a page, what its `meta generator` says. Out: files to look for, the most
likely first. Pure; whether a file is there is asked elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from checks.sources.tree import Tree

_MARKDOWN = (".md", ".markdown", ".mdx")
_PAGES = (*_MARKDOWN, ".html")
_JAVASCRIPT = (".js", ".mjs", ".cjs", ".ts", ".mts")

# Projects whose site is one part of them keep it in one of these, as seen from the root.
_FOLDERS = ("", "docs/", "doc/", "docs/source/", "doc/source/", "source/", "website/", "site/", "web/", "www/")


@dataclass(frozen=True, slots=True)
class Generator:
    """How one generator names the file of a page.

    In the names, `{page}` is the page's path without slashes around it and without its extension, and `{post}` the
    last part of it, with the date before it that the path may hold (`2026/05/01/rye` -> `2026-05-01-rye`).
    """

    name: str
    says: tuple[str, ...]
    """How its `meta generator` begins, in lower case."""
    markers: tuple[str, ...]
    """Files that tell that a folder is a project of this generator."""
    folder: str
    """The folder of the pages, as seen from the marker."""
    setting: str
    """A pattern for the line of the marker that names another folder; empty where there is no such line."""
    files: tuple[str, ...]
    """Names of a page's file, without extension."""
    indexes: tuple[str, ...]
    """Likewise, where the page stands for its folder."""
    extensions: tuple[str, ...]
    documentation: tuple[str, ...]
    """Where the layout is described."""


GENERATORS = (
    Generator(
        name="Hugo",
        says=("hugo",),
        markers=("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config/_default/hugo.toml"),
        folder="content/",
        setting=r"""(?im)^\s*"?contentDir"?\s*[:=]\s*["']?([^"'\s,#]+)""",
        files=("{page}",),
        indexes=("{page}/index", "{page}/_index"),
        extensions=(*_PAGES, ".adoc", ".org", ".rst"),
        documentation=(
            "https://gohugo.io/content-management/organization/",
            "https://gohugo.io/configuration/all/#contentdir",
        ),
    ),
    Generator(
        name="Jekyll",
        says=("jekyll",),
        markers=("_config.yml", "_config.yaml", "_config.toml"),
        folder="",
        setting=r"""(?m)^source\s*[:=]\s*["']?([^"'\s#]+)""",
        files=("{page}", "_posts/{post}", "_{page}"),
        indexes=("{page}/index",),
        extensions=_PAGES,
        documentation=(
            "https://jekyllrb.com/docs/pages/",
            "https://jekyllrb.com/docs/posts/",
            "https://jekyllrb.com/docs/permalinks/",
            "https://jekyllrb.com/docs/collections/",
        ),
    ),
    Generator(
        name="Eleventy",
        says=("eleventy",),
        markers=(".eleventy.js", *(f"eleventy.config{ending}" for ending in _JAVASCRIPT)),
        folder="",
        setting=r"""\binput:\s*["']([^"']+)["']""",
        files=("{page}", "src/{page}", "content/{page}"),
        indexes=("{page}/index", "src/{page}/index", "content/{page}/index"),
        extensions=(*_PAGES, ".njk", ".liquid", ".webc", ".hbs", ".ejs", ".pug", ".11ty.js"),
        documentation=(
            "https://www.11ty.dev/docs/permalinks/",
            "https://www.11ty.dev/docs/config/#input-directory",
        ),
    ),
    Generator(
        name="Astro",
        says=("astro", "starlight"),
        markers=tuple(f"astro.config{ending}" for ending in _JAVASCRIPT),
        folder="src/",
        setting=r"""\bsrcDir:\s*["']([^"']+)["']""",
        files=("pages/{page}", "content/docs/{page}", "content/{page}"),
        indexes=("pages/{page}/index", "content/docs/{page}/index", "content/{page}/index"),
        extensions=(".astro", *_PAGES, ".mdoc"),
        documentation=(
            "https://docs.astro.build/en/basics/project-structure/",
            "https://docs.astro.build/en/guides/routing/",
            "https://starlight.astro.build/guides/pages/",
        ),
    ),
    Generator(
        name="VitePress",
        says=("vitepress",),
        markers=tuple(f".vitepress/{name}{ending}" for name in ("config", "config/index") for ending in _JAVASCRIPT),
        folder="",
        setting=r"""\bsrcDir:\s*["']([^"']+)["']""",
        files=("{page}",),
        indexes=("{page}/index",),
        extensions=(".md",),
        documentation=("https://vitepress.dev/guide/routing", "https://vitepress.dev/reference/site-config#srcdir"),
    ),
    Generator(
        name="Docusaurus",
        says=("docusaurus",),
        markers=tuple(f"docusaurus.config{ending}" for ending in _JAVASCRIPT),
        folder="",
        setting="",
        files=("{page}", "blog/{post}", "docs/{page}", "src/pages/{page}"),
        indexes=(
            "{page}/index",
            "{page}/README",
            "blog/{post}/index",
            "docs/{page}/index",
            "docs/{page}/README",
            "src/pages/{page}/index",
        ),
        extensions=(".md", ".mdx", ".tsx", ".jsx", ".js", ".ts"),
        documentation=(
            "https://docusaurus.io/docs/docs-introduction",
            "https://docusaurus.io/docs/blog",
            "https://docusaurus.io/docs/creating-pages",
        ),
    ),
    Generator(
        name="MkDocs",
        says=("mkdocs",),
        markers=("mkdocs.yml", "mkdocs.yaml"),
        folder="docs/",
        setting=r"""(?m)^docs_dir:\s*["']?([^"'\s#]+)""",
        files=("{page}",),
        indexes=("{page}/index", "{page}/README"),
        extensions=_MARKDOWN,
        documentation=("https://www.mkdocs.org/user-guide/writing-your-docs/#file-layout",),
    ),
    Generator(
        name="Sphinx",
        says=("sphinx", "docutils"),
        markers=("conf.py",),
        folder="",
        setting="",
        files=("{page}",),
        indexes=("{page}/index",),
        extensions=(".rst", ".md", ".txt", ".ipynb"),
        documentation=(
            "https://www.sphinx-doc.org/en/master/usage/builders/index.html",
            "https://www.sphinx-doc.org/en/master/usage/configuration.html#confval-source_suffix",
        ),
    ),
)


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
