"""A check over what the last one judged gives that run again; whatever changed, everything is done anew."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks.cli import main

pytestmark = pytest.mark.usefixtures("one_day", "three_policies")  # a run of another day is done anew
PAGE = (
    '<!doctype html><html lang="en"><head><title>{}</title></head><body><h1>{}</h1><a href="/two.html">2</a>'
    '<a href="/broken.html">3</a></body>'
)
WRITTEN = {"run.json", "verdict.json", "sign-offs.json", "report.html", "junit.xml", "summary.md"}
"""What says when the run was."""
POLICY = """{"title": "It has a title", "description": "So.", "x-reads": "page", "x-severity": "info", "x-set": [],
"x-owner": "marketing", "x-message": "none", "x-fix": "Add one.", "properties": {"title": {"required": ["text"]}},
"examples": [{"title": {"text": "Home"}}], "x-counterexamples": [{"title": {}}]}"""
FOREIGN = "what lies in the run folder is not what the last run left there"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a build and a config, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONOGO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("GONOGO_CACHE_KEY", "a secret of these tests alone")
    build = tmp_path / "dist"
    build.mkdir()
    (build / "index.html").write_text(PAGE.format("Home", "Home"), encoding="utf-8")
    (build / "two.html").write_text(PAGE.format("Two", "Two"), encoding="utf-8")
    (tmp_path / "gonogo.yaml").write_text("site: https://www.example.com\npreview: dist\n", encoding="utf-8")
    return tmp_path


def check(*flags: str) -> dict[str, Any]:
    """Check without a browser; return what the verdict says of the run before."""
    main(["check", "--no-render", "--advisory", *flags])
    verdict = json.loads(Path("gonogo-run/verdict.json").read_text(encoding="utf-8"))
    whole: dict[str, Any] = verdict["reuse"]["whole"]
    return whole


def files() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in Path("gonogo-run").iterdir()}


@pytest.mark.usefixtures("site")
def test_where_nothing_changed_the_run_before_is_given_again_with_the_times_of_this_one() -> None:
    assert check() == {"of": None, "why": "no run before it is known in this folder"}
    first = files()
    began = json.loads(first["run.json"])["started"]
    for _ in range(2):
        assert check() == {"of": began, "why": None}
        again = files()
        assert {name for name in first if first[name] != again[name]} <= WRITTEN
        assert set(again) == set(first)
    run, verdict = json.loads(again["run.json"]), json.loads(again["verdict.json"])
    told = f"nothing has changed since the run of {began}: its documents are given again"
    assert (run["notes"].count(told), verdict["notes"].count(told)) == (1, 1)
    assert verdict["reuse"] == {"reused": 2, "measured": 0, "why": [], "whole": {"of": began, "why": None}}
    before = json.loads(first["verdict.json"])
    kept = {name: value for name, value in verdict.items() if name not in {"reuse", "notes"}}
    assert kept == {name: before[name] for name in kept}


def a_page(site: Path) -> None:
    (site / "dist/two.html").write_text(PAGE.format("Two", "Too"), encoding="utf-8")


def a_file_of_the_same_size_and_time(site: Path) -> None:
    file = site / "dist/two.html"
    then = file.stat()
    file.write_bytes(file.read_bytes().replace(b"<h1>Too", b"<h1>Tow"))
    os.utime(file, ns=(then.st_atime_ns, then.st_mtime_ns))


def a_file_that_appears(site: Path) -> None:
    (site / "dist/robots.txt").write_text("User-agent: *\nDisallow: /\n", encoding="utf-8")


def a_link_that_leads_out(site: Path) -> None:
    (site / "dist/out").symlink_to(site)


def what_the_host_reads_beside_the_build(site: Path) -> None:
    (site / "vercel.json").write_text("{}", encoding="utf-8")


def a_key_of_the_config(site: Path) -> None:
    with (site / "gonogo.yaml").open("a", encoding="utf-8") as config:
        config.write("key_pages: [/two.html]\n")


def a_policy(site: Path) -> None:
    folder = site / "gonogo/policies/our"
    folder.mkdir(parents=True)
    (folder / "title.json").write_text(POLICY, encoding="utf-8")
    with (site / "gonogo.yaml").open("a", encoding="utf-8") as config:
        config.write("policies: {folders: [gonogo/policies]}\n")


def another_severity(site: Path) -> None:
    file = site / "gonogo/policies/our/title.json"
    file.write_text(POLICY.replace('"info"', '"warning"'), encoding="utf-8")


def what_was_adopted(_site: Path) -> None:
    main(["adopt", "gonogo-run"])


CHANGES: tuple[tuple[Callable[[Path], None], str], ...] = (
    (a_page, "the build is not the same"),
    (a_file_of_the_same_size_and_time, "the build is not the same"),
    (a_file_that_appears, "the build is not the same"),
    (a_link_that_leads_out, "what of the build can't be served is not the same"),
    (what_the_host_reads_beside_the_build, "what the host reads beside the build is not the same"),
    (a_key_of_the_config, "the config is not the same"),
    (a_policy, "the config is not the same"),
    (another_severity, "a policy is not the same"),
    (what_was_adopted, "what was adopted is not the same"),
)


def test_whatever_it_depends_on_has_changed_it_is_done_anew_and_told(site: Path) -> None:
    check()
    for change, why in CHANGES:
        change(site)
        assert check() == {"of": None, "why": why}, change.__name__


@pytest.mark.usefixtures("site")
def test_with_other_flags_it_is_done_anew() -> None:
    check()
    assert check("--fail-on", "info") == {"of": None, "why": "the command is not the same"}


def a_document(run: Path, _cache: Path) -> None:
    file = run / "pages.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"Two"', b'"Two!'))


def a_verdict(run: Path, _cache: Path) -> None:
    file = run / "verdict.json"
    file.write_text(file.read_text(encoding="utf-8").replace("NO-GO", "GO"), encoding="utf-8")


def a_link_in_place_of_a_file(run: Path, _cache: Path) -> None:
    (run / "site.json").rename(run.parent / "site.json")
    (run / "site.json").symlink_to(run.parent / "site.json")


def a_file_that_goes(run: Path, _cache: Path) -> None:
    (run / "findings.jsonl").unlink()


@pytest.mark.parametrize("forged", [a_document, a_verdict, a_link_in_place_of_a_file, a_file_that_goes])
def test_a_run_folder_that_somebody_else_wrote_into_is_not_believed(
    site: Path, forged: Callable[[Path, Path], None]
) -> None:
    check()
    forged(site / "gonogo-run", site / "cache")
    assert check() == {"of": None, "why": FOREIGN}


@pytest.mark.usefixtures("site")
def test_a_record_that_was_sealed_with_another_key_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    check()
    monkeypatch.setenv("GONOGO_CACHE_KEY", "a secret of somebody else")
    assert check() == {"of": None, "why": "no run before it is known in this folder"}


def test_a_record_whose_digests_were_forged_is_not_believed(site: Path) -> None:
    check()
    page = site / "gonogo-run/pages.jsonl"
    page.write_bytes(page.read_bytes().replace(b'"Two"', b'"Too"'))
    (cache,) = (site / "cache").glob("*.sqlite")
    with sqlite3.connect(cache) as table:
        table.execute("UPDATE body SET body = replace(body, 'pages', 'pages')")
        table.execute("UPDATE body SET body = CAST(body || ' ' AS BLOB)")
    assert check() == {"of": None, "why": "no run before it is known in this folder"}


def test_a_run_folder_that_was_moved_is_another_one(site: Path) -> None:
    check()
    shutil.copytree(site / "gonogo-run", site / "other")
    main(["check", "--no-render", "--advisory", "--run", "other"])
    whole = json.loads((site / "other/verdict.json").read_text(encoding="utf-8"))["reuse"]["whole"]
    assert whole == {"of": None, "why": "no run before it is known in this folder"}


@pytest.mark.usefixtures("site")
def test_without_a_cache_nothing_is_given_again_and_nothing_told() -> None:
    for _ in range(2):
        main(["check", "--no-render", "--advisory", "--no-cache"])
        assert "whole" not in json.loads(Path("gonogo-run/verdict.json").read_text(encoding="utf-8"))["reuse"]


def test_a_build_that_is_gone_leaves_no_verdict_of_the_run_before(site: Path) -> None:
    check()
    shutil.rmtree(site / "dist")
    assert main(["check", "--no-render", "--advisory"]) == 2
    assert not (site / "gonogo-run/verdict.json").exists()
