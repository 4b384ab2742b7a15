"""Which warnings become errors next, as sentences for every report: by day and owner, the next first.

In: verdict.json. Out: a title with sentences, or nothing where nothing waits. All texts are the report's to escape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks.report.words import clip, count

if TYPE_CHECKING:
    from checks.report.result import Document

TITLE: Final = "Becomes an error next"
SHOWN: Final = 10
_LONGEST: Final = 200


def sections(verdict: Document) -> list[tuple[str, list[str]]]:
    """Return the section about warnings that wait, or nothing where there are none."""
    waiting = verdict.get("escalating") or []
    told = [_sentence(one) for one in waiting[:SHOWN]]
    if len(waiting) > SHOWN:
        told.append(f"and {len(waiting) - SHOWN:,} more, later")
    return [(TITLE, told)] if told else []


def _sentence(one: Document) -> str:
    where = f", the first on {clip(str(one['page']), _LONGEST)}" if one.get("page") else ""
    findings = count(int(one.get("findings", 0)), "finding")
    return f"{one.get('day', '')}  {one.get('owner', '')}: {one.get('policy', '')} ({findings}{where})"
