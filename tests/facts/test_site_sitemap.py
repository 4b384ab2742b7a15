"""What a sitemap lists against what is there: faulty addresses, and indexable pages that it misses."""

from __future__ import annotations

from tests.facts.bakery import ORIGIN, Answer, Site, urls


def test_healthy_listed_pages_are_not_faulty(bakery: Site) -> None:
    bakery.page("/")
    bakery.listed("/")
    found = bakery.document()["sitemaps"]
    assert (found["faulty"], found["urls_total"], found["coverage"], found["missing"]) == ([], 1, 1.0, [])


def test_a_listed_file_that_is_there_is_not_faulty(bakery: Site) -> None:
    bakery.answers[f"{ORIGIN}/menu.pdf"] = Answer(200, 0, f"{ORIGIN}/menu.pdf")
    bakery.listed("/menu.pdf")
    assert bakery.document()["sitemaps"]["faulty"] == []


def test_listed_addresses_with_faults_are_faulty(bakery: Site) -> None:
    bakery.page("/noindex", indexable=False, noindex=True)
    bakery.page("/copy", indexable=False, canonical_self=False)
    bakery.page("/twice")
    bakery.answers[f"{ORIGIN}/moved"] = Answer(200, 1, f"{ORIGIN}/twice")
    bakery.answers["http://www.bakery.co/plain"] = Answer(200, 0, "http://www.bakery.co/plain")
    bakery.listed("/gone", "/noindex", "/copy", "/twice", "/twice", "/moved", "https://staging.bakery.co/")
    bakery.listed("http://www.bakery.co/plain")
    told = [
        (one["url"].removeprefix(ORIGIN), one["status"], one["indexable"], one["duplicate"], one["redirects"])
        for one in bakery.document()["sitemaps"]["faulty"]
    ]
    assert told == [
        ("http://www.bakery.co/plain", 200, None, False, 1),
        ("https://staging.bakery.co/", None, None, False, 0),
        ("/copy", 200, False, False, 0),
        ("/gone", 404, None, False, 0),
        ("/moved", 200, None, False, 1),
        ("/noindex", 200, False, False, 0),
        ("/twice", 200, True, True, 0),
    ]


def test_coverage_is_the_share_of_indexable_pages_that_are_listed(bakery: Site) -> None:
    for path in ("/", "/a", "/b", "/c"):
        bakery.page(path)
    bakery.listed("/", "/a", "/b")
    found = bakery.document()["sitemaps"]
    assert (found["coverage"], urls(found["missing"])) == (0.75, ["/c"])


def test_without_a_sitemap_nothing_is_missing_from_it(bakery: Site) -> None:
    bakery.page("/")
    found = bakery.document()["sitemaps"]
    assert (found["coverage"], found["missing"]) == (None, [])
