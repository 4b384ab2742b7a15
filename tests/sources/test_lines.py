"""The line of a source file that a finding is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checks.sources.lines import line_of

Build = Callable[..., dict[str, Any]]
SOURCE = """\
---
title: "About us & our bread"
---
See [our hours](/opening-times), [more](/opening-times/summer).

![Rye](rye.jpg) ![Rye again](rye.jpg) [<Käse>](/k%C3%A4se/)
"""


def test_a_title_is_found_by_its_text(finding: Build, page: Build) -> None:
    assert line_of(finding(), page(title="About us & our bread"), SOURCE) == 2


def test_a_link_is_found_by_its_address_as_written_and_not_within_a_longer_one(finding: Build, page: Build) -> None:
    one = finding(what="/opening-times", value=404, pointer="/links/items/0/status")
    assert line_of(one, page(links={"items": [{"href": "/opening-times", "text": "our hours"}]}), SOURCE) == 4


def test_what_is_there_twice_has_no_line(finding: Build, page: Build) -> None:
    assert line_of(finding(what="rye.jpg", pointer="/images/items/0/alt"), page(), SOURCE) is None


def test_what_is_not_there_has_no_line(finding: Build, page: Build) -> None:
    assert line_of(finding(), page(title="Contact"), SOURCE) is None


def test_the_name_of_a_fact_is_not_looked_for(finding: Build, page: Build) -> None:
    one = finding(what="title", value=None, pointer="/title")
    assert line_of(one, page(title="Contact"), SOURCE) is None


def test_the_name_of_a_fact_is_not_looked_for_where_a_policy_failed_as_a_whole(finding: Build, page: Build) -> None:
    assert line_of(finding(what="title.text", pointer="", value=None), page(title="Rye"), "title.text\n\nRye\n") == 3


def test_a_value_that_was_cut_is_not_looked_for(finding: Build) -> None:
    assert line_of(finding(what="title", value="About…", pointer="/title/text"), {}, "About…") is None


@pytest.mark.parametrize("what", ["/käse/", "<Käse>", "/k%C3%A4se/"])
def test_text_is_found_decoded_too(what: str, finding: Build) -> None:
    source = "a\nb /k%C3%A4se/" if "%" in what else "a\nb /käse/" if "/" in what else "a\nb &lt;Käse&gt;"
    assert line_of(finding(what=what, value=None, pointer=""), {}, source) == 2


@pytest.mark.parametrize("what", ["/", "#", "a", "  "])
def test_a_text_that_stands_anywhere_is_not_looked_for(what: str, finding: Build) -> None:
    assert line_of(finding(what=what, value=None, pointer=""), {}, f"x\n{what}\n") is None


def test_a_pointer_that_leads_nowhere_finds_nothing(finding: Build, page: Build) -> None:
    one = finding(what="links.items", value=None, pointer="/links/items/7/a~1b/0")
    assert line_of(one, page(), SOURCE) is None


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a\n[see](http://localhost:4321/rye/)", 2),
        ("a\n<script src='//localhost:4321'>", 2),
        ("http://localhost:43210/ //localhost:4321.example/", None),
        ("localhost:4321", None),
    ],
)
def test_a_host_is_found_in_an_address(source: str, line: int | None, finding: Build, page: Build) -> None:
    one = finding(what="link:localhost:4321", value=None, pointer="/leaks/hosts/0")
    assert (
        line_of(one, page(leaks={"hosts": [{"key": "link:localhost:4321", "host": "localhost:4321"}]}), source) == line
    )
