"""Draft a whole gonogo.yaml from the site that is live: where its pages lie, what it loads, which crawlers it lets in.

In: its URL, and a sample of its pages as facts. Out: `Live`: rows that a person confirms, and the parts of the draft.
No browser: what scripts add is not seen, and stays to be added by hand.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks import run_folder
from checks.collect import stage
from checks.facts.trackers import category
from checks.facts.urls import parse
from checks.init.draft import Drafted
from checks.init.project import is_public
from checks.run_folder import RunFolder
from checks.settings import from_document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Document = dict[str, Any]
_SAMPLE: Final = {"pages": 40, "depth": 2, "time": "5m"}
_KEY_PAGES: Final = 5
_LEAST_OF_A_TYPE: Final = 2
_TYPE_BY_FOLDER: Final = {
    **dict.fromkeys(("blog", "news", "journal", "articles", "posts", "magazine", "stories"), "article"),
    **dict.fromkeys(("docs", "documentation", "guide", "guides", "manual", "help"), "docs"),
    **dict.fromkeys(("products", "product"), "product"),
    **dict.fromkeys(("category", "categories", "collections"), "category"),
    **dict.fromkeys(("legal", "privacy", "terms", "imprint", "impressum", "datenschutz"), "legal"),
}
"""The first folder of a path -> the type of its pages, where the name says it plainly."""
_TYPE_BY_DATA: Final = {"Product": "product", **dict.fromkeys(("Article", "BlogPosting", "NewsArticle"), "article")}
"""Structured data -> the type of the pages that have it."""


@dataclass(frozen=True, slots=True)
class Live:
    """What the live site shows."""

    url: str
    site: str | None
    host: str
    pages: int
    templates: int
    key_pages: tuple[str, ...]
    page_types: Mapping[str, Sequence[str]]
    third_parties: Mapping[str, str | None]
    """Host -> its category, where it is known."""
    crawlers: Mapping[str, str]

    def rows(self) -> Iterator[tuple[str, str]]:
        """Give what a person should look at: what it is about, and what was found."""
        by_category: dict[str, list[str]] = {}
        for host, kind in self.third_parties.items():
            by_category.setdefault(kind or "other", []).append(host)
        consent = by_category.pop("consent-provider", [])
        yield "production", self.site or "not known: the site does not name it"
        yield "host", self.host
        yield "looked at", f"{self.pages} pages, built from {self.templates} templates"
        yield "key pages", ", ".join(self.key_pages)
        for name, patterns in self.page_types.items():
            yield f"type {name}", ", ".join(patterns)
        yield "consent tool", ", ".join(consent) or "none that is known"
        for kind, hosts in sorted(by_category.items()):
            yield f"loads ({kind})", ", ".join(hosts)
        for stance in ("allow", "block"):
            named = [token for token, said in self.crawlers.items() if said == stance]
            if named:
                yield f"crawlers: {stance}", ", ".join(named)

    def drafted(self) -> Drafted:
        """Return the parts of a gonogo.yaml that the site decides."""
        return Drafted(
            host=self.host,
            key_pages=self.key_pages,
            page_types=self.page_types,
            third_parties=tuple(self.third_parties),
            crawlers=self.crawlers,
        )


def look(url: str, today: dt.date) -> Live:
    """Look at a sample of the site at `url`. Raises as the collector does where it is not there."""
    document = {"preview": url, "limits": _SAMPLE, "today": today.isoformat(), "owners_in_order": []}
    with tempfile.TemporaryDirectory(prefix="gonogo-") as folder:
        run = RunFolder(Path(folder) / "run")
        run.clear()
        collected = stage.collect(from_document(document), Path(), run, None, lambda *_: None)
        pages = list(run.lines(run_folder.PAGES))
        bots = run.read(run_folder.SITE).get("ai", {}).get("bots", [])
    origin = collected.origin if collected.origin_known or is_public(collected.origin) else None
    return seen(url, origin, collected.host, pages, bots)


def seen(url: str, site: str | None, host: str, pages: Sequence[Document], bots: Iterable[Document]) -> Live:
    """Return what a sample of page documents, and robots.txt as crawlers read it, say of a site. Pure."""
    own = parse(site or url)
    hosts = {one for page in pages for one in _loaded(page)} - {own.host if own else ""}
    return Live(
        url=url,
        site=site,
        host="auto" if host == "plain" else host,
        pages=len(pages),
        templates=len({page["template"] for page in pages}),
        key_pages=tuple(_key_pages(pages)),
        page_types=_page_types(pages),
        third_parties={one: category(one) for one in sorted(hosts)},
        crawlers={one["token"]: "allow" if one["allowed"] else "block" for one in bots if one["explicit"]},
    )


def _loaded(page: Document) -> Iterator[str]:
    """Give the hosts that a page loads scripts, styles, images and frames from."""
    groups = (page["scripts"]["items"], page["styles"]["items"], page["images"]["items"], page["iframes"])
    for item in (one for group in groups for one in group):
        address = parse(item["url"] or "", page["url"])
        if address is not None and address.is_web:
            yield address.host


def _key_pages(pages: Sequence[Document]) -> list[str]:
    """Return the home page and the pages that most pages link to, of those that search engines may show."""
    good = {page["path"] for page in pages if page["indexable"] and page["http"]["status"] == 200}  # noqa: PLR2004
    linked: Counter[str] = Counter()
    for page in pages:
        found = (parse(item["url"]) for item in page["links"]["items"] if item["internal"])
        linked.update({address.path for address in found if address is not None})
    named = sorted((path for path in linked if path in good and path != "/"), key=lambda path: (-linked[path], path))
    return ["/", *named[: _KEY_PAGES - 1]]


def _page_types(pages: Sequence[Document]) -> dict[str, list[str]]:
    by_folder: dict[str, list[Document]] = {}
    for page in pages:
        by_folder.setdefault(page["path"].split("/")[1], []).append(page)
    types: dict[str, list[str]] = {"home": ["/"]}
    for folder, inside in sorted(by_folder.items()):
        name = _type_of(folder, inside)
        if name is not None:
            types.setdefault(name, []).append(f"/{folder}/**")
    return types


def _type_of(folder: str, pages: Sequence[Document]) -> str | None:
    if not folder or len(pages) < _LEAST_OF_A_TYPE:
        return None
    by_data = Counter(
        _TYPE_BY_DATA[name] for page in pages for name in page["structured_data"]["types"] if name in _TYPE_BY_DATA
    )
    name, count = by_data.most_common(1)[0] if by_data else (None, 0)
    return name if count * 2 > len(pages) else _TYPE_BY_FOLDER.get(folder.lower())
