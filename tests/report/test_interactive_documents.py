"""What the interactive report is told of pages, links and figures, before it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.report import causes
from checks.report.interactive import page_lines
from checks.report.interactive.figures import Figures
from checks.report.interactive.links import Links
from checks.report.outline import outlined
from checks.report.result import Result

Build = Callable[..., dict[str, Any]]
ORIGIN = "https://www.bakery.example"


def linked(page_document: Build, **links: list[str]) -> dict[str, list[int | None]]:
    """Return what is told of pages, each given as its name with the addresses that it links to."""
    found = Links(home="/home")
    for name, targets in links.items():
        items = [{"url": target, "internal": target.startswith(ORIGIN)} for target in targets]
        found.look(outlined(page_document(f"/{name}", links={"items": items})))
    return found.told()


def test_depth_is_the_fewest_clicks_from_the_home_page(page_document: Build) -> None:
    told = linked(page_document, home=[f"{ORIGIN}/a"], a=[f"{ORIGIN}/b#top", f"{ORIGIN}/home"], b=[], alone=[])
    assert told["depth"] == [0, 1, 2, None]


def test_a_page_that_links_twice_or_to_itself_counts_once_and_not(page_document: Build) -> None:
    told = linked(
        page_document, home=[f"{ORIGIN}/a", f"{ORIGIN}/a#b", f"{ORIGIN}/home", "https://other.example/a"], a=[]
    )
    assert told["inlinks"] == [0, 1]


def test_a_link_counts_for_where_a_redirect_leads(page_document: Build) -> None:
    found = Links(home="/")
    item = {"url": f"{ORIGIN}/old", "final_url": f"{ORIGIN}/new", "internal": True}
    found.look(outlined(page_document("/", links={"items": [item]})))
    found.look(outlined(page_document("/new", links={"items": []})))
    assert found.told() == {"depth": [0, 1], "inlinks": [0, 1]}


def test_the_worst_pages_come_first_and_no_more_than_asked_for(bakery: Result) -> None:
    faults = page_lines.faults(bakery, causes.collect(bakery.findings, limit=10, pages=3))
    assert {path: of.count for path, of in faults.items()} == {"/": 1, "/about/": 3, "/shop/": 1, "/shop/rye/": 2}
    assert page_lines.worst(faults, 2) == {"/about/", "/shop/rye/"}


def test_a_page_that_was_not_measured_has_a_line_that_says_why(bakery: Result) -> None:
    lines = list(page_lines.lines(bakery.outlined(), bakery.coverage(), {}, ()))
    assert [line["path"] for line in lines] == ["/", "/about/", "/shop/", "/shop/rye/", "/hang/", "/print/"]
    assert lines[4] == {"path": "/hang/", "state": "failed", "why": "never came to rest"}


def test_a_page_that_no_browser_rendered_is_one_that_was_read(page_document: Build) -> None:
    document = page_document("/read/")
    del document["render"]
    assert [line["state"] for line in page_lines.lines([outlined(document)], [], {}, ())] == ["read"]


def test_a_page_that_nobody_asked_for_is_one_that_was_left_out(page_document: Build) -> None:
    outlines = [outlined(page_document(path)) for path in ("/shop/rye/", "/out/")]
    assert [line["state"] for line in page_lines.lines(outlines, [], {}, (), ["/shop/**"])] == ["measured", "left-out"]


def test_a_share_is_told_with_the_bound_of_its_policy(bakery_with: Callable[..., Result]) -> None:
    rule = {"x-owner": "marketing", "properties": {"summary": {"properties": {"indexable_share": {"minimum": 0.9}}}}}
    told = Figures().told(bakery_with(policies={"target/indexable": rule}))
    target = {"policy": "target/indexable", "owner": "marketing", "least": 0.9, "met": False}
    assert [(share["fact"], share["values"], share["target"]) for share in told["shares"]] == [
        ("summary.indexable_share", [0.75], target)
    ]


def test_the_course_over_saved_baselines_is_passed_on(bakery_with: Callable[..., Result]) -> None:
    course = {"points": [{"day": "2026-11-01"}, {"day": "2026-11-29"}], "shares": [{"fact": "x", "values": [0.5, 0.6]}]}
    told = Figures().told(bakery_with(course=course))
    assert {key: told[key] for key in ("points", "shares")} == course


def test_headers_are_counted_over_the_pages_that_tell_of_security(bakery: Result, page_document: Build) -> None:
    figures = Figures()
    for security in ({"csp": {"present": True}, "nosniff": True}, {"csp": {"present": False}}, None):
        figures.look(outlined(page_document("/", security=security)))
    headers = figures.told(bakery)["headers"]
    assert headers["pages"] == 2
    assert {one["name"]: one["pages"] for one in headers["with"] if one["pages"]} == {
        "content security policy": 1,
        "nosniff": 1,
    }
