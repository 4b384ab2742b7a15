"""The preview, asked: what is served at an address of the production origin, without a browser.

In: the build folder, its host model, and the redirects that are written as pages. Out: `Served`, for the link checker,
the weight of requests and the documents themselves. Asks the same host model as the server.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from checks.collect.hosts import short_body
from checks.collect.transfer import Sizes
from checks.facts.urls import parse, without_fragment

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from checks.collect.hosts import Answer, BuildFiles, Host
    from checks.collect.hosts.about import NotEmulated

MOST_HOPS = 10
"""Google follows up to ten (https://developers.google.com/search/docs/crawling-indexing/http-network-errors)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One redirect on the way."""

    url: str
    status: int
    kind: str
    to: str


@dataclass(frozen=True, slots=True)
class Served:
    """The end of the way that begins at an address: what is served there, and the redirects before it."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    size: int
    """Bytes of the body."""
    file: Path | None
    hops: tuple[Step, ...]
    answer: Answer | None
    loop: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the build shows what is served there."""
        return self.answer is None or self.answer.unknown is None

    @property
    def content_type(self) -> str | None:
        """The media type alone, in lower case."""
        value = next((value for name, value in self.headers if name == "content-type"), None)
        return value.partition(";")[0].strip().lower() if value else None

    def body(self) -> bytes:
        """Return the bytes of the body."""
        if self.file is not None:
            return self.file.read_bytes()
        return short_body(self.answer) if self.answer is not None else b""


class Preview:
    """One build at one origin (scheme, host and port, no trailing slash)."""

    def __init__(self, root: Path, files: BuildFiles, host: Host, origin: str, base: str = "/") -> None:
        self.root = root
        self.files = files
        self.host = host
        self.origin = origin
        self.base = base
        """The path that the site is published under."""
        self.unknown: dict[NotEmulated, str] = {}
        """What was asked for that the build does not show: what answers there, and the first address of it."""
        self._sizes = Sizes(root, host.about.compression)
        self.html_redirects: Mapping[str, str] = {}
        self.ready: Callable[[str], Awaitable[None]] | None = None
        """Of a preview that is a URL: finds out what is answered at a path with its query."""
        self.aliases: tuple[str, ...] = ()
        """Other origins by which pages may call the preview; its answers are the same there."""
        scheme, _, self.netloc = origin.partition("://")
        self._own = {origin, f"http://{self.netloc}"} if scheme == "https" else {origin}
        self.served = lru_cache(maxsize=512)(self._served)

    def is_own(self, url: str) -> bool:
        """Return whether `url` leads to the preview: its origin, over https or http."""
        scheme, _, rest = url.partition("://")
        end = min((i for i in (rest.find("/"), rest.find("?"), rest.find("#")) if i >= 0), default=len(rest))
        return f"{scheme}://{rest[:end]}" in self._own

    def path_of(self, url: str) -> str:
        """Return path and query of an own address."""
        rest = without_fragment(url).partition("://")[2]
        slash = rest.find("/")
        return rest[slash:] if slash >= 0 else "/"

    def answer_at(self, url: str) -> Served:
        """Return what is served at exactly `url`, a redirect included."""
        path, _, query = self.path_of(url).partition("?")
        answer = self.host.answer(path, query)
        if answer.unknown is not None:
            self.unknown.setdefault(answer.unknown, self.path_of(url))
        if answer.file is None:
            return Served(url, answer.status, answer.headers, len(short_body(answer)), None, (), answer)
        return Served(
            url, answer.status, answer.headers, self.files.sizes[answer.file], self.root / answer.file, (), answer
        )

    def transfer(self, served: Served) -> int:
        """Return how many bytes of what is served travel: compressed where the host compresses."""
        if served.answer is not None and served.answer.transfer is not None:
            return served.answer.transfer
        if served.file is None:
            return served.size
        return self._sizes.transfer(served.file, served.size, served.content_type)

    def _served(self, url: str) -> Served:
        """Return the end of the way that begins at `url`, an address of this origin without fragment; remembered."""
        hops: list[Step] = []
        known = {url}
        while True:
            served = self.answer_at(url)
            step = self._step(served)
            if step is None or len(hops) >= MOST_HOPS:
                break
            hops.append(step)
            if not self.is_own(step.to):
                # Another origin answers for itself; nobody asked it.
                return Served(step.to, step.status, (), 0, None, tuple(hops), None)
            if step.to in known:
                return Served(step.to, step.status, (), 0, None, tuple(hops), None, loop=True)
            known.add(step.to)
            url = step.to
        return Served(url, served.status, served.headers, served.size, served.file, tuple(hops), served.answer)

    def _step(self, served: Served) -> Step | None:
        answer = served.answer
        if answer is None:
            return None
        if answer.location is not None:
            to = parse(answer.location, served.url)
            return Step(served.url, answer.status, "http", without_fragment(to.url)) if to else None
        target = self.html_redirects.get(answer.file or "") if answer.status == HTTPStatus.OK else None
        return Step(served.url, answer.status, "html", target) if target else None
