"""Inputs are what a person wrote into a workflow: each mistake names the input and says what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from action import inputs
from checks.errors import UserError


def read(**said: str) -> inputs.Inputs:
    return inputs.read({f"GONOGO_INPUT_{name.upper()}": value for name, value in said.items()})


def test_nothing_said_is_the_config_of_the_project_and_a_comment() -> None:
    expected = inputs.Inputs(
        *("", "", "", "", "launch", "error", False, True, False), None, "", None, Path("gonogo-run")
    )
    assert read() == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("set", "loose"),
        ("baseline", "live;rm"),
        ("fail_on", "never"),
        ("gate", "none"),
        ("advisory", "yes"),
        ("comment", "off"),
        ("sarif", "1"),
        ("site", "www.example.com"),
        ("site", "https://a.b/c"),
        ("site", "javascript:alert(1)"),
        ("config", "../other.yaml"),
        ("config", "/etc/gonogo.yaml"),
        ("preview", "--site=https://evil.example"),
        ("preview", "dist\n::error::x"),
        ("run", "a\x1bb"),
        ("run", "$(id)"),
        ("facts", "a;b"),
        ("preview", "d" * 600),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_by_the_name_of_its_input(name: str, value: str) -> None:
    with pytest.raises(UserError, match=f"input `{name.replace('_', '-')}`") as refused:
        read(**{name: value})
    assert refused.value.remedy


def test_facts_and_a_preview_contradict_each_other() -> None:
    with pytest.raises(UserError, match="input `facts`"):
        read(facts="facts", preview="dist")


def test_an_input_that_is_left_empty_is_as_if_left_out() -> None:
    assert read(advisory="", comment="", fail_on="", run="") == read()


@pytest.mark.parametrize(
    ("said", "site_id"),
    [
        ({}, ""),
        ({"config": "gonogo.yaml"}, ""),
        ({"config": "./gonogo.yaml"}, ""),
        ({"config": "sites/shop/gonogo.yaml"}, "sites/shop"),
        ({"config": "sites/shop.yaml"}, "sites/shop"),
        ({"site": "https://Shop.example/"}, "shop.example"),
    ],
)
def test_two_sites_of_one_repository_are_told_apart(said: dict[str, str], site_id: str) -> None:
    assert read(**said).site_id == site_id


def test_shards_are_put_together_where_nothing_else_brings_the_facts() -> None:
    assert read(shards="parts").shards == Path("parts")
    with pytest.raises(UserError, match="facts are of the whole site"):
        read(shards="parts", facts="facts")


def test_facts_are_compared_with_the_last_launch_only() -> None:
    assert read(facts="facts", baseline="launch").baseline == "launch"
    with pytest.raises(UserError, match="baseline"):
        read(facts="facts", baseline="dist-live")
