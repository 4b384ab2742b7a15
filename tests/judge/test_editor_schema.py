"""The schema for editors knows the facts, and takes every policy that is shipped."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checks import shapes
from checks.judge import policies
from checks.judge.editor_schema import editor_schema
from checks.judge.shape import Fact

RULE = {
    "title": "x",
    "description": "x",
    "x-reads": "page",
    "x-severity": "info",
    "x-owner": "it",
    "x-fix": "x",
    "examples": [{}],
    "x-counterexamples": [{}],
}


def schema(kind: str) -> dict[str, Any]:
    shape = shapes.load(kind)
    return editor_schema(shapes.load("policy"), kind, Fact.of(shape, shape))


@pytest.mark.parametrize("kind", ["page", "site"])
def test_every_shipped_policy_of_a_kind_is_valid_by_its_schema(kind: str) -> None:
    validator = Draft202012Validator(schema(kind))
    documents = {name: one for name, one in policies.shipped_documents().items() if one["x-reads"] == kind}
    assert len(documents) > 10
    assert {name: [error.message for error in validator.iter_errors(one)] for name, one in documents.items()} == {
        name: [] for name in documents
    }


@pytest.mark.parametrize(
    "rule",
    [
        {"properties": {"titel": {}}},
        {"properties": {"title": {"properties": {"lenght": {"maximum": 3}}}}},
        {"properties": {"images": {"properties": {"items": {"items": {"properties": {"scr": {}}}}}}}},
        {"x-applies-to": {"properties": {"pth": {"pattern": "x"}}}},
    ],
)
def test_a_fact_that_does_not_exist_is_underlined_in_the_editor(rule: dict[str, Any]) -> None:
    assert not Draft202012Validator(schema("page")).is_valid({**RULE, **rule})


def test_facts_are_explained_with_meaning_and_type() -> None:
    length = schema("page")["properties"]["properties"]["properties"]["title"]["properties"]["properties"]
    assert length["properties"]["length"]["description"] == "Unicode code points of the text. (integer)"


def test_it_is_one_document_that_an_editor_can_load() -> None:
    assert len(json.dumps(schema("page"))) < 1_000_000
