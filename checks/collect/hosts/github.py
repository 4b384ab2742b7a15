"""GitHub Pages: what it answers.

In: the files of a build and the path of a request. Out: an `Answer`. Pure. It has no rules of the project's own, and
its headers are fixed. How it takes addresses was measured by https://github.com/slorber/trailing-slash-guide: a file,
then the page of that name, then the folder, which gets its closing slash by a redirect; a page has none.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from checks.collect.hosts.about import About, Limit, NotEmulated
from checks.collect.hosts.answer import Answer, redirect, refusal, with_query
from checks.collect.hosts.compression import Compression
from checks.collect.hosts.mime import content_type
from checks.collect.hosts.paths import INDEX, decode, encode

if TYPE_CHECKING:
    from checks.collect.hosts.build import Build

MOST_BYTES = 1_000_000_000
"""https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits"""
_HEADERS = (("cache-control", "max-age=600"), ("access-control-allow-origin", "*"))
_JEKYLL = NotEmulated(
    "",
    "Jekyll, if the site is published from a branch: it drops what begins with `_` or `.` unless there is a .nojekyll",
)
_NOT_FOUND = "404.html"


class GithubPagesHost:
    """GitHub Pages."""

    name = "github-pages"
    sends_headers = False

    def __init__(self, build: Build) -> None:
        self._files = build.files
        hidden = any(part.startswith("_") for name in build.files.sizes for part in name.split("/"))
        by_branch = not build.project.deploys_to_pages and ".nojekyll" not in build.files
        self.about = About(
            limits=(Limit("bytes of the site", sum(build.files.sizes.values()), MOST_BYTES),),
            not_emulated=(_JEKYLL,) if hidden and by_branch else (),
            compression=Compression("gzip"),
        )

    def answer(self, path: str, query: str = "") -> Answer:
        """Return what GitHub Pages sends for GET `path`; see `Host.answer`."""
        segments = decode(path)
        if segments is None:
            return refusal(HTTPStatus.BAD_REQUEST, "not a valid path")
        name = "/".join(segments)
        if "" in segments[:-1]:
            return self._not_found()
        if name.endswith("/") or not name:
            return self._send(name + INDEX, "folder index") if name + INDEX in self._files else self._not_found()
        for file, rule in ((name, "file"), (f"{name}.html", "page without its ending")):
            if file in self._files:
                return self._send(file, rule)
        if f"{name}/{INDEX}" in self._files:
            return redirect(with_query(encode([*segments, ""]), query), rule="folder without its closing slash")
        return self._not_found()

    def _not_found(self) -> Answer:
        if _NOT_FOUND in self._files:
            return self._send(_NOT_FOUND, "404 page", HTTPStatus.NOT_FOUND)
        return refusal(HTTPStatus.NOT_FOUND, "nothing there")

    def _send(self, name: str, rule: str, status: int = HTTPStatus.OK) -> Answer:
        return Answer(int(status), (("content-type", content_type(name)), *_HEADERS), name, None, rule)
