"""What a host answers: the record that every host model returns, and the protocol that it fulfils.

In: nothing. Out: `Answer`, `Host`, and the short text that stands in for a body where no file does.
Pure: an answer names the file whose bytes are the body; who sends it reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the host sends back for one request."""

    status: int
    headers: tuple[tuple[str, str], ...]
    """Names in lower case, in the order sent; without `content-length` and what else the transport adds."""
    file: str | None
    """POSIX path, relative to the root of the build, of the file whose bytes are the body; None: `short_body`."""
    location: str | None
    """Where a redirect leads, as in its header: an encoded path of this site, or an absolute address."""
    rule: str
    """Which of the host's rules decided, in words for the ledger and for people."""

    def header(self, name: str) -> str | None:
        """Return the first value of the header `name` (lower case), or None."""
        return next((value for key, value in self.headers if key == name), None)


class Host(Protocol):
    """One way of serving a build. Pure, so that the server and the link checker can't disagree."""

    @property
    def name(self) -> str:
        """The name that `host:` takes in the settings."""

    @property
    def sends_headers(self) -> bool:
        """Whether the host sends headers of its own (security, caching) that rules may judge."""

    def answer(self, path: str, query: str = "") -> Answer:
        """Return the answer to GET `path` (percent-encoded, as in the request line) with `query` (without `?`).

        Never raises, and never names a file that is not in the build.
        """


def redirect(location: str, *, status: int = HTTPStatus.MOVED_PERMANENTLY, rule: str) -> Answer:
    """Return a redirect to `location`, which must be encoded already."""
    return Answer(int(status), (("content-type", TEXT), ("location", location)), None, location, rule)


def refusal(status: HTTPStatus, rule: str) -> Answer:
    """Return an answer without a file: the status alone, with its short body."""
    return Answer(int(status), (("content-type", TEXT),), None, None, rule)


def short_body(answer: Answer) -> bytes:
    """Return the body of an answer that has no file: one line, as most hosts send."""
    return f"{answer.status} {HTTPStatus(answer.status).phrase}\n".encode()
