"""policy try: what a policy would find in a finished run, without a browser.

In: parsed arguments: a file that need not be in force, and a run. Out: what is printed, an exit code. Nothing is
written, and what is found blocks nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks import errors, run_folder
from checks.commands.finished import finished
from checks.commands.printing import print_lines
from checks.judge import policies
from checks.judge.evaluate import CANNOT_TELL, FAILED
from checks.judge.trial import OUTCOMES, SHOWN, trials

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from checks.judge.policy import Policy
    from checks.judge.trial import Trial, Tried
    from checks.run_folder import Document, RunFolder

WORDS: Final = {
    FAILED: "would fail",
    "passed": "would pass",
    CANNOT_TELL: "cannot tell",
    "inapplicable": "not about it",
}


def run(parsed: argparse.Namespace) -> int:
    """Judge the run by the file, and print what comes of it."""
    tried = policies.from_file(parsed.file)
    folder = finished(parsed.run)
    look = _each if parsed.all else _nothing
    before = folder.read_or(run_folder.POLICIES, {})
    for trial in trials(tried, _documents(folder, tried), look):
        print_lines("\n".join(_told(trial, known=trial.policy.id in before, run=folder)))
    return errors.EXIT_GO


def _documents(folder: RunFolder, tried: tuple[Policy, ...]) -> Iterator[Document]:
    for kind in sorted({policy.reads for policy in tried}):
        yield from folder.documents(kind)


def _each(policy: Policy, tried: Tried) -> None:
    print_lines(f"{policy.id} {_line(tried)}")


def _nothing(_policy: Policy, _tried: Tried) -> None:
    """Every page is shown only where that is asked for."""


def _told(trial: Trial, *, known: bool, run: RunFolder) -> Iterator[str]:
    policy = trial.policy
    yield f"{policy.id}: {policy.title}"
    yield "  " + ", ".join(f"{WORDS[outcome]} {trial.counts[outcome]:,}" for outcome in OUTCOMES)
    for outcome in OUTCOMES[:-1]:
        shown = trial.shown[outcome]
        yield from (f"  {_line(tried)}" for tried in shown)
        rest = trial.counts[outcome] - len(shown)
        if rest:
            yield f"  {WORDS[outcome]}: {rest:,} more (--all shows them)"
    yield f"  {_sum(trial, before=_found(run, policy.id) if known else None)}"


def _line(tried: Tried) -> str:
    said = "; ".join(tried.said[:SHOWN]) + (f"; and {len(tried.said) - SHOWN} more" if len(tried.said) > SHOWN else "")
    why = f"not measured: {said}" if tried.outcome == CANNOT_TELL else said
    return f"{WORDS[tried.outcome]}: {tried.path}" + (f" ({why})" if said else "")


def _sum(trial: Trial, before: int | None) -> str:
    """Return the sentence that says how many findings it would add."""
    policy = trial.policy
    if not trial.applied:
        return "It is about no page of this run: it would judge nothing."
    blocks = "these block the launch" if policy.blocks else "nothing is blocked by it"
    many = f"{trial.findings:,} finding{'' if trial.findings == 1 else 's'}"
    about = f"({'proposed' if policy.proposed else policy.severity}, {policy.owner})"
    if before is None:
        return f"It would add {many} {about}; {blocks}." if trial.findings else f"It would add no findings {about}."
    return f"It would find {many} {about}; as it was in that run, it found {before:,}."


def _found(run: RunFolder, policy_id: str) -> int:
    return sum(line["policy"] == policy_id for line in run.lines(run_folder.FINDINGS))
