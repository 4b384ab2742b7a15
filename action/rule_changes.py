"""What a pull request does to its own rules, as Markdown: what it weakens, what checks it, what it would find.

In: the verdict document. Out: blocks of Markdown, the heading with the first of them. Pure. The head of the pull
request has written most of these words, so they are code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from action.markup import code
from checks.report.escape import markdown
from checks.report.words import clip, count, short_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.report.result import Document

_LOOK = "A pull request is checked by the workflows that it brings along. Look at these before you merge:"
SHOWN = 30
"""Of each kind; whoever changes more rules at once must not push the findings out of sight."""


def weakenings(verdict: Document) -> Iterator[str]:
    """Give what the change weakens, one block each; nothing may be merged before its owners have signed."""
    heading = "\n#### This change weakens its own rules\n\nIt needs the owners' sign-off, or take it back.\n\n"
    yield from _weakenings(verdict.get("weakenings") or [], heading)


def signed(verdict: Document) -> Iterator[str]:
    """Give what the change weakens and the owners have signed for, likewise."""
    heading = "\n#### This change weakens its own rules, and their owners have signed for it\n\n"
    yield from _weakenings(verdict.get("weakenings_signed") or [], heading)


def workflows(verdict: Document) -> Iterator[str]:
    """Give the files that say how this very pull request is checked, where it alters them."""
    told = verdict.get("workflows") or []
    if told:
        files = "".join(f"- {code(str(one.get('file', '')))}\n" for one in told[:SHOWN])
        yield f"\n#### ⚠️ This change alters how it is checked itself\n\n{_LOOK}\n\n{files}"


def previews(verdict: Document) -> Iterator[str]:
    """Give what the rules of the change itself would find; they decide only once they are merged."""
    heading = "\n#### What the changed rules would find, once merged\n\n"
    told = verdict.get("rules_preview") or []
    for one in told[:SHOWN]:
        found = ""
        if one.get("change") in {"added", "changed"}:
            found = f": {count(int(one.get('finds') or 0), 'finding')} on {count(int(one.get('pages') or 0), 'page')}"
        yield f"{heading}- {code(str(one.get('policy', '')))} {markdown(str(one.get('change', '')))}{found}\n" + (
            f"  - {code(str(one['said']))}\n" if one.get("said") else ""
        )
        heading = ""
    yield from _more(len(told))


def _weakenings(told: Sequence[Document], heading: str) -> Iterator[str]:
    for one in told[:SHOWN]:
        owner = f" ({markdown(clip(str(one['owner']), 100))})" if one.get("owner") else ""
        file = f"\n  - in {code(str(one['file']))}" if one.get("file") else ""
        before, after = (short_json(one.get(name) or "nothing") for name in ("before", "after"))
        change = f"\n  - before {code(before)}, after {code(after)}" if before != after else ""
        yield f"{heading}- {code(_said(one))}{owner}{file}{change}\n"
        heading = ""
    yield from _more(len(told))


def _more(count_of_all: int) -> Iterator[str]:
    if count_of_all > SHOWN:
        yield f"- and {count_of_all - SHOWN:,} more\n"


def _said(weakening: Document) -> str:
    return str(weakening.get("said") or f"{weakening.get('kind', 'changed')}: {weakening.get('what', '')}")
