"""Which exit codes apply, and which of them is told.

In: counts, tallies, circumstances. Out: GO, NO-GO, CANNOT TELL or GO FOR REVIEW, and the exit code.

What decides, in this order: a change that weakens its own rules, a blocking finding (NO-GO); nothing measured, an
address that was not measured, pages that nobody asked for, an error policy that could not be judged (CANNOT TELL); else
GO, or GO FOR REVIEW where the review gate rendered some pages for all: that is no GO for a deploy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks import errors
from checks.verdict.left_out import is_partial
from checks.verdict.review_gate import reviewed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from checks.judge.evaluate import Tally
    from checks.verdict.circumstances import Circumstances
    from checks.verdict.counting import Counting

GO: Final = "GO"
NO_GO: Final = "NO-GO"
CANNOT_TELL: Final = "CANNOT TELL"
GO_FOR_REVIEW: Final = "GO FOR REVIEW"

PRECEDENCE: Final = (
    errors.EXIT_OUR_ERROR,
    errors.EXIT_WRONG_USE,
    errors.EXIT_WEAKENED,
    errors.EXIT_NO_GO,
    errors.EXIT_CANNOT_TELL,
    errors.EXIT_REVIEWED,
    errors.EXIT_GO,
)
"""Of several exit codes, the one that stands first here is told."""


def first_of(codes: Iterable[int]) -> int:
    """Return the exit code that is told where several apply."""
    return min(codes, key=PRECEDENCE.index)


def verdict(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> tuple[str, int]:
    """Return GO, NO-GO or CANNOT TELL, and the exit code of a run that does more than advise."""
    code = first_of(_codes(counting, tallies, about))
    named = {errors.EXIT_GO: GO, errors.EXIT_REVIEWED: GO_FOR_REVIEW, errors.EXIT_CANNOT_TELL: CANNOT_TELL}
    return named.get(code, NO_GO), code


def waiting(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> bool:
    """Return whether signatures that somebody has asked for are all that is missing to a GO."""
    others = set(_codes(counting, tallies, about)) - {errors.EXIT_GO, errors.EXIT_REVIEWED, errors.EXIT_NO_GO}
    return 0 < counting.totals["blocking"] == about.asked and not others and not idle_sign_offs(about)


def _codes(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> list[int]:
    """Return every exit code that applies."""
    codes = [errors.EXIT_REVIEWED if reviewed(counting, about) else errors.EXIT_GO]
    if about.weakened:
        codes.append(errors.EXIT_WEAKENED)
    if counting.totals["blocking"] or idle_sign_offs(about):
        codes.append(errors.EXIT_NO_GO)
    gaps = not counting.totals["measured"] or counting.totals["failed"] or is_partial(counting, about)
    if gaps or undecided(tallies):
        codes.append(errors.EXIT_CANNOT_TELL)
    return codes


def undecided(tallies: Sequence[Tally]) -> list[Tally]:
    """Return the error policies that could not be judged on some document.

    A page that others stand for leaves a policy open where it applies to none of them.
    """
    return [one for one in tallies if one.policy.blocks and (one.cannot_tell or (one.unanswered and not one.applied))]


def idle_sign_offs(about: Circumstances) -> list[str]:
    """Return the sign-offs that fail the run because nothing is left that they accept."""
    return [one["id"] for one in about.sign_offs if about.strict and one["outcome"] in {"expired", "unused"}]
