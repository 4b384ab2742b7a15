"""What the build answers now, as digests: of a page with the way to it, and of whatever a page asks for.

In: addresses of the site. Out: a digest each, found out once in a run as far as memory allows. The host model is asked
directly: to look whether something has changed leaves no trace among what pages asked for.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from checks.collect.hosts import short_body
from checks.collect.reuse.circumstances import digest

if TYPE_CHECKING:
    from checks.collect.hosts import Answer
    from checks.collect.preview import Preview

_SHARED_WORKER = b"SharedWorker"


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a body."""

    digest: str
    shares_a_worker: bool
    """Whether they name workers whose requests nobody sees."""


class Now:
    """One build and its host, as they are."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        root = f"{preview.root}/"
        self._of_file = lru_cache(maxsize=4096)(lambda name: _content(root + name))
        self.answer = lru_cache(maxsize=4096)(self._answer)

    def page(self, url: str) -> str:
        """Return a digest of what is served in the end at `url`, and of the way there."""
        served = self._preview.served(url)
        hops = [(hop.url, hop.status, hop.kind, hop.to) for hop in served.hops]
        return digest([served.url, served.loop, hops, None if served.answer is None else self._said(served.answer)])

    def shares_a_worker(self, url: str) -> bool:
        """Return whether what stands at `url` may start a worker that other pages share."""
        file = self._asked(url).file
        return file is not None and self._of_file(file).shares_a_worker

    def is_known(self, url: str) -> bool:
        """Return whether the build shows what is served at `url`."""
        return self._asked(url).unknown is None

    def _answer(self, url: str) -> str:
        """Return a digest of what is answered at exactly `url`, an address of the site."""
        return digest(self._said(self._asked(url)))

    def _asked(self, url: str) -> Answer:
        path, _, query = self._preview.path_of(url).partition("?")
        return self._preview.host.answer(path, query)

    def _said(self, answer: Answer) -> list[object]:
        file = answer.file
        body = self._of_file(file).digest if file is not None else short_body(answer).hex()
        return [answer.status, answer.headers, answer.location, answer.unknown is None, file, body]


def _content(file: str) -> Content:
    with open(file, "rb") as stream:  # noqa: PTH123 - a path as an object costs as much as to read the file
        body = stream.read()
    return Content(hashlib.sha256(body).hexdigest(), _SHARED_WORKER in body)
