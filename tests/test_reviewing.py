"""Who may ask for the review gate: where others are judged, only whom the rules that decide let."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from checks import settings
from checks.errors import UserError
from checks.reviewing import require
from checks.trust.rules import BASE, FIRST_RUN, FOLDER, WORKING_TREE, Rules, Trust

TODAY = dt.date(2026, 11, 29)


def rules(root: str, config: str = "{}") -> Rules:
    chosen = settings.from_bytes(config.encode(), "gonogo.yaml", {"preview": "dist"}, TODAY)
    return Rules(chosen, (), {}, Trust(root, None, None, "They decide."))


@pytest.mark.parametrize("root", [BASE, FIRST_RUN, FOLDER, WORKING_TREE])
def test_anybody_may_ask_for_the_launch_gate(root: str) -> None:
    require(rules(root, "pull-request-gate: review"), "launch")


@pytest.mark.parametrize("root", [BASE, FIRST_RUN, FOLDER])
def test_rules_that_do_not_say_so_let_no_change_pass_by_a_review(root: str) -> None:
    with pytest.raises(UserError, match="do not let a change pass by the review gate"):
        require(rules(root), "review")


@pytest.mark.parametrize("root", [BASE, FIRST_RUN, FOLDER])
def test_rules_that_say_so_do(root: str) -> None:
    require(rules(root, "pull-request-gate: review"), "review")


def test_on_a_desk_whoever_asks_may_have_it() -> None:
    require(rules(WORKING_TREE), "review")


def test_a_preview_that_is_a_url_is_not_reviewed() -> None:
    asked = rules(WORKING_TREE)
    remote = replace(asked, settings=replace(asked.settings, preview="https://preview.example.net/"))
    with pytest.raises(UserError, match="needs a folder"):
        require(remote, "review")


def test_a_review_renders_some_pages(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="renders some pages"):
        require(rules(WORKING_TREE, f"preview: {tmp_path}"), "review", render=False)
