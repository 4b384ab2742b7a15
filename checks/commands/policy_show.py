"""policy show: one policy, as it is applied.

In: parsed arguments. Out: what is printed, an exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import errors
from checks.commands.finished import today
from checks.commands.printing import print_json
from checks.nearest import nearest
from checks.trust import rules

if TYPE_CHECKING:
    import argparse


def run(parsed: argparse.Namespace) -> int:
    """Print the policy as JSON."""
    in_force = {one.id: one for one in rules.from_folder(parsed.config, {"set": parsed.set}, today()).policies}
    if parsed.id not in in_force:
        what = f"no policy `{parsed.id}` is in force{nearest(parsed.id, in_force)}"
        raise errors.UserError(what, remedy="`gonogo policy list --set strict` lists them all.")
    print_json(in_force[parsed.id].document)
    return errors.EXIT_GO
