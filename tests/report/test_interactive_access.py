"""Everybody can use the interactive report: axe finds no breach of WCAG 2.2 AA in any view, light or dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from checks.report.result import Result

VIEWS = ["overview", "findings", "findings?cause={cause}", "pages", "pages?page=/about/", "map", "figures", "ledgers"]
RUN = """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(
    (found) => found.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.html).join(" | ")))"""


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("view", VIEWS)
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
    page.wait_for_selector("#app main > *")
    axe = (root / "report-app" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(axe)
    assert page.evaluate(RUN) == []
