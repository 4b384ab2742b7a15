"""The README says what the code does: help, exit codes, the example of a config, and links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from checks import errors, shapes
from checks.commands import parsers


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def block(text: str, name: str) -> str:
    """Return what stands in the code block between the two comments called `name`."""
    found = re.search(rf"<!-- {name} -->\n+```\w*\n(.*?)```\n+<!-- /{name} -->", text, flags=re.DOTALL)
    assert found, f"README.md has no code block between <!-- {name} --> and <!-- /{name} -->"
    return found[1]


def section(text: str, heading: str) -> str:
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_it_shows_the_help_of_the_command(readme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    assert block(readme, "help") == parsers.build().format_help()


def test_its_exit_codes_are_the_ones_of_the_code(readme: str) -> None:
    named = {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    table = section(readme, "Exit codes")
    assert {
        int(code) for row in re.findall(r"^\| ([\d, ]+) \|", table, flags=re.MULTILINE) for code in row.split(",")
    } == named


def test_its_config_is_one_that_the_command_accepts(readme: str) -> None:
    config: Any = YAML(typ="safe", pure=True).load(block(readme, "config"))
    found = Draft202012Validator(shapes.load("config")).iter_errors(config)
    assert [f"{error.json_path}: {error.message}" for error in found] == []
