"""The example sites, judged by the installed command: one is GO, its twin is NO-GO for exactly the planted reasons."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import BAKERY, CONFIG

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
HEALTHY = EXAMPLES / "bakery"
PLANTED: dict[str, Any] = json.loads((EXAMPLES / "bakery-broken.defects.json").read_text("utf-8"))
GONOGO = Path(sys.executable).parent / "gonogo"
Place = tuple[str, str | None, str]
"""Policy, page (None for the site) and what failed: what a finding is known by."""


TIMINGS = {"vitals.fcp_ms", "vitals.lcp_ms", "vitals.tbt_ms"}


@dataclass(frozen=True)
class Run:
    """What one run of the command left behind."""

    exit_code: int
    screen: str
    verdict: dict[str, Any]
    findings: list[dict[str, Any]]

    @property
    def places(self) -> list[Place]:
        """Return where each finding stands, in order."""
        return sorted(((f["policy"], f.get("page"), f["what"]) for f in self.findings), key=in_order)


def in_order(place: Place) -> tuple[str, str, str]:
    return place[0], place[1] or "", place[2]


def check(folder: Path, where: Path, *options: str) -> Run:
    """Judge a folder from a working directory whose config only says that nobody else is asked."""
    (where / "gonogo.yaml").write_text(CONFIG)
    command = [str(GONOGO), "check", str(folder), *options]
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)
    return read(where / "gonogo-run", done.returncode, done.stdout + done.stderr)


def read(run: Path, exit_code: int, screen: str) -> Run:
    assert (run / "verdict.json").is_file(), screen
    findings = [json.loads(line) for line in (run / "findings.jsonl").read_text("utf-8").splitlines()]
    return Run(exit_code, screen, json.loads((run / "verdict.json").read_text("utf-8")), findings)


@pytest.fixture(scope="module", params=["recommended", "strict"])
def healthy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return check(HEALTHY, tmp_path_factory.mktemp("bakery"), "--set", request.param)


@pytest.fixture(scope="module")
def broken(judged_bakery: Path) -> Run:
    # Its canonicals and its sitemap name several origins, which is a fault: so the command was told which is meant.
    said = json.loads((judged_bakery / "said.json").read_text("utf-8"))
    return read(judged_bakery / "gonogo-run", said["exit_code"], said["screen"])


def test_the_origin_that_the_command_was_told_is_the_one_of_the_defects() -> None:
    assert PLANTED["site"] == BAKERY


def test_the_healthy_site_has_no_finding_at_all(healthy: Run) -> None:
    # What a busy machine takes for a page is no property of the site: timings may warn, and never block.
    assert [place for place in healthy.places if place[2] not in TIMINGS] == []


def test_the_healthy_site_is_go(healthy: Run) -> None:
    assert (healthy.exit_code, healthy.verdict["verdict"]) == (0, "GO"), healthy.screen


def test_the_origin_of_the_healthy_site_is_read_from_its_own_pages(healthy: Run) -> None:
    assert (healthy.verdict["site"], healthy.verdict["origin_known"]) == (PLANTED["site"], True)


def test_every_page_of_the_healthy_site_is_measured(healthy: Run) -> None:
    pages = [page for page in HEALTHY.rglob("*.html") if page.name != "404.html"]
    assert healthy.verdict["counts"]["measured"] >= len(pages)
    assert healthy.verdict["counts"]["failed"] == 0


def test_the_broken_twin_is_no_go(broken: Run) -> None:
    assert (broken.exit_code, broken.verdict["verdict"]) == (1, "NO-GO"), broken.screen


def test_the_findings_are_exactly_the_planted_defects(broken: Run) -> None:
    planted = sorted(((d["policy"], d["page"], d["what"]) for d in PLANTED["defects"]), key=in_order)
    # Whether a style sheet comes before the first paint is chance on a busy machine; one that is late moves the page.
    chance = TIMINGS | {"vitals.cls"}
    assert [place for place in broken.places if place[2] not in chance or place in planted] == planted


def test_at_least_thirty_defects_are_planted() -> None:
    assert len(PLANTED["defects"]) >= 30


def test_each_planted_defect_tells_its_story() -> None:
    assert all(defect["story"].endswith(".") for defect in PLANTED["defects"])
