"""What other sites answer to the links of a page.

In: a page document, and what was answered at addresses of others. Out: the document with the group `outside_links`.
Only what is certain counts as broken: the page is gone, or there is no such host. A host that refuses programs, is busy
or slow today may answer visitors.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Protocol

from checks.facts.trackers import collects
from checks.facts.urls import parse, without_fragment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.facts.urls import Address

_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
NO_HOST: Final = "there is no such host"


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of asking one address."""

    status: int | None
    """What it answers in the end, redirects followed; None where nothing answered."""
    why: str | None = None
    """Why nothing answered."""

    @property
    def is_broken(self) -> bool:
        """Whether a visitor will find nothing there, either."""
        return self.status in _GONE or self.why == NO_HOST

    @property
    def is_fine(self) -> bool:
        """Whether there is something."""
        return self.status is not None and self.status < HTTPStatus.BAD_REQUEST


class Answers(Protocol):
    """What was heard from others."""

    def heard(self, url: str) -> Heard | None:
        """Return what came of asking an address; None where nobody asked."""


def to_ask(document: Mapping[str, Any]) -> Iterator[str]:
    """Give the addresses of others that a page links to, without fragments.

    Not those that carry a key, for which a question may do something, and none that would count a visit.
    """
    for _, url in _outside(document):
        yield url


def told(document: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
    """Return the document with the group `outside_links`."""
    broken: list[dict[str, Any]] = []
    unsure: list[dict[str, Any]] = []
    for item, url in _outside(document):
        heard = answers.heard(url) or Heard(None, "it was not asked")
        if heard.is_fine:
            continue
        named = {"href": item["href"], "text": item["text"], "status": heard.status, "why": _why(heard)}
        (broken if heard.is_broken else unsure).append(named)
    groups = {"outside_links": {"broken": broken, "unsure": unsure}}
    return {**document, **groups, "measured": sorted({*document["measured"], *groups})}


def _why(heard: Heard) -> str:
    return heard.why or f"it answers {heard.status}"


def _outside(document: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    for item in document["links"]["items"]:
        if item["internal"] or item["scheme"] not in {"http", "https"} or item["has_credentials"]:
            continue
        address = parse(item["url"])
        if address is not None and item["host_class"] in {"third_party", "allowed"} and not _counts_visits(address):
            yield item, without_fragment(item["url"])


def _counts_visits(address: Address) -> bool:
    return collects(address.host, f"{address.path}?{address.query}")
