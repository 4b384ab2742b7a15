"""Somebody at a real terminal: a checklist, three questions, a yes."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from checks.signoff import statement
from tests.signing.desk import BRANCH, FINDINGS, Desk

PROGRAM = """
import argparse, sys
from checks.commands import sign_off
parser = argparse.ArgumentParser()
sign_off.add(parser.add_subparsers())
sys.exit(sign_off.sign_off(parser.parse_args(sys.argv[1:])))
"""
UNTIL = (datetime.now(UTC).date() + timedelta(days=3)).isoformat()


def typed(root: Path, *arguments: str, answers: str) -> tuple[int, str]:
    """Run the command on a terminal of its own, type the answers, and return its exit code and what it showed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", PROGRAM, "sign-off", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        os.write(ours, answers.encode())
        shown = b""
        while piece := _read(ours):
            shown += piece
        os.close(ours)
    return process.returncode, shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody is at the other end any more
        return b""


def test_what_is_chosen_from_the_list_is_asked_for(desk: Desk, root: Path) -> None:
    code, shown = typed(root, "request", *BRANCH, answers="9\n1\n")
    assert code == 0, shown
    assert "engineering:" in shown
    assert "can't be signed: nobody can sign for leak/secrets" in shown
    assert "`9` is none of the numbers" in shown
    assert len(list(desk.sign_offs.glob("*.request.json"))) == 1


def test_nothing_chosen_writes_nothing(desk: Desk, root: Path) -> None:
    code, shown = typed(root, "request", *BRANCH, answers="\n")
    assert (code, "Nothing is asked for." in shown, desk.sign_offs.exists()) == (0, True, False)


def test_reason_and_last_day_are_asked_for_and_signed(desk: Desk, root: Path) -> None:
    request = desk.request("--cause", FINDINGS[0]["cause"])
    answers = f"3\nThe page is written by Friday.\n{UNTIL}\nyes\n"
    code, shown = typed(root, "approve", str(request), "--key", str(desk.key()), answers=answers)
    assert (code, "3 pages, and no other" in shown) == (0, True)
    said = statement.parse(desk.statement().read_bytes(), "")
    assert (said.reason_code, said.reason, said.until) == ("fix-scheduled", "The page is written by Friday.", UNTIL)


def test_anything_but_yes_signs_nothing(desk: Desk, root: Path) -> None:
    request = desk.request("--cause", FINDINGS[0]["cause"])
    answers = f"3\nThe page is written by Friday.\n{UNTIL}\ny\n"
    code, shown = typed(root, "approve", str(request), "--key", str(desk.key()), answers=answers)
    assert (code, "Nothing was signed." in shown) == (0, True)
    assert list(desk.sign_offs.glob("*.sig")) == []
