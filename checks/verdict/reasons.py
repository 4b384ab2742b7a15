"""Why the verdict is what it is, and what a reader must know of it: plain sentences, the weightiest first.

In: counts, tallies, circumstances. Out: sentences. They may hold paths of pages, which are hostile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks.judge.gaps import OWNER
from checks.verdict import left_out, review_gate
from checks.verdict.codes import idle_sign_offs, undecided
from checks.verdict.naming import many, some

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.judge.evaluate import Tally
    from checks.verdict.circumstances import Circumstances
    from checks.verdict.counting import Counting

NOT_COMPARED: Final = "not compared with what is live"
NOT_RENDERED: Final = "no page was rendered: what only a browser shows was not measured"


def reasons(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> Iterator[str]:
    """Give why the verdict is NO-GO or CANNOT TELL; nothing for a GO."""
    if about.weakened:
        yield f"The change weakens its own rules without the owners' sign-off: {_weakenings(about)}."
    for owner, policies in sorted(counting.blocking.items(), key=lambda each: (-each[1].total(), each[0])):
        total = policies.total()
        names = [
            f"{name} ({count:,})" for name, count in sorted(policies.items(), key=lambda each: (-each[1], each[0]))
        ]
        yield f"{owner}: {many(total, 'finding')} {'blocks' if total == 1 else 'block'} the launch: {some(names)}."
    if at_risk := _at_risk(counting):
        yield at_risk
    if idle := idle_sign_offs(about):
        yield f"{many(len(idle), 'sign-off')} expired or unused, which `--strict-waivers` forbids: {some(idle)}."
    yield from left_out.reasons(counting, about)
    if not (counting.totals["measured"] or counting.totals["failed"] or counting.totals["left-out"]):
        excluded = counting.totals["excluded"]
        beside = f" beside {excluded} that the config excludes" if excluded else ""
        yield f"No page was found{beside}; {OWNER}: is this the folder that the build writes?"
    for owner, count in sorted(counting.failed_by_owner.items()):
        yield f"{many(count, 'page')} not measured; {owner}: {some(counting.failed[owner], count)}."
    yield from _untold(undecided(tallies))


def _untold(tallies: Sequence[Tally]) -> Iterator[str]:
    """Give a sentence for policies that lack the same on as many documents, where it is the same owner's."""
    alike: dict[tuple[str, int, tuple[str, ...]], list[str]] = {}
    for tally in tallies:
        policy = tally.policy
        if tally.cannot_tell:
            alike.setdefault((policy.owner, tally.cannot_tell, tuple(sorted(tally.lacked))), []).append(policy.id)
            continue
        yield (
            f"{policy.owner}: {policy.id} applies to {many(tally.unanswered, 'page')} of which none was rendered; "
            "name one of them in `key_pages`."
        )
    for (owner, documents, lacked), names in alike.items():
        no = some([f"`{name}`" for name in lacked])
        yield f"{owner}: {some(names)} could not be judged on {many(documents, 'document')}: no {no}."


def _at_risk(counting: Counting) -> str:
    """Return what the findings that block put at risk; nothing where nobody said what pages are worth."""
    kinds = (("clicks", "click"), ("conversions", "conversion"))
    said = [
        f"{number:,} {noun if number == 1 else noun + 's'}"
        for name, noun in kinds
        if (number := round(counting.at_risk[name]))
    ]
    pages = int(counting.at_risk["pages"])
    return f"{' and '.join(said)} a month at risk, on {many(pages, 'address', 'addresses')}." if said else ""


def _weakenings(about: Circumstances) -> str:
    return some([one["said"].removesuffix(".") for one in about.weakenings])


def all_well(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> str:
    """Return the one reason of a GO."""
    passed = sum(1 for tally in tallies if tally.applied and not tally.failed)
    measured = many(counting.totals["measured"], "page")
    what = f"{measured} rendered" if counting.totals["represented"] else f"All of it was measured ({measured})"
    if not about.rendered:
        what = f"{measured} read, none rendered"
    said = f"{what}, nothing blocks, and {many(passed, 'policy', 'policies')} passed"
    warnings = counting.totals["warnings"]
    return f"{said}; {many(warnings, 'warning')} to look at." if warnings else f"{said}."


def notes(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> Iterator[str]:
    """Give what a reader must know to read the verdict rightly."""
    if not about.compared:
        yield NOT_COMPARED
    if not about.rendered:
        yield NOT_RENDERED
    yield from review_gate.notes(counting, about)
    yield from about.notes
    yield from _merged(about)
    # What applies to none of a few pages may well apply to others.
    if not left_out.is_partial(counting, about):
        yield from _idle(tallies)


def _merged(about: Circumstances) -> Iterator[str]:
    if about.merged and about.weakenings:
        owners = ", ".join(sorted({one["owner"] for one in about.weakenings}))
        yield f"what was merged last weakened the rules ({owners}): {_weakenings(about)}"


def _idle(tallies: Sequence[Tally]) -> Iterator[str]:
    names = [one.policy.id for one in tallies if not (one.applied or one.cannot_tell or one.unanswered)]
    if names:
        yield f"{many(len(names), 'policy', 'policies')} applied to nothing: {', '.join(names)}"
