"""The same build gives the same documents, and a run can be judged and reported again without a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

SITE = "https://www.hearthandcrumb.example"


def run(gonogo: Path, folder: Path, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    folder.mkdir(exist_ok=True)
    (folder / "gonogo.yaml").write_text("render: {third-party: block}\n")
    return subprocess.run(
        [gonogo, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **environment},
    )


TIMES = "perf/"
"""Rules about times and shifts: what they find among other pages is chance on a busy machine."""


def documents(folder: Path) -> dict[str, Any]:
    """Return the documents of a run, timings aside, and what follows from them."""
    run = folder / "gonogo-run"
    pages, findings = (
        [json.loads(line) for line in (run / name).read_text().splitlines()]
        for name in ("pages.jsonl", "findings.jsonl")
    )
    for page in pages:
        del page["vitals"]
    verdict, site = (json.loads((run / name).read_text()) for name in ("verdict.json", "site.json"))
    site.pop("budgets")
    return {
        "pages": pages,
        "site": site,
        "findings": [one for one in findings if not one["policy"].startswith(TIMES)],
        "policies": [one for one in verdict["policies"] if not one["id"].startswith(TIMES)],
        "said": [verdict[name] for name in ("verdict", "exit_code", "build_digest", "site")],
        "coverage": (run / "coverage.jsonl").read_bytes(),
    }


@pytest.fixture(scope="module")
def judged(judged_bakery: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of these tests in which the broken bakery was judged."""
    return Path(shutil.copytree(judged_bakery, tmp_path_factory.mktemp("judged"), dirs_exist_ok=True))


def test_the_same_build_twice_gives_the_same_documents(gonogo: Path, root: Path, judged: Path, tmp_path: Path) -> None:
    run(gonogo, tmp_path, "check", root / "examples" / "bakery-broken", "--site", SITE)
    assert documents(tmp_path) == documents(judged)


def test_a_run_is_judged_again_without_a_browser_to_the_same_verdict(gonogo: Path, judged: Path) -> None:
    names = ("pages.jsonl", "site.json", "coverage.jsonl", "findings.jsonl", "verdict.json")
    before = [(judged / "gonogo-run" / name).read_bytes() for name in names]
    done = run(gonogo, judged, "judge", "gonogo-run", GONOGO_BROWSER="/nowhere")
    after = [(judged / "gonogo-run" / name).read_bytes() for name in names]
    assert (done.returncode, after) == (1, before), done.stdout + done.stderr


@pytest.mark.parametrize("name", ["text", "html", "junit", "sarif", "markdown"])
def test_every_report_is_written_again_offline(gonogo: Path, judged: Path, name: str) -> None:
    done = run(gonogo, judged, "report", "gonogo-run", "--format", name, GONOGO_BROWSER="/nowhere")
    assert (done.returncode, "NO-GO" in done.stdout or name in {"junit", "sarif"}) == (0, True), done.stderr


@pytest.mark.parametrize(
    ("before", "after"), [('"kind":"page"', '"kind":"pages"'), ('"measured":[', '"measured":[7,'), ("\n", "")]
)
def test_facts_that_are_not_of_their_shape_are_not_judged_and_no_older_verdict_is_left(
    gonogo: Path, judged: Path, tmp_path: Path, before: str, after: str
) -> None:
    shutil.copytree(judged / "gonogo-run", tmp_path / "gonogo-run")
    pages = tmp_path / "gonogo-run" / "pages.jsonl"
    pages.write_text(pages.read_text().replace(before, after, 1))
    done = run(gonogo, tmp_path, "judge", "gonogo-run")
    assert (done.returncode, "pages.jsonl:1" in done.stderr) == (3, True), done.stderr
    assert not (tmp_path / "gonogo-run" / "verdict.json").exists()


def test_the_facts_of_a_page_are_shown(gonogo: Path, judged: Path) -> None:
    done = run(gonogo, judged, "facts", "/visit/")
    assert (done.returncode, "title" in done.stdout) == (0, True), done.stderr


def test_a_finding_is_explained_by_the_beginning_of_its_fingerprint(gonogo: Path, judged: Path) -> None:
    finding = json.loads((judged / "gonogo-run" / "findings.jsonl").read_text().splitlines()[0])
    done = run(gonogo, judged, "explain", finding["fingerprint"].removeprefix("v1:")[:10])
    assert (done.returncode, finding["policy"] in done.stdout) == (0, True), done.stderr


def test_what_was_adopted_does_not_block_and_launch_blockers_still_do(
    gonogo: Path, root: Path, judged: Path, tmp_path: Path
) -> None:
    run(gonogo, tmp_path, "adopt", judged / "gonogo-run")
    run(gonogo, tmp_path, "check", root / "examples" / "bakery-broken", "--site", SITE)
    lines = (tmp_path / "gonogo-run" / "findings.jsonl").read_text().splitlines()
    findings = [one for one in map(json.loads, lines) if not one["policy"].startswith(TIMES)]
    assert {one["state"] for one in findings if not one["launch_blocker"]} == {"existing"}
    assert {one["launch_blocker"] for one in findings if one["blocking"]} == {True}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "nowhere"], 2),
        (["check"], 2),
        (["judge", "nowhere"], 2),
        (["explain", "ffffffffff", "--run", "nowhere"], 2),
        (["no-such-command"], 2),
        (["policy", "show", "seo/titel-length"], 2),
        (["policy", "test"], 0),
        (["policy", "list", "--set", "strict"], 0),
        (["--version"], 0),
    ],
)
def test_wrong_use_ends_with_2_and_says_so(gonogo: Path, tmp_path: Path, arguments: list[str], code: int) -> None:
    done = run(gonogo, tmp_path, *arguments)
    assert (done.returncode, bool(done.stdout), bool(done.stderr)) == (code, code == 0, code != 0)


def test_a_report_is_opened_in_the_browser_of_its_reader(gonogo: Path, judged: Path, tmp_path: Path) -> None:
    reader = tmp_path / "reader"
    reader.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/asked\n')
    reader.chmod(0o755)
    done = run(gonogo, judged, "report", "gonogo-run", "--open", BROWSER=f"{reader} %s")
    report = judged.resolve() / "gonogo-run" / "report.html"
    assert (done.returncode, done.stdout.strip()) == (0, str(report)), done.stderr
    assert (tmp_path / "asked").read_text().strip() == report.as_uri()
