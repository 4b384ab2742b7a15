"""Parts are put together where they belong together and none is missing; what lies in them may come from anywhere."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import merging, run_folder
from checks.commands.finished import finished
from checks.errors import CannotMeasureError, UserError
from checks.run_folder import RunFolder
from tests.collect.reuse.edited import SITE, page
from tests.collect.shards.divided import DAY, Divided

CONFIG = f"site: {SITE}\n"
PATHS = ["/", "/a/", "/b/", "/c/", "/d/"]
Document = dict[str, Any]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Divided:
    folder = tmp_path_factory.mktemp("measured")
    divided = Divided(folder, folder / "build", CONFIG, render=False)
    for name in ("index.html", "a/index.html", "b/index.html", "c/index.html", "d/index.html"):
        file = divided.build / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(name), encoding="utf-8")
    divided.shards(2)
    return divided


@pytest.fixture
def divided(measured: Divided, tmp_path: Path) -> Divided:
    """Return a build of which both shards are measured, to be spoilt."""
    shutil.copytree(measured.folder, tmp_path, dirs_exist_ok=True)
    return Divided(tmp_path, tmp_path / "build", CONFIG, render=False)


def both(divided: Divided) -> list[Path]:
    return [divided.folder / "1-of-2", divided.folder / "2-of-2"]


def taken(divided: Divided, shards: list[Path], config: str | None = None) -> dict[str, Any]:
    """Take every page of the build from shards, as the run does that puts them together."""
    settings = divided.ruling(config).rules.settings
    merged = merging.merged(merging.parts(shards), settings, divided.build, RunFolder(divided.folder / "run"), None)
    pages = {path: merged.elsewhere.page(path) for path in PATHS}
    merged.elsewhere.end()
    return {"pages": pages, "notes": merged.notes}


def refused(divided: Divided, kind: type[Exception], *shards: Path, config: str | None = None) -> str:
    """Return why shards are not put together."""
    with pytest.raises(kind) as told:
        taken(divided, list(shards) or both(divided), config)
    return str(told.value)


def spoil(folder: Path, change: Callable[[Document], object]) -> None:
    file = folder / run_folder.RUN
    about = json.loads(file.read_text(encoding="utf-8"))
    change(about)
    file.write_text(json.dumps(about), encoding="utf-8")


def lines(folder: Path) -> list[Document]:
    return [json.loads(line) for line in (folder / run_folder.MEASURED).read_text(encoding="utf-8").splitlines()]


def put(folder: Path, *said: object) -> None:
    (folder / run_folder.MEASURED).write_text("".join(f"{json.dumps(one)}\n" for one in said), encoding="utf-8")
    spoil(folder, lambda about: about["shard"].update(pages=len(said)))


def test_all_shards_of_a_build_are_put_together_in_any_order(divided: Divided) -> None:
    run = divided.merge(both(divided)[::-1])
    assert [one["path"] for one in run.lines(run_folder.PAGES)] == PATHS


def test_of_a_file_that_was_cut_nothing_is_left_that_could_be_judged(divided: Divided) -> None:
    (both(divided)[0] / run_folder.MEASURED).write_bytes(b"")
    with pytest.raises(CannotMeasureError, match=r"holds 0 pages, and run\.json beside it says"):
        divided.merge(both(divided))
    assert not (divided.folder / "merged" / run_folder.RUN).exists()


def test_a_shard_that_is_missing_is_named_and_nobody_can_tell(divided: Divided) -> None:
    assert "missing: 2/2" in refused(divided, CannotMeasureError, both(divided)[0])


def test_a_shard_that_is_named_twice_is_refused(divided: Divided) -> None:
    assert "is shard 1/2, and so is" in refused(divided, UserError, *both(divided), both(divided)[0])


def test_shards_of_two_divisions_are_refused(divided: Divided) -> None:
    third = divided.shard("3/3")
    assert "is shard 3/3, and" in refused(divided, UserError, *both(divided), third)


def test_a_folder_that_is_no_shard_is_refused(divided: Divided) -> None:
    whole = divided.whole().path
    assert "it is a run of its own" in refused(divided, UserError, *both(divided), whole)


def test_a_folder_that_is_not_there_is_refused(divided: Divided) -> None:
    assert "nowhere" in refused(divided, UserError, divided.folder / "nowhere")


def test_a_shard_of_another_build_is_refused(divided: Divided) -> None:
    (divided.build / "a" / "index.html").write_text(page("Changed"), encoding="utf-8")
    divided.shard("2/2")
    assert "was measured of other files than" in refused(divided, UserError)


def test_shards_of_another_build_than_the_one_that_is_here_are_refused(divided: Divided) -> None:
    (divided.build / "robots.txt").write_text("User-agent: *\nDisallow: /a/\n", encoding="utf-8")
    assert "was measured of other files than what is here" in refused(divided, UserError)


def test_a_shard_that_was_measured_by_other_settings_is_refused_and_they_are_named(divided: Divided) -> None:
    divided.shard("2/2", config=f"{CONFIG}key_pages: [/a/]\n")
    assert "by other settings (key_pages) than" in refused(divided, UserError)


def test_other_settings_here_are_refused_and_named(divided: Divided) -> None:
    said = refused(divided, UserError, config=f"{CONFIG}key_pages: [/a/]\n")
    assert "by other settings (key_pages) than what is here" in said


def test_a_baseline_may_be_named_where_the_parts_are_put_together_alone(divided: Divided) -> None:
    baseline = divided.whole("live").path
    run = divided.merge(both(divided), config=f"{CONFIG}baseline: {baseline}\n")
    assert run.read(run_folder.RUN)["baseline"]["why"] is None


@pytest.mark.parametrize("name", ["program", "browser", "division"])
def test_a_shard_that_was_made_otherwise_is_refused(divided: Divided, name: str) -> None:
    spoil(both(divided)[1], lambda about: about["shard"]["made_with"].update({name: "f" * 32}))
    assert "2-of-2 (shard 2/2): was measured" in refused(divided, UserError)


def test_a_shard_of_another_day_is_refused(divided: Divided) -> None:
    divided.shard("2/2", day=DAY + dt.timedelta(days=1))
    assert "on another day" in refused(divided, UserError)


def test_shards_of_yesterday_are_of_a_run_that_began_yesterday(divided: Divided) -> None:
    parts = merging.parts(both(divided))
    assert merging.day(parts, DAY.date() + dt.timedelta(days=1)) == DAY.date()


@pytest.mark.parametrize("days", [-1, 2, 400])
def test_older_shards_tell_nothing_of_today(divided: Divided, days: int) -> None:
    with pytest.raises(CannotMeasureError, match="Collect all shards again"):
        merging.day(merging.parts(both(divided)), DAY.date() + dt.timedelta(days=days))


def test_machines_that_differ_are_told(divided: Divided) -> None:
    spoil(both(divided)[1], lambda about: about["shard"]["made_with"].update(machine="f" * 32))
    (note,) = taken(divided, both(divided))["notes"]
    assert "machines that differ" in note


def test_a_page_that_no_shard_has_is_named(divided: Divided) -> None:
    first = both(divided)[0]
    lost, *others = lines(first)
    put(first, *others)
    assert f"no shard has measured {lost['path']}" in refused(divided, CannotMeasureError)


def test_a_page_that_two_shards_have_is_named(divided: Divided) -> None:
    one, other = both(divided)
    twice = lines(one)[0]
    put(other, *sorted([*lines(other), twice], key=lambda line: line["path"]))
    assert f"{twice['path']} is measured twice" in refused(divided, UserError)


def test_a_page_that_the_build_does_not_have_is_named(divided: Divided) -> None:
    first = both(divided)[0]
    put(first, *lines(first), {"path": "/zoo/", "state": "failed", "why": "it hung", "reused": None, "page": None})
    assert "/zoo/ is no page to be measured in this build" in refused(divided, UserError)


def test_a_page_that_one_shard_has_twice_is_refused(divided: Divided) -> None:
    first = both(divided)[0]
    put(first, *lines(first), lines(first)[-1])
    assert "the lines are sorted by path, each page once" in refused(divided, CannotMeasureError)


def test_a_page_that_a_shard_could_not_measure_stays_a_gap(divided: Divided) -> None:
    first = both(divided)[0]
    failed, *others = lines(first)
    put(first, {**failed, "state": "failed", "why": "it hung", "page": None}, *others)
    ledger = {one["path"]: one for one in divided.merge(both(divided)).lines(run_folder.COVERAGE)}
    assert (ledger[failed["path"]]["state"], ledger[failed["path"]]["why"]) == ("failed", "it hung")


def _of(line: Document, **said: object) -> Document:
    return {**line, "page": {**line["page"], **said}}


HOSTILE: dict[str, Callable[[Document], object]] = {
    "is called measured without facts": lambda line: {**line, "page": None},
    "failed without a reason": lambda line: {**line, "state": "failed", "why": "", "page": None},
    "is of a state that nobody knows": lambda line: {**line, "state": "fine"},
    "says more than a line does": lambda line: {**line, "verdict": "GO"},
    "is about another page in its document": lambda line: _of(
        line, document={**line["page"]["document"], "path": "/else/"}
    ),
    "is about another page in its digest": lambda line: _of(line, digest={**line["page"]["digest"], "path": "/else/"}),
    "has a fact that nobody knows": lambda line: _of(line, document={**line["page"]["document"], "titel": "x"}),
    "lacks the links": lambda line: _of(
        line, document={name: value for name, value in line["page"]["document"].items() if name != "links"}
    ),
    "has a sketch beyond 32 bits": lambda line: _of(line, digest={**line["page"]["digest"], "sketch": [2**32]}),
    "links out of the site": lambda line: _of(line, links=[["https://evil.example/", True]]),
    "is a list": lambda line: [line],
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_line_that_no_gonogo_wrote_is_refused_with_its_place(divided: Divided, how: str) -> None:
    first = both(divided)[0]
    line, *others = lines(first)
    put(first, HOSTILE[how](line), *others)
    assert f"1-of-2/{run_folder.MEASURED}:1: " in refused(divided, CannotMeasureError)


@pytest.mark.parametrize("text", [b"\xff\xfe", b"{", b'{"path": NaN}', b"[" * 100_000])
def test_what_is_not_json_is_refused_with_its_place(divided: Divided, text: bytes) -> None:
    (both(divided)[0] / run_folder.MEASURED).write_bytes(text)
    assert f"{run_folder.MEASURED}:1: is not JSON" in refused(divided, CannotMeasureError)


def test_a_line_without_end_is_not_held(divided: Divided, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checks.merging.lines.LONGEST", 100_000)
    (both(divided)[0] / run_folder.MEASURED).write_bytes(b" " * 200_000)
    assert "is longer than 100,000 bytes" in refused(divided, CannotMeasureError)


def test_a_line_of_more_values_than_a_page_has_is_refused_before_it_is_decoded(divided: Divided) -> None:
    # 24 MB of empty lists, which would fill gigabytes.
    (both(divided)[0] / run_folder.MEASURED).write_bytes(b'{"path": [' + b"[]," * 8_000_000 + b"0]}\n")
    assert f"{run_folder.MEASURED}:1: holds more than 8,000,000 values" in refused(divided, CannotMeasureError)


def test_of_more_lines_than_a_shard_has_pages_none_is_read(divided: Divided) -> None:
    first = both(divided)[0]
    pages = len(lines(first))
    with (first / run_folder.MEASURED).open("ab") as file:
        file.write(b"no JSON at all\n" * 1_000_000)
    said = refused(divided, CannotMeasureError)
    assert f"holds more than {pages} pages, and run.json beside it says {pages}" in said


def test_a_record_beyond_measure_is_not_decoded(divided: Divided, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging.folders, "LONGEST", 1000)
    assert f"1-of-2/{run_folder.RUN}: is longer than 1,000 bytes" in refused(divided, CannotMeasureError)


ODD: dict[str, Callable[[Document], object]] = {
    "a number beyond the last": lambda about: about["shard"].update(number=3),
    "no number": lambda about: about["shard"].pop("number"),
    "a name that leads elsewhere": lambda about: about["shard"]["made_with"].update(build="../../etc/passwd"),
    "pages below none": lambda about: about["shard"].update(pages=-1),
    "what nobody asked for": lambda about: about.update(verdict="GO"),
    "addresses beyond measure": lambda about: about["shard"]["told"].update(missing=[str(n) for n in range(1001)]),
}


@pytest.mark.parametrize("how", ODD)
def test_a_record_that_no_gonogo_wrote_is_refused(divided: Divided, how: str) -> None:
    spoil(both(divided)[0], ODD[how])
    assert f"1-of-2/{run_folder.RUN}: " in refused(divided, CannotMeasureError)


def test_a_shard_alone_is_not_judged(divided: Divided) -> None:
    with pytest.raises(UserError, match=r"one shard of a site \(1/2\), which gets no verdict alone"):
        finished(both(divided)[0])


def test_a_shard_can_not_be_put_together_in_its_own_folder(divided: Divided) -> None:
    with pytest.raises(UserError, match="Choose another folder"):
        divided.merge(both(divided), name="1-of-2")
    assert lines(both(divided)[0])


def test_an_earlier_run_balances_the_shards_and_all_must_know_it(divided: Divided) -> None:
    whole = divided.whole()
    slow = [{**one, "vitals": {"settle_ms": 9000 if one["path"] == "/" else 1}} for one in whole.lines("pages.jsonl")]
    whole.write_lines(run_folder.PAGES, slow)
    one, other = (divided.shard(f"{number}/2", times=whole.path) for number in (1, 2))
    assert sorted(len(lines(folder)) for folder in (one, other)) == [1, 4]
    divided.shard("1/2")
    assert "with the pages divided in another way" in refused(divided, UserError)
