"""`gonogo policy test`: examples, and on a run the rules that apply to nothing or can never fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import cli, errors
from checks.judge import policies
from checks.run_folder import PAGES, RUN, SITE, RunFolder

HEAD = "url or pattern,what must hold,value,owner,why\n"
OWN = """
title: Titles are long
description: x
x-reads: page
x-severity: info
x-owner: marketing
x-fix: x
x-applies-to: {properties: {path: {pattern: "^/blog/"}}}
properties: {title: {properties: {length: {minimum: 30}}}}
examples: [{path: /blog/a/, title: {length: 30}}]
x-counterexamples: [{path: /blog/a/, title: {length: 9}}]
"""
# It fails where the page says that it is noindex, too: no page that is indexable can ever fail it.
HARMLESS = OWN.replace(
    "properties: {title:", "if: {properties: {indexable: {const: false}}}\nthen:\n  properties: {title:"
)
Told = tuple[int, str]


@pytest.fixture
def tested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Return a function: exit code and output of `policy test` in a project with these files and pages."""
    monkeypatch.chdir(tmp_path)
    few = tmp_path / "few"
    (few / "seo").mkdir(parents=True)
    shipped = policies.shipped_folder() / "seo" / "title-length.json"
    (few / "seo" / "title-length.json").write_bytes(shipped.read_bytes())
    monkeypatch.setattr(policies, "shipped_folder", lambda: few)

    def test(files: dict[str, str], paths: list[str], *flags: str) -> Told:
        for name, text in files.items():
            file = Path("gonogo") / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        folder = RunFolder(tmp_path / "run")
        folder.path.mkdir()
        folder.write(RUN, {})
        folder.write(SITE, {"kind": "site", "path": "/", "measured": []})
        facts = {"title": {"text": "A", "length": 40}, "indexable": True, "indexability_reasons": []}
        measured = ["indexable", "title"]
        folder.write_lines(PAGES, ({"kind": "page", "path": at, "measured": measured, **facts} for at in paths))
        code = cli.main(["policy", "test", *flags])
        out = capsys.readouterr()
        return code, out.out + out.err

    return test


def test_the_examples_of_shipped_policies_own_ones_and_lines_of_the_sheet_are_run(tested: Any) -> None:
    files = {"policies/own/title.yaml": OWN, "expectations.csv": HEAD + "/,title at most,9,marketing,x\n"}
    code, said = tested(files, [])
    assert (code, "3 policies" in said, ": 0 wrong" in said) == (errors.EXIT_GO, True, True), said


def test_only_the_policies_that_are_named_are_run(tested: Any) -> None:
    assert tested({"policies/own/title.yaml": OWN}, [], "own/title")[1].startswith("1 policies, 2 examples")


def test_a_name_that_no_policy_has_is_refused_with_the_nearest(tested: Any) -> None:
    code, said = tested({"policies/own/title.yaml": OWN}, [], "own/titel")
    assert (code, "did you mean `own/title`?" in said) == (errors.EXIT_WRONG_USE, True)


def test_a_policy_whose_counterexample_passes_is_refused_for_it_must_be_able_to_fail(tested: Any) -> None:
    code, said = tested({"policies/own/title.yaml": OWN.replace("length: 9", "length: 99")}, [])
    assert (code, "a policy must be able to fail" in said) == (errors.EXIT_WRONG_USE, True)


def test_with_a_run_policies_that_applied_to_nothing_are_named(tested: Any) -> None:
    code, said = tested({"policies/own/title.yaml": OWN}, ["/"], "--run", "run")
    assert (code, "1 applied to nothing in" in said, "own/title" in said) == (errors.EXIT_GO, True, True), said


def test_with_a_run_a_rule_of_ones_own_that_cannot_fail_on_its_pages_is_named(tested: Any) -> None:
    said = tested({"policies/own/title.yaml": HARMLESS}, ["/blog/a/"], "--run", "run")[1]
    assert "own/title can't fail on /blog/a/" in said


def test_with_a_run_a_line_that_matches_no_page_is_refused_with_its_number(tested: Any) -> None:
    sheet = HEAD + "/,title at most,65,marketing,x\n/shop/**,title at most,65,marketing,x\n"
    code, said = tested({"expectations.csv": sheet}, ["/"], "--run", "run")
    assert code == errors.EXIT_WRONG_USE
    assert "gonogo/expectations.csv:3: it matches no page of the run" in said


def test_with_a_run_lines_that_apply_are_accepted(tested: Any) -> None:
    sheet = (
        HEAD + "/,title at most,65,marketing,x\nevery page,is indexable,,marketing,x\n/,title mentions,A,marketing,x\n"
    )
    assert tested({"expectations.csv": sheet}, ["/"], "--run", "run")[0] == errors.EXIT_GO
