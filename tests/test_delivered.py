"""The HTML of pages as it was delivered: what is put in comes out again, and only what is illustrated stays."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from checks.delivered import Delivered, Page

if TYPE_CHECKING:
    from pathlib import Path

BODY = "<p>Brötchen</p>".encode("latin-1") * 500


@pytest.mark.parametrize("compress", [True, False])
def test_a_page_comes_out_as_it_was_put_in(tmp_path: Path, *, compress: bool) -> None:
    kept = Delivered(tmp_path / "delivered.sqlite")
    kept.put("/", BODY, "latin-1", compress=compress)
    assert (kept.get("/"), kept.get("/elsewhere")) == (Page(BODY, "latin-1"), None)


FULL = """
import os, resource, sys
from contextlib import closing
from pathlib import Path
from checks.delivered import Delivered
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
with closing(Delivered(Path(sys.argv[1]))) as kept:
    for number in range(20):
        kept.put(f"/{number}/", os.urandom(200_000), None)
"""


def test_that_the_disk_is_full_is_told_as_what_it_is(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL, str(tmp_path / "delivered.sqlite")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    last = done.stderr.strip().rpartition("\n")[2]
    assert last.startswith("sqlite3.OperationalError: d"), done.stderr  # "disk I/O error", "database or disk is full"


def test_what_stays_is_what_is_illustrated_and_is_small(tmp_path: Path) -> None:
    file = tmp_path / "delivered.sqlite"
    kept = Delivered(file)
    for number in range(300):
        kept.put(f"/{number}/", BODY, None, compress=False)
    (tmp_path / "scratch").mkdir()
    kept.keep_only({"/7/", "/8/", "/elsewhere/"}, tmp_path / "scratch")
    assert [number for number in range(300) if kept.get(f"/{number}/")] == [7, 8]
    assert kept.get("/7/") == Page(BODY, None)
    assert file.stat().st_size < 2 * len(BODY) + 8192
