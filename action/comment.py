"""The one comment on a pull request, updated in place: what happened, who must mend what, and how.

In: a `Result` and where it was made. Out: GitHub Flavored Markdown that begins with a hidden marker. Pure. Somebody in
a hurry must be able to act on it: the verdict first, then what blocks, by owner, worst first; the rest is folded away.

What a page, a config or a pull request has written stands on one line inside `<code>`, escaped; links lead to the
preview that the workflow names and to the run, and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from action import rule_changes, sign_offs, status
from action.markup import Cut, bold, code, prose
from checks.judge.vocabulary import ADVICE
from checks.report import causes, compared, escalating, ledger, poll, while_here
from checks.report.escape import markdown, web_address
from checks.report.location import files_of
from checks.report.sign_offs import code as sign_off_code
from checks.report.words import at_risk, clip, count, listed, prefix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.report.causes import Cause
    from checks.report.result import Document, Result

LONGEST: Final = 60_000
"""Characters; GitHub refuses a comment of more than 65,536, and counts some of them twice."""
CAUSES_SHOWN: Final = 200
OPEN: Final = 5
"""Causes of each owner that stand open; the others are folded, so that nobody scrolls past them to what is his."""
PAGES_SHOWN: Final = 5
FILES_SHOWN: Final = 3
NOT_MEASURED_SHOWN: Final = 20
_MARKS: Final = {"GO": "✅", "NO-GO": "⛔", "CANNOT TELL": "❔", "GO FOR REVIEW": "🔍"}
_FOLDED: Final = ("\n<details><summary>{}</summary>\n\n", "\n</details>\n")
_RESERVED: Final = 1500  # characters for closing tags, the line about what was left out, and the foot
_NEWER = re.compile(r"\A(<!-- gonogo:[^\n]*-->\r?\n)(?:> ⏳ [^\n]*\n\n)?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands, and what it may link to. All of it is said by the workflow or the runner."""

    site_id: str = ""
    run_url: str = ""
    preview: str = ""
    """The origin of a preview that can be visited; empty where it is a folder, or where a fork has said it."""
    commit: str = ""
    unverified: bool = False


def marker(site_id: str) -> str:
    """Return the hidden line by which the comment for a site is found again."""
    return f"<!-- gonogo:v1 {quote(site_id, safe='/.:')} -->"


def is_ours(comment: Mapping[str, object], login: str, site_id: str) -> bool:
    """Return whether `comment`, as the API tells it, was written by `login` about this site.

    The marker alone proves nothing, for anybody can write it. Names in brackets are those of Apps, and no person's.
    """
    user = comment.get("user")
    if not isinstance(user, dict) or user.get("login") != login:
        return False
    is_app = login.endswith("[bot]")
    return (user.get("type") == "Bot") == is_app and str(comment.get("body", "")).startswith(marker(site_id))


def superseded(body: str, commit: str) -> str:
    """Return a comment of ours with a line on top that a newer commit is being checked; its list stays readable."""
    line = f"> ⏳ Commit {code(commit[:12])} is being checked; what follows is about an earlier one.\n\n"
    return _NEWER.sub(lambda found: found[1] + line, body, count=1)


def without_verdict(exit_code: int | None, place: Place) -> str:
    """Return the comment for a check that could not run, or did not come to its end (None)."""
    said = status.without_verdict(exit_code, status.context(place.site_id), unverified=place.unverified)
    return f"{marker(place.site_id)}\n### ⚠️ {markdown(said.description)}\n{_foot({}, place)}"


def text(result: Result, place: Place, *, longest: int = LONGEST) -> str:
    """Return the comment for a finished check, of at most `longest` characters, cut between two causes."""
    verdict = result.verdict
    found = causes.collect(lambda: _by_owner(result), limit=CAUSES_SHOWN, pages=PAGES_SHOWN)
    foot = _foot(result.run, place)
    cut = Cut(longest - len(foot) - _RESERVED)
    cut.add(f"{marker(place.site_id)}\n### {_headline(verdict, place)}\n")
    cut.add(_poll(verdict))
    cut.add(_compared(result))
    if verdict.get("verdict") == "CANNOT TELL":
        cut.add("\n" + "".join(f"- {code(reason)}\n" for reason in poll.sentences(verdict)))
    cut.each(rule_changes.weakenings(verdict))
    cut.each(rule_changes.workflows(verdict))
    left = found.left_out + _blocking(cut, found.shown, result, place)
    cut.each(_not_measured(result))
    cut.each(sign_offs.offer(verdict))
    cut.each(sign_offs.ledger(verdict))
    cut.each(rule_changes.signed(verdict))
    cut.each(rule_changes.previews(verdict))
    cut.each(_told(while_here.sections(verdict)))
    cut.each(_told(escalating.sections(verdict)))
    others = [cause for cause in found.shown if cause.rank]
    left += cut.folded(_summary(others), (_cause(cause, result, place) for cause in others), *_FOLDED)
    cut.folded("Notes", (f"- {prose(note)}\n" for note in poll.notes(verdict)), *_FOLDED)
    more = f"\n_{count(left, 'more finding')} (each cause counted once): see the whole report._\n" if left else ""
    return cut.text + more + foot


def _headline(verdict: Document, place: Place) -> str:
    suffix = " · unverified, for a fork has measured it" if place.unverified else ""
    advisory = " · advisory" if verdict.get("advisory") else ""
    said = status.sentence(verdict, 300)
    return f"{_MARKS.get(str(verdict.get('verdict')), '⚠️')} {markdown(said)}{advisory}{suffix}"


def _poll(verdict: Document) -> str:
    rows = "".join(
        f"| {markdown(clip(row.owner, 100))} | {bold(row.verdict)} | {markdown(row.words)} |\n"
        for row in poll.rows(verdict)
    )
    return f"\n| owner | says | |\n|:--|:--|:--|\n{rows}" if rows else ""


def _compared(result: Result) -> str:
    """Return what became of pages and findings since what is live, the new ones first."""
    lines = [line for _, said in compared.sections(result) for line in said]
    return "".join(["\n", *(f"- {code(line)}\n" for line in lines)]) if lines else ""


def _by_owner(result: Result) -> Iterator[Document]:
    """Give the findings but for advice, so that one cause with two owners is an entry in the list of each."""
    for finding in result.findings():
        # Advice is for those who look for it, in the report.
        sets = result.policies.get(str(finding.get("policy")), {}).get("x-set", ())
        if ADVICE in sets and not finding.get("blocking"):
            continue
        yield {**finding, "cause": f"{finding.get('owner')}\n{finding.get('cause') or finding.get('fingerprint')}"}


def _blocking(cut: Cut, shown: tuple[Cause, ...], result: Result, place: Place) -> int:
    """Add what blocks, owner by owner, the one with the most to mend first; return how many causes did not fit."""
    by_owner: dict[str, list[Cause]] = {}
    for cause in shown:
        if cause.rank == 0:
            by_owner.setdefault(str(cause.first.get("owner")), []).append(cause)
    left = 0
    for name, blocking in sorted(by_owner.items(), key=lambda each: (-sum(one.blocking for one in each[1]), each[0])):
        owner = markdown(clip(name, 100))
        heading = f"\n#### {owner}: {count(len(blocking), 'thing')} to mend\n\n"
        entries = [_cause(cause, result, place) for cause in blocking]
        left += cut.each([heading + entries[0], *entries[1:OPEN]])
        if rest := entries[OPEN:]:
            left += cut.folded(f"{count(len(rest), 'more thing')} for {owner}", rest, *_FOLDED)
    return left


def _cause(cause: Cause, result: Result, place: Place) -> str:
    finding = cause.first
    where = count(cause.page_count, "page") if cause.page_count else "the site"
    states = listed(*(f"{many:,} {name}" for name, many in sorted(cause.states.items()) if name != "new"))
    kind = str(finding.get("severity", "")) if cause.rank else "launch blocker" if finding.get("launch_blocker") else ""
    facts = listed(kind, where, states, cause.opened, at_risk(cause.clicks, cause.conversions))
    lines = [
        f"- {bold(clip(str(finding.get('title', '')), 300))} ({markdown(facts)})<br>",
        f"  {code(str(finding.get('message', '')))}",
    ]
    if cause.pages:
        more = f" and {cause.more_pages:,} more" if cause.more_pages else ""
        lines.append(f"  - on {', '.join(_page(page, place) for page in cause.pages)}{more}")
    if files := files_of(cause, result):
        more = f" and {len(files) - FILES_SHOWN} more" if len(files) > FILES_SHOWN else ""
        lines.append(f"  - written in {', '.join(code(file) for file in files[:FILES_SHOWN])}{more}")
    if finding.get("fix"):
        lines.append(f"  - mend: {prose(str(finding['fix']))}")
    lines += [f"  - {code(said)}" for said in cause.signed]
    explain = code(f"gonogo explain {prefix(str(finding.get('fingerprint', '')))}")
    named = sign_off_code(result.verdict, finding)
    aside = f", in a sign-off: {code(named)}" if named else ""
    lines.append(f"  - policy {code(str(finding.get('policy', '')))}, more: {explain}{aside}")
    return "\n".join(lines) + "\n"


def _page(page: str, place: Place) -> str:
    parts = urlsplit(place.preview)
    there = parts.netloc and page.startswith("/")
    address = web_address(f"{parts.scheme}://{parts.netloc}{page}") if there else None
    if address is None or urlsplit(address)[:2] != parts[:2]:
        return code(page)
    # Percent-encoding keeps a parenthesis from ending the target.
    return f"[{code(page)}]({address.replace('(', '%28').replace(')', '%29')})"


def _not_measured(result: Result) -> Iterator[str]:
    covered = ledger.read(result.coverage(), NOT_MEASURED_SHOWN)
    heading = f"\n#### Not measured ({covered.counts['failed']:,})\n\n"
    for line in covered.shown["failed"]:
        owner = f" ({markdown(clip(str(line['owner']), 100))})" if line.get("owner") else ""
        yield f"{heading}- {code(str(line.get('path', '')))} {code(str(line.get('why') or 'no reason given'))}{owner}\n"
        heading = ""
    if left_out := covered.left_out("failed"):
        yield f"- and {left_out:,} more\n"


def _told(sections: list[tuple[str, list[str]]]) -> Iterator[str]:
    for title, sentences in sections:
        heading = f"\n#### {title}\n\n"
        for sentence in sentences:
            yield f"{heading}- {code(sentence)}\n"
            heading = ""


def _summary(others: list[Cause]) -> str:
    kinds = {name: sum(1 for cause in others if cause.first.get("severity") == name) for name in _PLURALS}
    return f"Does not block: {listed(*(count(many, name, _PLURALS[name]) for name, many in kinds.items() if many))}"


_PLURALS: Final = {"error": "errors", "warning": "warnings", "info": "infos"}


def _foot(run: Document, place: Place) -> str:
    trust = run.get("trust") or {}
    parts = [
        f"[the log and the whole report]({place.run_url})" if web_address(place.run_url) else "",
        f"commit {code(place.commit[:12])}" if place.commit else "",
        code(str(trust["said"])) if trust.get("said") else "",
    ]
    said = " · ".join(part for part in parts if part)
    return f"\n<sub>{said}</sub>\n" if said else ""
