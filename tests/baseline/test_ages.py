"""The list that dates findings: carried on with each run that is saved, and never younger than it was."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import run_folder
from checks.baseline import ages, ledger_file, store
from checks.errors import CannotMeasureError
from checks.judge.finding import fingerprint
from checks.run_folder import RunFolder

FIRST, SECOND, THIRD = "2026-09-01", "2026-10-01", "2026-11-01"
Known = dict[str, tuple[str, bool]]


class Launches:
    """Saves one run after the other into one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "saved"
        self._runs = folder
        self._number = 0

    def save(self, day: str, *found: dict[str, Any], compared: bool = True, **said: Any) -> Known:
        """Save a run of a day with these findings; return what is known since when, by page."""
        self._number += 1
        run = RunFolder(self._runs / f"run-{self._number}")
        run.path.mkdir()
        pages = said.get("pages", {"/a/": "measured", "/b/": "measured"})
        run.write(run_folder.RUN, {"started": f"{day}T10:00:00+00:00"})
        run.write(run_folder.SITE, {"kind": "site"})
        run.write_lines(run_folder.PAGES, ({"path": path} for path, state in pages.items() if state == "measured"))
        run.write_lines(
            run_folder.COVERAGE, ({"path": path, "state": state, "kind": "page"} for path, state in pages.items())
        )
        if said.get("judged", True):
            policies = (
                [{"id": "seo/it", "cannot_tell": said.get("cannot_tell", 0)}] if said.get("in_force", True) else []
            )
            run.write(run_folder.VERDICT, {"compared": {} if compared else None, "policies": policies})
            run.write_lines(run_folder.FINDINGS, found)
        store.save(run, self.folder)
        return self.known()

    @property
    def last(self) -> Path:
        """The folder of the run that was saved last."""
        return self.folder / store.RUNS / store.latest(self.folder)

    def known(self) -> Known:
        """Return what the list in the folder says."""
        into = RunFolder(self._runs / f"into-{self._number}")
        into.path.mkdir(exist_ok=True)
        ages.load(ledger_file.aged(self.folder, self.last), into)
        return {one.page or "": (one.day.isoformat(), one.at_least) for one in ages.of(into)}


@pytest.fixture
def launches(tmp_path: Path) -> Launches:
    return Launches(tmp_path)


def found(page: str = "/a/", state: str = "new", **fields: Any) -> dict[str, Any]:
    mark = fingerprint("seo/it", page, "x")
    return {"policy": "seo/it", "page": page, "fingerprint": mark, "reads": "page", "state": state, **fields}


def test_a_list_that_is_begun_says_at_least(launches: Launches) -> None:
    assert launches.save(FIRST, found(), compared=False) == {"/a/": (FIRST, True)}


def test_a_finding_that_was_new_when_it_was_compared_is_dated_to_the_day(launches: Launches) -> None:
    launches.save(FIRST, found(), compared=False)
    assert launches.save(SECOND, found(state="existing"), found("/b/"))["/b/"] == (SECOND, False)


def test_a_finding_that_stays_keeps_its_day_whatever_the_run_was_compared_with(launches: Launches) -> None:
    launches.save(FIRST, found())
    launches.save(SECOND, found(state="existing"))
    assert launches.save(THIRD, found(), compared=False) == {"/a/": (FIRST, False)}


def test_a_finding_that_was_mended_and_comes_back_is_young_again(launches: Launches) -> None:
    launches.save(FIRST, found())
    assert launches.save(SECOND) == {}
    assert launches.save(THIRD, found()) == {"/a/": (THIRD, False)}


@pytest.mark.parametrize(
    "said",
    [
        {"pages": {"/a/": "failed", "/b/": "measured"}},
        {"pages": {"/a/": "excluded", "/b/": "measured"}},
        {"cannot_tell": 1},
        {"in_force": False},
        {"judged": False},
    ],
)
def test_what_nobody_looked_for_keeps_its_day(launches: Launches, said: dict[str, Any]) -> None:
    launches.save(FIRST, found())
    launches.save(SECOND, **said)
    assert launches.save(THIRD, found()) == {"/a/": (FIRST, False)}


def test_a_finding_that_moved_with_its_page_keeps_the_day_that_its_run_knows(launches: Launches) -> None:
    launches.save(FIRST, found())
    moved = found("/b/", "existing", since={"day": FIRST, "at_least": False, "days": 30})
    assert launches.save(SECOND, moved) == {"/b/": (FIRST, False)}


def test_going_back_to_an_earlier_run_makes_nothing_younger(launches: Launches) -> None:
    launches.save(SECOND, found())
    assert launches.save(FIRST, found()) == {"/a/": (FIRST, False)}


def test_what_is_said_of_a_change_or_of_the_lab_is_not_dated(launches: Launches) -> None:
    assert launches.save(FIRST, found(reads="change"), found("/b/", reads="lighthouse")) == {}


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b'{"fingerprint": "v1:0", "policy": "a/b", "page": null, "day": "soon"}']
)
def test_a_list_that_was_spoilt_is_refused_with_its_place(launches: Launches, line: bytes) -> None:
    launches.save(FIRST, found())
    as_before(launches, gzip.compress(line + b"\n"))
    with pytest.raises(CannotMeasureError, match=r"ages\.jsonl\.gz"):
        launches.known()


def as_before(launches: Launches, listed: bytes) -> None:
    """Keep the list where a former gonogo did: beside all runs, under no digest."""
    pointer = json.loads((launches.last / ledger_file.POINTER).read_text())
    del pointer["ages"]
    (launches.last / ledger_file.POINTER).write_text(json.dumps(pointer))
    (launches.last / ages.FILE).unlink()
    (launches.folder / ages.FILE).write_bytes(listed)


def test_a_list_that_a_former_gonogo_kept_is_carried_on(launches: Launches) -> None:
    launches.save(FIRST, found())
    as_before(launches, (launches.last / ages.FILE).read_bytes())
    assert launches.known() == {"/a/": (FIRST, False)}
    assert launches.save(SECOND, found(state="existing")) == {"/a/": (FIRST, False)}
    assert not (launches.folder / ages.FILE).exists()


@pytest.mark.parametrize(
    "spoil", [lambda file: file.unlink(), lambda file: file.write_bytes(gzip.compress(b""))], ids=["gone", "changed"]
)
def test_a_list_that_is_not_what_was_saved_is_refused_when_it_is_read_and_when_it_is_carried_on(
    launches: Launches, spoil: Callable[[Path], object]
) -> None:
    launches.save(FIRST, found())
    spoil(launches.last / ages.FILE)
    for reading in (launches.known, lambda: launches.save(SECOND, found())):
        with pytest.raises(CannotMeasureError, match=r"ages\.jsonl\.gz: is not what was saved"):
            reading()
