"""Where the known generators of static sites keep the file of a page. One row each, with the page that says so.

In: nothing. Out: `GENERATORS`, which page_files.py looks with.
"""

from __future__ import annotations

from dataclasses import dataclass

_MARKDOWN = (".md", ".markdown", ".mdx")
_PAGES = (*_MARKDOWN, ".html")
_JAVASCRIPT = (".js", ".mjs", ".cjs", ".ts", ".mts")


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
