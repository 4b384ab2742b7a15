"""What a failure becomes: a finding for each member that failed, known by its identity, with value and limit."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from checks import shapes
from checks.judge.evaluate import Judge
from checks.judge.finding import MISSING, Finding
from tests.judge.pages import BROKEN_LINKS, NOINDEX, SECURE, Judged, MakePolicy, link


def test_a_member_of_a_list_is_known_by_its_identity_and_not_by_its_place(judged: Judged) -> None:
    found = judged(BROKEN_LINKS, {"links": {"items": [link("/ok/", 200), link("/gone/", 404), link("/err/", 500)]}})
    assert [(each.what, each.value, each.pointer) for each in found] == [
        ("/gone/", 404, "/links/items/1/status"),
        ("/err/", 500, "/links/items/2/status"),
    ]


def test_identity_does_not_change_when_positions_do(judged: Judged) -> None:
    links = [link("/a/", 404), link("/b/", 500)]
    one = judged(BROKEN_LINKS, {"links": {"items": links}})
    other = judged(BROKEN_LINKS, {"links": {"items": [link("/new/", 200), *reversed(links)]}})
    assert {each.fingerprint for each in one} == {each.fingerprint for each in other}


def test_every_member_of_a_list_that_must_be_empty_is_a_finding(judged: Judged) -> None:
    errors = [{"text": "one", "url": "/x.js"}, {"text": "two", "url": "/x.js"}]
    found = judged(
        {"properties": {"console": {"properties": {"errors": {"maxItems": 0}}}}}, {"console": {"errors": errors}}
    )
    assert [(each.what, each.value, each.limit) for each in found] == [("one", errors[0], 0), ("two", errors[1], 0)]


def test_beyond_a_bound_the_surplus_members_are_the_findings(judged: Judged) -> None:
    found = judged(
        {"properties": {"headings": {"properties": {"h1": {"maxItems": 1}}}}}, {"headings": {"h1": ["A", "B"]}}
    )
    assert [each.what for each in found] == ["B"]


def test_a_member_that_breaks_two_limits_is_one_finding(judged: Judged) -> None:
    schema = {
        "properties": {
            "cookies": {"items": {"properties": {"secure": {"const": True}}, "required": ["secure", "name"]}}
        }
    }
    found = judged({"allOf": [schema, SECURE]}, {"cookies": [{"name": "id", "secure": False}]})
    assert [each.what for each in found] == ["id"]


def test_a_list_found_through_a_reference_in_the_shape_has_its_identity(judged: Judged) -> None:
    assert [each.what for each in judged(SECURE, {"cookies": [{"name": "id", "secure": False}]})] == ["id"]


@pytest.mark.parametrize(
    ("schema", "facts", "what", "value", "limit"),
    [
        (
            {"properties": {"title": {"properties": {"length": {"maximum": 60}}}}},
            {"title": {"length": 80}},
            "title.length",
            80,
            60,
        ),
        ({"properties": {"title": {"required": ["text"]}}}, {"title": {}}, "title.text", MISSING, MISSING),
        (
            {"properties": {"html": {"properties": {"mode": {"enum": ["no-quirks"]}}}}},
            {"html": {"mode": "quirks"}},
            "html.mode",
            "quirks",
            ["no-quirks"],
        ),
        (
            {"properties": {"title": {"properties": {"text": {"pattern": "^[A-Z]"}}}}},
            {"title": {"text": "home"}},
            "title.text",
            "home",
            "^[A-Z]",
        ),
        (
            {"properties": {"http": {"properties": {"headers": {"required": ["x-frame-options"]}}}}},
            {"http": {"headers": {}}},
            "http.headers.x-frame-options",
            MISSING,
            MISSING,
        ),
        ({"not": NOINDEX}, {"robots": {"noindex": False}}, "robots.noindex", False, MISSING),
        (
            {"anyOf": [{"properties": {"expect": {"required": ["noindex"]}}, "required": ["expect"]}, NOINDEX]},
            {"robots": {"noindex": True}},
            "robots.noindex",
            True,
            MISSING,
        ),
        (
            {"properties": {"headings": {"properties": {"h1": {"contains": {"minLength": 1}}}}}},
            {"headings": {"h1": [""]}},
            "headings.h1",
            [""],
            MISSING,
        ),
    ],
)
def test_without_a_list_the_name_of_the_fact_says_what_failed(
    judged: Judged, schema: dict[str, Any], facts: dict[str, Any], what: str, value: Any, limit: Any
) -> None:
    assert [(each.what, each.value, each.limit) for each in judged(schema, facts)] == [(what, value, limit)]


def test_where_a_rule_fails_as_a_whole_its_pointer_says_what(judged: Judged) -> None:
    schema = {"anyOf": [{"properties": {"canonical": {"properties": {"is_self": {"const": True}}}}}]}
    facts = {"canonical": {"url": "https://example.com/b/", "is_self": False}}
    found = judged(schema, facts, what="/canonical/url")
    assert [(each.what, each.value) for each in found] == [("https://example.com/b/", "https://example.com/b/")]


def test_a_pointer_to_nothing_says_its_own_name(judged: Judged) -> None:
    found = judged({"properties": {"canonical": {"type": "object"}}}, {"canonical": None}, what="/canonical/url")
    assert [each.what for each in found] == ["canonical.url"]


def test_a_finding_of_the_site_has_no_page(policy: MakePolicy, shape_of: Any) -> None:
    schema = {"properties": {"files": {"properties": {"private": {"maxItems": 0}}}}}
    judge = Judge([policy(schema, reads="site")], shape_of)
    private = [{"path": ".env", "rule": "environment file"}]
    (found,) = judge.document({"kind": "site", "path": "/", "measured": ["files"], "files": {"private": private}})
    assert (found.page, "page" in found.to_document()) == (None, False)


@pytest.mark.parametrize(
    ("keys", "blocking"),
    [
        ({"severity": "error"}, True),
        ({"severity": "warning"}, False),
        ({"severity": "info"}, False),
        ({"severity": "error", "status": "proposed"}, False),
    ],
)
def test_only_an_error_that_is_in_force_blocks(judged: Judged, keys: dict[str, str], blocking: bool) -> None:
    assert [each.blocking for each in judged(NOINDEX, {"robots": {"noindex": True}}, **keys)] == [blocking]


def test_a_finding_is_of_the_published_shape(judged: Judged) -> None:
    (found,) = judged(BROKEN_LINKS, {"links": {"items": [link("/gone/", 404)]}})
    jsonschema.validate(found.to_document(), shapes.load("finding"))


def test_a_finding_is_read_again_as_it_was_written(judged: Judged) -> None:
    (found,) = judged(NOINDEX, {"robots": {"noindex": True}})
    assert Finding.from_document(found.to_document()) == found


def test_an_endless_name_keeps_its_identity_in_a_digest(judged: Judged) -> None:
    links = [link("/" + "x" * 5000 + end, 404) for end in "ab"]
    found = judged(BROKEN_LINKS, {"links": {"items": links}})
    assert [len(each.what) <= 500 for each in found] == [True, True]


def test_a_long_value_is_cut(judged: Judged) -> None:
    schema = {"properties": {"title": {"properties": {"text": {"maxLength": 60}}}}}
    (found,) = judged(schema, {"title": {"text": "x" * 5000}})
    assert len(found.value) == 200
