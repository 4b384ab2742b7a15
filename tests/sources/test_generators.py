"""Where each known generator keeps the file of a page: layouts as their documentation shows them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.settings import Settings
from checks.sources import generators, page_files
from checks.sources.locate import locate
from checks.sources.repository import Repository
from checks.sources.tree import Tree

Build = Callable[..., dict[str, Any]]
Track = Callable[..., Repository]
Told = Callable[..., Settings]


@pytest.fixture
def source_of(finding: Build, page: Build, settings: Told) -> Callable[..., str]:
    """Return a function from repository and path to the file that a finding on that page is shown on."""

    def find(repository: Repository, path: str, generator: str = "") -> str:
        return locate(finding(path), page(path, generator=generator), settings(), repository).file

    return find


# Path of a page, its file, the files that say which generator it is.
LAYOUTS = [
    # https://gohugo.io/content-management/organization/#path-breakdown-in-hugo
    ("Hugo", "/", "content/_index.md", {"hugo.toml": ""}),
    ("Hugo", "/posts/", "content/posts/_index.md", {"hugo.toml": ""}),
    ("Hugo", "/posts/my-first/", "content/posts/my-first.md", {"hugo.toml": ""}),
    ("Hugo", "/events/chicago/", "content/events/chicago/index.md", {"config.toml": ""}),
    ("Hugo", "/about/", "pages/about.md", {"hugo.yaml": "baseURL: /\ncontentDir: pages\n"}),
    ("Hugo", "/about/", "pages/about.md", {"config/_default/hugo.toml": "contentDir = 'pages' # here\n"}),
    # https://jekyllrb.com/docs/posts/, https://jekyllrb.com/docs/permalinks/#built-in-formats
    ("Jekyll", "/", "index.md", {"_config.yml": ""}),
    ("Jekyll", "/about.html", "about.markdown", {"_config.yml": ""}),
    ("Jekyll", "/2026/05/01/rye.html", "_posts/2026-05-01-rye.md", {"_config.yml": ""}),
    ("Jekyll", "/bread/2026/05/01/rye/", "_posts/2026-05-01-rye.markdown", {"_config.yml": ""}),
    ("Jekyll", "/rye/", "_posts/2026-05-01-rye.md", {"_config.yml": ""}),
    ("Jekyll", "/recipes/rye.html", "_recipes/rye.md", {"_config.yml": ""}),
    ("Jekyll", "/about/", "site/about.md", {"_config.yml": "title: x\nsource: site\n"}),
    # https://www.11ty.dev/docs/permalinks/#default-input-and-output-examples
    ("Eleventy", "/template/", "template.liquid", {".eleventy.js": ""}),
    ("Eleventy", "/subdir/template/", "subdir/template.njk", {"eleventy.config.mjs": ""}),
    ("Eleventy", "/blog/rye/", "src/blog/rye.md", {"eleventy.config.js": ""}),
    ("Eleventy", "/about/", "views/about.md", {"eleventy.config.js": 'return {dir: {input: "views"}}'}),
    # https://docs.astro.build/en/guides/routing/, https://starlight.astro.build/guides/pages/
    ("Astro", "/", "src/pages/index.astro", {"astro.config.mjs": ""}),
    ("Astro", "/about/", "src/pages/about.astro", {"astro.config.mjs": ""}),
    ("Astro", "/about/me/", "src/pages/about/me.md", {"astro.config.ts": ""}),
    ("Astro", "/guides/intro/", "src/content/docs/guides/intro.mdx", {"astro.config.mjs": ""}),
    ("Astro", "/blog/rye/", "src/content/blog/rye.md", {"astro.config.mjs": ""}),
    ("Astro", "/about/", "www/pages/about.astro", {"astro.config.mjs": "defineConfig({srcDir: './www'})"}),
    # https://vitepress.dev/guide/routing#root-and-source-directory
    ("VitePress", "/getting-started.html", "docs/getting-started.md", {"docs/.vitepress/config.js": ""}),
    ("VitePress", "/guide/", "guide/index.md", {".vitepress/config.mts": ""}),
    ("VitePress", "/guide/x", "src/guide/x.md", {".vitepress/config.ts": "export default { srcDir: './src' }"}),
    # https://docusaurus.io/docs/create-doc, https://docusaurus.io/docs/blog, https://docusaurus.io/docs/creating-pages
    ("Docusaurus", "/docs/hello/", "docs/hello.md", {"docusaurus.config.js": ""}),
    ("Docusaurus", "/docs/guides/", "docs/guides/README.mdx", {"docusaurus.config.ts": ""}),
    ("Docusaurus", "/docs/easy/first", "docs/01-easy/02-first.md", {"docusaurus.config.js": ""}),
    ("Docusaurus", "/blog/2019/09/05/hello/", "blog/2019-09-05-hello.md", {"docusaurus.config.js": ""}),
    ("Docusaurus", "/blog/2019/09/05/hello/", "blog/2019-09-05-hello/index.md", {"docusaurus.config.js": ""}),
    ("Docusaurus", "/hello", "src/pages/hello.tsx", {"docusaurus.config.js": ""}),
    ("Docusaurus", "/", "src/pages/index.js", {"website/docusaurus.config.js": ""}),
    # https://www.mkdocs.org/user-guide/writing-your-docs/#file-layout
    ("MkDocs", "/", "docs/index.md", {"mkdocs.yml": ""}),
    ("MkDocs", "/user-guide/", "docs/user-guide/README.md", {"mkdocs.yml": ""}),
    ("MkDocs", "/about/license.html", "docs/about/license.md", {"mkdocs.yml": ""}),
    ("MkDocs", "/about/", "pages/about.md", {"mkdocs.yml": "docs_dir: 'pages'\n"}),
    ("MkDocs", "/about/", "about.md", {"mkdocs.yml": "docs_dir: .\n"}),
    # https://www.sphinx-doc.org/en/master/usage/builders/index.html
    ("Sphinx", "/install.html", "docs/install.rst", {"docs/conf.py": ""}),
    ("Sphinx", "/guide/", "docs/source/guide/index.rst", {"docs/source/conf.py": ""}),
    ("Sphinx", "/guide/install/", "guide/install.md", {"conf.py": ""}),
]


def placed(file: str, markers: dict[str, str]) -> dict[str, str]:
    """Put the page's file where the generator's project is."""
    folder = "website/" if any(name.startswith("website/") for name in markers) else ""
    return {folder + file: "text", **markers}


@pytest.mark.parametrize(("name", "path", "file", "markers"), LAYOUTS)
def test_a_page_is_shown_on_the_file_that_its_generator_reads(
    name: str, path: str, file: str, markers: dict[str, str], track: Track, source_of: Callable[..., str]
) -> None:
    files = placed(file, markers)
    repository = track(files)
    assert [project.generator.name for project in repository.projects] == [name]
    assert source_of(repository, path) == next(iter(files))


def test_every_known_generator_has_a_layout_that_is_tried() -> None:
    assert {name for name, *_ in LAYOUTS} == {generator.name for generator in generators.GENERATORS}


def test_every_row_says_where_the_layout_is_described() -> None:
    assert all(row.documentation for row in generators.GENERATORS)


def test_the_page_of_a_folder_and_the_page_beside_it_are_told_apart(
    track: Track, source_of: Callable[..., str]
) -> None:
    repository = track({"docs/conf.py": "", "docs/guide.rst": "", "docs/guide/index.rst": ""})
    assert source_of(repository, "/guide/") == "docs/guide/index.rst"
    assert source_of(repository, "/guide/index.html") == "docs/guide/index.rst"
    assert source_of(repository, "/guide.html") == "docs/guide.rst"


def test_of_two_generators_the_one_that_the_page_names_is_asked_first(
    track: Track, source_of: Callable[..., str]
) -> None:
    repository = track({"mkdocs.yml": "", "hugo.toml": "", "content/about.md": "", "docs/about.md": ""})
    assert source_of(repository, "/about/", "MkDocs 1.6") == "docs/about.md"
    assert source_of(repository, "/about/", "Hugo 0.160.0") == "content/about.md"


def test_a_number_before_a_name_is_overlooked_only_where_one_file_is_meant(
    track: Track, source_of: Callable[..., str]
) -> None:
    repository = track({"docusaurus.config.js": "", "docs/01-a.md": "", "docs/02-a.md": ""})
    assert source_of(repository, "/docs/a/") == "gonogo.yaml"


def test_the_settings_of_a_generator_can_not_lead_out_of_the_repository(
    track: Track, source_of: Callable[..., str]
) -> None:
    repository = track({"mkdocs.yml": "docs_dir: ../../etc\n", "docs/about.md": ""})
    assert (repository.projects, source_of(repository, "/about/")) == ((), "gonogo.yaml")


def test_a_project_in_a_folder_of_its_own_is_found_there(track: Track, source_of: Callable[..., str]) -> None:
    repository = track({"web/mkdocs.yml": "", "web/docs/about.md": "", "docs/about.md": ""}, config="web/gonogo.yaml")
    assert source_of(repository, "/about/") == "web/docs/about.md"


@given(st.text(alphabet="/.%2ef\\?\x00a-_0123456789", max_size=40))
def test_whatever_a_page_is_called_no_file_outside_the_repository_is_looked_for(path: str) -> None:
    tree = Tree(files=frozenset({"hugo.toml", "_config.yml", "conf.py"}))
    for file, _name in page_files.files("/" + path, "", page_files.detect(tree, lambda _file: ""), tree):
        assert not file.startswith("/")
        assert not {"..", ".", ""} & set(file.split("/"))


def built(tmp_path: Path, *command: str | Path) -> list[str]:
    """Build a site with a real generator, and return the production paths of its pages."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    pages = sorted(page.relative_to(tmp_path / "site").as_posix() for page in (tmp_path / "site").rglob("*.html"))
    return [re.sub(r"(^|/)index\.html$", r"\1", f"/{page}") for page in pages if page != "404.html"]


PAGES = {"index.md": "# Home\n", "about.md": "# About\n", "guide/index.md": "# Guide\n", "guide/rye.md": "# Rye\n"}


def test_pages_that_mkdocs_built_lead_back_to_their_files(
    tmp_path: Path, track: Track, source_of: Callable[..., str]
) -> None:
    repository = track({"mkdocs.yml": "site_name: Rye\n", **{f"docs/{name}": text for name, text in PAGES.items()}})
    paths = built(tmp_path, "mkdocs", "build", "--quiet", "--site-dir", "site")
    assert {path: source_of(repository, path) for path in paths} == {
        "/": "docs/index.md",
        "/about/": "docs/about.md",
        "/guide/": "docs/guide/index.md",
        "/guide/rye/": "docs/guide/rye.md",
    }


def test_pages_that_sphinx_built_lead_back_to_their_files(
    tmp_path: Path, track: Track, source_of: Callable[..., str]
) -> None:
    text = {name.replace(".md", ".rst"): f"{text[2:-1]}\n=====\n" for name, text in PAGES.items()}
    tree = ".. toctree::\n\n   about\n   guide/index\n   guide/rye\n"
    files = {**text, "index.rst": text["index.rst"] + tree, "conf.py": "project = 'Rye'\n"}
    repository = track({f"docs/{name}": content for name, content in files.items()})
    paths = built(tmp_path, "sphinx", "-q", "-b", "html", "docs", "site")
    assert {path: source_of(repository, path) for path in paths} == {
        "/": "docs/index.rst",
        "/about.html": "docs/about.rst",
        "/guide/": "docs/guide/index.rst",
        "/guide/rye.html": "docs/guide/rye.rst",
        # What Sphinx makes of itself has no source.
        "/genindex.html": "gonogo.yaml",
        "/search.html": "gonogo.yaml",
    }
