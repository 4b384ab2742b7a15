"""Which workers of a cluster can be counted on now.

In: a client of the scheduler. Out: their addresses, each time somebody asks; None where the scheduler does not answer.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from distributed import Client

_RUNNING: Final = "running"


class Present:
    """Workers that run, or that pause (their memory is short) and have not done so for long."""

    def __init__(self, client: Client, patience_s: float) -> None:
        self._client, self._patience_s = client, patience_s
        self._ran: dict[str, float] = {}
        """Worker -> when it was last seen running."""

    def look(self) -> AbstractSet[str] | None:
        """Return who is there."""
        listed = self._listed()
        if listed is None:
            return None
        now = time.monotonic()
        self._ran |= {address: now for address, said in listed.items() if said["status"] == _RUNNING}
        self._ran = {
            address: ran for address, ran in self._ran.items() if address in listed and now - ran <= self._patience_s
        }
        return self._ran.keys()

    def _listed(self) -> Mapping[str, Mapping[str, Any]] | None:
        scheduler = self._client.scheduler
        if self._client.status != _RUNNING or scheduler is None:
            return None
        try:
            # Not `scheduler_info()`: what it returns is now and then written anew, without any worker, by a timer.
            said = self._client.sync(scheduler.identity, n_workers=-1, callback_timeout=self._patience_s)
        except (OSError, TimeoutError):
            return None
        listed: Mapping[str, Mapping[str, Any]] = said["workers"]
        return listed
