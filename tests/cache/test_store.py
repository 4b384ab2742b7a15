from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from pathlib import Path

import pytest

from checks.cache.store import FILE, Store, Trace

SECRET, OTHER = b"s" * 32, b"o" * 32
PLACE = b"a place"
DAY = 86_400


def kept(folder: Path, key: bytes = b"key", body: bytes = b"body", now: int = 0) -> None:
    store = Store(folder, SECRET, now)
    store.put(PLACE, Trace(key, b"trace of " + key), body)
    store.close()


def looked_up(folder: Path, key: bytes = b"key", secret: bytes = SECRET) -> tuple[list[bytes], bytes | None, set[str]]:
    store = Store(folder, secret, 0)
    found = [trace.text for trace in store.traces(PLACE)], store.body(key), store.troubles
    store.close()
    return found


def changed(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / FILE) as db:
        db.execute(statement)
    db.close()


def test_what_was_put_is_found_by_the_next_run(tmp_path: Path) -> None:
    kept(tmp_path)
    assert looked_up(tmp_path) == ([b"trace of key"], b"body", set())


def test_what_was_put_is_found_by_the_same_run(tmp_path: Path) -> None:
    store = Store(tmp_path, SECRET, 0)
    store.put(PLACE, Trace(b"key", b"trace"), b"body")
    assert store.body(b"key") == b"body"
    store.put_again(b"key", b"another")
    assert store.body(b"key") == b"another"
    store.close()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE trace SET trace = x'00'",
        "UPDATE trace SET trace = 'text'",
        "UPDATE trace SET trace = NULL",
        "UPDATE trace SET key = x'00'",
        "UPDATE trace SET seal = NULL",
    ],
)
def test_a_trace_that_somebody_has_changed_is_not_believed(tmp_path: Path, tampering: str) -> None:
    kept(tmp_path)
    changed(tmp_path, tampering)
    assert looked_up(tmp_path)[0] == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE body SET body = x'00'",
        "UPDATE body SET body = 7",
        "UPDATE body SET seal = (SELECT seal FROM trace)",
        "DELETE FROM body",
        "UPDATE body SET body = zeroblob(40000000)",
    ],
)
def test_a_body_that_somebody_has_changed_is_not_believed(tmp_path: Path, tampering: str) -> None:
    kept(tmp_path)
    changed(tmp_path, tampering)
    assert looked_up(tmp_path)[1] is None


def test_the_body_of_another_key_is_not_believed(tmp_path: Path) -> None:
    kept(tmp_path)
    kept(tmp_path, b"other", b"its body")
    changed(tmp_path, "UPDATE body SET (body, seal) = (SELECT body, seal FROM body WHERE key = x'6f74686572')")
    assert looked_up(tmp_path)[1] is None


def test_what_was_written_with_another_secret_is_not_believed_and_said(tmp_path: Path) -> None:
    kept(tmp_path)
    assert looked_up(tmp_path, secret=OTHER) == ([], None, {"it holds what was not written with this key"})


@pytest.mark.parametrize("left", [0, 1, 100, 4096, 9000])
def test_a_file_that_was_cut_off_is_begun_anew(tmp_path: Path, left: int) -> None:
    for number in range(40):
        kept(tmp_path, b"key %d" % number, bytes(2000))
    file = tmp_path / FILE
    file.write_bytes(file.read_bytes()[:left])
    looked_up(tmp_path)
    kept(tmp_path)
    assert looked_up(tmp_path) == ([b"trace of key"], b"body", set())


def test_a_file_that_is_no_database_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database" * 1000)
    assert looked_up(tmp_path) == ([], None, {"it was broken, and begun anew"})
    kept(tmp_path)
    assert looked_up(tmp_path) == ([b"trace of key"], b"body", set())


@pytest.mark.parametrize(
    "foreign",
    [
        "CREATE TABLE more (one)",
        "CREATE TRIGGER one AFTER UPDATE ON trace BEGIN DELETE FROM body; END",
        "CREATE VIEW seen AS SELECT 1",
        "DROP INDEX by_use",
    ],
)
def test_a_file_with_other_tables_than_ours_is_begun_anew(tmp_path: Path, foreign: str) -> None:
    kept(tmp_path)
    changed(tmp_path, foreign)
    assert looked_up(tmp_path) == ([], None, {"it was broken, and begun anew"})


def test_a_folder_that_can_not_be_written_keeps_nothing_and_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    folder = tmp_path / "file" / "cache"
    kept(folder)
    traces, body, troubles = looked_up(folder)
    assert (traces, body) == ([], None)
    assert troubles == {"it can't be used now (unable to open database file)"}


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    kept(tmp_path, b"old", bytes(400), now=0)
    kept(tmp_path, b"used", bytes(400), now=0)
    kept(tmp_path, b"new", bytes(400), now=2 * DAY)
    store = Store(tmp_path, SECRET, 3 * DAY, limit=1200)
    assert store.body(b"used") is not None
    store.close()
    assert [looked_up(tmp_path, key)[1] is None for key in (b"old", b"used", b"new")] == [True, False, False]


def test_a_cache_that_outgrows_its_limit_gets_smaller(tmp_path: Path) -> None:
    store = Store(tmp_path, SECRET, 0, limit=200_000)
    for number in range(100):
        store.put(PLACE, Trace(b"%d" % number, b"trace"), bytes(10_000))
    store.close()
    assert (tmp_path / FILE).stat().st_size < 300_000


def test_of_one_place_the_newest_traces_are_compared_first(tmp_path: Path) -> None:
    for number in range(6):
        kept(tmp_path, b"%d" % number, now=number)
    assert looked_up(tmp_path)[0] == [b"trace of 5", b"trace of 4", b"trace of 3", b"trace of 2"]


def test_a_file_that_somebody_holds_for_a_while_is_waited_for(tmp_path: Path) -> None:
    Store(tmp_path, SECRET, 0).close()
    holder = sqlite3.connect(tmp_path / FILE, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    letting_go = threading.Timer(12, holder.execute, ["COMMIT"])
    letting_go.start()
    _writes(tmp_path, 1)
    letting_go.join()
    holder.close()
    assert len(looked_up(tmp_path)[0]) == 4


def _writes(folder: Path, name: int) -> None:
    store = Store(folder, SECRET, 0)
    for number in range(200):
        store.put(PLACE, Trace(b"%d %d" % (name, number), b"trace"), b"body")
    store.close()
    if store.troubles:
        raise AssertionError(store.troubles)


def test_several_processes_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_writes, args=(tmp_path, name)) for name in range(4)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert [one.exitcode for one in writers] == [0, 0, 0, 0]
    with sqlite3.connect(tmp_path / FILE) as db:
        assert db.execute("SELECT count(*) FROM trace").fetchone() == (800,)
    db.close()
