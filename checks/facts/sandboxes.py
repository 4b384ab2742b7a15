"""Where forms must not send on launch day: test environments, services that only echo, and addresses never filled in.

In: the address that a form sends to. Out: what is wrong with it as a destination.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.facts.reference import reference
from checks.facts.urls import within

if TYPE_CHECKING:
    from checks.facts.urls import Address

_DATA = reference("form_sandboxes")
_HOSTS = frozenset(_DATA["hosts"])
_LABELS = frozenset(_DATA["labels"])
_PLACEHOLDERS = tuple(_DATA["placeholders"])


def sandbox(address: Address | None, *, own: bool) -> str | None:
    """Say why what is sent to an address reaches nobody; None where nothing speaks for that. `own`: it is the site."""
    if address is None or not address.is_web:
        return None
    rest = f"{address.path}?{address.query}".lower()
    if any(placeholder in rest for placeholder in _PLACEHOLDERS):
        return "holds a placeholder"
    if own:
        return None
    if within(address.host, _HOSTS):
        return "is a service for tests"
    return "is a test environment" if _LABELS & set(address.host.split(".")[:-2]) else None
