"""Sites as real generators build them are judged: GO or NO-GO, never CANNOT TELL and never an error of ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SETTINGS = Path(__file__).parent / "generators"
SITE = "https://docs.gonogo.dev"


def build(*command: Path | str) -> None:
    arguments: list[Path | str] = [sys.executable, "-m", *command]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def judge(gonogo: Path, site: Path, folder: Path) -> int:
    """Judge the site as somebody at a desk would, print the screen, and return the exit code."""
    # Tests speak to this machine only, and what the themes load from elsewhere is not what is judged here.
    (folder / "gonogo.yaml").write_text("render: {third-party: block}\n")
    command: list[Path | str] = [gonogo, "check", site, "--site", SITE, "--run", folder / "run"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    print(done.stdout, done.stderr, sep="\n")  # noqa: T201  # pytest shows it when the claim fails
    return done.returncode


@pytest.fixture
def mkdocs_site(tmp_path: Path) -> Path:
    site = tmp_path / "mkdocs-site"
    build("mkdocs", "build", "--quiet", "--strict", "--config-file", SETTINGS / "mkdocs.yml", "--site-dir", site)
    return site


@pytest.fixture
def sphinx_site(tmp_path: Path, root: Path) -> Path:
    site = tmp_path / "sphinx-site"
    build("sphinx", "-q", "-W", "-E", "-b", "html", "-d", tmp_path / "doctrees", "-c", SETTINGS, root / "docs", site)
    return site


def test_a_site_built_by_mkdocs_is_judged(gonogo: Path, mkdocs_site: Path, tmp_path: Path) -> None:
    assert judge(gonogo, mkdocs_site, tmp_path) in {0, 1}


def test_a_site_built_by_sphinx_is_judged(gonogo: Path, sphinx_site: Path, tmp_path: Path) -> None:
    assert judge(gonogo, sphinx_site, tmp_path) in {0, 1}
