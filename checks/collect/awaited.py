"""Which answers a page still waits for.

In: what the browser's protocol says of requests, each known by an identity of its own. Out: whether there is anything
to wait for.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final

UNREAD_S: Final = 3.0
"""Seconds after the head of an answer to `fetch()` in which its end is waited for. The browser reads the body when a
script does, and tells no end of one that nobody reads (https://github.com/microsoft/playwright/issues/6666)."""


@dataclass(slots=True)
class Awaited:
    """The requests of one page without an end; `clear` before each visit."""

    pending: dict[str, str] = field(default_factory=dict)
    """Request -> the document that asked for it (the id of its loader)."""
    _documents: dict[str, int] = field(default_factory=dict)
    """The documents that asked for something, numbered in the order in which they began to."""
    _heads: dict[str, float] = field(default_factory=dict)
    """When the head of an answer to `fetch()` came."""

    def clear(self) -> None:
        """Forget the page before."""
        self.pending.clear()
        self._documents.clear()
        self._heads.clear()

    def __bool__(self) -> bool:
        """Return whether there is anything to wait for."""
        now = time.monotonic()
        return any(now - self._heads.get(request, now) < UNREAD_S for request in self.pending)

    def sent(self, request: str, document: str, *, ends: bool) -> None:
        """Note a request of `document`, and whether it will come to an end."""
        self._documents.setdefault(document, len(self._documents))
        if ends:
            self.pending[request] = document

    def begun(self, request: str) -> None:
        """Note the head of an answer whose body may never be read."""
        self._heads[request] = time.monotonic()

    def ended(self, request: str) -> None:
        """Wait no more for the answer to `request`."""
        self.pending.pop(request, None)
        self._heads.pop(request, None)

    def leave(self, document: str) -> None:
        """Wait no more for what documents asked for that came before this one.

        The end of a request is told by the document that asked for it, and one that is left while it still loads tells
        nothing more: not even the end of its own HTML.
        """
        begun = self._documents.get(document)
        if begun is not None:
            self.pending = {request: of for request, of in self.pending.items() if self._documents[of] >= begun}
