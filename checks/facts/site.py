"""The site document: what is true of the site as a whole, put together from its parts.

In: the index of the pages that were measured, what the collector saw beside them, the settings, and a way to ask what
the host answers at an address. Out: a document that `checks/shapes/site.schema.json` describes. Pure; what it holds
grows with the faults of a site, not with its pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.bots import bots, signals, stale
from checks.facts.campaign_addresses import campaigns
from checks.facts.duplicates import duplicates
from checks.facts.host_class import classify
from checks.facts.hreflang_clusters import hreflang_clusters, incomplete
from checks.facts.link_graph import graph
from checks.facts.sitemap_coverage import sitemaps
from checks.facts.texts import clip
from checks.facts.url_patterns import openness, url_patterns
from checks.facts.urls import normalise_url, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from checks.facts.robots_txt import Robots
    from checks.facts.site_index import SiteIndex
    from checks.facts.site_settings import SiteSettings
    from checks.facts.site_visit import Ask, Crawl, NotFound, Redirect, SiteVisit

NEAR = 3
"""Clicks from the home page within which a page counts as reachable."""


def build(index: SiteIndex, settings: SiteSettings, visit: SiteVisit, ask: Ask) -> dict[str, Any]:
    """The site document. Groups that were not looked at are absent, and are not in `measured`."""
    home = _home(settings)
    groups = {**_of_pages(index, settings, visit, ask), **_of_build(visit, home), **_of_host(settings, visit)}
    return {
        "kind": "site",
        "url": home,
        "path": settings.page.base_path,
        "measured": sorted(groups),
        "config": settings.config(),
        "expect": {},
        **groups,
    }


def _of_pages(index: SiteIndex, settings: SiteSettings, visit: SiteVisit, ask: Ask) -> dict[str, Any]:
    class_of = _class_of(settings)
    expect, origin = settings.page.expect, settings.page.production_origin
    groups: dict[str, Any] = {
        "pages_total": index.counts().pages,
        "home": _home_page(index, settings, ask),
        "key_pages": [_key_page(path, index, settings, ask) for path in sorted(settings.key_pages)],
        "summary": _summary(index),
        "graph": graph(
            index,
            may_be_orphan=lambda path: bool(expect(path).get("orphan")),
            may_be_noindex=lambda path: bool(expect(path).get("noindex")),
        ),
        "duplicates": duplicates(index),
        "url_patterns": url_patterns(index.endless(), openness(index, visit.robots, origin), settings.page.today),
        "campaigns": campaigns(settings.campaigns, origin, visit.robots, ask),
        "hreflang_clusters": {
            **hreflang_clusters(index, ask, is_own=lambda url: class_of(url) == "production"),
            "incomplete": list(incomplete(index, settings.languages, settings.in_every_language)),
        },
    }
    # What something else than the build answers was not measured.
    if visit.sitemaps is not None:
        groups["sitemaps"] = sitemaps(index, visit.sitemaps, ask, origin=origin, class_of=class_of)
    if ask(_home(settings)).status is None:
        del groups["home"]
    if any(ask(_url(path, settings)).status is None for path in settings.key_pages):
        del groups["key_pages"]
    if any(one["status"] is None for one in groups["campaigns"]):
        del groups["campaigns"]
    return groups


def _of_build(visit: SiteVisit, home: str) -> dict[str, Any]:
    groups = {
        "redirects": None if visit.redirects is None else _redirects(visit.redirects, home),
        "files": visit.files,
        "leaks": visit.leaks,
        "assets": visit.assets,
        "home_files": visit.home_files,
        "wellknown": visit.wellknown,
        "crawler_access": visit.crawler_access,
        "url_policy": visit.url_policy,
        "known_addresses": visit.known_addresses,
        "field": visit.field,
        "uptime": visit.uptime,
        "budgets": visit.budgets,
        "not_found": None if visit.not_found is None else _not_found(visit.not_found),
    }
    return {name: dict(group) for name, group in groups.items() if group is not None}


def _of_host(settings: SiteSettings, visit: SiteVisit) -> dict[str, Any]:
    return {
        "crawl": _crawl(visit.crawl),
        "robots_txt": _robots_txt(visit.robots, visit.robots_content_type, _home(settings)),
        **({} if visit.hosting is None else {"hosting": dict(visit.hosting)}),
        **({} if visit.moved_from is None else {"moved_from": [dict(one) for one in visit.moved_from]}),
        "ai": {
            "bots": bots(visit.robots, _home(settings), settings.crawlers),
            "stale": stale(visit.robots, _home(settings)),
            "signals": signals(visit.robots, _home(settings)),
        },
    }


def _home(settings: SiteSettings) -> str:
    return _url(settings.page.base_path, settings)


def _url(path: str, settings: SiteSettings) -> str:
    return normalise_url(settings.page.production_origin + path)


def _class_of(settings: SiteSettings) -> Callable[[str], str]:
    """A function from an address to its host class."""
    production = settings.production_host
    first_party = settings.page.first_party_domains
    allowed = frozenset(settings.page.allow_canonical_hosts)

    def class_of(url: str) -> str:
        address = parse(url)
        if address is None:
            return "third_party"
        if address.netloc == production:
            return "production"
        return classify(
            address.host, address.port, production_host=production, first_party=first_party, allowed=allowed
        )[0]

    return class_of


def _home_page(index: SiteIndex, settings: SiteSettings, ask: Ask) -> dict[str, Any]:
    answer = ask(_home(settings))
    page = index.page(normalise_url(answer.final_url))
    return {
        "status": answer.status,
        "indexable": page is not None and page.indexable,
        "is_self": page is not None and page.canonical_self,
        "redirects": answer.redirects,
    }


def _key_page(path: str, index: SiteIndex, settings: SiteSettings, ask: Ask) -> dict[str, Any]:
    answer = ask(_url(path, settings))
    page = index.page(normalise_url(answer.final_url))
    return {
        "path": path,
        "status": answer.status,
        "indexable": page is not None and page.indexable,
        "rendered": page is not None and page.rendered,
    }


def _summary(index: SiteIndex) -> dict[str, Any]:
    counts = index.counts()
    near = index.within(NEAR)
    return {
        "pages": counts.pages,
        "indexable": counts.indexable,
        "noindex_share": _share(counts.noindex, counts.pages),
        "indexable_share": _share(counts.indexable, counts.pages),
        "structured_data_share": _share(counts.structured, counts.indexable),
        "valid_structured_data_share": _share(counts.structured_valid, counts.structured),
        "described_share": _share(counts.described, counts.indexable),
        "reachable_share": None if near is None else _share(near, counts.indexable),
    }


def _crawl(crawl: Crawl) -> dict[str, Any]:
    return {
        "discovered": crawl.discovered,
        "measured": crawl.measured,
        "failed": crawl.failed,
        "excluded": crawl.excluded,
        "failed_share": _share(crawl.failed, crawl.discovered - crawl.excluded),
    }


def _robots_txt(robots: Robots, content_type: str | None, home: str) -> dict[str, Any]:
    return {
        "exists": robots.exists,
        "status": robots.status,
        "bytes": robots.bytes,
        "digest": robots.digest,
        "content_type": content_type,
        "is_html": robots.is_html,
        "sitemaps": sorted(robots.sitemaps),
        "findings": [{"line": one.line, "problem": one.problem, "text": one.text} for one in robots.findings],
        "ignored": [{"line": one.number, "field": one.field, "text": clip(one.text, 200)} for one in robots.ignored],
        "allows_root": {agent: robots.allowed(agent, home) for agent in ("googlebot", "bingbot", "*")},
    }


def _redirects(found: Sequence[Redirect], home: str) -> dict[str, Any]:
    every = sorted(found, key=lambda redirect: redirect.source)
    return {
        "rules": [
            {
                "from": one.source,
                "to": one.target,
                "status": one.status,
                "kind": one.kind,
                "final_status": one.final_status,
                "hops": one.hops,
                "file": one.file,
                "line": one.line,
                "reachable": one.reachable,
                "shadowed_by": one.shadowed_by,
                "conditional": one.conditional,
                "by_language": one.by_language,
                "permanent": one.permanent,
                "declared_temporary": one.declared_temporary,
                "keeps_query": one.keeps_query,
            }
            for one in every
        ],
        "chains": [
            {"from": one.source, "hops": one.hops, "urls": list(one.urls)}
            for one in every
            if one.hops > 1 and not one.loop
        ],
        "to_home": sum(normalise_url(one.target) == home and one.kind != "rewrite" for one in every),
        "loops": [{"from": one.source, "urls": list(one.urls)} for one in every if one.loop],
    }


def _not_found(found: NotFound) -> dict[str, Any]:
    probes = [{"path": path, "status": status} for path, status in sorted(found.probes)]
    return {
        "file": found.file,
        "probes": probes,
        "links": found.links,
        "headers_missing": list(found.headers_missing),
    }


def _share(part: int, whole: int) -> float | None:
    """A share rounded to four places, so that documents are equal when counts are; None of nothing."""
    return round(part / whole, 4) if whole > 0 else None
