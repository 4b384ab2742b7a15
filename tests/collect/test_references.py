"""What files of a build name, written down by one process and asked of the preview by another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from checks.collect.listing import Listing
from checks.collect.references import written_down

if TYPE_CHECKING:
    from pathlib import Path


def named(build: Path, files: dict[str, str]) -> list[list[object]]:
    for name, text in files.items():
        (build / name).write_text(text, "utf-8")
    listing = Listing.written(build / "listing", {name: len(text) for name, text in files.items()})
    written_down(build, listing, build / "named")
    return [json.loads(line) for line in (build / "named").read_text().splitlines()]


def test_style_sheets_manifests_and_pages_are_read_each_in_its_own_way(tmp_path: Path) -> None:
    files = {
        "a.css": "b { background: url(c.png) }",
        "app.webmanifest": '{"icons": [{"src": "icon.png"}]}',
        "index.html": '<img srcset="big.png 2x" src="small.png">',
    }
    assert named(tmp_path, files) == [
        ["a.css", ["c.png"]],
        ["app.webmanifest", ["icon.png"]],
        ["index.html", ["big.png"]],
    ]


def test_a_file_that_names_nothing_has_no_line(tmp_path: Path) -> None:
    assert named(tmp_path, {"a.css": "b { color: red }", "c.txt": "url(d.png)", "e.html": "<p>"}) == []
