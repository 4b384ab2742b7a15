"""What is logged of a browser that hangs up while it is sent something.

That is no news: it leaves a page once that is measured, whatever is still on its way. In: the records of
asyncio and aiohttp. Out: all of them but these.
"""

from __future__ import annotations

import logging

_TOLD = frozenset({"SSL connection is closed", "socket.send() raised exception."})
"""What asyncio says of each further write."""


class OthersOnly(logging.Filter):
    """Lets everything pass that does not come of a connection that the other side has closed."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether `record` is to be told."""
        error = record.exc_info[1] if record.exc_info else None
        while error is not None:
            if isinstance(error, ConnectionError):
                return False
            # What is wrapped around a file that is sent may stumble over the connection that it has lost.
            error = error.__cause__ or error.__context__
        return record.msg not in _TOLD


_FILTER = OthersOnly()


def tell_others_only() -> None:
    """Keep the log of the servers of this process to what is news. To say it twice changes nothing."""
    for name in ("asyncio", "aiohttp.server"):
        logging.getLogger(name).addFilter(_FILTER)
