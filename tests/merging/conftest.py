"""What the tests of merging share: a build that was measured in two parts, once for all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.collect.reuse.edited import page
from tests.collect.shards.divided import Divided
from tests.merging.parts import CONFIG


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Divided:
    folder = tmp_path_factory.mktemp("measured")
    divided = Divided(folder, folder / "build", CONFIG, render=False)
    for name in ("index.html", "a/index.html", "b/index.html", "c/index.html", "d/index.html"):
        file = divided.build / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(name), encoding="utf-8")
    divided.shards(2)
    return divided


@pytest.fixture
def divided(measured: Divided, tmp_path: Path) -> Divided:
    """Return a build of which both shards are measured, to be spoilt."""
    shutil.copytree(measured.folder, tmp_path, dirs_exist_ok=True)
    return Divided(tmp_path, tmp_path / "build", CONFIG, render=False)
