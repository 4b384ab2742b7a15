"""Small repositories, made with git in a folder of the test."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checks.settings import Settings, from_bytes
from checks.sources import repository
from checks.sources.repository import Repository

Files = dict[str, str]


def git(folder: Path, *arguments: str) -> None:
    own = ["-c", "core.hooksPath=/dev/null", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *own, "-C", str(folder), *arguments], check=True, capture_output=True)


@pytest.fixture
def settings() -> Callable[..., Settings]:
    """Read settings as gonogo.yaml writes them."""

    def read(text: str = "{}") -> Settings:
        return from_bytes(text.encode(), "gonogo.yaml", {}, date(2026, 6, 15))

    return read


@pytest.fixture
def track(tmp_path: Path) -> Callable[..., Repository]:
    """Write files, let git track all that lies in the folder, and return the repository."""

    def make(files: Files | None = None, config: str = "gonogo.yaml", remote: str = "", here: str = "") -> Repository:
        for name, text in (files or {}).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", "--all", ".")
        if remote:
            git(tmp_path, "remote", "add", "origin", remote)
        return repository.find(Path(config), tmp_path / here)

    return make


@pytest.fixture
def finding() -> Callable[..., dict[str, Any]]:
    """Build a finding about the title of a page."""

    def build(page: str | None = "/about/", **more: Any) -> dict[str, Any]:
        made = {
            "policy": "seo/title-length",
            "reads": "page",
            "page": page,
            "what": "title.length",
            "value": 84,
            "pointer": "/title/length",
            "blocking": False,
            "fingerprint": "v1:" + "0" * 32,
        }
        return {key: value for key, value in {**made, **more}.items() if value is not None}

    return build


@pytest.fixture
def page() -> Callable[..., dict[str, Any]]:
    """Build a page document, as far as sources are looked for in it."""

    def build(path: str = "/about/", title: str = "About us", generator: str = "", **more: Any) -> dict[str, Any]:
        return {
            "kind": "page",
            "path": path,
            "title": {"text": title, "length": len(title)},
            "meta": {"generator": generator or None},
            "links": {"items": []},
            **more,
        }

    return build
