"""policies/README.md says what the files say, and what it shows works."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checks import shapes
from checks.judge import policies
from checks.report import policy_table
from checks.settings import yaml_text

FOLDER = Path(__file__).resolve().parents[2] / "policies"
KINDS = ("page", "site", "change", "lighthouse")


@pytest.fixture(scope="module")
def text() -> str:
    return (FOLDER / "README.md").read_text(encoding="utf-8")


def shown(text: str, language: str, word: str) -> Any:
    """Return what the code block says that is written in `language` and holds `word`."""
    blocks = re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)
    data, _ = yaml_text.parse(next(block for block in blocks if word in block).encode(), "README.md")
    return data


def test_its_tables_are_those_of_the_files(text: str) -> None:
    files = sorted(FOLDER.glob("*/*.json"))
    documents = {f"{file.parent.name}/{file.stem}": json.loads(file.read_text(encoding="utf-8")) for file in files}
    written = policy_table.readme(text, documents, {kind: shapes.load(kind) for kind in KINDS})
    assert text == written, "run `make tables`"


@pytest.mark.parametrize("word", ["policies:", "expect:"])
def test_its_config_is_one_that_the_command_accepts(text: str, word: str) -> None:
    config = shown(text, "yaml", word)
    assert [error.message for error in Draft202012Validator(shapes.load("config")).iter_errors(config)] == []


def test_its_changes_change_policies_that_there_are(text: str) -> None:
    change = shown(text, "yaml", "policies:")["policies"]["change"]
    changed = {policy.id: policy for policy in policies.load([], ["recommended"], change, shipped=FOLDER)}
    assert changed["seo/title-unique"].severity == "error"


def test_the_policy_that_it_writes_is_accepted(text: str, tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    policy = json.dumps(shown(text, "yaml", "x-counterexamples"))
    (tmp_path / "shop" / "price.json").write_text(policy, encoding="utf-8")
    assert "shop/price" in {policy.id for policy in policies.load([tmp_path], ["recommended"], {}, shipped=FOLDER)}
