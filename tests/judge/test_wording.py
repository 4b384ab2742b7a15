"""What is said of a failure; and that text of a page is never more than text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.judge.finding import Finding
from checks.judge.templates import filled, plain

Judged = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("schema", "facts", "said"),
    [
        (
            {"title": {"properties": {"length": {"maximum": 60}}}},
            {"title": {"length": 80}},
            "title.length is 80; at most 60 is allowed",
        ),
        (
            {"title": {"properties": {"length": {"minimum": 10}}}},
            {"title": {"length": 4}},
            "title.length is 4; at least 10 is needed",
        ),
        (
            {"http": {"properties": {"body_bytes": {"maximum": 2_000_000}}}},
            {"http": {"body_bytes": 2_100_345}},
            "http.body_bytes is 2,100,345; at most 2,000,000 is allowed",
        ),
        ({"title": {"required": ["text"]}}, {"title": {}}, "title.text is missing"),
        (
            {"title": {"properties": {"text": {"type": "string"}}}},
            {"title": {"text": None}},
            "title.text is none; its type must be string",
        ),
        (
            {"title": {"properties": {"text": {"minLength": 1}}}},
            {"title": {"text": ""}},
            "title.text is shorter than 1 characters: empty",
        ),
        (
            {"robots": {"properties": {"noindex": {"const": False}}}},
            {"robots": {"noindex": True}},
            "robots.noindex is yes; it must be no",
        ),
        (
            {"html": {"properties": {"share": {"minimum": 0.6}}}},
            {"html": {"share": 0.1 + 0.2}},
            "html.share is 0.3; at least 0.6 is needed",
        ),
        ({"cookies": {"maxItems": 0}}, {"cookies": [{"name": "id"}]}, "cookies holds id; it must be empty"),
        (
            {"cookies": {"items": {"properties": {"secure": {"const": True}}}}},
            {"cookies": [{"name": "id", "secure": False}]},
            "cookies.secure of id is no; it must be yes",
        ),
        (
            {"headings": {"properties": {"h1": {"minItems": 1}}}},
            {"headings": {"h1": []}},
            "headings.h1 has too few members; at least 1 are needed",
        ),
    ],
)
def test_a_policy_without_a_message_is_told_plainly(
    judged: Judged, schema: dict[str, Any], facts: dict[str, Any], said: str
) -> None:
    assert [each.message for each in judged({"properties": schema}, facts)] == [said]


def test_a_message_is_filled_from_the_member_before_the_document(judged: Judged) -> None:
    schema = {"properties": {"console": {"properties": {"errors": {"maxItems": 0}}}}}
    facts = {
        "console": {"errors": [{"text": "boom", "url": "/x.js"}]},
        "url": "https://example.com/",
        "title": {"length": 3},
    }
    (found,) = judged(schema, facts, message="{text} in {url}, titled with {title.length}: {what}, {limit}")
    assert found.message == "boom in /x.js, titled with 3: boom, 0"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "none"),
        (True, "yes"),
        (1234567, "1234567"),
        (2.50, "2.5"),
        (3.0, "3"),
        ("", "empty"),
        ([], "none"),
        (["a", 1], "a, 1"),
        (list(range(8)), "0, 1, 2, 3, 4 and 3 more"),
        ({"a": 1}, '{"a": 1}'),
        ([{"a": 1}], '{"a": 1}'),
    ],
)
def test_values_are_written_as_people_write_them(value: Any, said: str) -> None:
    assert plain(value) == said


def test_members_of_a_list_are_told_by_what_they_are_known_by() -> None:
    files = [{"bytes": 9, "lazy": True, "url": "/a.js"}, {"url": "/b.js"}, {"bytes": 3}]
    assert plain(files, "url") == '/a.js (bytes 9, lazy yes), /b.js, {"bytes": 3}'


@given(st.text())
def test_what_is_filled_in_is_never_a_template_itself(text: str) -> None:
    said = filled("<{text}>", {"text": "{secret}" + text[:100], "secret": "leaked"})
    assert said == "<{secret}" + text[:100] + ">"


@pytest.mark.parametrize("template", ["{text.__class__}", "{__class__}", "{text.0}", "{text!r}", "{text:>9999999}"])
def test_no_attribute_index_or_format_is_reached(template: str) -> None:
    assert filled(template, {"text": "a"}) == "none"


@given(st.text(alphabet="{}ab.!:[]0", max_size=30))
def test_any_template_is_filled_without_an_error(template: str) -> None:
    assert isinstance(filled(template, {"a": {"b": 1}}), str)
