"""The plain host: what nearly every static host does, and nothing that only one of them does.

In: the files of a build and the path of a request. Out: an `Answer`. Pure.

1. A file of exactly this name is sent.
2. A folder with an `index.html` sends it under its address with a closing slash; without the slash, a redirect adds it.
3. `/about` sends `about.html` (a clean URL); `/about/` does not, for then its relative links would lead elsewhere.
4. Anything else, a folder without an `index.html` included, is `404.html` of the root with status 404, or a bare 404.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from checks.collect.hosts.about import About
from checks.collect.hosts.answer import Answer, redirect, refusal, with_query
from checks.collect.hosts.mime import content_type
from checks.collect.hosts.paths import INDEX, decode, encode

if TYPE_CHECKING:
    from checks.collect.hosts.files import BuildFiles

NOT_FOUND = "404.html"
_ABOUT = About()


@dataclass(frozen=True, slots=True)
class PlainHost:
    """A host without rules of its own: no redirects, no headers, no configuration."""

    files: BuildFiles
    name: str = field(default="plain", init=False)
    sends_headers: bool = field(default=False, init=False)
    about: About = field(default=_ABOUT, init=False)

    def answer(self, path: str, query: str = "") -> Answer:
        """Return what a plain host sends for GET `path`; see `Host.answer`."""
        segments = decode(path)
        if segments is None:
            return refusal(HTTPStatus.BAD_REQUEST, "not a valid path")
        if "" in segments[:-1]:
            return self._not_found()
        name = "/".join(segments)
        if name.endswith("/") or not name:
            return self._send(name + INDEX, "folder index") if name + INDEX in self.files else self._not_found()
        if name in self.files:
            return self._send(name, "file")
        if f"{name}/{INDEX}" in self.files:
            return redirect(with_query(encode([*segments, ""]), query), rule="folder without its closing slash")
        return self._send(f"{name}.html", "clean URL") if f"{name}.html" in self.files else self._not_found()

    def _send(self, name: str, rule: str, status: HTTPStatus = HTTPStatus.OK) -> Answer:
        return Answer(int(status), (("content-type", content_type(name)),), name, None, rule)

    def _not_found(self) -> Answer:
        if NOT_FOUND in self.files:
            return self._send(NOT_FOUND, "404 page", HTTPStatus.NOT_FOUND)
        return refusal(HTTPStatus.NOT_FOUND, "nothing there")
