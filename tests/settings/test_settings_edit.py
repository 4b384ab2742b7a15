"""One value of gonogo.yaml is changed, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.errors import UserError
from checks.init.draft import draft
from checks.settings import edit, yaml_text

CHANGE = ("policies", "change", "seo/title-length")
PATCH = {"x-severity": "error"}
FILE = """\
# The shop.
site: https://www.example.com  # since 2019

policies:
    use: [recommended]   # not strict yet
    folders:
      - gonogo/policies
    change:
        # Decided in May.
        seo/title-unique: {x-severity: error}
        seo/h1-single: null
owners: {marketing: {}, "it": {}}
"""


def read(text: str) -> object:
    return yaml_text.parse(text.encode(), "gonogo.yaml")[0]


def test_what_is_not_changed_stays_as_it_was_written_line_by_line() -> None:
    after = edit.edited(FILE, CHANGE, PATCH, "gonogo.yaml").splitlines()
    added = "        seo/title-length: {x-severity: error}"
    lines = [line.replace("]   #", "]  #") for line in FILE.splitlines()]
    assert [line.replace("]   #", "]  #") for line in after if line != added] == lines
    assert added in after


def test_a_section_that_is_missing_is_added() -> None:
    assert edit.edited("site: https://a.example\n", CHANGE, PATCH, "x") == (
        "site: https://a.example\npolicies:\n  change:\n    seo/title-length: {x-severity: error}\n"
    )


def test_an_empty_file_becomes_one_with_the_change() -> None:
    text = edit.edited("# Nothing yet.\n", CHANGE, None, "x")
    assert read(text) == {"policies": {"change": {"seo/title-length": None}}}


def test_a_dropped_policy_is_written_as_null() -> None:
    assert "seo/title-length: null\n" in edit.edited(FILE, CHANGE, None, "x")


def test_what_is_taken_out_again_leaves_the_file_as_it_was() -> None:
    once = edit.edited(FILE, CHANGE, PATCH, "x")
    assert edit.edited(once, CHANGE, edit.GONE, "x") == edit.edited(FILE, CHANGE, edit.GONE, "x")


def test_the_ends_of_lines_stay() -> None:
    after = edit.edited(FILE.replace("\n", "\r\n"), CHANGE, PATCH, "x")
    assert after.count("\r\n") == after.count("\n") == FILE.count("\n") + 1


def test_the_file_that_init_writes_keeps_all_its_comments(tmp_path: Path) -> None:
    before = draft(tmp_path)
    after = edit.edited(before, CHANGE, PATCH, "x")
    assert [line for line in before.splitlines() if line.strip().startswith("#")] == [
        line for line in after.splitlines() if line.strip().startswith("#")
    ]


@pytest.mark.parametrize("text", ["- a list\n", "policies: 3\n", "policies: {change: [x]}\n"])
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        edit.edited(text, CHANGE, PATCH, "gonogo.yaml")


@given(st.text(alphabet="ab:{}[]#-, \n'\"|>&*!%@", max_size=60))
def test_whatever_the_file_holds_it_is_changed_rightly_or_refused(text: str) -> None:
    try:
        after = edit.edited(text, CHANGE, PATCH, "gonogo.yaml")
    except UserError:
        return
    changed = read(after)
    assert isinstance(changed, dict)
    assert changed["policies"]["change"]["seo/title-length"] == PATCH
