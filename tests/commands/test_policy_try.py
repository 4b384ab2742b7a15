"""What `gonogo policy try` says of a run, without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checks import cli, errors
from checks.run_folder import DOCUMENTS, FINDINGS, PAGES, POLICIES, RUN, SITE, RunFolder

RULE = """
title: Blog posts have a title of 30 characters
description: Short ones say nothing.
x-reads: page
x-severity: error
x-owner: marketing
x-fix: Write more.
x-applies-to: {properties: {path: {pattern: "^/blog/"}}}
properties: {title: {properties: {length: {minimum: 30}}}}
examples: [{path: /blog/a/, title: {length: 30}}]
x-counterexamples: [{path: /blog/a/, title: {length: 9}}]
"""


def page(path: str, length: int, measured: tuple[str, ...] = ("title",)) -> dict[str, Any]:
    return {"kind": "page", "path": path, "measured": list(measured), "title": {"length": length}}


@pytest.fixture
def tried(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return a function: what trying `rule` on a run with these pages prints, and its exit code."""

    def told(rule: str, pages: list[dict[str, Any]], *flags: str, before: tuple[str, ...] = ()) -> tuple[int, str]:
        folder = RunFolder(tmp_path / "run")
        folder.path.mkdir()
        folder.write(RUN, {})
        folder.write(SITE, {"kind": "site", "path": "/", "measured": []})
        folder.write_lines(PAGES, pages)
        folder.write_lines(FINDINGS, ({"policy": name} for name in before))
        folder.write(POLICIES, {name: {} for name in before})
        file = tmp_path / "policies" / "blog" / "title.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(rule)
        code = cli.main(["policy", "try", str(file), "--run", str(folder.path), *flags])
        out = capsys.readouterr()
        return code, out.out + out.err

    return told


def test_it_counts_what_would_fail_pass_and_cannot_be_told(tried: Any) -> None:
    pages = [page("/", 3), page("/blog/a/", 40), page("/blog/b/", 8), page("/blog/c/", 8, ())]
    code, said = tried(RULE, pages)
    assert code == errors.EXIT_GO
    assert "would fail 1, would pass 1, cannot tell 1, not about it 1" in said
    assert "would fail: /blog/b/ (title.length is 8; at least 30 is needed)" in said
    assert "cannot tell: /blog/c/ (not measured: title)" in said
    assert "It would add 1 finding (error, marketing); these block the launch." in said


def test_its_id_is_its_path_below_the_folder_of_policies(tried: Any) -> None:
    assert tried(RULE, [page("/", 3)])[1].startswith("blog/title: ")


def test_a_policy_about_no_page_of_the_run_would_judge_nothing(tried: Any) -> None:
    assert "It is about no page of this run: it would judge nothing." in tried(RULE, [page("/", 3)])[1]


def test_pages_are_shown_up_to_a_number_and_all_of_them_where_asked_for(tried: Any) -> None:
    pages = [page(f"/blog/{number}/", 3) for number in range(9)]
    said = tried(RULE, pages)[1]
    assert ("would fail: 4 more (--all shows them)" in said, "/blog/8/" in said) == (True, False)


def test_every_page_is_shown_where_asked_for(tried: Any) -> None:
    pages = [page(f"/blog/{number}/", 3) for number in range(9)]
    assert "blog/title would fail: /blog/8/" in tried(RULE, pages, "--all")[1]


def test_a_policy_that_was_in_force_is_compared_with_itself(tried: Any) -> None:
    said = tried(RULE, [page("/blog/b/", 8)], before=("blog/title", "blog/title"))[1]
    assert "It would find 1 finding (error, marketing); as it was in that run, it found 2." in said


def test_a_proposed_policy_blocks_nothing(tried: Any) -> None:
    said = tried(RULE + "x-status: proposed\n", [page("/blog/b/", 8)])[1]
    assert "It would add 1 finding (proposed, marketing); nothing is blocked by it." in said


def test_a_file_that_is_no_policy_is_refused_with_file_line_and_remedy(tried: Any) -> None:
    code, said = tried(RULE.replace("title: {properties: {length: {m", "titel: {properties: {length: {m"), [])
    assert code == errors.EXIT_WRONG_USE
    assert "blog/title.yaml:9" in said
    assert "no fact `titel`; did you mean `title`?" in said


def test_every_kind_of_document_that_policies_read_is_in_the_run_folder() -> None:
    folder = Path(cli.__file__).parent / "shapes"
    kinds = {
        json.loads(file.read_text())["properties"]["kind"]["const"]
        for file in folder.glob("*.schema.json")
        if "measured" in json.loads(file.read_text()).get("properties", {})
    }
    assert set(DOCUMENTS) == kinds
