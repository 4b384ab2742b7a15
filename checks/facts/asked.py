"""What became of all that pages asked for: what the site did not have, and whether any other site answered.

In: requests of pages. Out: notes on them. A machine that is cut off tells nothing of other sites.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from checks.facts.urls import parse, without_fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from checks.facts.visit import Exchange

UNREACHABLE = "unreachable"
_NO_ANSWER = frozenset({None, 502})
"""What a request comes to that nobody answers; 502 is what our own proxy says then."""
_MOST = 1_000
_NEVER = (".invalid", ".test")  # RFC 2606: names that exist on no network


@dataclass(slots=True)
class Asked:
    """What became of the requests to other sites, and which of the site's own found nothing."""

    others: bool = False
    answer: bool = False
    missing: set[str] = field(default_factory=set)
    """Addresses of the site, without fragments, as far as there is room."""

    def note(self, exchanges: Sequence[Exchange]) -> None:
        """Take the requests of a page."""
        for one in exchanges:
            if one.answered == "allowed":
                self.others = True
                self.answer = self.answer or (one.error is None and one.status not in _NO_ANSWER)
        self.found_nothing(missing(exchanges))

    def found_nothing(self, urls: Iterable[str]) -> None:
        """Take addresses of the site that a page asked for in vain."""
        for url in urls:
            if len(self.missing) < _MOST:
                self.missing.add(url)

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence for the report, where others were asked and nobody answered."""
        if self.answer or not self.others:
            return ()
        return ("no other site answered, so this machine seems to be cut off: what others send is not judged",)


def missing(exchanges: Iterable[Exchange]) -> Iterator[str]:
    """Give the addresses of the site, without fragments, where the requests of a page found nothing."""
    for one in exchanges:
        if one.answered == "preview" and (one.status or 0) >= HTTPStatus.BAD_REQUEST:
            yield without_fragment(one.url)


def is_silent(item: Mapping[str, Any]) -> bool:
    """Whether nobody answered a request to another site whose name may exist; `item` is one of `requests.items`."""
    address = parse(item["url"])
    may_exist = address is not None and not address.host.endswith(_NEVER)
    return may_exist and (item["error"] is not None or item["status"] in _NO_ANSWER)
