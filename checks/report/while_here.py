"""Existing findings that the files of a change cause, as sentences for every report.

In: verdict.json. Out: a title with sentences, or nothing where there are none. All texts are the report's to escape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks.report.words import at_risk, clip, count, listed, opened

if TYPE_CHECKING:
    from checks.report.result import Document

TITLE: Final = "While you are here: this was there before, in files that the change touches, and does not block"
_LONGEST: Final = 300


def sections(verdict: Document) -> list[tuple[str, list[str]]]:
    """Return the section about what could be mended by the way, or nothing."""
    told = [_sentence(one) for one in verdict.get("while_here") or ()]
    return [(TITLE, told)] if told else []


def _sentence(one: Document) -> str:
    place = f"{one['file']}:{one['line']}" if one.get("line") else str(one["file"])
    worth = one.get("worth") or {}
    aside = listed(
        str(one["policy"]),
        str(one["owner"]),
        opened(one.get("since"), error=one["severity"] == "error"),
        count(one["findings"], "finding") if one["findings"] > 1 else "",
        at_risk(worth.get("clicks", 0), worth.get("conversions", 0)),
    )
    fix = str(one["fix"]).replace("`", "")  # a sentence of plain text: the marks of code would stand there as they are
    return f"{clip(place, _LONGEST)}: {clip(str(one['message']), _LONGEST)} ({aside}) {clip(fix, _LONGEST)}"
