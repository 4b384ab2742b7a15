"""doctor --trust: what it prints, and its exit code."""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Callable

from checks import errors
from checks.commands.sign_off_doctor import doctor_trust
from tests.signing.desk import Desk

Printed = Callable[[], str]
HERE = argparse.Namespace(config=None, trust_ref=None)


def test_one_key_under_two_names_is_exit_2(desk: Desk, printed: Printed) -> None:
    desk.people(ana="marketing", ben="engineering")
    signers = desk.path / "gonogo" / "allowed_signers"
    first = signers.read_text().splitlines()[0]
    signers.write_text(f"{first}\n{first.replace('ana', 'ben', 1)}\n")
    assert doctor_trust(HERE) == errors.EXIT_WRONG_USE
    assert "gonogo/allowed_signers:2: the key of `ben` stands there for `ana` as well" in printed()


def test_a_line_that_ssh_keygen_would_skip_is_exit_2(desk: Desk, printed: Printed) -> None:
    desk.people(ana="marketing")
    signers = desk.path / "gonogo" / "allowed_signers"
    signers.write_text("ben ssh-ed25519 AAAA\n" + signers.read_text())
    assert doctor_trust(HERE) == errors.EXIT_WRONG_USE
    assert "gonogo/allowed_signers:1" in printed()


def test_a_principal_with_a_wildcard_is_exit_2(desk: Desk, printed: Printed) -> None:
    desk.people(ana="marketing")
    signers = desk.path / "gonogo" / "allowed_signers"
    signers.write_text(signers.read_text().replace("ana", "*", 1))
    assert doctor_trust(HERE) == errors.EXIT_WRONG_USE
    assert "`*` can't be a principal" in printed()


def test_a_team_of_one_is_exit_4(desk: Desk, printed: Printed) -> None:
    desk.people(ana="marketing, engineering, security")
    assert doctor_trust(HERE) == errors.EXIT_WEAKENED
    assert "which can't be met: once Ana made the change" in printed()


def test_two_people_for_each_role_is_exit_0(desk: Desk, printed: Printed) -> None:
    roles = "marketing, engineering, security"
    desk.people(ana=roles, ben=roles)
    assert doctor_trust(HERE) == errors.EXIT_GO
    assert "every exception that the rules allow can be signed for" in printed()


def test_who_made_the_latest_commits_and_is_nobody_is_told(desk: Desk, printed: Printed) -> None:
    roles = "marketing, engineering, security"
    desk.people(ana=roles, ben=roles)
    for who, message in (("ana", "x"), ("eve", "y")):
        person = ["-c", f"user.name={who}", "-c", f"user.email={who}@hearth.example"]
        subprocess.run(["git", "init", "--quiet"], check=True, cwd=desk.path)
        subprocess.run(["git", *person, "commit", "--quiet", "--allow-empty", "-m", message], check=True, cwd=desk.path)
    assert doctor_trust(HERE) == errors.EXIT_GO
    assert "none of the people, such as eve@hearth.example" in printed()


def test_people_and_keys_of_a_commit_are_looked_at_instead(desk: Desk, printed: Printed) -> None:
    desk.people(ana="marketing, engineering, security")
    for arguments in (["init", "--quiet"], ["add", "gonogo"], ["commit", "--quiet", "-m", "people"]):
        who = ["-c", "user.name=Ana", "-c", "user.email=ana@hearth.example"]
        subprocess.run(["git", *who, *arguments], check=True, cwd=desk.path)
    roles = "marketing, engineering, security"
    desk.people(ana=roles, ben=roles)
    assert doctor_trust(argparse.Namespace(config=None, trust_ref="HEAD")) == errors.EXIT_WEAKENED
    assert "once Ana made the change" in printed()
