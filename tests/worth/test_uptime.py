"""Uptime: what the exports of monitors say of the site, what is refused, and how it stands in the reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks import shapes
from checks.errors import UserError
from checks.facts.uptime import Monitor, Watched, of_site
from checks.report import uptime as report
from checks.report.result import Result
from checks.settings.exports import Export
from checks.worth.addresses import Own
from checks.worth.durations import seconds
from checks.worth.numbers import NoNumberError
from checks.worth.uptime import read

OWN = Own("https://www.example.com", moved_from=("https://old.example.net",))
Group = dict[str, object]


def told(
    folder: Path, data: str | bytes, days: int | None = None, decimal: str | None = None
) -> tuple[Group, list[str]]:
    file = folder / "u.csv"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    (folder / "u.sqlite").unlink(missing_ok=True)
    watched, notes = read(Export("uptime", "u.csv", days, decimal), file, "u.csv", OWN, folder / "u.sqlite")
    group = of_site(watched)
    jsonschema.validate(group, shapes.load("site")["properties"]["uptime"])
    return group, notes


def share(folder: Path, data: str | bytes, days: int | None = None, decimal: str | None = None) -> object:
    return told(folder, data, days, decimal)[0]["share"]


LOG = """\
Monitor,Monitor URL,Event,Date-Time,Reason,Duration,Duration (in mins.)
Shop,https://www.example.com/shop/?key=secret,Up,2026-11-02 10:30:00,OK,"700 hrs, 30 mins",42030
Shop,https://www.example.com/shop/?key=secret,Down,2026-11-02 09:00:00,Timeout,"1 hrs, 30 mins",90
Shop,https://www.example.com/shop/?key=secret,Paused,2026-11-01 09:00:00,,"24 hrs, 0 mins",1440
Shop,https://www.example.com/shop/?key=secret,Down,2026-11-01 08:00:00,Timeout,"0 hrs, 30 mins",30
"""


def test_a_log_of_states_says_the_share_the_longest_outage_and_how_long_the_monitor_looked(tmp_path: Path) -> None:
    assert told(tmp_path, LOG)[0] == {
        "share": round(42030 / 42150, 6),
        "longest_outage_s": 90 * 60,
        "days": round(42150 / 1440, 2),
        "from": "2026-11-01",
        "to": "2026-11-02",
        "monitors": [{"monitor": "/shop/ (Shop)", "share": round(42030 / 42150, 6), "longest_outage_s": 5400}],
        "monitors_total": 1,
    }


def test_percentages_are_the_mean_of_the_monitors_the_worst_first(tmp_path: Path) -> None:
    text = "URL,Availability,Longest incident\nhttps://www.example.com/,100%,0\nexample.com/shop/,99.5%,1h 5m\n"
    group, notes = told(tmp_path, text, days=30)
    assert (group["share"], group["longest_outage_s"], group["days"], notes) == (0.9975, 3900, 30, [])
    assert [one["monitor"] for one in group["monitors"]] == ["/shop/", "/"]  # type: ignore[attr-defined]


def test_downtime_alone_needs_the_days_that_it_is_of(tmp_path: Path) -> None:
    text = "Check,Downtime (seconds)\nhttps://www.example.com/,8640\n"
    assert share(tmp_path, text, days=10) == 0.99
    with pytest.raises(UserError, match="does not say of which period") as refused:
        told(tmp_path, text)
    assert "days: 30" in str(refused.value.remedy)


def test_a_log_of_outages_alone_needs_the_days_that_they_are_of(tmp_path: Path) -> None:
    text = "Name,Event,Duration\nA,Down,1h\n,Down,1h 24m\n"
    group, _ = told(tmp_path, text, days=1)
    assert (group["share"], group["longest_outage_s"], group["monitors_total"]) == (0.95, 5040, 2)
    with pytest.raises(UserError, match="does not say of which period"):
        told(tmp_path, text)


def test_days_of_one_monitor_are_one_monitor(tmp_path: Path) -> None:
    group, _ = told(tmp_path, "Date,Uptime\n2026-11-01,100.00\n2026-11-02,99.00\nTotal,99.5\n,99.5\n")
    assert (group["share"], group["monitors_total"], group["days"]) == (0.995, 1, 2)
    assert (group["from"], group["to"]) == ("2026-11-01", "2026-11-02")


READ = {
    "three decimals": ("Name,Uptime\nA,99.982\n", 0.99982),
    "a comma": ("Name;Uptime\nA;99,982\n", 0.99982),
    "with a sign": ("Name\tUptime %\nA\t99,982 %\n", 0.99982),
    "Windows' text": ("Name;Verfügbarkeit (%)\nA;99,5\n".encode("cp1252"), 0.995),
    "UTF-16": ("Name,Uptime\nA,99.5\n".encode("utf-16"), 0.995),
    "all of it": ("Name,Uptime\nA,100\n", 1),
    "none of it": ("Name,Uptime\nA,0\n", 0),
    "less than a percent": ("Name,Uptime\nA,0.5%\n", 0.005),
    "a row of totals": ("Name,Uptime\nA,99\nB,97\nAverage,12\n", 0.98),
    "a monitor that is called a total": ("URL,Name,Uptime\n/,Total,99\n/a/,A,97\n", 0.98),
    "a row without figures": ("Name,Uptime\nA,99\nB,\nC,n/a\n", 0.99),
    "an almost whole one": ("Name,Uptime\nA,99.99999999\n", 0.999999),
    "the percentage where both stand": ("Name,Uptime,Downtime\nA,99,7\n", 0.99),
}


@pytest.mark.parametrize(("text", "found"), READ.values(), ids=READ)
def test_percentages_are_read_as_monitors_write_them(tmp_path: Path, text: str | bytes, found: float) -> None:
    assert share(tmp_path, text) == found


NOTES = {
    "other hosts": ("URL,Uptime\n/,99\nhttps://old.example.net/,9\nshop.test,9\n", "2 rows of other hosts left out"),
    "no address": ("URL,Name,Uptime\n/,A,99\n,Backup job,9\n", "1 row without an address left out"),
    "no addresses at all": ("Name,Uptime\nA,99\nhttps://x.test/,9\n", "no address in 1 row: taken for this site's"),
    "no figures": ("URL,Uptime\n/,99\n/a/,-\n", "1 row without figures left out"),
}


@pytest.mark.parametrize(("text", "note"), NOTES.values(), ids=NOTES)
def test_what_is_left_out_or_taken_on_trust_is_told_and_counts_for_nothing(
    tmp_path: Path, text: str, note: str
) -> None:
    group, notes = told(tmp_path, text)
    assert group["share"] == 0.99
    assert any(note in one for one in notes)


REFUSED = {
    "another site": ("URL,Uptime\nhttps://other.test/,99\n", "u.csv: none of its monitors is on https://www.example"),
    "no monitor": ("Page,Clicks\n/,99\n", "u.csv: no line names one of the columns `uptime`"),
    "no row": ("URL,Uptime\n", "u.csv: it has no row that says how long the site was up"),
    "never looked": ("Event,Duration\nPaused,5m\n", "u.csv: it has no row that says how long the site was up"),
    "a share": ("Name,Uptime\nA,0.9998\n", "u.csv:2: `0.9998` can be a share or a percentage"),
    "too much": ("Name,Uptime\nA,100.1\n", "u.csv:2: `100.1` is more than all the time"),
    "a formula": ("Name,Uptime\nA,=1+98\n", "u.csv:2: `=1+98` is no number"),
    "two languages": ('Name,Uptime\nA,99.9\nB,"99,9"\n', "u.csv:3: `99,9` has `,` before its decimals, and line 2"),
    "no address": ("URL,Uptime\nthe shop,99\n", "u.csv:2: `the shop` is no address"),
    "twice": ("URL,Uptime\n/,99\n/,98\n", "u.csv:3: `/` stands on line 2, too"),
    "overlapping periods": ("Period,Uptime\nLast week,99\nAll time,98\n", "u.csv:3: `the site` stands on line 2, too"),
    "a total among days": ("Date,Uptime\n2026-11-01,99\nNovember,98\n", "u.csv:3: `the site` stands on line 2, too"),
    "a log twice": (LOG + LOG.splitlines()[1] + "\n", "u.csv:6: `/shop/ (Shop)` stands on line 2, too"),
    "no unit": ("Name,Event,Duration\nA,Down,90\n", "u.csv:2: `90` has no unit"),
    "no length": ("Name,Event,Duration\nA,Down,12:05\n", "u.csv:2: `12:05` is no length of time"),
    "an open outage": ("Name,Event,Duration\nA,Up,5m\nA,Down,\n", "u.csv:3: an outage has no duration"),
    "how long an outage was": ("Name,Status,Duration\nA,Resolved,5m\n", "u.csv:2: `Resolved` is no state of a site"),
    "no state": ("Name,Event,Duration\nA,Sideways,5m\n", "u.csv:2: `Sideways` is no state of a site"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_is_refused_with_file_line_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        told(tmp_path, text)
    assert said in str(refused.value)
    assert refused.value.remedy


def test_downtime_longer_than_its_time_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="longer than the 1 days"):
        told(tmp_path, "Name,Downtime (minutes)\nA,1441\n", days=1)


LENGTHS = {"1h 5m 3s": 3903, "0 hrs, 5 mins": 300, "2 days and 1 hour": 176400, "1d 01:00:05": 90005, "1,5 h": 5400}


@pytest.mark.parametrize(("text", "length"), LENGTHS.items(), ids=LENGTHS)
def test_lengths_of_time_are_read_as_monitors_write_them(text: str, length: float) -> None:
    assert seconds(text) == length


@given(st.integers(0, 9999), st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_a_length_is_the_same_in_words_and_as_a_clock(days: int, hours: int, minutes: int, rest: int) -> None:
    length = days * 86_400 + hours * 3_600 + minutes * 60 + rest
    assert seconds(f"{days}d {hours}h {minutes}m {rest}s") == length
    assert seconds(f"{days} days, {hours:02}:{minutes:02}:{rest:02}") == length


@given(st.text(max_size=60))
def test_no_text_is_more_than_a_length_or_none(text: str) -> None:
    with suppress(NoNumberError):
        assert seconds(text) >= 0


@settings(max_examples=25, deadline=None)  # each writes three files
@given(rows=st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=6), text=st.text(max_size=80))
def test_no_file_is_more_than_a_share_or_an_error_of_its_author(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], text: str
) -> None:
    lines = "".join(f"{url},{figure}\n" for url, figure in rows)
    for data in (text, f"url,uptime\n{lines}", f"name,event,duration\n{text}\n"):
        with suppress(UserError):
            group, _ = told(tmp_path_factory.getbasetemp(), data.encode(errors="replace"))
            assert 0 <= group["share"] <= 1  # type: ignore[operator]


@settings(max_examples=25, deadline=None)  # each writes two files
@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=20))
def test_the_share_is_the_mean_whatever_the_order(tmp_path_factory: pytest.TempPathFactory, parts: list[int]) -> None:
    lines = [f"m{number},{part / 1000:.3f}%\n" for number, part in enumerate(parts)]
    folder = tmp_path_factory.getbasetemp()
    there, back = (share(folder, f"name,uptime\n{''.join(each)}") for each in (lines, lines[::-1]))
    assert there == back == pytest.approx(sum(parts) / len(parts) / 100_000, abs=1e-6)


def said(group: Group) -> list[tuple[str, list[str]]]:
    nothing: Iterator[dict[str, object]] = iter(())
    return report.sections(Result({}, {}, lambda: nothing, lambda: nothing, site={"uptime": group} if group else {}))


def test_the_reports_say_how_long_the_site_was_up_and_which_monitors_saw_it_down(tmp_path: Path) -> None:
    text = "URL,Name,Uptime,Longest outage\n/,Home,100,0\n/shop/,Shop,99.5,1h 5m\n"
    [(title, sentences)] = said(told(tmp_path, text, days=30)[0])
    assert title == "Uptime of the live site (as its monitor saw it)"
    assert sentences == [
        "Up 99.75 % of 30 days, by 2 monitors; longest outage 1 h 5 min",
        "/shop/ (Shop): 99.5 %; longest outage 1 h 5 min",
    ]


def test_the_reports_name_ten_monitors_and_count_the_rest() -> None:
    monitors = [Monitor(f"/{number}/", 0.9, None) for number in range(12)]
    [(_, sentences)] = said(of_site(Watched(monitors, 12, 0.9, None, 2, "2026-11-01", "2026-11-02")))
    assert sentences[0] == "Up 90 % of 2 days (2026-11-01 to 2026-11-02), by 12 monitors"
    assert (len(sentences), sentences[-1]) == (12, "and 2 more")


def test_nothing_is_said_where_nobody_gave_uptime() -> None:
    assert said({}) == []
