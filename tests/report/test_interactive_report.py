"""The interactive part of report.html, in a real browser, from the file alone."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from checks.report.result import Result

Open = Callable[..., Page]


def test_it_says_the_verdict_and_the_poll(bakery: Result, opened: Open) -> None:
    page = opened(bakery)
    expect(page.locator("#app h1")).to_have_text("NO-GO")
    assert [row.split("\t")[:2] for row in page.locator("#app .poll tbody").inner_text().splitlines()] == [
        ["marketing", "NO-GO"],
        ["engineering", "NO-GO"],
        ["security", "GO"],
    ]


def test_without_scripts_the_plain_page_is_read(bakery: Result, opened: Open) -> None:
    page = opened(bakery, java_script_enabled=False)
    expect(page.locator("#blocking article").first).to_be_visible()
    expect(page.locator("#app")).to_be_hidden()


def test_the_plain_page_is_out_of_sight_where_scripts_run(bakery: Result, opened: Open) -> None:
    page = opened(bakery)
    page.wait_for_selector("#app h1")
    expect(page.locator("#blocking")).to_be_hidden()


def test_filters_narrow_the_findings_and_the_address_keeps_them(bakery: Result, opened: Open) -> None:
    page = opened(bakery, "#/findings")
    page.get_by_label("owner").select_option("marketing")
    causes = page.locator(".causes a")
    expect(causes).to_have_count(2)
    assert [told.splitlines()[0] for told in causes.all_inner_texts()] == [
        "robots.txt forbids the whole site for *.",
        "The title has 84 characters: <b>Bread | @baker</b> ##[add-mask]r ::set-output",
    ]
    expect(page).to_have_url(re.compile("#/findings[?]owner=marketing$"))
    page.reload()
    expect(causes).to_have_count(2)


def test_a_chosen_cause_says_why_how_to_mend_it_and_where(bakery: Result, opened: Open) -> None:
    page = opened(bakery, "#/findings?family=links")
    page.locator(".causes a").click()
    for part in (
        "A dead link costs a visitor.",
        "Correct the address, or add a redirect for the page that moved.",
        "line 118, column 11",
        '<a href="/opening-times">Opening times</a>',
        "gonogo explain",
    ):
        expect(page.locator(".detail article")).to_contain_text(part)


def test_a_link_into_the_plain_page_leads_to_its_cause(bakery: Result, opened: Open) -> None:
    cause = next(iter(bakery.findings()))["cause"].replace(":", "-")
    page = opened(bakery, f"#{cause}")
    expect(page.locator(".detail h2")).to_contain_text("which answers 404")


def test_a_page_shows_what_is_delivered_beside_what_is_rendered(bakery: Result, opened: Open) -> None:
    page = opened(bakery, "#/pages?page=/about/")
    cells = page.locator(".beside-table tr", has_text="title").locator("td")
    expect(cells).to_have_text(["Loading", "Bread /about/"])


def test_a_page_tells_its_findings_and_all_its_facts(bakery: Result, opened: Open) -> None:
    page = opened(bakery, "#/pages?page=/about/")
    expect(page.locator(".page-findings li")).to_have_count(3)
    page.locator("summary", has_text="vitals").click()
    expect(page.locator(".tree .tree .inside").first).to_contain_text("840")


def test_a_page_that_was_only_read_is_not_told_as_clean(
    bakery_with: Callable[..., Result], page_document: Callable[..., dict[str, Any]], opened: Open
) -> None:
    document = page_document("/read/")
    del document["render"]
    page = opened(bakery_with(findings=lambda: iter(()), pages=lambda: iter([document])), "#/map")
    expect(page.get_by_label("/read/: nothing found in its HTML, not rendered")).to_be_visible()


def test_a_page_that_was_left_out_is_told_as_such_in_the_map_the_overview_and_the_ledger(
    bakery: Result, page_document: Callable[..., dict[str, Any]], opened: Open
) -> None:
    line = {"path": "/out/", "state": "left-out", "why": "read and not judged", "found_in": ["build"], "kind": "page"}
    some = dataclasses.replace(
        bakery,
        run={**bakery.run, "only": ["/shop/**"]},
        findings=lambda: iter(()),
        pages=lambda: iter([page_document("/out/")]),
        coverage=lambda: iter([line]),
    )
    page = opened(some)
    page.get_by_role("link", name="1 page left out of this run").click()
    expect(page.get_by_role("heading", name="Left out of this run")).to_be_visible()
    expect(page.get_by_role("cell", name="read and not judged")).to_be_visible()
    expect(opened(some, "#/map").get_by_label("/out/: left out of this run")).to_be_visible()


def test_the_overview_counts_what_was_only_read(bakery_with: Callable[..., Result], opened: Open) -> None:
    line = {"path": "/read/", "state": "represented", "why": "built like /", "found_in": ["build"], "kind": "page"}
    page = opened(bakery_with(coverage=lambda: iter([line])))
    expect(page.get_by_role("link", name="1 page read, not rendered")).to_be_visible()


def test_the_map_shows_what_no_link_leads_to(bakery: Result, opened: Open) -> None:
    page = opened(bakery, "#/map")
    page.get_by_role("link", name="2 pages that no link leads to").click()
    expect(page.locator(".page-line")).to_have_count(2)
    assert sorted(page.locator(".page-line .where span:first-child").all_inner_texts()) == ["/shop/", "/shop/rye/"]


def test_ten_thousand_pages_are_scrolled_with_a_few_rows_at_a_time(
    bakery: Result, page_document: Callable[..., dict[str, Any]], opened: Open
) -> None:
    many = [page_document(f"/p/{number}/") for number in range(10_000)]
    page = opened(dataclasses.replace(bakery, pages=lambda: iter(many)), "#/pages?sort=path")
    rows = page.locator(".page-line")
    rows.first.wait_for()
    assert rows.count() < 100
    page.get_by_label("Search address or title").fill("/p/9999/")
    expect(rows).to_have_count(1)


def test_the_keyboard_reaches_the_content_first_and_every_view(bakery: Result, opened: Open) -> None:
    page = opened(bakery)
    page.wait_for_selector("#app h1")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#app h1:text-is('Workbench')")


def test_a_cause_that_is_chosen_by_keyboard_takes_the_focus(bakery: Result, opened: Open) -> None:
    page = opened(bakery, "#/findings?family=links")
    page.locator(".causes a").press("Enter")
    expect(page.locator(".detail h2")).to_be_focused()


def test_on_a_phone_the_chosen_cause_takes_the_place_of_the_list(bakery: Result, opened: Open) -> None:
    page = opened(bakery, "#/findings", viewport={"width": 390, "height": 800})
    page.locator(".causes a").first.click()
    expect(page.locator(".detail article")).to_be_visible()
    expect(page.locator(".causes")).to_be_hidden()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator(".causes")).to_be_visible()
    expect(page.locator(".detail")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "view", ["overview", "findings", "pages", "map", "figures", "ledgers", "pages?page=/about/", "workbench"]
)
def test_no_view_is_wider_than_the_screen(bakery: Result, opened: Open, view: str, width: int) -> None:
    page = opened(bakery, f"#/{view}", viewport={"width": width, "height": 800})
    page.wait_for_selector("#app main > *")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_printed_is_the_view_without_its_controls(bakery: Result, opened: Open) -> None:
    page = opened(bakery, "#/findings?family=links")
    page.locator(".causes a").click()
    page.emulate_media(media="print")
    expect(page.locator(".detail article")).to_be_visible()
    expect(page.locator("#app nav")).to_be_hidden()
    expect(page.locator(".filters")).to_be_hidden()


def test_a_page_tells_what_the_release_changes_of_it(bakery: Result, opened: Open) -> None:
    change = {"path": "/about/", "state": "changed", "title": {"before": "About", "after": "Bread /about/"}}
    page = opened(dataclasses.replace(bakery, changes=lambda: iter([change])), "#/pages?page=/about/")
    table = page.locator("section", has_text="Before and after").locator("tbody tr")
    assert table.inner_text().split("\t") == ["title", "About", "Bread /about/"]


def test_a_cause_tells_what_the_release_changes_of_its_first_page(bakery: Result, opened: Open) -> None:
    change = {"path": "/about/", "state": "changed", "title": {"before": "About", "after": "Bread /about/"}}
    compared = dataclasses.replace(bakery, changes=lambda: iter([change]))
    page = opened(compared, "#/findings?q=84+characters")
    page.locator(".causes a").click()
    table = page.locator(".detail section", has_text="Before and after").locator("tbody tr")
    assert table.inner_text().split("\t") == ["title", "About", "Bread /about/"]


def test_a_finding_of_a_page_leads_to_its_cause(bakery: Result, opened: Open) -> None:
    page = opened(bakery, "#/pages?page=/about/")
    page.get_by_role("link", name="The title has 84 characters").click()
    expect(page.locator(".detail h2")).to_have_text(re.compile("^The title has 84 characters"))


def test_what_is_printed_of_a_long_list_is_all_of_it(
    bakery: Result, page_document: Callable[..., dict[str, Any]], opened: Open
) -> None:
    documents = [page_document(f"/{number}/") for number in range(300)]
    covered = [{"path": one["path"], "state": "measured", "kind": "page"} for one in documents]
    many = dataclasses.replace(bakery, pages=lambda: iter(documents), coverage=lambda: iter(covered))
    page = opened(many, "#/pages")
    page.wait_for_selector(".virtual li")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".virtual li")).to_have_count(300)


def test_on_a_phone_every_view_is_in_sight(bakery: Result, opened: Open) -> None:
    page = opened(bakery, viewport={"width": 390, "height": 844})
    page.wait_for_selector("#app nav a")
    edges = page.locator("nav a").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().right)")
    assert max(edges) <= 390


def test_the_course_of_a_share_is_drawn_and_told(bakery: Result, opened: Open) -> None:
    points = [{"day": "2026-11-01", "name": "", "commit": None}, {"day": "2026-11-29", "name": "", "commit": None}]
    target = {"policy": "target/x", "owner": "marketing", "least": 0.9, "met": False}
    share = {"fact": "x", "label": "can be indexed", "values": [0.95, 0.75], "target": target}
    course = {"points": points, "shares": [share]}
    page = opened(dataclasses.replace(bakery, course=course), "#/figures")
    shares = page.locator(".shares")
    expect(shares).to_contain_text("target 90 %, marketing: missed")
    assert shares.inner_text().split("\n")[:2] == ["75 %", "can be indexed"]
    expect(page.get_by_label("course: 2026-11-01 95 %, 2026-11-29 75 %")).to_be_visible()
