from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from checks import run_folder
from checks.baseline import kinds, store
from checks.errors import CannotMeasureError
from checks.run_folder import RunFolder


def run_of(
    folder: Path, pages: dict[str, str], started: str = "2026-11-01T10:00:00+00:00", lcp: int = 900
) -> RunFolder:
    """Write the facts of a run: the title of each page by path, and how long each took this time."""
    run = RunFolder(folder)
    run.path.mkdir()
    documents = [{"path": path, "title": title, "vitals": {"lcp_ms": lcp}} for path, title in pages.items()]
    run.write_lines(run_folder.PAGES, documents)
    lines = [{"path": path, "state": "measured", "kind": "page"} for path in pages]
    run.write_lines(run_folder.COVERAGE, lines)
    run.write(run_folder.SITE, {"kind": "site"})
    run.write(run_folder.RUN, {"started": started, "gonogo": "0.1.0"})
    return run


def objects(folder: Path) -> list[Path]:
    return sorted((folder / "objects").rglob("*.gz"))


def loaded(folder: Path, into: Path) -> list[dict[str, Any]]:
    store.load(folder, RunFolder(into))
    return list(RunFolder(into).lines(run_folder.PAGES))


def test_what_is_read_is_what_was_saved(tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", {"/": "Home", "/about/": "About"})
    store.save(run, tmp_path / "saved")
    assert loaded(tmp_path / "saved", tmp_path / "again") == list(run.lines(run_folder.PAGES))


def test_a_page_that_did_not_change_is_stored_once_however_long_it_took(tmp_path: Path) -> None:
    store.save(run_of(tmp_path / "one", {"/": "Home", "/about/": "About"}, lcp=900), tmp_path / "saved")
    later = run_of(tmp_path / "two", {"/": "Home", "/about/": "Us"}, "2026-11-02T10:00:00+00:00", lcp=1200)
    assert (store.save(later, tmp_path / "saved").added, len(objects(tmp_path / "saved"))) == (1, 3)


def test_the_latest_saved_is_the_one_that_counts(tmp_path: Path) -> None:
    store.save(run_of(tmp_path / "new", {"/": "New"}, "2026-11-02T10:00:00+00:00"), tmp_path / "saved")
    rolled_back = store.save(run_of(tmp_path / "old", {"/": "Old"}), tmp_path / "saved")
    assert store.latest(tmp_path / "saved") == rolled_back.name
    assert loaded(tmp_path / "saved", tmp_path / "again")[0]["title"] == "Old"


def test_a_document_that_was_changed_is_refused(tmp_path: Path) -> None:
    store.save(run_of(tmp_path / "run", {"/": "Home"}), tmp_path / "saved")
    objects(tmp_path / "saved")[0].write_bytes(gzip.compress(json.dumps({"path": "/", "title": "Forged"}).encode()))
    with pytest.raises(CannotMeasureError, match="its digest is another one"):
        loaded(tmp_path / "saved", tmp_path / "again")


def test_a_document_that_is_missing_is_refused(tmp_path: Path) -> None:
    store.save(run_of(tmp_path / "run", {"/": "Home"}), tmp_path / "saved")
    objects(tmp_path / "saved")[0].unlink()
    with pytest.raises(CannotMeasureError, match="can't be read"):
        loaded(tmp_path / "saved", tmp_path / "again")


FORGED = {
    "no JSON": b"{",
    "no object": b"[1]",
    "too much": b" " * (65 * 1024 * 1024),
}


@pytest.mark.parametrize("name", list(FORGED))
def test_a_document_under_its_own_digest_is_still_not_believed(name: str, tmp_path: Path) -> None:
    saved = store.save(run_of(tmp_path / "run", {"/": "Home"}), tmp_path / "saved")
    digest = hashlib.sha256(FORGED[name]).hexdigest()
    file = tmp_path / "saved" / "objects" / digest[:2] / f"{digest[2:]}.json.gz"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(gzip.compress(FORGED[name]))
    manifest = tmp_path / "saved" / "runs" / saved.name / "manifest.jsonl"
    manifest.write_text(json.dumps({"digest": digest, "path": "/", "vitals": None}) + "\n")
    with pytest.raises(CannotMeasureError, match=r"is not JSON|is not a JSON object|holds more than"):
        loaded(tmp_path / "saved", tmp_path / "again")


def test_a_link_in_place_of_a_saved_file_is_refused(tmp_path: Path) -> None:
    saved = store.save(run_of(tmp_path / "run", {"/": "Home"}), tmp_path / "saved")
    ledger = tmp_path / "saved" / "runs" / saved.name / "coverage.jsonl"
    ledger.unlink()
    ledger.symlink_to("/etc/passwd")
    with pytest.raises(CannotMeasureError, match="is no plain file"):
        loaded(tmp_path / "saved", tmp_path / "again")


def test_a_run_can_not_say_where_it_is_saved(tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", {"/": "Home"}, started="../../../elsewhere")
    saved = store.save(run, tmp_path / "saved")
    assert store.names(tmp_path / "saved") == [saved.name]


def test_a_manifest_leads_nowhere_else(tmp_path: Path) -> None:
    saved = store.save(run_of(tmp_path / "run", {"/": "Home"}), tmp_path / "saved")
    manifest = tmp_path / "saved" / "runs" / saved.name / "manifest.jsonl"
    manifest.write_text('{"digest": "../../../../etc/passwd", "path": "/", "vitals": null}\n')
    with pytest.raises(CannotMeasureError, match="names no digest"):
        loaded(tmp_path / "saved", tmp_path / "again")


def test_a_latest_that_is_not_there_is_refused(tmp_path: Path) -> None:
    store.save(run_of(tmp_path / "run", {"/": "Home"}), tmp_path / "saved")
    (tmp_path / "saved" / "latest").write_text("../elsewhere\n")
    with pytest.raises(CannotMeasureError, match="names no baseline"):
        store.latest(tmp_path / "saved")


def test_what_is_named_is_told_apart(tmp_path: Path) -> None:
    store.save(run_of(tmp_path / "run", {"/": "Home"}), tmp_path / "saved")
    named = [str(tmp_path / "saved"), str(tmp_path / "run"), str(tmp_path), "https://www.example.com/"]
    assert [kinds.kind_of(name) for name in named] == ["saved", "run", "build", "address"]
