"""A small site to be described: pages, answers, robots.txt, and the document that comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from checks.collect.index import Index
from checks.collect.index_rows import packed_anchors, packed_document
from checks.facts import site
from checks.facts.digest import PageDigest
from checks.facts.page_settings import PageSettings
from checks.facts.robots_txt import Robots
from checks.facts.site_settings import SiteSettings
from checks.facts.site_visit import Crawl, SiteVisit
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


def urls(found: list[dict[str, Any]]) -> list[str]:
    return [member["url"].removeprefix(ORIGIN) for member in found]
