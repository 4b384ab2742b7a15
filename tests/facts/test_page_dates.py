"""When a page says it was published, and years that look forgotten."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from checks.facts.page_settings import PageSettings

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

TODAY = PageSettings("https://www.bakery.co", today=date(2026, 11, 1))


def dates(document_of: DocumentOf, body: str, **parts: Any) -> dict[str, Any]:
    group: dict[str, Any] = document_of(body, TODAY, **parts)["dates"]
    return group


def article(**said: str) -> str:
    thing = {"@context": "https://schema.org", "@type": "BlogPosting", **said}
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def meta(day: str) -> str:
    return f'<meta property="article:published_time" content="{day}">'


def test_dates_that_differ_by_more_than_a_day_disagree(document_of: DocumentOf) -> None:
    page = meta("2026-10-01T23:00:00Z") + article(datePublished="2026-10-02")
    assert dates(document_of, page)["disagree"] == []
    page = meta("2026-10-01") + article(datePublished="2026-10-04")
    assert dates(document_of, page)["disagree"] == [{"what": "published", "days": 3}]


def test_a_date_in_the_future_is_told_with_its_place(document_of: DocumentOf) -> None:
    assert [one["key"] for one in dates(document_of, meta("2026-12-01"))["future"]] == ["published meta"]


@pytest.mark.parametrize(
    ("page", "path", "found"),
    [
        ("<title>Courses 2023</title>", "/courses/", [("title", 2023)]),
        ("<title>Courses 2025</title>", "/courses/", []),
        ("<title>Courses from 2019 to 2026</title>", "/courses/", []),
        ("<title>News of 2019</title>", "/news/2019/", []),
        ("<title>Version 3.2021, ISO-2022</title>", "/iso/", []),
        ("<title>Courses</title>", "/courses-2022/", [("address", 2022)]),
        (f"<title>Courses 2022</title>{article(datePublished='2022-05-01')}", "/courses-2022/", []),
        ("<footer>Copyright © 2019-2024 Crumb</footer>", "/", [("footer", 2024)]),
        ("<footer>© 2026 Crumb, baking since 2014</footer>", "/", []),
    ],
)
def test_a_year_that_looks_forgotten_is_told(
    document_of: DocumentOf, page: str, path: str, found: list[tuple[str, int]]
) -> None:
    group = dates(document_of, page, path=path)
    assert [(one["where"], one["year"]) for one in group["stale_years"]] == found


def test_without_a_day_nothing_is_forgotten(document_of: DocumentOf) -> None:
    assert document_of("<title>Courses 2001</title>")["dates"]["stale_years"] == []
