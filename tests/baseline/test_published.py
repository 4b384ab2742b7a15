"""The ledger of every address ever published: what a launch adds to it, and when it is not believed."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import run_folder
from checks.baseline import ledger_file, pruning, published, store
from checks.errors import CannotMeasureError
from checks.run_folder import RunFolder
from tests.baseline.test_store import run_of

Document = dict[str, Any]
DAYS = ["2026-11-01", "2026-11-08", "2026-11-15"]


def answer(path: str, final: int | None, status: int = 301, *, known: bool = True, loop: bool = False) -> Document:
    return {"path": path, "known": known, "status": status, "final_status": final, "loop": loop, "hops": 1}


def launch(
    former: list[Document], pages: list[str], answers: list[Document], day: str, expected: int | None = None
) -> list[Document]:
    return list(published.merged(former, [(one, "page") for one in pages], answers, day, lambda _path: expected))


def entry(ledger: list[Document], path: str) -> tuple[object, ...]:
    one = next(one for one in ledger if one["path"] == path)
    return tuple(one[name] for name in ("first", "last", "gone", "retired", "live"))


def test_a_launch_publishes_its_pages() -> None:
    assert entry(launch([], ["/", "/a/"], [], DAYS[0]), "/a/") == (DAYS[0], DAYS[0], None, False, True)


def test_an_address_that_still_leads_on_has_that_day_as_its_last() -> None:
    ledger = launch(launch([], ["/", "/a/"], [], DAYS[0]), ["/"], [answer("/a/", 200)], DAYS[1])
    assert entry(ledger, "/a/") == (DAYS[0], DAYS[1], None, False, False)


def test_one_that_was_asked_and_leads_nowhere_is_gone_from_then_on() -> None:
    ledger = launch(launch([], ["/", "/a/"], [], DAYS[0]), ["/"], [answer("/a/", 404, 404)], DAYS[1])
    ledger = launch(ledger, ["/"], [answer("/a/", 404, 404)], DAYS[2])
    assert entry(ledger, "/a/") == (DAYS[0], DAYS[0], DAYS[1], False, False)


def test_one_that_was_not_asked_is_as_it_was() -> None:
    ledger = launch(launch([], ["/", "/a/"], [], DAYS[0]), ["/"], [], DAYS[1])
    assert entry(ledger, "/a/") == (DAYS[0], DAYS[0], None, False, False)


def test_one_that_is_meant_to_be_gone_retires() -> None:
    ledger = launch(launch([], ["/", "/a/"], [], DAYS[0]), ["/"], [answer("/a/", 410, 410)], DAYS[1], expected=410)
    assert entry(ledger, "/a/") == (DAYS[0], DAYS[0], DAYS[1], True, False)


def test_one_that_is_published_again_is_neither_gone_nor_retired() -> None:
    ledger = launch(launch([], ["/a/"], [], DAYS[0]), ["/"], [answer("/a/", 410, 410)], DAYS[1], expected=410)
    assert entry(launch(ledger, ["/a/"], [], DAYS[2]), "/a/") == (DAYS[0], DAYS[2], None, False, True)


def test_what_the_build_does_not_show_says_nothing() -> None:
    ledger = launch(launch([], ["/a/"], [], DAYS[0]), ["/"], [answer("/a/", 404, known=False)], DAYS[1])
    assert entry(ledger, "/a/") == (DAYS[0], DAYS[0], None, False, False)


def test_another_site_answers_for_itself_and_a_loop_leads_nowhere() -> None:
    answers = [answer("/a/", None), answer("/b/", None, loop=True)]
    ledger = launch(launch([], ["/a/", "/b/"], [], DAYS[0]), ["/"], answers, DAYS[1])
    assert [entry(ledger, path)[2] for path in ("/a/", "/b/")] == [None, DAYS[1]]


def saved(folder: Path, pages: list[str], number: int) -> store.Saved:
    run = run_of(folder / f"run-{number}", dict.fromkeys(pages, "x"), f"{DAYS[number]}T10:00:00+00:00")
    return store.save(run, folder / "saved")


def loaded(folder: Path) -> list[str]:
    into = RunFolder(folder / "again")
    store.load(folder / "saved", into)
    return [one["path"] for one in into.lines(run_folder.PUBLISHED)]


def test_every_address_of_every_saved_run_is_in_it(tmp_path: Path) -> None:
    for number, pages in enumerate([["/", "/a/"], ["/", "/b/"], ["/"]]):
        last = saved(tmp_path, pages, number)
    assert (loaded(tmp_path), last.published) == (["/", "/a/", "/b/"], 3)


def test_sources_of_redirects_count_as_published(tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", {"/": "x"})
    rules = [{"from": f"https://e.example{path}", "final_status": 200} for path in ("/old/", "/any/*")]
    run.write(run_folder.SITE, {"config": {"production_origin": "https://e.example"}, "redirects": {"rules": rules}})
    store.save(run, tmp_path / "saved")
    assert loaded(tmp_path) == ["/", "/old/"]


def test_a_page_that_a_list_promised_and_that_is_not_there_was_never_published(tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", {"/": "x", "/promised/": "y"})
    pages = [{**one, "http": {"status": 404 if one["title"] == "y" else 200}} for one in run.lines(run_folder.PAGES)]
    run.write_lines(run_folder.PAGES, pages)
    store.save(run, tmp_path / "saved")
    assert loaded(tmp_path) == ["/"]


def test_a_folder_of_before_there_were_ledgers_begins_with_what_its_runs_published(tmp_path: Path) -> None:
    for number, pages in enumerate([["/", "/a/"], ["/", "/b/"]]):
        name = saved(tmp_path, pages, number).name
        (tmp_path / "saved" / "runs" / name / ledger_file.POINTER).unlink()
    assert loaded(tmp_path) == ["/", "/a/", "/b/"]


def pointer(folder: Path) -> Path:
    return folder / "saved" / "runs" / store.latest(folder / "saved") / ledger_file.POINTER


def ledger(folder: Path) -> Path:
    digest = json.loads(pointer(folder).read_text())["digest"]
    return folder / "saved" / "published" / f"{digest}.jsonl.gz"


def cut(folder: Path) -> None:
    lines = gzip.decompress(ledger(folder).read_bytes()).splitlines(keepends=True)
    ledger(folder).write_bytes(gzip.compress(b"".join(lines[:-1])))


def half(folder: Path) -> None:
    ledger(folder).write_bytes(ledger(folder).read_bytes()[:-12])


def forged(folder: Path) -> None:
    ledger(folder).write_bytes(gzip.compress(b'{"path": "/", "weather": "fine"}\n'))


def another(folder: Path) -> None:
    """Put a ledger in place that is none, under its own digest."""
    digest = hashlib.sha256(b"5\n").hexdigest()
    (folder / "saved" / "published" / f"{digest}.jsonl.gz").write_bytes(gzip.compress(b"5\n"))
    pointer(folder).write_text(json.dumps({"digest": digest, "addresses": 1}))


def led_out(folder: Path) -> None:
    pointer(folder).write_text('{"digest": "../../../etc/passwd", "addresses": 3}')


def linked(folder: Path) -> None:
    pointer(folder).unlink()
    pointer(folder).symlink_to("/etc/passwd")


ODD: dict[str, Callable[[Path], object]] = {
    "a ledger that was cut": cut,
    "half of a file": half,
    "a ledger of another shape": forged,
    "no ledger but its digest": another,
    "no ledger": lambda folder: ledger(folder).unlink(),
    "no pointer to it, where an earlier run has one": lambda folder: pointer(folder).unlink(),
    "a pointer that leads out": led_out,
    "a pointer that is a link": linked,
    "a pointer that is no object": lambda folder: pointer(folder).write_text("[]"),
    "a ledger that says less than its pointer": lambda folder: pointer(folder).write_text(
        json.dumps({**json.loads(pointer(folder).read_text()), "addresses": 9})
    ),
}


@pytest.mark.parametrize("name", list(ODD))
def test_a_ledger_that_is_not_what_was_saved_is_refused(name: str, tmp_path: Path) -> None:
    saved(tmp_path, ["/", "/a/"], 0)
    saved(tmp_path, ["/"], 1)
    ODD[name](tmp_path)
    with pytest.raises(CannotMeasureError):
        loaded(tmp_path)


@pytest.mark.parametrize("name", list(ODD))
def test_nothing_is_added_to_a_ledger_that_is_not_what_was_saved(name: str, tmp_path: Path) -> None:
    saved(tmp_path, ["/", "/a/"], 0)
    last = saved(tmp_path, ["/"], 1).name
    ODD[name](tmp_path)
    with pytest.raises(CannotMeasureError):
        saved(tmp_path, ["/"], 2)
    assert store.latest(tmp_path / "saved") == last


def test_a_list_of_files_that_was_cut_is_refused(tmp_path: Path) -> None:
    run = run_of(tmp_path / "run", {"/": "x"})
    run.write_lines(run_folder.FILES, [{"path": "/menu.pdf", "kind": "document", "hashed": False}])
    name = store.save(run, tmp_path / "saved").name
    (tmp_path / "saved" / "runs" / name / run_folder.FILES).write_text("")
    with pytest.raises(CannotMeasureError, match="its digest is another one"):
        loaded(tmp_path)


def test_a_ledger_goes_with_the_last_run_that_points_to_it(tmp_path: Path) -> None:
    first = saved(tmp_path, ["/", "/a/"], 0).name
    saved(tmp_path, ["/"], 1)
    shutil.rmtree(tmp_path / "saved" / "runs" / first)
    saved(tmp_path, ["/", "/b/"], 2)
    assert (len(list((tmp_path / "saved" / "published").iterdir())), loaded(tmp_path)) == (2, ["/", "/a/", "/b/"])


@pytest.mark.parametrize("kept", [1, 2])
def test_a_run_that_is_saved_twice_forgets_no_address_of_launches_before(kept: int, tmp_path: Path) -> None:
    saved(tmp_path, ["/", "/a/"], 0)
    for _again in range(2):
        shutil.rmtree(tmp_path / "run-1", ignore_errors=True)
        last = saved(tmp_path, ["/"], 1)
        pruning.keep(tmp_path / "saved", kept)
    assert (loaded(tmp_path), last.published) == (["/", "/a/"], 2)


def test_a_run_that_could_not_be_saved_leaves_none_behind(tmp_path: Path) -> None:
    saved(tmp_path, ["/", "/a/"], 0)
    last = saved(tmp_path, ["/"], 1).name
    before = store.names(tmp_path / "saved")
    cut(tmp_path)
    with pytest.raises(CannotMeasureError):
        saved(tmp_path, ["/"], 2)
    assert (store.names(tmp_path / "saved"), before[-1]) == (before, last)
