"""policy list, show, test: the policies in force.

In: parsed arguments. Out: what is printed, an exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import errors
from checks.commands.finished import today
from checks.commands.printing import print_json, print_lines
from checks.judge import selftest
from checks.trust import rules

if TYPE_CHECKING:
    import argparse

    from checks.judge.policy import Policy


def policy(parsed: argparse.Namespace) -> int:
    """List, show or test policies."""
    in_force = rules.from_folder(parsed.config, {"set": parsed.set}, today()).policies
    actions = {"list": _policy_list, "show": _policy_show, "test": _policy_test}
    return actions[parsed.action](in_force, parsed)


def _policy_list(in_force: tuple[Policy, ...], _: argparse.Namespace) -> int:
    width = max((len(one.id) for one in in_force), default=0)
    for one in in_force:
        print_lines(f"{one.id:{width}}  {one.severity:7}  {one.owner:11}  {one.title}")
    return errors.EXIT_GO


def _policy_show(in_force: tuple[Policy, ...], parsed: argparse.Namespace) -> int:
    for one in in_force:
        if one.id == parsed.id:
            print_json(one.document)
            return errors.EXIT_GO
    raise errors.UserError(
        f"no policy `{parsed.id}` is in force", remedy="`gonogo policy list --set strict` lists them all."
    )


def _policy_test(in_force: tuple[Policy, ...], _: argparse.Namespace) -> int:
    results = [result for one in in_force for result in selftest.run(one)]
    wrong = [result for result in results if not result.holds]
    for result in wrong:
        print_lines(f"{result.policy} {result.pointer}: {result.outcome}; {'; '.join(result.said)}")
    print_lines(f"{len(in_force)} policies, {len(results)} examples and counterexamples: {len(wrong)} wrong")
    return errors.EXIT_GO if not wrong else errors.EXIT_WRONG_USE
