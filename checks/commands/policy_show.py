"""policy show: one policy, as it is applied; a shipped one that is not in force as it is shipped, with a note.

In: parsed arguments. Out: what is printed, an exit code.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from checks import errors
from checks.commands.finished import today
from checks.commands.printing import print_json
from checks.judge import policies
from checks.nearest import nearest
from checks.trust import rules

if TYPE_CHECKING:
    import argparse


def run(parsed: argparse.Namespace) -> int:
    """Print the policy as JSON."""
    in_force = {one.id: one.document for one in rules.from_folder(parsed.config, {"set": parsed.set}, today()).policies}
    shipped = policies.shipped_documents()
    if parsed.id not in in_force.keys() | shipped.keys():
        what = f"no policy `{parsed.id}`{nearest(parsed.id, {*in_force, *shipped})}"
        raise errors.UserError(what, remedy="`gonogo policy list --set strict` names those that there are.")
    print_json(in_force.get(parsed.id) or shipped[parsed.id])
    if parsed.id not in in_force:
        print(_not_in_force(parsed.id, shipped[parsed.id]), file=sys.stderr)
    return errors.EXIT_GO


def _not_in_force(policy_id: str, document: dict[str, Any]) -> str:
    sets = ", ".join(document["x-set"])
    return (
        f"gonogo: `{policy_id}` is not in force here: no set in use has it, or the config drops it. It is in: {sets}.\n"
        "  `--set` or `policies: {use: [...]}` names sets; a line under `policies.change` brings this policy alone."
    )
