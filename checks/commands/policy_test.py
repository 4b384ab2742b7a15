"""policy test: every example and counterexample of the policies, shipped and own; with a run, also on real pages.

In: parsed arguments. Out: what is printed, an exit code. A line of the sheet that is about no page, or can't fail on
the pages that it is about, is refused: it is written for this site, and says something else than was meant.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checks import errors, shapes
from checks.commands.finished import finished, today
from checks.commands.printing import print_lines
from checks.judge import expectations, policies, selftest
from checks.judge.evaluate import FAILED, PASSED, Judge
from checks.judge.problems import Problem, refusal
from checks.judge.shape import Fact
from checks.judge.trial import cannot_fail
from checks.nearest import nearest
from checks.trust import rules
from checks.trust.snapshot import EXPECTATIONS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping

    from checks.judge.policy import Policy
    from checks.run_folder import Document, RunFolder


def run(parsed: argparse.Namespace) -> int:
    """Run them, and print those that do not hold. Policies that are none are refused when they are loaded."""
    loaded = rules.from_folder(parsed.config, {"set": parsed.set or "strict"}, today()).policies
    wanted = _wanted(loaded, parsed.ids)
    results = [result for one in wanted for result in selftest.run(one)]
    wrong = [result for result in results if not result.holds]
    for result in wrong:
        print_lines(f"{result.policy} {result.pointer}: {result.outcome}; {'; '.join(result.said)}")
    print_lines(f"{len(wanted)} policies, {len(results)} examples and counterexamples: {len(wrong)} wrong")
    if parsed.run:
        _on_pages(wanted, finished(parsed.run))
    return errors.EXIT_GO if not wrong else errors.EXIT_WRONG_USE


def _wanted(loaded: tuple[Policy, ...], ids: list[str]) -> list[Policy]:
    known = {one.id for one in loaded}
    for name in ids:
        if name not in known:
            what = f"no policy `{name}`{nearest(name, known)}"
            raise errors.UserError(what, remedy="`gonogo policy list --set strict` lists them all.")
    return [one for one in loaded if not ids or one.id in ids]


def _on_pages(wanted: list[Policy], folder: RunFolder) -> None:
    """Print which policies apply to nothing in the run, and which can't fail on it. Raises UserError for lines."""
    documents = (one for kind in sorted({each.reads for each in wanted}) for one in folder.documents(kind))
    first, told = _first_applied(wanted, documents)
    idle = [one for one in wanted if one.id not in first and one.id not in told]
    if idle:
        print_lines(f"{len(idle)} applied to nothing in {folder.path}: {', '.join(one.id for one in idle)}")
    harmless = [one for one in wanted if one.id in first and not _is_shipped(one) and _harmless(one, first[one.id])]
    for one in harmless:
        at = first[one.id]["path"]
        print_lines(f"{one.id} can't fail on {at}: no counterexample of it, laid over that page, does")
    problems = list(_lines(Path(EXPECTATIONS), {one.id for one in idle}, {one.id for one in harmless}))
    if problems:
        raise refusal(problems)


def _first_applied(
    wanted: Iterable[Policy], documents: Iterable[Mapping[str, Document]]
) -> tuple[dict[str, Mapping[str, Document]], set[str]]:
    """Return the first document that each policy was judged on, and the policies that could not tell of some."""
    judge = Judge(wanted)
    first: dict[str, Mapping[str, Document]] = {}
    told: set[str] = set()
    for document in documents:
        for outcome in judge.each(document):
            if outcome.outcome in {PASSED, FAILED}:
                first.setdefault(outcome.policy.id, document)
            elif outcome.lacked:
                told.add(outcome.policy.id)
    return first, told


def _harmless(policy: Policy, document: Mapping[str, Document]) -> bool:
    shape = shapes.load(policy.reads)
    return cannot_fail(policy, document, Fact.of(shape, shape))


def _is_shipped(policy: Policy) -> bool:
    return Path(policy.path).is_relative_to(policies.shipped_folder())


def _lines(sheet: Path, idle: set[str], harmless: set[str]) -> Iterator[Problem]:
    """Yield the lines of the sheet that are about no page of the run, or can't fail on one."""
    found, _ = expectations.compiled(sheet.read_bytes()) if sheet.is_file() else ((), ())
    for one in found:
        if one.id in idle:
            remedy = "Mend the page or pattern, or take the line out: `coverage.jsonl` lists every address."
            yield Problem("it matches no page of the run", path=str(sheet), line=one.line, remedy=remedy)
        elif one.id in harmless:
            remedy = "Say something else: this holds whatever the page is."
            yield Problem("it can't fail on the pages that it is about", path=str(sheet), line=one.line, remedy=remedy)
