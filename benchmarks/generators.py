"""Build sites with the generators that people use, to read what gonogo says of them.

In: a folder, and names (all, where there is none). Out: FOLDER/NAME/public for each, and a table with the address that
each site claims. The texts are documentation that comes in published packages; the settings beside them are those that
a generator's own guide begins with (`benchmarks/generators/`). Needs npm, apt-get, and for two sites the installed
packages `hugo`, `jekyll` and the plugins of Jekyll that `_config.yml` names. See docs/false-alarms.md.

    python benchmarks/generators.py sites vitepress hugo
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SETTINGS = Path(__file__).parent / "generators"
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADING = re.compile(r"\A\s*#\s+(.+)\n")
_LINK = re.compile(r"(\]\(\.{0,2}/?[^)#\s:]*?)([\w.-]+)\.md(#[^)]*)?\)")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a site is made: the address that it claims, who serves it, and the function that returns its folder."""

    site: str
    host: str
    build: Callable[[Path], Path]


def main(folder: Path, names: list[str]) -> None:
    """Build the sites, and print name, folder, address and host of each."""
    for name in names or sorted(RECIPES):
        recipe, work = RECIPES[name], folder / name / "work"
        public = folder / name / "public"
        if not public.is_dir():
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(parents=True)
            shutil.move(recipe.build(work), public)
        print(name, public, recipe.site, recipe.host, sep="\t")


def docusaurus(work: Path) -> Path:
    """The template `classic` that its own starter writes."""
    _run(work, "npx", "--yes", "create-docusaurus@3.10.2", "site", "classic", "--javascript", "--skip-install")
    _run(work / "site", "npm", "install", "--no-audit", "--no-fund")
    _run(work / "site", "npm", "run", "build")
    return work / "site" / "build"


def vitepress(work: Path) -> Path:
    """The documentation of Fastify, as its package holds it."""
    docs = _packed(work, "fastify@5.12.8") / "docs"
    shutil.copytree(_SETTINGS / "vitepress", docs / ".vitepress")
    _install(work, "vitepress@1.6.4")
    _run(work, "npx", "vitepress", "build", docs)
    return docs / ".vitepress" / "dist"


def eleventy(work: Path) -> Path:
    """The documentation of npm, with the theme of the British government."""
    shutil.copytree(_packed(work, "npm@10.9.2") / "docs" / "content", work / "content")
    shutil.copytree(_SETTINGS / "eleventy", work, dirs_exist_ok=True)
    (work / "content" / "index.md").write_text(_titled(work / "package" / "README.md"))
    _install(work, "@11ty/eleventy@3.1.8", "@x-govuk/govuk-eleventy-plugin@6.7.2", module=False)
    _run(work, "npx", "eleventy")
    return work / "_site"


def starlight(work: Path) -> Path:
    """The documentation of undici, with Astro and its theme for documentation."""
    docs = work / "src" / "content" / "docs"
    shutil.copytree(_SETTINGS / "starlight", work, dirs_exist_ok=True)
    shutil.copytree(_packed(work, "undici@7.30.2") / "docs" / "docs", docs)
    for page in docs.rglob("*.md"):
        page.write_text(_titled(page))
    (docs / "index.md").write_text(_titled(work / "package" / "README.md"))
    _install(work, "astro@5.18.2", "@astrojs/starlight@0.36.3", "sharp")
    _run(work, "npx", "astro", "build")
    return work / "dist"


def jekyll(work: Path) -> Path:
    """The documentation of Pino, with Jekyll's own theme and the plugins of GitHub Pages."""
    package = _packed(work, "pino@10.4.0")
    source = work / "source"
    shutil.copytree(package / "docs", source / "docs")
    shutil.copy(package / "README.md", source)
    shutil.copy(_SETTINGS / "jekyll" / "_config.yml", source)
    _run(source, "jekyll", "build", "--disable-disk-cache", "-d", work / "out")
    return work / "out"


def hugo(work: Path) -> Path:
    """The documentation of Hugo, out of Debian's source package; it asks the network for parts and goes on without."""
    _run(work, "apt-get", "source", "--download-only", "hugo")
    _run(work, "tar", "-xzf", *work.glob("hugo_*.orig.tar.gz"))
    [docs] = work.glob("hugo-*/docs")
    subprocess.run(["hugo", "-e", "production", "-d", work / "out"], cwd=docs, check=False)  # noqa: S607 - from the PATH, on a fetched site
    return work / "out"


RECIPES = {
    "docusaurus": Recipe("https://your-docusaurus-site.example.com", "plain", docusaurus),
    "eleventy": Recipe("https://npm.example.com", "netlify", eleventy),
    "hugo": Recipe("https://gohugo.io", "netlify", hugo),
    "jekyll": Recipe("https://pino.example.com", "github-pages", jekyll),
    "starlight": Recipe("https://undici.example.com", "plain", starlight),
    "vitepress": Recipe("https://fastify.example.com", "cloudflare-pages", vitepress),
}


def _titled(page: Path) -> str:
    """Return a page whose heading became its title, as Starlight wants it, and whose links lead to addresses."""
    text = _FRONT.sub("", page.read_text())
    heading = _HEADING.match(text)
    title = heading[1].strip("# `") if heading else page.stem
    body = _LINK.sub(
        lambda link: f"{link[1]}{link[2].lower()}/{link[3] or ''})", text[heading.end() if heading else 0 :]
    )
    return f'---\ntitle: "{title}"\n---\n{body}'


def _packed(work: Path, package: str) -> Path:
    """Return the unpacked content of an npm package."""
    _run(work, "npm", "pack", "--silent", package)
    [archive] = work.glob("*.tgz")
    _run(work, "tar", "-xzf", archive)
    return work / "package"


def _install(work: Path, *packages: str, module: bool = True) -> None:
    (work / "package.json").write_text('{"private": true, "type": "module"}' if module else '{"private": true}')
    _run(work, "npm", "install", "--no-audit", "--no-fund", *packages)


def _run(folder: Path, *command: str | Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
