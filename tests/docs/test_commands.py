"""Every command that a page or a ready workflow tells somebody to type, or types itself, is one that gonogo takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from checks.commands import parsers

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "workflows").iterdir()])
_BEGINS = re.compile(r'(?m)(?:^\s*(?:- )?|^\$ |; |then\s+)(?:gonogo|"[^"]*python" (?:-I )?-m checks\.cli) (?=[a-z])')
_ENDS = re.compile(r" *(?:\|\||>|;|#|$)", re.MULTILINE)


def commands(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".md":
        text = "\n".join(re.findall(r"```(?:console|sh|bash)\n(.*?)```", text, re.DOTALL))
        text = re.sub(r"(?m)^(?! *\$ ).*$", "", text).replace("   $ ", "$ ")
    else:
        text = re.sub(r"(?m)^ *#.*$", "", text)
        text = re.sub(r"\$\{\w+:\+([^}]*)\}", r"\1", text)  # what a shell adds where a variable is set
    found = [text[begin.end() :] for begin in _BEGINS.finditer(text)]
    return [rest[: end.start()] for rest in found if (end := _ENDS.search(rest))]


ALL = [(str(file.relative_to(ROOT)), command) for file in FILES for command in commands(file)]


def test_commands_are_found_where_they_are_known_to_stand() -> None:
    assert {
        ("docs/workflows/deploy.yml", "seal verify ../site --run ../gonogo-run"),
        ("docs/workflows/generic.sh", 'check "$PREVIEW" --trust-ref "$base" --context "$context" --launch "$LAUNCH"'),
        ("docs/workflows/gitlab-ci.yml", "report gonogo-run --junit-profile gitlab --format code-quality"),
        ("README.md", "init --github"),
        ("docs/sign-off.md", "sign-off request"),
    } <= set(ALL)


@pytest.mark.parametrize(("file", "command"), ALL)
def test_a_command_is_one_that_gonogo_takes(file: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        parsed = parsers.build().parse_args(shlex.split(command))
    except SystemExit:
        pytest.fail(f"{file}: gonogo {command}\n{capsys.readouterr().err}")
    assert parsed.command == shlex.split(command)[0]
