"""How pages of a site relate: orphans, duplicates, language versions, redirects."""

from __future__ import annotations

from dataclasses import replace

from checks.facts.site_visit import Redirect
from tests.facts.bakery import ORIGIN, Site, urls


def test_an_orphan_that_is_declared_is_none(bakery: Site) -> None:
    bakery.page("/")
    bakery.page("/thanks")
    bakery.page("/lost")
    bakery.page_settings = replace(bakery.page_settings, expect=lambda path: {"orphan": path == "/thanks"})
    assert urls(bakery.document()["graph"]["orphans"]) == ["/lost"]


def test_duplicates_are_told_with_their_addresses(bakery: Site) -> None:
    bakery.page("/a", title="Bread")
    bakery.page("/b", title="Bread")
    expected = [{"value": "Bread", "urls": [f"{ORIGIN}/a", f"{ORIGIN}/b"], "count": 2}]
    assert bakery.document()["duplicates"] == {
        "titles": expected,
        "descriptions": [],
        "h1": [],
        "near": [],
        "exact": [],
    }


def test_alternates_that_do_not_answer_are_bad_targets(bakery: Site) -> None:
    alternates = (("de", f"{ORIGIN}/gone"), ("fr", f"{ORIGIN}/fr"), ("it", "https://bakery.it/"))
    bakery.page("/", hreflang=alternates)
    bakery.page("/fr", indexable=False, hreflang=(("en", f"{ORIGIN}/"),))
    bad = bakery.document()["hreflang_clusters"]["bad_targets"]
    assert [(one["target"].removeprefix(ORIGIN), one["status"], one["indexable"]) for one in bad] == [
        ("/fr", 200, False),
        ("/gone", 404, None),
    ]


def test_alternates_that_do_not_link_back_are_told(bakery: Site) -> None:
    bakery.page("/", hreflang=(("de", f"{ORIGIN}/de"),))
    bakery.page("/de")
    [one] = bakery.document()["hreflang_clusters"]["missing_return"]
    assert one["key"] == f"{ORIGIN}/ {ORIGIN}/de"


def test_contradicting_annotations_are_told(bakery: Site) -> None:
    bakery.page("/", hreflang=(("de", f"{ORIGIN}/a"), ("de", f"{ORIGIN}/b")))
    [one] = bakery.document()["hreflang_clusters"]["conflicts"]
    assert (one["lang"], one["urls"]) == ("de", [f"{ORIGIN}/a", f"{ORIGIN}/b"])


def test_redirects_are_rules_chains_and_loops(bakery: Site) -> None:
    way = (f"{ORIGIN}/a", f"{ORIGIN}/b", f"{ORIGIN}/c")
    round_trip = (f"{ORIGIN}/x", f"{ORIGIN}/y", f"{ORIGIN}/x")
    bakery.visit = replace(
        bakery.visit,
        redirects=(
            Redirect(round_trip[0], round_trip[1], 301, "host", None, 2, round_trip, loop=True),
            Redirect(way[0], way[1], 200, "html", 200, 2, way),
            Redirect(way[1], way[2], 301, "host", 200, 1, way[1:]),
        ),
    )
    found = bakery.document()["redirects"]
    assert [
        [member["from"].removeprefix(ORIGIN) for member in found[name]] for name in ("rules", "chains", "loops")
    ] == [
        ["/a", "/b", "/x"],
        ["/a"],
        ["/x"],
    ]
