"""`gonogo policy change`: a limit is found in the policy's own schema, and the change is written into gonogo.yaml."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import cli, errors
from checks.errors import UserError
from checks.judge.patching import limit_patch
from checks.settings import yaml_text

Told = tuple[int, str, Any]


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Return a function: exit code, output, and what stands under `policies.change` after `policy change`."""
    monkeypatch.chdir(tmp_path)
    Path("gonogo.yaml").write_text("# Ours.\nsite: https://www.example.com\n")

    def change(*arguments: str) -> Told:
        code = cli.main(["policy", "change", *arguments])
        out = capsys.readouterr()
        document, _ = yaml_text.parse(Path("gonogo.yaml").read_bytes(), "gonogo.yaml")
        return code, out.out + out.err, document.get("policies", {}).get("change")

    return change


def test_a_limit_is_written_where_the_policy_has_it(changed: Any) -> None:
    code, said, change = changed("seo/title-length", "--maximum", "70")
    assert code == errors.EXIT_GO, said
    assert change == {"seo/title-length": {"properties": {"title": {"properties": {"length": {"maximum": 70}}}}}}


def test_a_second_change_is_laid_over_the_first(changed: Any) -> None:
    changed("seo/title-length", "--maximum", "70")
    change = changed("seo/title-length", "--severity", "error", "--minimum", "5")[2]
    assert change["seo/title-length"] == {
        "properties": {"title": {"properties": {"length": {"maximum": 70, "minimum": 5}}}},
        "x-severity": "error",
    }


def test_a_dropped_policy_is_null_and_a_reset_takes_it_out_again(changed: Any) -> None:
    assert changed("seo/title-length", "--drop")[2] == {"seo/title-length": None}
    assert not changed("seo/title-length", "--reset")[2]


def test_a_change_that_the_strict_loader_refuses_is_not_written(changed: Any) -> None:
    code, said, change = changed("seo/title-length", "--owner", "nobody")
    assert (code, "no owner `nobody`" in said, change) == (errors.EXIT_WRONG_USE, True, None)


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("seo/titel-length", "--drop"), "did you mean `seo/title-length`?"),
        (("seo/title-unique", "--maximum", "3"), "It has: maxItems 0 of duplicates.titles."),
        (("seo/title-length",), "it is not clear what is to change"),
        (("seo/title-length", "--drop", "--maximum", "3"), "it is not clear what is to change"),
    ],
)
def test_a_change_that_cannot_be_made_is_told_with_a_remedy(
    changed: Any, arguments: tuple[str, ...], remedy: str
) -> None:
    code, said, change = changed(*arguments)
    assert (code, remedy in said, change) == (errors.EXIT_WRONG_USE, True, None), said


LIMITED = {
    "properties": {
        "title": {"properties": {"length": {"maximum": 60}, "pixels": {"maximum": 600}}},
        "description": {"anyOf": [{"properties": {"length": {"minimum": 5}}}]},
        "h1": {"items": {"properties": {"length": {"maxLength": 9}}}},
    }
}


def test_of_several_places_the_fact_says_which_is_meant() -> None:
    patch = limit_patch("a/b", LIMITED, "maximum", 1, "title.pixels")
    assert patch == {"properties": {"title": {"properties": {"pixels": {"maximum": 1}}}}}


def test_several_places_without_a_fact_are_all_named() -> None:
    with pytest.raises(UserError, match="it has `maximum` in 2 places") as refused:
        limit_patch("a/b", LIMITED, "maximum", 1)
    assert refused.value.remedy == "Say which with --fact: title.length, title.pixels."


def test_a_limit_of_the_members_of_a_list_is_reached() -> None:
    patch = limit_patch("a/b", LIMITED, "maxLength", 1)
    assert patch == {"properties": {"h1": {"items": {"properties": {"length": {"maxLength": 1}}}}}}


def test_a_limit_within_a_list_of_rules_is_refused_for_a_patch_would_replace_the_list() -> None:
    with pytest.raises(UserError, match="stands in a list of rules"):
        limit_patch("a/b", LIMITED, "minimum", 1)
