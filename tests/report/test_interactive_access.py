"""Everybody can use the report: axe finds no breach of WCAG 2.2 AA in any view, light or dark; nor does the gate."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from checks.report import html
from checks.report.result import Result

VIEWS = ["overview", "findings", "findings?cause={cause}", "pages", "pages?page=/about/", "map", "figures", "ledgers"]
BENCH = ["workbench?fact=title.length", "workbench?do=threshold", "workbench?do=sign-off"]
RUN = """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(
    (found) => found.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.html).join(" | ")))"""


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("view", [*VIEWS, *BENCH])
def test_axe_finds_nothing(
    bakery: Result, opened: Callable[..., Page], root: Path, view: str, scheme: str, width: int
) -> None:
    cause = next(iter(bakery.findings()))["cause"].replace(":", "-")
    page = opened(
        bakery,
        f"#/{view.format(cause=cause)}",
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
        bypass_csp=True,
    )
    page.wait_for_selector(".bench section, .bench > .empty:not([role])" if view in BENCH else "#app main > *")
    axe = (root / "report-app" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(axe)
    assert page.evaluate(RUN) == []


def test_the_gate_itself_finds_nothing_in_it_that_keeps_people_out(
    bakery: Result, gonogo: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    with (site / "index.html").open("w", encoding="utf-8") as out:
        html.write(bakery, out)
    done = subprocess.run(
        [gonogo, "check", site, "--set", "strict", "--site", "https://report.example", "--run", tmp_path / "run"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    lines = (tmp_path / "run" / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    found = {json.loads(line)["policy"] for line in lines}
    assert done.returncode == 1, done.stderr
    assert "crawl/noindex-leftover" in found  # it was looked at: a report asks not to be indexed
    assert not [policy for policy in found if policy.startswith(("a11y/", "links/", "privacy/", "render/", "sec/"))]
