"""Whether any other site answered in this run, or this machine has no way out.

In: requests of pages. Out: whether somebody answered them. A machine that is cut off tells nothing of other sites.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checks.facts.visit import Exchange

UNREACHABLE = "unreachable"
_NO_ANSWER = frozenset({None, 502})
"""What a request comes to that nobody answers; 502 is what our own proxy says then."""
_NEVER = (".invalid", ".test")  # RFC 2606: names that exist on no network


@dataclass(slots=True)
class Others:
    """What became of the requests to other sites."""

    asked: bool = False
    answer: bool = False

    def note(self, exchanges: Iterable[Exchange]) -> None:
        """Take the requests of a page."""
        for one in () if self.answer else exchanges:
            if one.answered == "allowed":
                self.asked = True
                self.answer = self.answer or (one.error is None and one.status not in _NO_ANSWER)

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence for the report, where others were asked and nobody answered."""
        if self.answer or not self.asked:
            return ()
        return ("no other site answered, so this machine seems to be cut off: what others send is not judged",)


def is_silent(item: Mapping[str, Any]) -> bool:
    """Whether nobody answered a request to another site whose name may exist; `item` is one of `requests.items`."""
    address = parse(item["url"])
    may_exist = address is not None and not address.host.endswith(_NEVER)
    return may_exist and (item["error"] is not None or item["status"] in _NO_ANSWER)
