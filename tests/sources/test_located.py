"""The lines of sources.jsonl: where each finding can be mended, looked up while a run is judged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import located, run_folder
from checks.delivered import Delivered
from checks.run_folder import RunFolder
from checks.settings import Settings
from checks.sources.repository import Repository

Build = Callable[..., dict[str, Any]]
Track = Callable[..., Repository]
Told = Callable[..., Settings]
Lines = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def lines(tmp_path: Path, settings: Told) -> Lines:
    """Return the lines for pairs of findings and documents."""
    (tmp_path / "run").mkdir()
    run = RunFolder(tmp_path / "run")

    def look(pairs: list[tuple[dict[str, Any], dict[str, Any] | None]], repository: Repository | None) -> Any:
        looking = located.Located(run, settings(), repository)
        for finding, document in pairs:
            looking.look({"blocking": True, **finding}, document)
        looking.close()
        return looking.lines

    return look


def test_each_finding_has_a_line_with_its_fingerprint(lines: Lines, track: Track, finding: Build, page: Build) -> None:
    repository = track({"mkdocs.yml": "", "docs/about.md": "# About us\n", "docs/rye.md": "x\n\n# Rye bread\n"})
    about, rye = page("/about/", "About us"), page("/rye/", "Rye bread")
    pairs = [
        (finding("/about/", fingerprint="v1:a"), about),
        (finding("/rye/", fingerprint="v1:b"), rye),
        (finding("/rye/", fingerprint="v1:c", what="/gone/", pointer="", value=None), rye),
        (finding(None, fingerprint="v1:d", reads="site"), None),
        (finding("/hang/", fingerprint="v1:e", reads="coverage"), None),
    ]
    assert [json.dumps(line) for line in lines(pairs, repository)] == [
        '{"fingerprint": "v1:a", "file": "docs/about.md", "line": 1, "why": "where MkDocs keeps its pages"}',
        '{"fingerprint": "v1:b", "file": "docs/rye.md", "line": 3, "why": "where MkDocs keeps its pages"}',
        '{"fingerprint": "v1:c", "file": "docs/rye.md", "why": "where MkDocs keeps its pages"}',
        '{"fingerprint": "v1:d", "file": "gonogo.yaml", "why": "no source file is known"}',
        '{"fingerprint": "v1:e", "file": "gonogo.yaml", "why": "no source file is known"}',
    ]


def test_the_delivered_page_is_asked_for_its_meta_tag(
    lines: Lines, track: Track, finding: Build, page: Build, tmp_path: Path
) -> None:
    delivered = Delivered(tmp_path / "run" / run_folder.DELIVERED)
    delivered.put("/about/", b"<meta name=gonogo-source content=x.md>", None)
    delivered.close()
    assert [line["file"] for line in lines([(finding(), page())], track({"x.md": ""}))] == ["x.md"]


def test_beyond_the_limit_nothing_is_looked_for_and_what_blocks_has_room_of_its_own(
    lines: Lines, track: Track, finding: Build, page: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(located, "MOST", 2)
    pairs = [(finding(fingerprint=f"v1:{number}", blocking=number > 2), page()) for number in range(6)]
    assert [line["fingerprint"] for line in lines(pairs, track({}))] == ["v1:0", "v1:1", "v1:3", "v1:4"]


def test_without_a_repository_nothing_is_looked_for(lines: Lines, finding: Build, page: Build) -> None:
    assert lines([(finding(), page())], Repository()) == []
