"""Which changes of policies and of their sets let more pass, and how each is told."""

from __future__ import annotations

import pytest

from checks.trust.weakening import compare
from tests.trust.project import Document
from tests.trust.sides import Side, kinds, told

POLICIES: dict[str, tuple[Document, Document, list[str]]] = {
    "other words": (
        {},
        {"title": "A", "description": "B", "x-fix": "C", "x-message": "D", "x-reference": ["https://example.com/"]},
        [],
    ),
    "other examples": ({}, {"examples": [{"title": {"text": "x" * 30, "length": 30}}]}, []),
    "a higher severity": ({"x-severity": "warning"}, {}, []),
    "a lower severity": ({}, {"x-severity": "warning"}, ["severity-lowered"]),
    "a proposal": ({}, {"x-status": "proposed"}, ["severity-lowered"]),
    "no proposal any more": ({"x-status": "proposed"}, {}, []),
    "waiting longer": (
        {"x-severity": "warning", "x-escalate-after": 30},
        {"x-severity": "warning", "x-escalate-after": 60},
        ["severity-lowered"],
    ),
    "waiting for ever": (
        {"x-severity": "warning", "x-escalate-after": 30},
        {"x-severity": "warning"},
        ["severity-lowered"],
    ),
    "waiting less": ({"x-severity": "warning"}, {"x-severity": "warning", "x-escalate-after": 30}, []),
    "another owner": ({}, {"x-owner": "security"}, ["owner-changed"]),
    "one more signature": ({}, {"x-override": ["marketing", "security"]}, []),
    "another signature": ({}, {"x-override": ["security"]}, ["override-loosened"]),
    "one signature less": (
        {"x-override": ["marketing", "security"]},
        {"x-override": ["marketing"]},
        ["override-loosened"],
    ),
    "never any more": ({"x-override": "never"}, {}, ["override-loosened"]),
    "never from now on": ({}, {"x-override": "never"}, []),
    "any of them instead of each": (
        {"x-override": ["marketing", "security"]},
        {"x-override": {"any-of": ["marketing", "security"]}},
        ["override-loosened"],
    ),
    "each of them instead of any": (
        {"x-override": {"any-of": ["marketing", "security"]}},
        {"x-override": ["marketing", "security"]},
        [],
    ),
    "one of them no longer": ({"x-override": {"any-of": ["marketing", "security"]}}, {"x-override": ["security"]}, []),
    "one more of whom any is enough": (
        {"x-override": ["marketing"]},
        {"x-override": {"any-of": ["marketing", "security"]}},
        ["override-loosened"],
    ),
    "a launch blocker": ({}, {"x-set": ["launch-blocker"]}, []),
    "no launch blocker any more": ({"x-set": ["launch-blocker"]}, {}, ["scope-narrowed"]),
    "a narrower scope": ({}, {"x-applies-to": {"properties": {"title": {"required": ["text"]}}}}, ["scope-narrowed"]),
    "a wider scope": ({"x-applies-to": {"properties": {"title": {"required": ["text"]}}}}, {}, []),
    "another fact that tells findings apart": ({}, {"x-what": "/title/text"}, ["rule-loosened"]),
    "a tighter limit": ({}, {"properties": {"title": {"properties": {"length": {"minimum": 12, "maximum": 60}}}}}, []),
    "a looser limit": (
        {},
        {"properties": {"title": {"properties": {"length": {"minimum": 10, "maximum": 80}}}}},
        ["rule-loosened"],
    ),
    "looser and dearer at once": (
        {"x-severity": "warning"},
        {"properties": {"title": {"properties": {"length": {"minimum": 5, "maximum": 60}}}}},
        ["rule-loosened"],
    ),
}


@pytest.mark.parametrize(("before", "after", "found"), POLICIES.values(), ids=POLICIES)
def test_a_policy_is_weaker_where_it_lets_more_pass(
    side: Side, title_length: Document, before: Document, after: Document, found: list[str]
) -> None:
    base, head = (side(own={"seo/it": {**title_length, **keys}}) for keys in (before, after))
    assert kinds(base, head) == found


def test_a_policy_that_the_change_adds_is_no_weakening(side: Side, title_length: Document) -> None:
    assert kinds(side(), side(own={"seo/it": {**title_length, "x-status": "proposed"}})) == []


def test_a_policy_that_is_renamed_is_a_dropped_one(side: Side, title_length: Document) -> None:
    one = told(side(own={"seo/it": title_length}), side(own={"seo/other": title_length}))
    assert (one.kind, one.what, one.owner) == ("policy-dropped", "seo/it", "marketing")


def test_a_weakening_says_what_it_was_and_what_it_would_be(side: Side, title_length: Document) -> None:
    looser = {**title_length, "properties": {"title": {"properties": {"length": {"minimum": 10, "maximum": 80}}}}}
    one = told(side(own={"seo/it": title_length}), side(own={"seo/it": looser}))
    assert one.to_document() == {
        "kind": "rule-loosened",
        "file": "gonogo/policies/seo/it.json",
        "what": "seo/it",
        "before": "title.length.maximum: 60",
        "after": "title.length.maximum: 80",
        "owner": "marketing",
        "said": "seo/it: the rule may let more pass: title.length.maximum from 60 to 80.",
    }


def test_a_patch_that_weakens_a_shipped_policy_is_told_once_with_the_file_of_the_config(side: Side) -> None:
    patch = "policies: {use: [strict], change: {seo/title-length: {x-severity: info, x-owner: security}}}"
    found = compare(side("policies: {use: [strict]}"), side(patch))
    assert [(one.kind, one.file, one.owner) for one in found] == [
        ("severity-lowered", "gonogo.yaml", "marketing"),
        ("owner-changed", "gonogo.yaml", "marketing"),
    ]


def test_policies_that_go_with_their_set_are_told_as_one(side: Side) -> None:
    one = told(side("policies: {use: [strict]}"), side("policies: {use: []}"))
    assert (one.kind, one.before, one.after) == ("set-removed", '["strict"]', "[]")
    assert "leak/secrets" in one.said
