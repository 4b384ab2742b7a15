"""JSON as bytes: the same document gives the same bytes, and comes back as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import json_bytes

texts = st.text(st.characters(exclude_categories=["Cs"]))
numbers = st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False)
values: Any = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(texts, values, max_size=4))
def test_a_document_comes_back_as_it_was(document: dict[str, Any]) -> None:
    assert json_bytes.decode(json_bytes.encode(document)) == document


@given(st.dictionaries(texts, values, max_size=4))
def test_other_tools_read_the_same(document: dict[str, Any]) -> None:
    assert json.loads(json_bytes.encode(document)) == document


def test_the_order_of_keys_does_not_matter() -> None:
    assert json_bytes.encode({"b": 1, "a": {"d": 2, "c": 3}}) == json_bytes.encode({"a": {"c": 3, "d": 2}, "b": 1})


def test_a_document_is_one_line() -> None:
    assert json_bytes.encode({"text": "one\ntwo\u2028\r"}).splitlines() == ['{"text":"one\\ntwo\u2028\\r"}'.encode()]


def test_a_number_of_any_size_is_written_in_full() -> None:
    assert json_bytes.encode({"b": 10**30, "a": -1}) == b'{"a":-1,"b":1000000000000000000000000000000}'


def test_a_lone_surrogate_becomes_a_replacement_character() -> None:
    assert json_bytes.decode(json_bytes.encode({"\ud800": "a \udfff b \U0001f35e"})) == {
        "\ufffd": "a \ufffd b \U0001f35e"
    }


def test_the_escape_of_a_lone_surrogate_is_json() -> None:
    assert json_bytes.decode(rb'{"a": "\ud800"}') == {"a": "\ud800"}


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"NaN",
        b"[Infinity]",
        b"{} {}",
        b'"\xff"',
        b"[" * 100_000,
        rb'["\ud800", NaN]',
        rb'["\ud800"' + b"[" * 100_000,
    ],
)
def test_what_is_not_json_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"JSON|nested|expecting|Expecting|utf|end of|character|column|recursion"):
        json_bytes.decode(line)
