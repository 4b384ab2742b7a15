"""Files that people write, read so that nothing in them is lost in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.judge.source import line_of, parse

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.json", "{", "not JSON: Expecting property name enclosed in double quotes in column 2"),
        ("a.json", '{"a": {"b": 1,\n "b": 2}}', "the key `b` stands twice"),
        ("a.json", '{"a": NaN}', "not a number that JSON knows"),
        ("a.json", '{"a": 1e999}', "not a number that JSON knows"),
        ("a.json", '{"a": "\\ud800"}', "a text holds half a surrogate pair"),
        ("a.json", "[" * 100_000, "it is nested too deeply"),
        ("a.json", "[" * 62 + "]" * 62, "it is nested too deeply"),
        ("a.yaml", "a: [", "not YAML: expected the node content, but found '<stream end>'"),
        ("a.yaml", "a: 1\na: 2", 'not YAML: found duplicate key "a" with value "2" (original value: "1")'),
        ("a.yaml", "a: &x [1]\nb: *x", "aliases (`*name`) are not read"),
        ("a.yaml", "a: 2026-11-01", "a date is no JSON value"),
        ("a.yaml", "1: a", "the key 1 is no text"),
        ("a.yaml", "a: !!python/object:os.system {}", "not YAML"),
    ],
)
def test_what_is_lost_elsewhere_is_refused_here(name: str, text: str, told: str) -> None:
    assert [each.what[: len(told)] for each in parse(name, text).problems] == [told]


def test_the_second_of_two_equal_keys_is_told_by_its_line() -> None:
    assert [each.line for each in parse("a.json", '{"a": {"b": 1,\n "b": 2}}').problems] == [2]


def test_no_is_a_text_in_yaml() -> None:
    assert parse("a.yaml", "country: no").document == {"country": "no"}


@given(JSON)
def test_json_is_read_as_it_was_written(document: Any) -> None:
    assert parse("a.json", json.dumps(document)).document == document


@given(
    st.text(max_size=80) | st.text("&*!|>?{}[]:,-#'\"\\ \n\tab01.~%@`=<", max_size=40),
    st.sampled_from(["a.json", "a.yaml"]),
)
def test_whatever_the_text_there_is_json_or_a_problem(text: str, name: str) -> None:
    source = parse(name, text)
    assert source.problems or json.loads(json.dumps(source.document, allow_nan=False)) == source.document


@pytest.mark.parametrize(
    ("pointer", "line"),
    [("", None), ("/a", 2), ("/b/1", 3), ("/b/1/c~1d", 4), ("/b/9", 3)],
)
def test_a_place_is_found_by_line(pointer: str, line: int | None) -> None:
    assert line_of('{\n "a": 1,\n "b": [2, {\n  "c/d": 3}]}', pointer) == line
