"""What the tests of collecting share: an empty index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checks.collect.index import Index


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index(tmp_path / "index.sqlite") as opened:
        yield opened
