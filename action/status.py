"""The commit status: one line on the pull request that says what happened.

In: the verdict document, or the exit code of a check that left none. Out: state, context and description, within what
GitHub takes. Pure. Green is only what is GO in every respect; nothing is ever neutral or skipped, which GitHub counts
as passed.
https://docs.github.com/rest/commits/statuses#create-a-commit-status
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from checks import errors
from checks.baseline.launch import NOTHING_KEPT
from checks.report import sign_offs
from checks.report.escape import visible
from checks.report.words import clip, count, listed

if TYPE_CHECKING:
    from checks.report.result import Document

LONGEST: Final = 140
"""Characters of a description; GitHub refuses more."""
CONTEXT: Final = "gonogo"
REVIEW_CONTEXT: Final = "gonogo review"
SUCCESS, FAILURE, ERROR, PENDING = "success", "failure", "error", "pending"
_REVIEW: Final = "GO FOR REVIEW"
_STATES: Final = {"GO": SUCCESS, "NO-GO": FAILURE, "CANNOT TELL": ERROR, _REVIEW: SUCCESS}
_UNVERIFIED: Final = " · unverified"
_LONGEST_NAME: Final = 40
_LONGEST_CONTEXT: Final = 200
_WITHOUT_VERDICT: Final = {
    errors.EXIT_WRONG_USE: "ERROR: a config, policy, sign-off or input is broken, see the log",
    errors.EXIT_CANNOT_TELL: "CANNOT TELL: nothing could be judged, see the log",
    errors.EXIT_OUR_ERROR: "ERROR: a fault of gonogo, see the log",
    errors.EXIT_INTERRUPTED: "CANNOT TELL: the check was interrupted",
    errors.EXIT_TERMINATED: "CANNOT TELL: the check was interrupted",
}
_UNFINISHED: Final = "CANNOT TELL: the check did not come to its end, see the log"


@dataclass(frozen=True, slots=True)
class Status:
    """What is posted on a commit."""

    state: str
    context: str
    description: str


def context(site_id: str, *, review: bool = False) -> str:
    """Return the name of the status; with several sites each has its own, so that none hides another."""
    name = REVIEW_CONTEXT if review else CONTEXT
    return clip(f"{name} / {visible(site_id)}", _LONGEST_CONTEXT) if site_id else name


def pending(context: str) -> Status:
    """Return what stands there while the check runs; it blocks where the status is required."""
    return Status(PENDING, context, "The site is being checked")


def of_verdict(verdict: Document, context: str, *, unverified: bool = False, may_wait: bool = True) -> Status:
    """Return the status of a finished check; `unverified` where a fork has collected the facts.

    What passed the review gate is green under a name of its own only, which no deploy asks for.

    Where signatures are all that is missing it stays pending, which blocks as well, unless nobody would wait for it
    (`may_wait`): a merge queue gives up on what has no answer.
    """
    said = str(verdict.get("verdict"))
    state = _STATES.get(said, ERROR)
    if state == FAILURE and may_wait and verdict.get("waiting") and not verdict.get("weakened"):
        state = PENDING
    expected = errors.EXIT_REVIEWED if said == _REVIEW else errors.EXIT_GO
    if state == SUCCESS and (verdict.get("exit_code") != expected or verdict.get("weakened")):
        state = ERROR
    if said == _REVIEW and not context.startswith(REVIEW_CONTEXT):
        state = ERROR
    suffix = _UNVERIFIED if unverified else ""
    return Status(state, context, sentence(verdict, LONGEST - len(suffix)) + suffix)


def without_verdict(code: int | None, context: str, *, unverified: bool = False) -> Status:
    """Return the status of a check that ended with `code` and no verdict, or did not end (None). Never green."""
    suffix = _UNVERIFIED if unverified else ""
    return Status(ERROR, context, (_UNFINISHED if code is None else why_none(code)) + suffix)


def why_none(code: int) -> str:
    """Return why a check that ended with `code` left no verdict."""
    return _WITHOUT_VERDICT.get(code, _UNFINISHED)


def sentence(verdict: Document, longest: int = LONGEST) -> str:
    """Return the verdict as one line of at most `longest` characters: who blocks, or how much was judged."""
    said, counts = str(verdict.get("verdict")), verdict.get("counts", {})
    if verdict.get("weakened"):
        many = len(verdict.get("weakenings") or ())
        return clip("NO-GO: this change weakens its own rules" + (f" ({many})" if many else ""), longest)
    if waiting := sign_offs.waiting(verdict):
        return clip(f"{visible(said)}: {visible(waiting)} · {_judged(verdict)}", longest)
    if said == "NO-GO":
        return _no_go(verdict, longest)
    if said == "CANNOT TELL":
        return clip(f"CANNOT TELL: {_unknown(counts)}", longest)
    exceptions = f", {visible(told)}" if (told := sign_offs.exceptions(verdict)) else ""
    rest = f" · {_judged(verdict)}"
    return clip(visible(said) + clip(exceptions, longest - len(visible(said)) - len(rest)) + rest, longest)


def _no_go(verdict: Document, longest: int) -> str:
    blocking = {
        clip(visible(owner), _LONGEST_NAME): int(said.get("blocking", 0)) for owner, said in verdict["owners"].items()
    }
    worst = sorted(((many, name) for name, many in blocking.items() if many), key=lambda each: (-each[0], each[1]))
    names = [f"{name} {many:,}" for many, name in worst]
    for shown in range(len(names), 0, -1):
        more = f" and {count(len(names) - shown, 'more owner')}" if shown < len(names) else ""
        line = f"NO-GO: {listed(*names[:shown])}{more} · {_judged(verdict)}"
        if len(line) <= longest:
            return line
    return clip(f"NO-GO · {_judged(verdict)}", longest)


def _judged(verdict: Document) -> str:
    counts = verdict.get("counts", {})
    failed = f"{counts['failed']:,} not measured" if counts.get("failed") else ""
    warnings = count(counts["warnings"], "warning") if counts.get("warnings") and not counts.get("blocking") else ""
    expired = f"{counts['expired']:,} with an expired sign-off" if counts.get("expired") else ""
    read = f"{counts['represented']:,} read only" if counts.get("represented") else ""
    return listed(count(counts.get("measured", 0), "page"), read, failed, *_change(verdict), warnings, expired)


def _change(verdict: Document) -> list[str]:
    """Return what became of the findings since the baseline, the new ones first; nothing where nothing was compared."""
    compared = verdict.get("compared")
    if not compared:
        return ["no launch to compare with yet"] if NOTHING_KEPT in (verdict.get("notes") or ()) else []
    counts = verdict.get("counts", {})
    found = (("new", counts.get("new")), ("existing", counts.get("existing")), ("fixed", compared.get("fixed")))
    return [f"{many:,} {name}" for name, many in found if many]


def _unknown(counts: Document) -> str:
    if counts.get("failed"):
        return f"{count(counts['failed'], 'page')} not measured"
    if not counts.get("measured"):
        return "no page was found"
    return f"{count(counts.get('cannot_tell', 0), 'policy', 'policies')} could not be judged"
