"""Whether a request that failed is worth another try, and after how many seconds.

In: what came back, how often it was tried, the time. Out: seconds, or None. Pure.
https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TRIES: Final = 4
LONGEST_WAIT: Final = 120.0
"""Seconds that all waits of one step come to at most; a job that waits costs money, and somebody reads its log."""
_WITHOUT_ADVICE: Final = 60.0  # "wait for at least one minute before retrying"
_LIMITED: Final = frozenset({403, 429})
_SERVER_ERROR: Final = 500


def wait(status: int, headers: Mapping[str, str], body: str, tried: int, now: float) -> float | None:
    """Return how long to wait before the next try, None where another try would fare no better.

    `status` 0 stands for a connection that failed; `headers` have lower-case names.
    """
    if tried >= TRIES:
        return None
    if status == 0 or status >= _SERVER_ERROR:
        return _number(headers.get("retry-after")) or float(2 ** (tried - 1))
    if status not in _LIMITED:
        return None
    return limited(status, headers, body, now)


def limited(status: int, headers: Mapping[str, str], body: str, now: float) -> float | None:
    """Return the seconds until a rate limit ends; None where the answer speaks of no limit, and so of permissions."""
    advised = _number(headers.get("retry-after"))
    if advised is not None:
        return advised
    reset = _number(headers.get("x-ratelimit-reset"))
    if headers.get("x-ratelimit-remaining") == "0" and reset is not None:
        return max(1.0, reset - now)
    told = "rate limit" in body.lower() or status == 429  # noqa: PLR2004 - Too Many Requests
    return _WITHOUT_ADVICE if told else None


def _number(text: str | None) -> float | None:
    return float(text) if text and re.fullmatch("[0-9]{1,12}", text) else None
