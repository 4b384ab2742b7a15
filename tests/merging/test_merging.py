"""Parts are put together where they belong together and none is missing."""

from __future__ import annotations

import datetime as dt

import pytest

from checks import merging, run_folder
from checks.commands.finished import finished
from checks.errors import CannotMeasureError, UserError
from tests.collect.reuse.edited import page
from tests.collect.shards.divided import DAY, Divided
from tests.merging.parts import CONFIG, PATHS, both, lines, refused, spoil, taken


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
