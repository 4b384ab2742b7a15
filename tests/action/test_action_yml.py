"""The action as it is written: thin, pinned, and the token where nothing is rendered."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from action.outputs import KEYS
from tests.action.installed import ACTION, OURS, STEPS
from tests.action.linting import ROOT, lint


def test_it_keeps_to_the_schema() -> None:
    code, said = lint("check-jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml")
    assert code == 0, said


def test_zizmor_finds_nothing_in_it() -> None:
    code, said = lint("zizmor", "--offline", "--no-progress", ROOT / "action.yml")
    assert (code, "completed" in said) == (0, True), said


@pytest.mark.parametrize("step", [name for name, step in STEPS.items() if "run" in step])
def test_shellcheck_finds_nothing_in_its_scripts(tmp_path: Path, step: str) -> None:
    file = tmp_path / "script.sh"
    file.write_text(f"#!/usr/bin/env bash\nset -e -o pipefail\n{STEPS[step]['run']}\n")
    code, said = lint("shellcheck", file)
    assert code == 0, said


def test_it_can_be_found_in_the_marketplace() -> None:
    assert set(ACTION["branding"]) == {"icon", "color"}


def test_what_it_uses_is_pinned_to_a_commit() -> None:
    assert [
        step["uses"] for step in STEPS.values() if "uses" in step and not re.search("@[0-9a-f]{40}$", step["uses"])
    ] == []


def test_the_token_is_given_to_the_steps_that_post_and_to_no_other() -> None:
    holders = [name for name, step in STEPS.items() if "token" in json.dumps(step).lower()]
    assert holders == ["begin", "publish"]


def test_the_secret_of_the_cache_is_given_to_the_step_that_measures_and_to_no_step_that_posts() -> None:
    holders = [name for name, step in STEPS.items() if "inputs.cache-key" in json.dumps(step)]
    assert holders == ["python", "check"]


@pytest.mark.parametrize("step", OURS)
def test_every_input_but_the_secrets_reaches_the_step_by_its_environment(step: str) -> None:
    mapped = {name: value for name, value in STEPS[step]["env"].items() if name.startswith("GONOGO_INPUT_")}
    inputs = [name for name in ACTION["inputs"] if name not in {"token", "cache-key"}]
    assert mapped == {f"GONOGO_INPUT_{name.upper().replace('-', '_')}": f"${{{{ inputs.{name} }}}}" for name in inputs}


@pytest.mark.parametrize("step", OURS)
def test_the_checkout_can_not_bring_modules_of_its_own(step: str) -> None:
    assert re.search(rf'" -I -m action\.main {step}\s*$', STEPS[step]["run"])


def test_its_outputs_are_the_ones_that_the_check_writes() -> None:
    values = {name: about["value"] for name, about in ACTION["outputs"].items()}
    assert values == {name: f"${{{{ steps.check.outputs.{name} }}}}" for name in KEYS}


def test_every_input_and_output_is_described_in_the_page_for_people() -> None:
    page = (ROOT / "docs" / "github.md").read_text()
    assert [name for name in (*ACTION["inputs"], *ACTION["outputs"]) if f"`{name}`" not in page] == []
