"""Small wordings that several reports share: counts, clipped texts, JSON values, how a finding is called.

In: numbers, strings, JSON values. Out: short plain strings, not yet escaped for any medium.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

SEVERITIES = ("error", "warning", "info")
_STATUS = re.compile(r"/(?:\w+_)?status$")
_LONG_NUMBER = 10_000
_PREFIX = 10  # hex digits; a run with a million findings has two that share them with a chance of one in two


def count(number: int, noun: str, plural: str = "") -> str:
    """Return "1 page", "2 pages", "1,234 pages"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(*parts: str) -> str:
    """Return the parts that are not empty, with commas between them."""
    return ", ".join(part for part in parts if part)


def at_risk(clicks: float, conversions: float) -> str:
    """Return "1,240 clicks and 31 conversions a month"; nothing where there are none."""
    said = [count(round(clicks), "click")] if round(clicks) else []
    said += [count(round(conversions), "conversion")] if round(conversions) else []
    return f"{' and '.join(said)} a month" if said else ""


def opened(since: Mapping[str, Any] | None, *, error: bool) -> str:
    """Return "since at least 2026-10-01 (59 days), an error from 2026-12-31"; nothing for what is not known to be old.

    `error` says whether the finding is one already.
    """
    if not since:
        return ""
    least = "at least " if since.get("at_least") else ""
    days = f" ({count(since['days'], 'day')})" if "days" in since else ""
    escalates = f", an error {'since' if error else 'from'} {since['escalates']}" if since.get("escalates") else ""
    return f"since {least}{since['day']}{days}{escalates}"


def clip(text: str, length: int) -> str:
    """Return `text`, cut to at most `length` characters with "..." at the end where it was longer."""
    return text if len(text) <= length else text[: max(0, length - 3)].rstrip() + "..."


def short_json(value: Any, length: int = 120) -> str:
    """Return a JSON value on one line: strings as they are, all else as JSON; clipped."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return clip(text, length)


def prefix(fingerprint: str) -> str:
    """Return the part of a fingerprint that a person types: 10 hex digits without the version before them."""
    return fingerprint.rpartition(":")[2][:_PREFIX]


def place(finding: Mapping[str, Any]) -> str:
    """Return the page of a finding, or "the site"."""
    return str(finding.get("page") or "the site")


def measured_and_limit(finding: Mapping[str, Any]) -> str:
    """Return "found 84, limit 65", as far as there is something to say; see `tellable`."""
    pairs = (("found", tellable(finding, "value")), ("limit", tellable(finding, "limit")))
    return listed(*(f"{name} {said}" for name, said in pairs if said))


def tellable(finding: Mapping[str, Any], key: str) -> str:
    """Return the `value` or `limit` of a finding for people: numbers and texts that its message does not say already.

    Yes, no, none and whole objects say nothing without the schema around them, and neither does one of the two without
    the other; an HTTP status is a name and no quantity. `gonogo explain` shows them all.
    """
    if any(finding.get(one) is None or isinstance(finding[one], bool | list | Mapping) for one in ("value", "limit")):
        return ""
    if _STATUS.search(str(finding.get("pointer", ""))):
        return ""
    said = number(finding[key])
    return "" if re.search(rf"(?<![\w.]){re.escape(said)}(?![\w.])", str(finding.get("message", ""))) else said


def number(value: Any) -> str:
    """Return a number of five digits or more as "1,638,400"; any other JSON value as `short_json` does."""
    return f"{value:,}" if type(value) is int and abs(value) >= _LONG_NUMBER else short_json(value)


def code_spans(text: str) -> list[tuple[bool, str]]:
    """Return the parts of a text of ours or of a policy, each with whether it stood between backticks.

    A text with an odd number of backticks, or with two in a row, is one part: somebody meant something else.
    """
    parts = text.split("`")
    # Nothing between two backticks is no code; what stands around it must be escaped as one text.
    if len(parts) % 2 == 0 or "" in parts[1::2]:
        return [(False, text)]
    return [(number % 2 == 1, part) for number, part in enumerate(parts) if part]


def seconds(duration: float) -> str:
    """Return a duration as "4.2 s" or "3 min 20 s"."""
    if duration < 60:  # noqa: PLR2004 - a minute
        return f"{duration:.1f} s"
    return f"{int(duration) // 60} min {int(duration) % 60} s"


def moment(timestamp: str) -> str:
    """Return an ISO 8601 timestamp in UTC as "2026-11-23 09:14:21 UTC"."""
    plain = timestamp.removesuffix("Z").removesuffix("+00:00")
    return f"{plain.replace('T', ' ')} UTC" if plain != timestamp else timestamp
