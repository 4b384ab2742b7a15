"""policy list: all policies in force; and those that are only proposed, with what they would find.

In: parsed arguments. Out: what is printed, an exit code.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checks import errors, run_folder, settings
from checks.commands.finished import finished, today
from checks.commands.printing import print_lines
from checks.commands.waiting import since
from checks.judge.evaluate import FAILED
from checks.judge.trial import trials
from checks.trust import rules

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Iterator

    from checks.judge.policy import Policy


def run(parsed: argparse.Namespace) -> int:
    """Print a line for each policy."""
    in_force = rules.from_folder(parsed.config, {"set": parsed.set}, today()).policies
    if parsed.proposed:
        found = tuple(one for one in in_force if one.proposed)
        print_lines("\n".join(_proposed(found, parsed)) or "No policy is proposed.")
        return errors.EXIT_GO
    width = max((len(one.id) for one in in_force), default=0)
    for one in in_force:
        proposed = "proposed: " if one.proposed else ""
        print_lines(f"{one.id:{width}}  {one.severity:7}  {one.owner:11}  {proposed}{one.title}")
    return errors.EXIT_GO


def _proposed(policies: tuple[Policy, ...], parsed: argparse.Namespace) -> Iterator[str]:
    day, config = today(), parsed.config or Path(settings.FILE_NAME)
    folder = finished(parsed.run) if policies and parsed.run else None
    documents = (one for kind in run_folder.DOCUMENTS for one in folder.documents(kind)) if folder else ()
    for trial in trials(policies, documents):
        policy = trial.policy
        yield f"{policy.id} ({policy.owner}): {policy.title}"
        yield f"  {_waiting(since(policy, config), day)}"
        if folder is not None:
            where = "the site" if policy.reads == "site" else f"{trial.counts[FAILED]:,} pages"
            yield f"  would find {trial.findings:,} findings on {where}; blocks nothing while it is proposed"


def _waiting(begun: dt.date | None, day: dt.date) -> str:
    if begun is None:
        return "proposed, nobody knows since when"
    return f"proposed since {begun.isoformat()}, {(day - begun).days:,} days"
