"""JSON, read as strictly as hosts read it, with lines for people."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.collect.hosts.json_lines import JsonError, read

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=15,
)


@given(VALUES, st.sampled_from([None, 0, 2]))
def test_it_reads_what_the_standard_library_writes(value: Any, indent: int | None) -> None:
    assert read(json.dumps(value, indent=indent))[0] == value


@given(st.text('{}[]",:0129.-+eEtrufalsn/* \\\n\t', max_size=30))
def test_it_takes_exactly_what_the_standard_library_takes_without_doubled_keys(text: str) -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(pairs) != len(dict(pairs)):
            raise ValueError
        return dict(pairs)

    try:
        expected, fine = json.loads(text, object_pairs_hook=once), True
    except (ValueError, RecursionError):
        expected, fine = None, False
    try:
        found, read_ = read(text)[0], True
    except JsonError:
        found, read_ = None, False
    assert (found, read_) == (expected, fine)


def test_it_knows_the_lines_of_the_outer_levels() -> None:
    _, lines = read('{\n  "a": [\n    {"x": 1},\n    {\n      "x": 2}\n  ]\n}')
    assert (lines.of(), lines.of("a"), lines.of("a", 0), lines.of("a", 1)) == (1, 2, 3, 4)


def test_what_lies_deeper_has_the_line_of_what_is_around_it() -> None:
    _, lines = read('{\n"a": [\n{\n"b": {\n"c": 1}}]}')
    assert lines.of("a", 0, "b", "c") == 4


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('{\n  // a comment\n  "a": 1\n}', 2, "there is a comment, and JSON has none"),
        ('{"a": 1, /* no */ "b": 2}', 1, "there is a comment, and JSON has none"),
        ('{\n  "a": 1,\n}', 3, "there is a comma before `}`"),
        ("[1,\n2,\n]", 3, "there is a comma before `]`"),
        ('{\n  "a": 1\n  "b": 2\n}', 3, "there is no `,` or `}` here"),
        ('{"a": 1}\n\nmore', 3, "there is something after the end"),
        ('{"a": 1,\n "a": 2}', 2, "the key `a` stands there twice"),
        ('{"a": NaN}', 1, "NaN is no number in JSON"),
        ('{"a":\n"\\ud83d\\ude00 \\ud800"}', 2, "there is half a character (a lone surrogate)"),
        ("", 1, "expecting value"),
        ("{a: 1}", 1, "a key must stand in double quotes"),
        ("[" * 100_000, 1, "it is nested too deeply"),
        ('{"a":' * 100_000, 1, "it is nested too deeply"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, told: str) -> None:
    with pytest.raises(JsonError, match="^" + re.escape(told)) as caught:
        read(text)
    assert caught.value.line == line
