"""Lengths of time as monitors write them: `1h 5m 3s`, `2 days, 3 hrs`, `01:05:03`.

In: a text. Out: seconds; or why it is none. A number without a unit is none: nobody knows what it counts. Pure.
"""

from __future__ import annotations

import re
from typing import Final

from checks.worth.numbers import NoNumberError

_PART: Final = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,2})?)\s?([a-zé]+)\.?(?:,? (?:and|und|et) |,? ?)", re.IGNORECASE)
_CLOCK: Final = re.compile(r"(?:([0-9]{1,5}) ?(?:d|days?),? ?)?([0-9]{1,6}):([0-5][0-9]):([0-5][0-9])")
_DAY: Final = 86_400
_SECONDS: Final = {
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), 0.001),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden"), 1),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuten"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures"), 3_600),
    **dict.fromkeys(("d", "day", "days", "tag", "tage", "jour", "jours"), _DAY),
}
_SHOWN: Final = 40


def seconds(text: str) -> float:
    """Return how long `text` is. Raises NoNumberError; each unit stands once, the largest first."""
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        days, hours, minutes, rest = (int(one or 0) for one in clock.groups())
        return days * _DAY + hours * 3_600 + minutes * 60 + rest
    total, at, before = 0.0, 0, float("inf")
    while at < len(text):
        part = _PART.match(text, at)
        unit = _SECONDS.get(part[2].lower()) if part else None
        if part is None or unit is None or unit >= before:
            break
        total, at, before = total + float(part[1].replace(",", ".")) * unit, part.end(), unit
    if not text or at < len(text):
        message = f"`{text[:_SHOWN]}` is no length of time such as 1h 5m 3s or 01:05:03"
        raise NoNumberError(message)
    return total
