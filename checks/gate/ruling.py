"""The rules of a run: what is kept of them in its folder, so that it can be judged again by the same, or by others.

In: rules. Out: policies.json, adopted.json, rules-change.json, and what run.json says of them.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from checks import reviewing, rules_change, run_folder, verdict
from checks.against import following
from checks.gate.asked import UNTOLD

if TYPE_CHECKING:
    from checks.baseline.launch import Launch
    from checks.gate.asked import Document, Ruling
    from checks.judge.policy import Policy
    from checks.run_folder import RunFolder
    from checks.trust.rules import Rules


def rule(run: RunFolder, ruling: Ruling, launch: Launch = UNTOLD) -> None:
    """Put other rules in force for a run that was collected before."""
    reviewing.require(ruling.rules, run.read(run_folder.RUN).get("gate", verdict.LAUNCH))
    run.write(run_folder.RUN, {**run.read(run_folder.RUN), **told(ruling.rules)})
    keep(run, ruling)
    following.follow(run, ruling.rules.settings, ruling.rules.trust, launch)


def told(rules: Rules) -> Document:
    """Return what run.json says of the rules."""
    return {
        "config_digest": rules.settings.digest,
        "policies_digest": policies_digest(rules.policies),
        "settings": rules.settings.to_document(),
        "trust": rules.trust.to_document(),
    }


def keep(run: RunFolder, ruling: Ruling) -> None:
    """Write the rules into the run folder."""
    rules = ruling.rules
    run.write(run_folder.POLICIES, {policy.id: dict(policy.document) for policy in rules.policies})
    debt = [{**one.to_document(), "owner": one.owner} for one in rules.adopted.values()]
    run.write(run_folder.ADOPTED, {"findings": debt})
    change = rules_change.to_document(ruling.review, merged=ruling.merged)
    run.write(run_folder.RULES_CHANGE, {**change, "files": list(ruling.files)})


def policies_digest(in_force: tuple[Policy, ...]) -> str:
    """Return one SHA-256 for all policies in force."""
    return hashlib.sha256(json.dumps([[one.id, one.digest] for one in in_force]).encode()).hexdigest()
