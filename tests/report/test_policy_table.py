"""The tables of policies and facts: plain Markdown that shows what the files say."""

from __future__ import annotations

from typing import Any

import pytest

from checks.report import policy_table

SHAPE: dict[str, Any] = {
    "properties": {
        "title": {
            "description": "The title.",
            "type": "object",
            "properties": {"length": {"$ref": "#/$defs/count", "description": "Characters."}},
        },
        "links": {
            "description": "Links.",
            "type": "array",
            "items": {"type": "object", "properties": {"href": {"description": "As written.", "type": "string"}}},
        },
        "target": {
            "description": "Where it leads.",
            "anyOf": [{"type": "null"}, {"type": "object", "properties": {"url": {"type": "string"}}}],
        },
        "headers": {"type": "object", "additionalProperties": {"description": "A value.", "type": "string"}},
        "kind": {"enum": ["page", None]},
    },
    "$defs": {"count": {"type": ["integer", "null"], "description": "A number of things."}},
}


def policy(**changed: Any) -> dict[str, Any]:
    whole = {"title": "It holds", "x-severity": "error", "x-owner": "marketing", "x-set": ["strict"]}
    return {**whole, **changed}


def facts() -> dict[str, tuple[str, str]]:
    return {path: (meaning, types) for path, meaning, types in policy_table.facts(SHAPE)}


def test_a_fact_in_a_group_has_its_whole_path() -> None:
    assert facts()["title.length"] == ("Characters.", "whole number or none")


def test_a_fact_of_a_lists_member_has_brackets_in_its_path() -> None:
    assert facts()["links[].href"] == ("As written.", "text")


def test_a_fact_that_may_be_a_group_is_gone_into() -> None:
    assert facts()["target"][1] == "none or group"
    assert "target.url" in facts()


def test_a_map_has_a_star_for_its_names() -> None:
    assert facts()["headers.*"] == ("A value.", "text")


def test_a_closed_list_of_values_is_told() -> None:
    assert facts()["kind"][1] == "`page`, none"


def test_policies_stand_in_a_table_of_their_family() -> None:
    written = policy_table.policy_tables({"seo/b": policy(), "ai/a": policy(), "seo/a": policy()})
    assert written.index("`ai/`") < written.index("ai/a.json") < written.index("`seo/`")
    assert written.index("seo/a.json") < written.index("seo/b.json")


def test_markup_in_a_title_is_shown_and_ends_no_cell() -> None:
    written = policy_table.policy_tables({"seo/a": policy(title="A | begins with <b> or `<b>`")})
    assert "A \\| begins with \\<b> or `<b>`" in written


def test_the_numbers_of_a_policy_are_told_with_their_facts() -> None:
    members = {"items": {"properties": {"bytes": {"maximum": 2048}}}}
    schema = {"properties": {"images": {"properties": {"items": members}}}}
    assert list(policy_table.limits(schema)) == ["`images.items[].bytes` at most 2,048"]


def test_numbers_under_a_condition_are_told_too() -> None:
    part = {"if": {"minimum": 1}, "then": {"properties": {"length": {"minimum": 15, "maximum": 65}}}}
    assert list(policy_table.limits({"properties": {"title": part}})) == ["`title.length` 15 to 65"]


def test_numbers_of_named_rules_are_told_with_their_names() -> None:
    schema = {"$ref": "#/$defs/any", "$defs": {"any": {"properties": {"count": {"maximum": 9}}}}}
    assert list(policy_table.limits(schema)) == ["any: `count` at most 9"]


def test_writing_twice_changes_nothing() -> None:
    empty = "# A\n<!-- policies -->\n<!-- /policies -->\nand\n<!-- facts -->\n<!-- /facts -->\nend\n"
    once = policy_table.readme(empty, {"seo/a": policy()}, {"page": SHAPE})
    assert policy_table.readme(once, {"seo/a": policy()}, {"page": SHAPE}) == once
    assert once.startswith("# A\n")
    assert once.endswith("<!-- /facts -->\nend\n")


def test_a_readme_without_the_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="no block between <!-- policies -->"):
        policy_table.readme("# A\n", {}, {})
