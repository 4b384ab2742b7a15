from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checks.cache.store import FILE
from checks.collect import browser
from checks.collect.reuse.opening import Asked
from tests.collect.reuse.edited import DAY, Project, page

IMPURE = {
    "/allowed/": ('<img src="https://images.example.net/one.png" alt="">', "it asks a third party"),
    "/refused/": ('<img src="https://10.0.0.1/one.png" alt="">', "it asks for an address that is refused"),
    "/frame/": ('<iframe src="/plain/" title="Plain"></iframe>', "it holds a frame, whose requests are not all seen"),
    "/worker/": ('<script>new Worker("/worker.js")</script>', "it starts a worker, whose requests are not seen"),
    "/inner/": (
        '<script>new Worker(URL.createObjectURL(new Blob(["fetch(location.origin)"])))</script>',
        "it starts a worker, whose requests are not seen",
    ),
    "/shared/": (
        '<script>new SharedWorker("/worker.js")</script>',
        "it may share a worker, whose requests are not seen",
    ),
    "/service/": (
        '<script>navigator.serviceWorker.register("/worker.js")</script>',
        "it registers a service worker",
    ),
    "/popup/": ('<script>window.open("/plain/")</script>', "it opens a window"),
    "/download/": (
        '<a href="/one.zip" download id="it">It</a><script>document.getElementById("it").click()</script>',
        "it begins a download",
    ),
    "/stops/": (
        "<script>window.stop()</script>",
        "a script stops it while it loads, and how far it came is up to the machine",
    ),
    "/covered/": ("", "its unused code is measured"),
}
"""What a page holds, and why it is measured each time."""


def of_two_days(folder: Path, then: dt.date) -> tuple[dict[str, Any], dict[str, Any]]:
    """Collect a page with a script, one with a date and one without both; then collect them again on another day."""
    project = Project(folder)
    project.write("plain/index.html", page("Plain"))
    project.write("scripted/index.html", page("Scripted", "<script>document.title += new Date().getDay()</script>"))
    project.write(
        "dated/index.html", page("Dated", head='<meta property="article:published_time" content="2026-10-30">')
    )
    found, kept = browser.find(), Asked(folder / "cache")
    first = project.collect("run", kept, found)
    return first, replace(project, day=then).collect("run", kept, found)


def test_what_the_bytes_do_not_tell_is_measured_each_time_and_said(tmp_path: Path) -> None:
    project = Project(tmp_path, {"render": "{third-party: allow, time-limit: 60s, coverage: [/covered/]}"})
    for path, (body, _) in IMPURE.items():
        project.write(f"{path.strip('/')}/index.html", page(path.strip("/"), body))
    project.write("plain/index.html", page("Plain"))
    project.write("worker.js", "0")
    project.write("one.zip", "PK")
    kept = Asked(tmp_path / "cache")
    project.collect("run", kept, browser.find())
    second = project.collect("run", kept, browser.find())
    whys = {one["why"]: one["pages"] for one in second["reuse"]["why"]}
    expected = [why for _, why in IMPURE.values()]
    assert whys == {why: expected.count(why) for why in expected}
    assert second["reuse"]["reused"] == 1


def test_on_another_day_only_a_page_without_scripts_and_dates_is_what_it_was(tmp_path: Path) -> None:
    _, second = of_two_days(tmp_path, DAY + dt.timedelta(days=1))
    assert second["reuse"] == {
        "reused": 1,
        "measured": 2,
        "why": [{"why": "it has scripts or dates, and the day is another one", "pages": 2, "page": "/dated/"}],
    }


def test_in_another_year_no_page_is_what_it_was(tmp_path: Path) -> None:
    _, second = of_two_days(tmp_path, DAY.replace(year=DAY.year + 1))
    assert second["reuse"]["reused"] == 0


def test_another_browser_measures_everything(tmp_path: Path) -> None:
    project, found, kept = Project(tmp_path), browser.find(), Asked(tmp_path / "cache")
    project.write("index.html", page("Bread"))
    project.collect("run", kept, found)
    second = project.collect("run", kept, replace(found, version="1.2.3"))
    assert second["reuse"]["why"] == [{"why": "the browser is not the same", "pages": 1, "page": "/"}]


@pytest.mark.parametrize("damage", ["cut", "bits"])
def test_a_cache_that_was_damaged_or_tampered_with_costs_a_measurement_and_nothing_else(
    tmp_path: Path, damage: str
) -> None:
    project, found, kept = Project(tmp_path), browser.find(), Asked(tmp_path / "cache")
    project.write("index.html", page("Bread"))
    first = project.collect("run", kept, found)
    file = tmp_path / "cache" / FILE
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage == "cut" else whole[:4096] + bytes(len(whole) - 4096))
    second = project.collect("run", kept, found)
    assert (second["reuse"]["reused"], second["pages"]) == (0, first["pages"])
    assert project.collect("run", kept, found)["reuse"]["reused"] == 1


def test_the_ledger_says_when_the_times_of_a_reused_page_were_taken(tmp_path: Path) -> None:
    project, found, kept = Project(tmp_path), browser.find(), Asked(tmp_path / "cache")
    project.write("index.html", page("Bread"))
    assert project.collect("run", kept, found)["earlier"] == []
    (taken,) = project.collect("run", kept, found)["earlier"]
    assert dt.datetime.fromisoformat(taken).tzinfo == dt.UTC


def test_what_only_a_desktop_loads_is_looked_at_again_and_the_page_itself_is_not(tmp_path: Path) -> None:
    project, found, kept = Project(tmp_path), browser.find(), Asked(tmp_path / "cache")
    asks = "fetch('/wide.txt').then((one) => one.text()).then((text) => document.querySelector('main').append(text))"
    project.write("index.html", page("Bread", f"<script>if (innerWidth > 1000) {asks}</script>"))
    project.write("wide.txt", "for those with room")
    first = project.collect("run", kept, found)
    project.write("wide.txt", "many more words for those who sit at a desk and have room enough to read them " * 9)
    warm = project.collect("run", kept, found)
    assert warm["reuse"]["reused"] == 1
    assert warm["pages"] == project.collect("run", Asked(off=True), found)["pages"] != first["pages"]
