"""policy list: all policies in force.

In: parsed arguments. Out: what is printed, an exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import errors
from checks.commands.finished import today
from checks.commands.printing import print_lines
from checks.trust import rules

if TYPE_CHECKING:
    import argparse


def run(parsed: argparse.Namespace) -> int:
    """Print a line for each policy."""
    in_force = rules.from_folder(parsed.config, {"set": parsed.set}, today()).policies
    width = max((len(one.id) for one in in_force), default=0)
    for one in in_force:
        print_lines(f"{one.id:{width}}  {one.severity:7}  {one.owner:11}  {one.title}")
    return errors.EXIT_GO
