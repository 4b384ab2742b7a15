from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checks.collect.index import Index
from checks.collect.index_rows import packed_anchors, packed_document
from checks.facts import site
from checks.facts.crawler_access import NOT_ASKED
from checks.facts.digest import PageDigest
from checks.facts.files import files
from checks.facts.host_mentions import Own
from checks.facts.known_addresses import KnownAddresses
from checks.facts.leak_scan import LeakScan
from checks.facts.page_settings import PageSettings
from checks.facts.robots_txt import Robots
from checks.facts.site_settings import SiteSettings
from checks.facts.site_visit import Crawl, NotFound, Redirect, SiteVisit
from checks.facts.uptime import Monitor, Watched, of_site
from checks.shapes import load

ORIGIN = "https://www.bakery.co"
HOSTING = {
    "host": "plain",
    "sends_headers": False,
    "redirects": False,
    "base_path": "/",
    "compresses": None,
    "catch_all": None,
    "config": [],
    "findings": [],
    "limits": [],
    "not_emulated": [],
    "injected": [],
    "headers_uncovered": [],
    "outside_base": [],
}
ALLOW_ALL = b"User-agent: *\nAllow: /\nSitemap: https://www.bakery.co/sitemap.xml\n"
PLAIN = PageDigest(
    path="/",
    url=f"{ORIGIN}/",
    status=200,
    indexable=True,
    canonical_self=True,
    canonical_inside=False,
    noindex=False,
    title=None,
    description=None,
    h1=None,
    text_digest=None,
    words=100,
    types=(),
    sd_errors=0,
    rendered=True,
    hreflang=(),
    links_out=1,
)


@dataclass(frozen=True)
class Answer:
    status: int | None
    redirects: int
    final_url: str


class Site:
    """A small site to be described; pages answer 200, `answers` say what else there is, the rest is 404."""

    def __init__(self, folder: Path) -> None:
        self.index = Index(folder / "index.sqlite")
        self.answers: dict[str, Answer] = {}
        self.page_settings = PageSettings(ORIGIN, first_party_domains=frozenset({"bakery.co"}))
        self.settings: dict[str, Any] = {}
        self.visit = SiteVisit(Robots(ALLOW_ALL, 200), "text/plain", (), Crawl(1, 1, 0, 0))

    def page(self, path: str, *links: str, **values: Any) -> None:
        digest = replace(PLAIN, **{"path": path, "url": ORIGIN + path, **values})
        self.index.add_page(path, packed_document({}), digest, packed_anchors(()), [(link, True) for link in links])

    def listed(self, *paths: str) -> None:
        for path in paths:
            self.index.add_listed(path if "://" in path else ORIGIN + path)

    def ask(self, url: str, /) -> Answer:
        page = self.index.page(url)
        return self.answers.get(url, Answer(404 if page is None else page.status, 0, url))

    def document(self) -> dict[str, Any]:
        settings = SiteSettings(self.page_settings, **self.settings)
        document = site.build(self.index, settings, self.visit, self.ask)
        Draft202012Validator(load("site")).validate(document)
        return document


@pytest.fixture
def bakery(tmp_path: Path) -> Site:
    return Site(tmp_path)


def urls(found: list[dict[str, Any]]) -> list[str]:
    return [member["url"].removeprefix(ORIGIN) for member in found]


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


def test_robots_txt_is_described(bakery: Site) -> None:
    bakery.visit = replace(bakery.visit, robots=Robots(b"User-agent: bingbot\nDisallow: /\nfoo", 200))
    found = bakery.document()["robots_txt"]
    assert found["allows_root"] == {"googlebot": True, "bingbot": False, "*": True}
    assert [finding["line"] for finding in found["findings"]] == [3]


def test_a_missing_robots_txt_is_described(bakery: Site) -> None:
    bakery.visit = replace(bakery.visit, robots=Robots(None, 404), robots_content_type=None)
    found = bakery.document()["robots_txt"]
    assert (found["exists"], found["status"], found["allows_root"]["*"]) == (False, 404, True)


def bot(document: dict[str, Any], token: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in document["ai"]["bots"] if one["token"] == token)
    return found


def test_a_bot_that_gets_what_is_wanted_matches(bakery: Site) -> None:
    bakery.settings["crawlers"] = {"GPTBot": "block", "OAI-SearchBot": "allow", "CCBot": "block"}
    bakery.visit = replace(bakery.visit, robots=Robots(b"User-agent: GPTBot\nDisallow: /", 200))
    document = bakery.document()
    told = [bot(document, token)["matches_policy"] for token in ("GPTBot", "OAI-SearchBot", "CCBot", "ClaudeBot")]
    assert told == [True, True, False, True]


def test_a_bot_that_is_named_is_explicit(bakery: Site) -> None:
    bakery.visit = replace(bakery.visit, robots=Robots(b"User-agent: gptbot\nDisallow: /", 200))
    document = bakery.document()
    assert [bot(document, token)["explicit"] for token in ("GPTBot", "CCBot")] == [True, False]


def test_a_bot_falls_back_to_the_group_of_its_family(bakery: Site) -> None:
    robots = b"User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nAllow: /"
    bakery.visit = replace(bakery.visit, robots=Robots(robots, 200))
    document = bakery.document()
    told = [bot(document, token)["allowed"] for token in ("Googlebot-Image", "Applebot", "bingbot", "AdsBot-Google")]
    assert told == [True, True, False, True]


def test_a_crawler_that_only_the_config_knows_is_listed(bakery: Site) -> None:
    bakery.settings["crawlers"] = {"OurOwnBot": "allow"}
    assert bot(bakery.document(), "OurOwnBot")["class"] == "other"


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
