"""Faults of the markup: each kind with what is one, and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.markup_errors import markup_errors

FAULTY = {
    "<p class=a class=b>x</p>": "attribute given twice class",
    "<div><b>x</div>": "element left open b",
    "<div>x": "element left open div",
    "x</div>": "end tag without a beginning div",
    "x</br>": "end tag without a beginning br",
    "<div/>": "element left open div",
}
SOUND = (
    "<ul><li>rye<li>spelt</ul><table><tr><td>x<td>y</table><p>one<p>two",
    '<svg><path d="M0=0 a=1"/><g><circle r=1 /></g></svg>',
    "<!-- <div> --><script>'</p><b>'</script><style>a > b {}</style><textarea><b></textarea>",
    '<a title="a=1 a=2" href="?a=1&a=2">x</a><img src=x alt=""><br/>',
    "<!doctype html><html><head><title></b></title><body><section>x</section></body></html>",
    "",
)


def kinds(source: str) -> list[str]:
    found: list[dict[str, Any]] = markup_errors(source)["kinds"]
    return [one["key"] for one in found]


@pytest.mark.parametrize(("source", "kind"), FAULTY.items())
def test_a_fault_is_told_by_its_kind(source: str, kind: str) -> None:
    assert kinds(source) == [kind]


@pytest.mark.parametrize("source", SOUND)
def test_what_the_standard_allows_is_no_fault(source: str) -> None:
    assert kinds(source) == []


def test_faults_are_counted_and_the_most_frequent_come_first() -> None:
    found = markup_errors("<i></br></br></br></hr></hr>")
    assert (found["count"], [one["times"] for one in found["kinds"]]) == (6, [3, 2, 1])
    assert found["most"].startswith("end tag without a beginning: br (3), ")


@given(
    st.lists(st.sampled_from(["<b>", "</b>", "<p>", "</div>", "<svg>", "<g/>", "<a b b=", '"', ">", "<"])).map("".join)
)
def test_whatever_stands_there_it_is_read_to_its_end(source: str) -> None:
    found = markup_errors(source)
    assert found["count"] == sum(one["times"] for one in found["kinds"])
