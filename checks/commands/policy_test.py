"""policy test: every example and counterexample of the policies in force.

In: parsed arguments. Out: what is printed, an exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import errors
from checks.commands.finished import today
from checks.commands.printing import print_lines
from checks.judge import selftest
from checks.trust import rules

if TYPE_CHECKING:
    import argparse


def run(parsed: argparse.Namespace) -> int:
    """Run them, and print those that do not hold."""
    in_force = rules.from_folder(parsed.config, {"set": parsed.set}, today()).policies
    results = [result for one in in_force for result in selftest.run(one)]
    wrong = [result for result in results if not result.holds]
    for result in wrong:
        print_lines(f"{result.policy} {result.pointer}: {result.outcome}; {'; '.join(result.said)}")
    print_lines(f"{len(in_force)} policies, {len(results)} examples and counterexamples: {len(wrong)} wrong")
    return errors.EXIT_GO if not wrong else errors.EXIT_WRONG_USE
