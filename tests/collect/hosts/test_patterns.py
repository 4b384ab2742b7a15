"""Patterns as hosts let people write them, on the engine that takes no longer for an evil one."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from checks.collect.hosts.patterns import Dispatch, Machine, PatternError, expressions, globs, routes


def is_never_empty(expression: str) -> bool:
    """Return whether an expression always takes a character, as far as is easily seen."""
    conditions = re.search(r"\\b|\^|\$|\(\?[=!]", expression.replace("[^a]", "[a]"))
    return conditions is None and re.fullmatch(expression, "") is None


TIMES = ["*", "+", "?", "{1,2}", "*?", "+?", "??", "{2}"]
PIECES = st.recursive(
    st.sampled_from(["a", "b", "/", ".", "[ab]", "[^a]", r"\d", r"\w", "7", r"\b", "^", "$"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        inner.map(lambda one: f"(?={one})"),
        inner.map(lambda one: f"(?!{one})"),
        # Where a body may be empty, Python goes on after it and JavaScript goes back: here as in JavaScript.
        st.tuples(inner.filter(is_never_empty), st.sampled_from(TIMES)).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    ),
    max_leaves=8,
)
TEXTS = st.text("ab/7", max_size=8)


def machine(expression: str, *, anywhere: bool = False) -> Machine:
    return Machine(expressions.read(expression)[0], anywhere=anywhere)


def readable(expression: str, *, anywhere: bool = False) -> Machine:
    """Return the machine; what is refused (a condition that is repeated) is no case for a comparison."""
    try:
        return machine(expression, anywhere=anywhere)
    except PatternError:
        reject()


@settings(max_examples=300)
@given(PIECES, TEXTS)
def test_an_expression_matches_what_it_matches_in_python(expression: str, text: str) -> None:
    assert (readable(expression).match(text) is not None) == (re.fullmatch(expression, text) is not None)


@settings(max_examples=300)
@given(PIECES, TEXTS)
def test_an_expression_is_found_where_python_finds_it(expression: str, text: str) -> None:
    found = readable(f"({expression})", anywhere=True).match(text)
    expected = re.search(expression, text)
    assert (found.captures.get(1) if found else None) == (expected[0] if expected else None)


@settings(max_examples=300)
@given(st.lists(PIECES, min_size=1, max_size=3), TEXTS)
def test_groups_capture_what_they_capture_in_python(pieces: list[str], text: str) -> None:
    expression = "".join(f"({piece})" for piece in pieces)
    found, expected = readable(expression).match(text), re.fullmatch(expression, text)
    assert (found and [found.get(number) for number in range(1, len(pieces) + 1)]) == (
        expected and list(expected.groups())
    )


@given(st.text("(){}[]|*+?\\^$.:a-z/<!=,019", max_size=30))
def test_no_expression_raises_anything_else_than_that_it_is_none(expression: str) -> None:
    try:
        made = machine(expression)
    except PatternError:
        return
    made.match("/a/b")


@pytest.mark.parametrize(
    "expression",
    [
        "(a+)+$",
        "(?:a|a)*b",
        "(?:a*)*b",
        "(?:a|aa)+$",
        "(?:.*a){20}",
        "(?:a?){30}a{30}",
        "^(?:(?:a+)+)+c",
        "(?=(?:a+)+b)a",
    ],
)
def test_an_expression_that_would_run_for_ever_ends(expression: str) -> None:
    machine(expression, anywhere=True).match("/" + "a" * 2_000 + "!")


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        (r"(a)\1", "refers back"),
        ("(?<=a)b", "looks behind"),
        ("a{2,1}", r"repeats something \{2,1\} times"),
        ("(a", r"`\(` without a `\)`"),
        ("[a", r"`\[` without a `\]`"),
        ("*a", "repeat"),
        ("(?:a{1000}){1000}", "too large"),
        ("(" * 500 + ")" * 500, "too deeply"),
    ],
)
def test_what_the_engine_does_not_do_is_told(expression: str, told: str) -> None:
    with pytest.raises(PatternError, match=told):
        machine(expression)


def test_a_loop_that_may_be_empty_goes_on_as_in_javascript() -> None:
    found = machine("((?:(?:a)*?)*)", anywhere=True).match("a")
    assert found is not None
    assert found.get(1) == "a"


def test_a_text_longer_than_any_address_matches_nothing() -> None:
    assert machine(".*").match("a" * 10_000) is None


@pytest.mark.parametrize(
    ("source", "path", "names"),
    [
        ("/blog/:slug", "/blog/hats", {"slug": "hats"}),
        ("/blog/:slug", "/blog/a/b", None),
        ("/blog/:path*", "/blog", {"path": ""}),
        ("/blog/:path*", "/blog/a/b", {"path": "a/b"}),
        ("/blog/:path+", "/blog", None),
        ("/post/:id(\\d+)", "/post/12", {"id": "12"}),
        ("/post/:id(\\d+)", "/post/x", None),
        ("/:a-:b", "/x-y", {"a": "x", "b": "y"}),
        ("/(.*)", "/any/thing", {1: "any/thing"}),
        ("/:lang(en|de)?/about", "/about", {"lang": ""}),
        ("/{:file.}?json", "/a.json", {"file": "a"}),
        ("/a\\:b", "/a:b", {}),
    ],
)
def test_a_route_captures_by_name_or_number(source: str, path: str, names: dict[str | int, str] | None) -> None:
    route = routes.read(source)
    found = Machine(route.tree).match(path)
    assert (found and {name: found.get(name) for name in route.names}) == names


@given(st.text("/:*+?(){}ab\\.|^$", max_size=25), st.text("/ab.", max_size=10))
def test_no_route_raises_anything_else_than_that_it_is_none(source: str, path: str) -> None:
    try:
        made = Machine(routes.read(source).tree)
    except PatternError:
        return
    made.match(path)


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("/blog/*", "/blog/a", True),
        ("/blog/*", "/blog/a/b", False),
        ("/blog/**", "/blog/a/b", True),
        ("**/*.png", "/a/b.png", True),
        ("**/*.png", "/b.png", True),
        ("/a?c", "/abc", True),
        ("/@(a|b)/x", "/b/x", True),
        ("/{a,b}/x", "/b/x", True),
        ("/[ab]/x", "/c/x", False),
        ("!/a/**", "/a/b", False),
        ("!/a/**", "/c", True),
        ("/*", "/.env", False),
    ],
)
def test_a_glob_matches_as_in_a_shell(glob: str, path: str, *, matches: bool) -> None:
    assert (Machine(globs.read(glob)).match(path) is not None) == matches


@given(st.text("/*?{},!@+()[]|a.\\", max_size=25), st.text("/a.", max_size=10))
def test_no_glob_raises_anything_else_than_that_it_is_none(glob: str, path: str) -> None:
    try:
        made = Machine(globs.read(glob))
    except PatternError:
        return
    made.match(path)


@given(st.lists(st.text("/ab", max_size=4), max_size=12), TEXTS)
def test_no_rule_that_can_match_is_passed_over_and_order_is_kept(prefixes: list[str], text: str) -> None:
    numbered = list(enumerate(prefixes))
    found = list(Dispatch((prefix, (number, prefix)) for number, prefix in numbered).of(text))
    wanted = [one for one in numbered if text.startswith(one[1])]
    assume(wanted)
    assert [one for one in found if one in wanted] == wanted
    assert found == sorted(found)
