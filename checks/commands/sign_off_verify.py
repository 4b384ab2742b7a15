"""sign-off verify, sign-off list: what the gate would say of the sign-offs, as far as a desk can know.

In: parsed arguments, the folder of the sign-offs, the rules that decide. Out: what is printed, an exit code: 1 where
something is wrong with one of those that were named.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checks import errors
from checks.commands.finished import today
from checks.commands.sign_off_shared import now, tell, tell_one
from checks.report.words import count
from checks.signing import examining, folder, git_history
from checks.signoff.excluded import Excluded
from checks.signoff.verification import verify_all
from checks.signoff.verified import Context
from checks.trust import rules
from checks.trust.git import Repository

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from checks.signoff.verified import StatementFiles, Verified
    from checks.trust.rules import Rules


def run(parsed: argparse.Namespace) -> int:
    """Verify the statements that are named, or all in the folder; say of each what the gate would."""
    named = [folder.one(file) for file in parsed.files]
    others = [one for one in folder.statements(parsed.folder) if one.id not in {each.id for each in named}]
    verified = examined(parsed, [*named, *others])
    shown = [one for one in verified if not named or one.id in {each.id for each in named}]
    for one in shown:
        tell(examining.told(one, now()))
        tell_one("")
    wrong = sum(1 for one in shown if one.outcome not in examining.GOOD)
    tell_one(f"{count(len(shown), 'sign-off')}: " + (f"{wrong} would not count." if wrong else "nothing is wrong."))
    return errors.EXIT_NO_GO if wrong else errors.EXIT_GO


def examined(parsed: argparse.Namespace, found: Sequence[StatementFiles]) -> tuple[Verified, ...]:
    """Return what verification says of `found`, by the rules of the working tree or of `--trust-ref`."""
    decided = _rules(parsed)
    about = Context(
        repository_id=None,
        repository=git_history.repository(),
        site_id=decided.settings.site or "",
        base_branch=git_history.default_branch(),
        commit=None,
        tree=None,
        site_digest=None,
        excluded=Excluded(),
        known=False,
    )
    policies = {policy.id: policy for policy in decided.policies}
    return verify_all(found, about, decided.authority, policies, now())


def _rules(parsed: argparse.Namespace) -> Rules:
    if parsed.trust_ref:
        return rules.from_commit(Repository(Path()), parsed.trust_ref, parsed.config, {"site": parsed.site}, today())
    return rules.from_folder(parsed.config, {"site": parsed.site}, today())
