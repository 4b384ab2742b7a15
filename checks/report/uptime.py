"""How long the live site was up, as sentences for every report, beside vitals of real visitors.

In: the group `uptime` of the site document. Out: a sentence for the site and one for each monitor that saw it down, as
plain text, not yet escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks.report.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.result import Document, Result

TITLE: Final = "Uptime of the live site (as its monitor saw it)"
_SHOWN: Final = 10
_UNITS: Final = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def sections(result: Result) -> list[tuple[str, list[str]]]:
    """Return the section, or nothing where nobody gave an export of a monitor."""
    group = result.site.get("uptime")
    return [(TITLE, list(_sentences(group)))] if group else []


def _sentences(group: Document) -> Iterator[str]:
    by = count(group["monitors_total"], "monitor")
    yield f"Up {_percent(group['share'])} of {_time(group)}, by {by}{_outage(group)}"
    if group["monitors_total"] == 1:
        return
    down = [one for one in group["monitors"] if one["share"] < 1]
    for one in down[:_SHOWN]:
        yield f"{one['monitor']}: {_percent(one['share'])}{_outage(one)}"
    if len(down) > _SHOWN:
        yield f"and {len(down) - _SHOWN:,} more"


def _time(group: Document) -> str:
    days = "the time" if group["days"] is None else f"{group['days']:,g} days"
    return f"{days} ({group['from']} to {group['to']})" if group["from"] else days


def _outage(said: Document) -> str:
    length = said["longest_outage_s"]
    return f"; longest outage {_length(length)}" if length else ""


def _percent(share: float) -> str:
    return f"{share * 100:.4f}".rstrip("0").rstrip(".") + " %"


def _length(seconds: int) -> str:
    """Return the two largest units of a length: 1 h 5 min."""
    parts = []
    for name, size in _UNITS:
        number, seconds = divmod(seconds, size)
        if number:
            parts.append(f"{number} {name}")
    return " ".join(parts[:2])
