"""The poll: what each owner says, and the sentences under it. The same words in every report.

In: verdict.json and run.json. Out: rows and sentences as plain strings, not yet escaped for any medium.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.report import sign_offs
from checks.report.words import clip, count, listed, moment, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.result import Document

RULES_SHOWN = 20
_RULES_TITLES = {
    "weakenings": "This change weakens its own rules",
    "weakenings_signed": "This change weakens its own rules, and their owners have signed for it",
    "workflows": "This change alters how it is checked itself",
    "rules_preview": "What the rules of this change would find, once they decide",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One owner's answer."""

    owner: str
    verdict: str
    words: str
    """Such as "3 blocking, 2 warnings"; "nothing to say" where there is nothing."""


def rows(verdict: Document) -> list[Row]:
    """Return one row an owner: those who say NO-GO first, then CANNOT TELL, then GO; in the order of the document."""
    found = [
        Row(name, str(said.get("verdict", "")), _words(said, sign_offs.exceptions_of(verdict, name)))
        for name, said in verdict.get("owners", {}).items()
    ]
    order = {"NO-GO": 0, "CANNOT TELL": 1}
    return sorted(found, key=lambda row: order.get(row.verdict, 2))


def _words(said: Document, exceptions: str) -> str:
    kinds = (("blocking", "blocking", "blocking"), ("warnings", "warning", ""), ("infos", "info", ""))
    parts = [count(said[key], noun, plural) for key, noun, plural in kinds if said.get(key)]
    cannot_tell = (
        f"cannot tell about {count(said['cannot_tell'], 'policy', 'policies')}" if said.get("cannot_tell") else ""
    )
    existing = f"{said['existing']:,} already there" if said.get("existing") else ""
    return listed(exceptions, *parts, cannot_tell, existing) or "nothing to say"


def sentences(verdict: Document) -> list[str]:
    """Return why the verdict is what it is, at least one sentence; what was signed for stands first in a GO."""
    reasons = [str(reason) for reason in verdict.get("reasons", ())]
    exceptions = sign_offs.exceptions(verdict)
    if exceptions and verdict.get("verdict") == "GO":
        return [f"GO, {exceptions}.", *reasons]
    return reasons or [_OTHERWISE.get(str(verdict.get("verdict")), "The verdict gives no reason.")]


_OTHERWISE = {
    "GO": "Nothing blocks the launch.",
    "NO-GO": "Something blocks the launch.",
    "CANNOT TELL": "Not everything was measured.",
    "GO FOR REVIEW": "Nothing blocks in what the review gate looked at; it lets nothing ship.",
}


def notes(verdict: Document) -> list[str]:
    """Return what a reader must know to read the verdict rightly."""
    said = [str(note) for note in verdict.get("notes", ())]
    return ["Advisory: the exit code does not follow the verdict.", *said] if verdict.get("advisory") else said


def judged(verdict: Document, run: Document) -> list[tuple[str, str]]:
    """Return what was judged, and with what, as names and values; what is not known is left out."""
    counts = verdict.get("counts", {})
    site = str(verdict.get("site") or run.get("site") or "")
    known = verdict.get("origin_known", run.get("origin_known", True))
    pairs = [
        ("site", site if known else f"{site} (a stand-in: the real address is not known)"),
        ("preview", run.get("preview")),
        ("host", run.get("host")),
        ("pages", _pages(counts, "measured" if run.get("browser") else "read, not rendered")),
        ("policies", _policies(counts)),
        ("commit", run.get("commit")),
        ("build", verdict.get("build_digest")),
        ("browser", run.get("browser")),
        ("gonogo", run.get("gonogo")),
        ("finished", moment(str(run.get("finished") or ""))),
        ("took", seconds(run["duration_s"]) if run.get("duration_s") is not None else None),
    ]
    return [(name, str(value)) for name, value in pairs if value]


def _pages(counts: Document, how: str) -> str:
    failed = f"{counts['failed']:,} failed" if counts.get("failed") else ""
    excluded = f"{counts['excluded']:,} excluded" if counts.get("excluded") else ""
    read = f"{counts['represented']:,} read only" if counts.get("represented") else ""
    left_out = f"{counts['left_out']:,} left out" if counts.get("left_out") else ""
    return listed(f"{counts.get('measured', 0):,} {how}", read, failed, left_out, excluded)


def _policies(counts: Document) -> str:
    cannot_tell = f"{counts['cannot_tell']:,} cannot tell" if counts.get("cannot_tell") else ""
    return listed(f"{counts.get('policies', 0):,}", cannot_tell)


def rule_changes(verdict: Document) -> Iterator[tuple[str, list[str]]]:
    """Yield what the change does to its own rules: for each kind that there is, a title and a sentence for each."""
    for key, title in _RULES_TITLES.items():
        told = verdict.get(key) or []
        if key == "weakenings" and not verdict.get("weakened"):
            continue
        sentences = [_with_owner(one) for one in told[:RULES_SHOWN]]
        if len(told) > RULES_SHOWN:
            sentences.append(f"and {len(told) - RULES_SHOWN:,} more")
        if sentences:
            yield title, sentences


def _with_owner(one: Document) -> str:
    aside = listed(str(one.get("file", "")), str(one.get("owner", "")))
    return f"{clip(str(one.get('said', '')), 500)}{f' ({aside})' if aside else ''}"
