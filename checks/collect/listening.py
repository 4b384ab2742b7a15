"""What listens to the events of the browser's protocol.

In: a function of one argument. Out: the same, for Playwright.
"""

from __future__ import annotations

from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Event = dict[str, Any]
_SIGNATURE = Signature([Parameter("event", Parameter.POSITIONAL_OR_KEYWORD)])


def one_argument(handler: Callable[[Event], None]) -> Callable[[Event], None]:
    """Return `handler` with its signature written out: Playwright asks for it at each event, some 60 times a page."""

    def handle(event: Event) -> None:
        handler(event)

    handle.__signature__ = _SIGNATURE  # type: ignore[attr-defined]  # what inspect.signature looks for first
    return handle
