"""The pages that people read about this project hold together."""

from __future__ import annotations

import re
from pathlib import Path

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from checks import shapes


def pages(root: Path) -> list[Path]:
    folders = [root / "docs", root / "benchmarks", root / "policies"]
    return sorted([*root.glob("*.md"), *(page for folder in folders for page in folder.rglob("*.md"))])


def test_every_relative_link_leads_to_a_file(root: Path) -> None:
    links = [
        (page, target)
        for page in pages(root)
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    ]
    local = [(page, target) for page, target in links if not re.match(r"[a-z]+:", target)]
    assert local
    assert [
        f"{page.relative_to(root)}: {target}" for page, target in local if not (page.parent / target).exists()
    ] == []


def test_every_config_that_a_page_shows_is_one_that_the_command_accepts(root: Path) -> None:
    holds = Draft202012Validator(shapes.load("config"))
    blocks = {
        page.name: re.findall(r"<!-- config -->\n```yaml\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for page in pages(root)
    }
    shown = [(name, YAML(typ="safe", pure=True).load(block)) for name, found in blocks.items() for block in found]
    assert "lighthouse.md" in dict(shown)
    assert [(name, error.message) for name, config in shown for error in holds.iter_errors(config)] == []


def test_every_decision_is_listed_on_the_first_page(root: Path) -> None:
    index = (root / "docs" / "index.md").read_text(encoding="utf-8")
    decisions = sorted(page.name for page in (root / "docs" / "decisions").glob("*.md"))
    assert re.findall(r"\(decisions/([^)]+)\)", index) == decisions


def test_every_decision_has_context_decision_and_consequences(root: Path) -> None:
    wanted = ["Context", "Decision", "Consequences"]
    found = {
        page.name: re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for page in (root / "docs" / "decisions").glob("*.md")
    }
    assert {name: headings for name, headings in found.items() if headings != wanted} == {}
