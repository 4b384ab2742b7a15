"""What a host answers: the record that every host model returns, and the protocol that it fulfils.

In: nothing. Out: `Answer`, `Host`, and the short text that stands in for a body where no file does.
Pure: an answer names the file whose bytes are the body; who sends it reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from checks.collect.hosts.mime import content_type
from checks.collect.hosts.paths import encode_query

if TYPE_CHECKING:
    from checks.collect.hosts.about import About, NotEmulated, Place

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
    place: Place | None = None
    """Where that rule stands, if the project wrote it."""
    headers_by: tuple[Place, ...] = ()
    """The project's header rules that applied, in the order in which they did."""
    unknown: NotEmulated | None = None
    """What answers in truth, where the build does not show it: then status and body only stand in, and are no facts."""
    transfer: int | None = None
    """Bytes of the body that travelled, where that was measured."""

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

    @property
    def about(self) -> About:
        """What the host makes of the project's rules, and what it can't know."""

    def answer(self, path: str, query: str = "") -> Answer:
        """Return the answer to GET `path` (percent-encoded, as in the request line) with `query` (without `?`).

        Never raises, and never names a file that is not in the build.
        """


def redirect(
    location: str, *, status: int = HTTPStatus.MOVED_PERMANENTLY, rule: str, place: Place | None = None
) -> Answer:
    """Return a redirect to `location`, which must be encoded already."""
    return Answer(int(status), (("content-type", TEXT), ("location", location)), None, location, rule, place)


def refusal(status: int, rule: str, place: Place | None = None) -> Answer:
    """Return an answer without a file: the status alone, with its short body."""
    return Answer(int(status), (("content-type", TEXT),), None, None, rule, place)


def not_emulated(what: NotEmulated, place: Place | None = None, file: str | None = None) -> Answer:
    """Return the stand-in for an answer that the build does not show; `file` is what a browser may paint instead."""
    status = HTTPStatus.NOT_IMPLEMENTED if file is None else HTTPStatus.OK
    headers = (("content-type", TEXT if file is None else content_type(file)), ("cache-control", "no-store"))
    rule = f"answered by {what.what}, which a folder does not show"
    return Answer(int(status), headers, file, None, rule, place, unknown=what)


def with_query(location: str, query: str) -> str:
    """Return `location` with the request's query, where there is one and it has none of its own."""
    if not query or "?" in location.partition("#")[0]:
        return location
    address, mark, fragment = location.partition("#")
    return f"{address}?{encode_query(query)}{mark}{fragment}"


def short_body(answer: Answer) -> bytes:
    """Return the body of an answer that has no file: one line, as most hosts send."""
    try:
        phrase = HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = "Unknown"
    return f"{answer.status} {phrase}\n".encode()
