"""docs/sign-off.md is what a release manager has: every command in it must be one."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

import pytest

from checks.commands import sign_off
from checks.signoff import verified


def _page() -> str:
    return (Path(__file__).resolve().parents[2] / "docs" / "sign-off.md").read_text(encoding="utf-8")


COMMANDS = re.findall(r"(?:\$ |`)gonogo (sign-off [^\n`]+)", _page())
OUTCOMES = re.findall(r"^\| ([a-z-]+(?:, [a-z-]+)*)(?:: [^|]*)? \| ", _page(), flags=re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_is_understood(command: str) -> None:
    parser = argparse.ArgumentParser(exit_on_error=False)
    sign_off.add(parser.add_subparsers())
    words = shlex.split(command)
    assert parser.parse_args([*words, *(["FILE"] if words[-1] == "approve" else [])]).action == words[1]


def test_the_page_says_what_to_do_for_each_outcome_that_a_signer_can_mend() -> None:
    named = {name for row in OUTCOMES for name in row.split(", ")}
    known = {value for name, value in vars(verified).items() if name.isupper() and isinstance(value, str)}
    assert known - named <= {"applied", "partly-applied", "unused", "would-apply", "lead", "arbiter"} | {
        "not-yet-valid",
        "not-overridable",
    }
