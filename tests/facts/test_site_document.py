"""The document of a site: its groups, what was not looked at, shares, and its published shape."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from checks.facts.crawler_access import NOT_ASKED
from checks.facts.files import files
from checks.facts.host_mentions import Own
from checks.facts.known_addresses import KnownAddresses
from checks.facts.leak_scan import LeakScan
from checks.facts.site_visit import Crawl, NotFound
from checks.facts.uptime import Monitor, Watched, of_site
from checks.shapes import load
from tests.facts.bakery import HOSTING, ORIGIN, Answer, Site


def test_an_empty_site_has_a_document(bakery: Site) -> None:
    assert bakery.document()["pages_total"] == 0


def test_the_same_site_has_the_same_document(bakery: Site, tmp_path: Path) -> None:
    (tmp_path / "twin").mkdir()
    twin = Site(tmp_path / "twin")
    pages = [("/", "/a"), ("/a", "/b"), ("/b", "/"), ("/c", "/c")]
    for path, link in pages:
        bakery.page(path, link, title="t")
    for path, link in reversed(pages):
        twin.page(path, link, title="t")
    assert bakery.document() == twin.document()


def test_groups_that_were_not_looked_at_are_absent_and_not_measured(bakery: Site) -> None:
    document = bakery.document()
    missing = {"assets", "files", "hosting", "leaks", "redirects", "not_found"}
    assert missing.isdisjoint([*document, *document["measured"]])


def test_groups_that_were_looked_at_are_measured(bakery: Site) -> None:
    bakery.visit = replace(
        bakery.visit,
        redirects=(),
        not_found=NotFound("404.html", (("/nothing-here", 404),), 3),
        files={
            **files({"index.html": 0, ".env": 3, "a.js.map": 1}, linked=lambda _: False),
            "broken_refs": [],
            "unlinked_data": [],
        },
        leaks=LeakScan(Own("www.bakery.co", frozenset(), frozenset())).leaks(),
        hosting=HOSTING,
        assets={"uncompressed": [], "cache_findings": [], "unminified": []},
        wellknown={
            "security_txt": None,
            "llms_txt": None,
            "required": [],
            "legal": [],
            "feeds": [],
            "service_workers": [],
        },
        crawler_access=NOT_ASKED,
        url_policy={"asked": 1, "twins": []},
        home_files={"manifest": None, "default_icons": []},
        known_addresses=KnownAddresses({}).group(),
        moved_from=[],
        field={"pages": [], "good_share": None},
        uptime=of_site(Watched([Monitor("/", 1, None)], 1, 1, None, None, None, None)),
        budgets={"pages": 3, "light_share": 1.0, "still_share": 1.0},
    )
    document = bakery.document()
    always = {"kind", "url", "path", "measured", "config", "expect"}
    assert document["measured"] == sorted(set(load("site")["properties"]) - always)


def test_leaks_are_described_by_the_shape(bakery: Site, tmp_path: Path) -> None:
    (tmp_path / "app.js").write_text("f('http://localhost:3000'); id='GTM-XXXX'; k='gl" + "pat-aB3dE6gH9jK2mN5pQ8sT'")
    scan = LeakScan(Own("www.bakery.co", frozenset(), frozenset()))
    with (tmp_path / "app.js").open("rb") as stream:
        scan.read("app.js", stream)
    bakery.visit = replace(bakery.visit, leaks=scan.leaks())
    leaks = bakery.document()["leaks"]
    assert [len(leaks[name]) for name in ("secrets", "test_keys", "hosts")] == [1, 1, 1]


def test_home_is_what_the_root_answers(bakery: Site) -> None:
    bakery.page("/en/", indexable=False)
    bakery.answers[f"{ORIGIN}/"] = Answer(200, 1, f"{ORIGIN}/en/")
    assert bakery.document()["home"] == {"status": 200, "indexable": False, "is_self": True, "redirects": 1}


def test_a_key_page_that_is_not_there_is_told(bakery: Site) -> None:
    bakery.page("/shop")
    bakery.settings["key_pages"] = ("/shop", "/gone")
    assert bakery.document()["key_pages"] == [
        {"path": "/gone", "status": 404, "indexable": False, "rendered": False},
        {"path": "/shop", "status": 200, "indexable": True, "rendered": True},
    ]


def test_shares_are_of_indexable_pages(bakery: Site) -> None:
    bakery.page("/", "/a", types=("Bakery",), description="d")
    bakery.page("/a", "/b", types=("Article",), sd_errors=1)
    bakery.page("/b", "/", indexable=False)
    bakery.page("/lost")
    assert bakery.document()["summary"] == {
        "pages": 4,
        "noindex_share": 0.0,
        "indexable": 3,
        "indexable_share": 0.75,
        "structured_data_share": 0.6667,
        "valid_structured_data_share": 0.5,
        "described_share": 0.3333,
        "reachable_share": 0.6667,
    }


def test_shares_of_nothing_are_null(bakery: Site) -> None:
    summary = bakery.document()["summary"]
    assert {name for name, value in summary.items() if value is None} == {name for name in summary if "share" in name}


def test_failed_addresses_count_among_those_not_excluded(bakery: Site) -> None:
    bakery.visit = replace(bakery.visit, crawl=Crawl(discovered=12, measured=9, failed=1, excluded=2))
    assert bakery.document()["crawl"]["failed_share"] == 0.1


def test_every_property_of_the_shape_is_described() -> None:
    def undescribed(schema: dict[str, Any], at: str) -> list[str]:
        below = [(f"{at}/{name}", inner) for name, inner in schema.get("properties", {}).items()]
        below += [
            (f"{at}[]", schema[key]) for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)
        ]
        missing = [place for place, inner in below if not inner.get("description")]
        return missing + [place for name, inner in below for place in undescribed(inner, name)]

    assert undescribed(load("site"), "") == []


def test_every_list_of_objects_in_the_shape_has_an_identity() -> None:
    def nameless(schema: dict[str, Any]) -> list[dict[str, Any]]:
        here = []
        if schema.get("type") == "array" and schema["items"]["type"] == "object":
            here = [] if schema.get("x-identity") in schema["items"]["properties"] else [schema]
        inner = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
        return here + [found for one in inner for found in nameless(one)]

    assert nameless(load("site")) == []


def test_a_group_that_depends_on_what_the_build_does_not_show_is_not_measured(bakery: Site) -> None:
    bakery.visit = replace(bakery.visit, sitemaps=None)
    bakery.settings["key_pages"] = ("/stock",)
    bakery.answers[f"{ORIGIN}/"] = Answer(None, 0, f"{ORIGIN}/")
    bakery.answers[f"{ORIGIN}/stock"] = Answer(None, 0, f"{ORIGIN}/stock")
    document = bakery.document()
    assert {"home", "key_pages", "sitemaps"}.isdisjoint([*document, *document["measured"]])


def test_a_site_under_a_path_is_described_by_the_shape(bakery: Site) -> None:
    bakery.page_settings = replace(bakery.page_settings, base_path="/bread/")
    bakery.page("/bread/")
    document = bakery.document()
    assert (document["url"], document["path"], document["home"]["status"]) == (f"{ORIGIN}/bread/", "/bread/", 200)
