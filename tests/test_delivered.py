"""The HTML of pages as it was delivered: what is put in comes out again, and only what is illustrated stays."""

from __future__ import annotations

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
