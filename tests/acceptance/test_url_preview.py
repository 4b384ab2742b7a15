"""A preview that is a URL, through the installed command and a browser: judged as the same site in a folder is."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.collect.web.preview_server import of_folder, serving

SITE = "https://www.hearthandcrumb.example"
HIDDEN_IN_A_URL = {
    # Nothing links to these; a folder shows them all the same.
    ("leak/source-maps", "assets/order-app.js.map"),
    ("links/redirect-broken", f"{SITE}/menu/"),
    ("links/redirect-loop", f"{SITE}/stockists/"),
    ("links/redirect-loop", f"{SITE}/where-to-buy/"),
}


def check(gonogo: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [gonogo, "check", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )


def findings(run: Path) -> set[tuple[Any, ...]]:
    lines = (json.loads(line) for line in (run / "findings.jsonl").read_text().splitlines())
    return {(one["policy"], one.get("page"), one.get("what"), one["message"], one["fingerprint"]) for one in lines}


@pytest.fixture(scope="module")
def runs(gonogo: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("url")
    build = root / "examples" / "bakery-broken"
    with serving(of_folder(build)) as preview:
        by_url = check(gonogo, here, preview.origin, "--site", SITE, "--run", "by-url")
    assert by_url.returncode == 1, by_url.stderr
    by_folder = check(gonogo, here, str(build), "--site", SITE, "--run", "by-folder")
    assert by_folder.returncode == 1, by_folder.stderr
    return here


def test_the_same_site_has_the_same_findings_as_a_url_and_as_a_folder(runs: Path) -> None:
    by_url, by_folder = findings(runs / "by-url"), findings(runs / "by-folder")
    assert by_url <= by_folder
    assert {(one[0], one[2]) for one in by_folder - by_url} == HIDDEN_IN_A_URL


def test_the_same_pages_are_measured_by_url_and_in_a_folder(runs: Path) -> None:
    def pages(run: str) -> dict[str, str]:
        lines = map(json.loads, (runs / run / "coverage.jsonl").read_text().splitlines())
        return {one["path"]: one["state"] for one in lines if one["kind"] == "page"}

    assert pages("by-url") == pages("by-folder")


def test_the_run_names_the_url_that_was_judged(runs: Path) -> None:
    about = json.loads((runs / "by-url" / "run.json").read_text())
    assert about["preview"].startswith("http://127.0.0.1:")
    assert about["site"] == SITE
