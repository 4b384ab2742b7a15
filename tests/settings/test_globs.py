"""Patterns of paths: what they match, what their wildcards stand for, and that they end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.settings.globs import captures, filled, matches, wildcards


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/about", "/about", True),
        ("/about", "/about/", False),
        ("/about", "/about?x=1", True),
        ("/blog/*", "/blog/bread", True),
        ("/blog/*", "/blog/", True),
        ("/blog/*", "/blog/2026/bread", False),
        ("/blog/**", "/blog/2026/bread", True),
        ("/blog/**", "/blog/", True),
        ("/blog/**", "/blog", False),
        ("**/print", "/a/b/print", True),
        ("**/print", "/blueprint", False),
        ("/*/print*", "/a/print.html", True),
        ("/**/a*b/**", "/x/y/a-b/z", True),
        ("/über uns/", "/%C3%BCber%20uns/", True),
        ("/%C3%BCber%20uns/", "/%c3%bcber%20uns/", True),
        ("/a.b", "/axb", False),
        ("/a[b]?", "/a[b]", False),
        ("**", "/anything/at/all", True),
        ("/", "/", True),
    ],
)
def test_a_pattern_matches_whole_paths(pattern: str, path: str, expected: bool) -> None:
    assert matches(pattern, path) is expected


@given(st.text(alphabet="ab/*", max_size=8), st.text(alphabet="ab/", max_size=8))
def test_a_pattern_means_what_its_definition_says(pattern: str, path: str) -> None:
    def holds(wanted: str, text: str) -> bool:
        if not wanted:
            return not text
        stars = len(wanted) - len(wanted.lstrip("*"))
        if not stars:
            return bool(text) and wanted[0] == text[0] and holds(wanted[1:], text[1:])
        rest = wanted[stars:]
        return any(holds(rest, text[cut:]) for cut in range(len(text) + 1) if stars > 1 or "/" not in text[:cut])

    assert matches(pattern, path) is holds(pattern, path)


def test_a_pattern_full_of_stars_ends_on_a_long_path() -> None:
    assert matches("/" + "*a" * 200 + "b", "/" + "a" * 5000) is False


@given(st.text(alphabet="ab/*", max_size=8), st.text(alphabet="ab/", max_size=8))
def test_a_pattern_filled_with_its_captures_is_the_path(pattern: str, path: str) -> None:
    found = captures(pattern, path)
    assert (found is not None) is matches(pattern, path)
    if found is not None:
        pieces = iter(found)
        spelt = re.sub(r"\*+", lambda _star: next(pieces), pattern)
        assert (spelt, len(found)) == (path, wildcards(pattern))


@given(st.text(alphabet="ab/*", max_size=8), st.lists(st.text(alphabet="ab/", max_size=3), min_size=8, max_size=8))
def test_a_filled_pattern_has_no_wildcards(pattern: str, values: list[str]) -> None:
    assert "*" not in filled(pattern, tuple(values))


def test_what_a_pattern_full_of_stars_stands_for_is_known_at_once() -> None:
    assert captures("/" + "*a" * 50, "/" + "a" * 500) is not None
