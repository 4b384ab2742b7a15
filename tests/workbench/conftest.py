"""The workbench of report.html in a real browser: what decides in it, alone, and all of it in the report of a run."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import IN_TIME_MS, MadeOnce

ROOT = Path(__file__).resolve().parent.parent.parent
APP = ROOT / "report-app"
BUILD = """
import { build } from "vite";
const lib = { entry: "src/workbench/engine.ts", formats: ["iife"], name: "engine", fileName: () => "engine.js" };
const options = { target: "es2022", outDir: process.argv[1], emptyOutDir: false, lib };
await build({ configFile: false, logLevel: "warn", build: options });
"""

LEFT_OUT = ("gonogo-run", "bread", "cakes", "courses", "journal", "trade", "fr", "order")
"""Of the example: a few pages are enough, and each costs time."""
Call = Callable[..., Any]


@pytest.fixture(scope="session")
def engine_file(made_once: MadeOnce) -> Path:
    """A page that holds the workbench without what is drawn, and may make no code out of texts, like the report."""
    return made_once("engine", _build_engine) / "engine.html"


def _build_engine(folder: Path) -> None:
    node = shutil.which("node")
    assert node is not None, "run `make test`: it sets up what the report is built with"
    subprocess.run([node, "--input-type=module", "-e", BUILD, str(folder)], cwd=APP, check=True, timeout=300)
    script = (folder / "engine.js").read_text(encoding="utf-8") + "\nglobalThis.engine = engine;"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rule = f"default-src 'none'; script-src 'sha256-{digest}'; require-trusted-types-for 'script'; trusted-types 'none'"
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{rule}">'
    (folder / "engine.html").write_text(f"<!doctype html>{head}<script>{script}</script>", encoding="utf-8")


@pytest.fixture(scope="module")
def engine_page(chromium: Browser, engine_file: Path) -> Page:
    page = chromium.new_page()
    page.set_default_timeout(IN_TIME_MS)
    page.goto(engine_file.as_uri())
    return page


@pytest.fixture
def engine(engine_page: Page) -> Call:
    """Call what the workbench exports: `engine("judged", policy, documents)`; or run a function of it on arguments."""

    def call(code: str, *arguments: Any) -> Any:
        function = code if "=>" in code else f"(...given) => engine.{code}(...given)"
        return engine_page.evaluate(f"(given) => ({function})(...given)", list(arguments))

    return call


@pytest.fixture(scope="session")
def bakery_run(made_once: MadeOnce) -> Path:
    """The run of examples/bakery-broken, in a project of its own, which is a repository that is published on GitHub."""
    return made_once("project", _check_bakery) / "gonogo-run"


def _check_bakery(project: Path) -> None:
    shutil.copytree(ROOT / "examples/bakery-broken", project / "dist", ignore=shutil.ignore_patterns(*LEFT_OUT))
    (project / "gonogo.yaml").write_text("preview: dist\n", encoding="utf-8")
    git = ["git", "-C", str(project)]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "remote", "add", "origin", "https://github.com/bakery/site.git"], check=True)
    subprocess.run([*git, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"], check=True)
    subprocess.run(
        [sys.executable, "-m", "checks.cli", "check", "--advisory", "--no-cache"], cwd=project, check=True, timeout=300
    )
