"""`gonogo policy new`: five answers and a run become a file that the strict loader accepts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import cli, errors
from checks.judge import policies
from checks.run_folder import PAGES, RUN, SITE, RunFolder

ANSWERS = {"fact": "title.length", "must": "at most 65", "severity": "warning", "owner": "marketing", "why": "Cut off."}
Told = tuple[int, str, Path]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Return a function: exit code, output and file of `policy new` with these answers, after a run of these pages."""

    def new(lengths: dict[str, int], name: str = "landing/title.yaml", **answers: str) -> Told:
        monkeypatch.chdir(tmp_path)
        folder = RunFolder(tmp_path / "gonogo-run")
        folder.path.mkdir(exist_ok=True)
        folder.write(RUN, {})
        folder.write(SITE, {"kind": "site", "path": "/", "measured": ["pages_total"], "pages_total": 3})
        pages = (
            {
                "kind": "page",
                "path": path,
                "measured": ["lang", "structured_data", "title"],
                "title": {"text": path, "length": length},
                "lang": {"html": "en"},
                "structured_data": {"types": ["Offer", "Product"]},
            }
            for path, length in lengths.items()
        )
        folder.write_lines(PAGES, pages)
        flags = [part for key, value in {**ANSWERS, **answers}.items() for part in (f"--{key}", value) if value]
        code = cli.main(["policy", "new", name, *flags])
        out = capsys.readouterr()
        return code, out.out + out.err, tmp_path / "gonogo" / "policies" / name

    return new


def accepted(file: Path) -> Any:
    [policy] = policies.from_file(file)
    return policy


def test_a_page_that_passes_and_one_that_fails_become_its_examples(written: Any) -> None:
    code, said, file = written({"/a/": 40, "/b/": 80})
    assert code == errors.EXIT_GO, said
    policy = accepted(file)
    assert policy.id == "landing/title"
    assert policy.examples == ({"path": "/a/", "title": {"length": 40}},)
    assert policy.counterexamples == ({"path": "/b/", "title": {"length": 80}},)


def test_where_no_page_fails_a_real_one_is_changed_so_that_it_does(written: Any) -> None:
    policy = accepted(written({"/a/": 40})[2])
    assert policy.counterexamples == ({"path": "/a/", "title": {"length": 66}},)


def test_where_no_page_passes_a_real_one_is_changed_so_that_it_does(written: Any) -> None:
    policy = accepted(written({"/b/": 80})[2])
    assert policy.examples == ({"path": "/b/", "title": {"length": 64}},)


def test_the_suffix_says_whether_it_is_json_or_yaml_and_json_is_meant_without_one(written: Any, tmp_path: Path) -> None:
    written({"/a/": 40}, "landing/title")
    document = json.loads((tmp_path / "gonogo" / "policies" / "landing" / "title.json").read_text())
    assert document["title"] == "title.length is at most 65"


def test_it_is_about_the_pages_that_were_named(written: Any) -> None:
    policy = accepted(written({"/": 3, "/blog/a/": 40}, must="at least 30", pages="every page under /blog/")[2])
    assert policy.title == "title.length is at least 30 under /blog/"
    assert policy.counterexamples == ({"path": "/blog/a/", "title": {"length": 29}},)


@pytest.mark.parametrize(
    ("fact", "must"),
    [
        ("title.text", "contains bakery"),
        ("title.text", "does not contain 2025"),
        ("title.text", "matches ^/"),
        ("title.text", "is there"),
        ("title.length", "10 to 60"),
        ("title.length", "is not 3"),
        ("lang.html", "is one of en, de"),
        ("lang.html", "is empty"),
        ("structured_data.types", "contains Product"),
        ("structured_data.types", "does not contain Recipe"),
        ("structured_data.types", "at least 1"),
        ("structured_data.types", "is empty"),
        ("path", "does not contain index.html"),
        ("site.pages_total", "at least 2"),
    ],
)
def test_each_demand_becomes_a_rule_that_can_pass_and_can_fail(written: Any, fact: str, must: str) -> None:
    code, said, file = written({"/a/": 40, "/b/": 80}, fact=fact, must=must)
    assert code == errors.EXIT_GO, said
    assert accepted(file).counterexamples


def test_nothing_is_overwritten(written: Any) -> None:
    before = written({"/a/": 40})[2].read_text()
    code, said, file = written({"/a/": 40}, must="at most 3")
    assert (code, "it is there already" in said, file.read_text()) == (errors.EXIT_WRONG_USE, True, before)


@pytest.mark.parametrize(
    ("answers", "remedy"),
    [
        ({"fact": "titel.length"}, "no fact `titel.length`; did you mean `title`?"),
        ({"must": "at mots 65"}, "did you mean `at most 65`?"),
        ({"must": "at most many"}, "`many` is no number"),
        ({"fact": "title.count", "must": "contains x"}, "`pattern` cannot apply to `title.count`"),
        ({"severity": "fatal"}, "One of: error, warning, info."),
        ({"owner": "marketting"}, "did you mean `marketing`?"),
        ({"why": ""}, "`--why` is not said, and nobody can be asked"),
        ({"pages": "landing"}, "Write `/prices/`"),
        ({"pages": "/shop/**"}, "the rule is about no page of the run"),
        ({"fact": "description.length"}, "the run did not measure this fact"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused_and_nothing_is_written(
    written: Any, answers: dict[str, str], remedy: str
) -> None:
    code, said, file = written({"/a/": 40}, **answers)
    assert (code, remedy in said, file.exists()) == (errors.EXIT_WRONG_USE, True, False), said


@pytest.mark.parametrize("name", ["seo/title-length", "../x", "Landing/X", "coverage/x", "x.txt"])
def test_a_name_that_no_new_policy_can_have_is_refused(written: Any, name: str) -> None:
    assert written({"/a/": 40}, name)[0] == errors.EXIT_WRONG_USE


def test_without_a_run_it_says_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    flags = [part for key, value in ANSWERS.items() for part in (f"--{key}", value)]
    assert cli.main(["policy", "new", "a/b", *flags]) == errors.EXIT_WRONG_USE
    assert "gonogo check" in capsys.readouterr().err
