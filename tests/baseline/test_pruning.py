"""Only the newest baselines stay, with the documents that they have, and the latest one saved is always among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.baseline import pruning, store
from tests.baseline.test_store import loaded, objects, run_of


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Return a folder with three baselines of one page each, whose titles differ."""
    for number in (1, 2, 3):
        run = run_of(tmp_path / str(number), {"/": f"Home {number}"}, f"2026-11-0{number}T10:00:00+00:00")
        store.save(run, tmp_path / "saved")
    return tmp_path / "saved"


@pytest.mark.parametrize(("number", "days"), [(1, ["3"]), (2, ["2", "3"]), (3, ["1", "2", "3"]), (9, ["1", "2", "3"])])
def test_the_newest_stay_and_only_their_documents(saved: Path, number: int, days: list[str]) -> None:
    assert pruning.keep(saved, number) == 3 - len(days)
    assert ([name[9] for name in store.names(saved)], len(objects(saved))) == (days, len(days))


def test_what_stays_can_be_read(saved: Path, tmp_path: Path) -> None:
    pruning.keep(saved, 1)
    assert [page["title"] for page in loaded(saved, tmp_path / "again")] == ["Home 3"]


def test_a_document_that_a_newer_one_has_too_stays(saved: Path, tmp_path: Path) -> None:
    store.save(run_of(tmp_path / "4", {"/": "Home 1"}, "2026-11-04T10:00:00+00:00"), saved)
    pruning.keep(saved, 1)
    assert [page["title"] for page in loaded(saved, tmp_path / "again")] == ["Home 1"]


def test_the_latest_one_saved_stays_however_old_it_is(saved: Path, tmp_path: Path) -> None:
    store.save(run_of(tmp_path / "0", {"/": "Back again"}, "2026-10-01T10:00:00+00:00"), saved)
    pruning.keep(saved, 2)
    assert [page["title"] for page in loaded(saved, tmp_path / "again")] == ["Back again"]
    assert len(store.names(saved)) == 2


def test_a_document_that_any_other_file_names_stays(saved: Path) -> None:
    oldest = saved / "runs" / store.names(saved)[0] / "manifest.jsonl"
    (saved / "ledger.jsonl").write_bytes(oldest.read_bytes())
    pruning.keep(saved, 1)
    assert len(objects(saved)) == 2
