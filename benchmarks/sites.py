"""The sites that the benchmarks measure: fetched from Debian's documentation packages, or made up.

In: a name, or a number of pages. Out: a folder. What was fetched once is kept in the user's cache folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_SITE = Path("usr/share/doc/python3.11/html")
_PACKAGES = ("python3.11-doc", "libjs-jquery", "libjs-underscore")


def python_docs() -> Path:
    """Return the HTML of Debian's `python3.11-doc` (530 pages); needs apt-get and dpkg-deb."""
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "gonogo-benchmarks" / "python3.11-doc"
    if not (home / _SITE / "index.html").is_file():
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["apt-get", "download", "-qq", *_PACKAGES], cwd=folder, check=True)  # noqa: S607 - Debian's own programs, from the PATH
            for package in sorted(Path(folder).glob("*.deb")):
                subprocess.run(["dpkg-deb", "-x", package, home], check=True)  # noqa: S607 - likewise
        _inline_links(home, home / _SITE)
    return home / _SITE


def html_files(root: Path) -> list[Path]:
    """Return the HTML files of a folder, sorted; some packages have folders of such names."""
    return sorted(file for file in root.rglob("*.html") if file.is_file())


def copied(folder: Path, into: Path, pages: int | None = None) -> Path:
    """Copy a site, or its first `pages` pages with all that is no page, so that it can be edited; return `into`."""
    left_out = set(html_files(folder)[pages:]) if pages else set()

    def unwanted(at: str, names: list[str]) -> list[str]:
        return [name for name in names if Path(at, name) in left_out]

    shutil.copytree(folder, into, ignore=unwanted, ignore_dangling_symlinks=True, dirs_exist_ok=True)
    return into


def _inline_links(tree: Path, root: Path) -> None:
    """Debian links shared scripts from outside the site; copy them in, so that the site stands alone."""
    for link in [path for path in root.rglob("*") if path.is_symlink()]:
        target = link.readlink()
        source = tree / target.relative_to("/") if target.is_absolute() else (link.parent / target).resolve()
        if source.is_file():
            link.unlink()
            link.write_bytes(source.read_bytes())


def made_up(folder: Path, pages: int) -> Path:
    """Write a site of so many pages, each with 30 links, a style sheet and about 300 words; return `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "style.css").write_text("body { font: 16px/1.5 sans-serif; margin: 2em }")
    names = ["index.html", *(f"p{number}.html" for number in range(1, pages))]
    for number, name in enumerate(names):
        links = "".join(
            f'<li><a href="/{names[(number * 7 + step) % pages]}">Course {step}</a></li>' for step in range(1, 31)
        )
        text = " ".join(f"Loaf {number} of batch {step} is baked slowly from flour and water." for step in range(25))
        (folder / name).write_text(
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            f"<title>Course number {number} in Bristol</title>"
            f'<meta name="viewport" content="width=device-width"><meta name="description" content="Course {number}.">'
            f'<link rel="stylesheet" href="/style.css"></head><body><main><h1>Course {number}</h1><p>{text}</p>'
            f"<ul>{links}</ul></main></body></html>"
        )
    return folder
