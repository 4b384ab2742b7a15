"""What is cut out of pages to show where findings stand: what was cut out before is not parsed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checks import illustrate, run_folder
from checks.cache.store import Store
from checks.delivered import Delivered
from checks.report import snippet
from checks.run_folder import RunFolder

PAGE = b'<!doctype html><title>Bread</title><p>\n<img src="/rye.png">'
FINDING = {
    "policy": "a11y/image-alt",
    "page": "/",
    "pointer": "/images/0/alt",
    "what": "/rye.png",
    "cause": "c1:0",
    "fingerprint": "v1:0",
    "value": None,
    "message": "has no text",
}


def run_of(folder: Path, body: bytes, *findings: dict[str, Any], charset: str = "utf-8") -> RunFolder:
    run = RunFolder(folder)
    folder.mkdir()
    delivered = Delivered(run.file(run_folder.DELIVERED))
    delivered.put("/", body, charset)
    delivered.close()
    run.write(run_folder.RUN, {"site": "https://www.example.com"})
    run.write_lines(run_folder.FINDINGS, findings)
    return run


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "cache", bytes(32), 0)
    yield store
    store.close()


def cut(run: RunFolder, store: Store | None) -> list[dict[str, Any]]:
    illustrate.with_snippets(run, store)
    return list(run.lines(run_folder.SNIPPETS))


def test_what_was_cut_out_of_the_same_page_for_the_same_findings_is_not_parsed_again(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = cut(run_of(tmp_path / "one", PAGE, FINDING), store)
    assert [(one["line"], one["text"]) for one in first] == [(2, '<img src="/rye.png">')]
    monkeypatch.setattr(snippet, "read", lambda *_: pytest.fail("it was parsed"))
    assert cut(run_of(tmp_path / "two", PAGE, FINDING), store) == first


@pytest.mark.parametrize(
    ("body", "finding"),
    [(b"\n" + PAGE, FINDING), (PAGE, {**FINDING, "fingerprint": "v1:1"})],
    ids=["another page", "another finding"],
)
def test_another_page_or_finding_is_cut_out_anew(
    tmp_path: Path, store: Store, body: bytes, finding: dict[str, Any]
) -> None:
    cut(run_of(tmp_path / "one", PAGE, FINDING), store)
    assert cut(run_of(tmp_path / "two", body, finding), store) == cut(run_of(tmp_path / "three", body, finding), None)


def test_the_same_bytes_in_another_encoding_are_cut_out_anew(tmp_path: Path, store: Store) -> None:
    body = PAGE.replace(b'"/rye.png"', '"/rye.png" alt="Brötchen"'.encode("latin-1"))
    found = [cut(run_of(tmp_path / name, body, FINDING, charset=name), store) for name in ("latin-1", "utf-8")]
    assert ["Brötchen" in one["text"] for (one,) in found] == [True, False]


def test_what_lies_in_the_place_of_the_scratch_folder_is_no_hindrance(tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", PAGE, FINDING)
    run.scratch.write_text("hostile")
    assert len(cut(run, None)) == 1
    run.scratch.mkdir()
    (run.scratch / run_folder.DELIVERED).write_text("hostile")
    assert len(cut(run, None)) == 1


def test_that_a_page_can_not_be_parsed_is_known_too(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snippet, "read", lambda *_: None)
    assert cut(run_of(tmp_path / "one", PAGE, FINDING), store) == []
    monkeypatch.setattr(snippet, "read", lambda *_: pytest.fail("it was parsed"))
    assert cut(run_of(tmp_path / "two", PAGE, FINDING), store) == []
