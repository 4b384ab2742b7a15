"""What a page asked for when it was looked at again, in several ways one after the other.

In: what the protocol recorded on each way. Out: the requests, and whether there may be others that nobody saw.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.collect.recorder import Recorder, Seen


@dataclass(slots=True)
class Steps:
    """The requests of all ways."""

    looked: list[Seen] = field(default_factory=list)
    """Those whose answers were looked into."""
    others: list[Seen] = field(default_factory=list)
    strange: bool = False
    """Whether something had requests of its own, led away, or came out at the second try only."""

    def took(self, recorder: Recorder, answer: Mapping[str, Any], *, looked: bool = False) -> None:
        """Take one way, and what the page said of itself at its end."""
        (self.looked if looked else self.others).extend(recorder.requests.values())
        unseen = recorder.workers or recorder.popups or recorder.downloads or answer["frames"] or answer["workers"]
        self.strange = self.strange or bool(unseen) or recorder.navigations > 1
