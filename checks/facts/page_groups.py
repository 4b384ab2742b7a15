"""The groups of a page document, each from the look that it is about.

In: the visit, the twins of its two looks, the settings. Out: dictionaries of groups: those of every page, and those
that only a browser can fill.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from checks.facts import campaigns, head, link_quality, media, page_leaks, robots, weight
from checks.facts.accessibility import accessibility
from checks.facts.address_form import pagination, url_form
from checks.facts.analytics import analytics
from checks.facts.canonical import language_relations
from checks.facts.consent import consent, first_layer
from checks.facts.debug_ui import debug_ui
from checks.facts.fonts import fonts
from checks.facts.headers import joined, security
from checks.facts.html_group import html_group
from checks.facts.images import images
from checks.facts.js_diff import js_diff
from checks.facts.lcp import lcp
from checks.facts.legal import legal
from checks.facts.mime import media_type
from checks.facts.opt_out import opt_out
from checks.facts.page_state import bfcache, console, cookies, csp_violations, permission_prompts, service_workers
from checks.facts.page_text import text_group
from checks.facts.preloads import preloads
from checks.facts.render import render
from checks.facts.repeated import libraries
from checks.facts.sd_assessed import assessed
from checks.facts.third_parties import third_parties
from checks.facts.twin import as_raw
from checks.facts.vitals import vitals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.facts.charset import Charset
    from checks.facts.look import Site
    from checks.facts.page_settings import PageSettings
    from checks.facts.twin import Twin
    from checks.facts.visit import InPage, Visit

Document = dict[str, Any]


def identity(visit: Visit, settings: PageSettings) -> Document:
    """Return what every document has, measured or not."""
    declared = settings.expect(visit.path)
    return {
        "kind": "page",
        "url": visit.url,
        "path": visit.path,
        "page_type": settings.page_type(visit.path),
        "config": {
            "production_origin": settings.production_origin,
            "base_path": settings.base_path,
            "origin_known": settings.origin_known,
            "host": settings.host,
            "sends_headers": settings.sends_headers,
            "allow": {
                "third_parties": sorted(settings.allow_third_parties),
                "canonical_hosts": sorted(settings.allow_canonical_hosts),
                "form_hosts": sorted(settings.allow_form_hosts),
                "source_maps": settings.allow_source_maps,
                "hsts_preload": settings.hsts_preload,
            },
            "coverage": settings.coverage(visit.path),
            "choices": settings.chooses(visit.path),
            "outside_links": settings.outside_links,
            "stands_for_template": False,
        },
        "expect": {
            "noindex": bool(declared.get("noindex")),
            "status": declared.get("status"),
            "orphan": bool(declared.get("orphan")),
        },
    }


def document_groups(visit: Visit, delivered: Twin, shown: Twin, charset: Charset) -> Document:
    """Return the groups that need no browser, from the rendered look where there is one."""
    look, site = shown.look, shown.look.site
    exchanges = weight.by_address(visit)
    painted = visit.in_page.images if visit.in_page else ()
    embeds = visit.in_page.embeds if visit.in_page else None
    looks = (look,) if shown is delivered else (delivered.look, look)
    twins = {id(one): one for one in (delivered, shown)}.values()
    sd_urls = sorted({entry["url"] for one in twins for entry in one.facts["structured_data"]["urls"]})
    text = text_group(shown)
    data, canonical = shown.facts["structured_data"], shown.facts["canonical"]["url"]
    return {
        **shown.facts,
        **language_relations(shown.facts, look.url),
        "links": {
            **shown.facts["links"],
            "generic": link_quality.generic(shown.facts["links"]["items"]),
            "unqualified": link_quality.unqualified(shown.facts["links"]["items"], site.settings.sponsored_hosts),
            "mistyped": link_quality.mistyped(shown.facts["links"]["items"]),
            "tagged": campaigns.tagged(shown.facts["links"]["items"]),
        },
        "robots": {
            **shown.facts["robots"],
            "assets_noindex": [],
            "unknown": robots.unknown(shown.facts["robots"]),
            "unavailable_after": robots.unavailable_after(shown.facts["robots"], site.settings.today),
        },
        "url_form": url_form(visit.url),
        "pagination": pagination(visit.url),
        "raw": as_raw(delivered),
        "http": _http(visit, site.settings.expect(visit.path).get("status")),
        "charset": {"name": charset.name, "source": charset.source, "offset": charset.offset},
        "html": html_group(delivered.look.reading, look.reading, visit.in_page),
        "text": text,
        "structured_data": {
            **data,
            **assessed(shown.graph.things, look, text, canonical, site.settings.page_type(visit.path)),
        },
        "robots_txt": {"allowed": {}},
        "sitemap": {"listed": False},
        "icons": head.icons(look),
        "manifest": head.manifest(look),
        "images": images(look, painted, exchanges),
        "scripts": media.scripts(look),
        "styles": media.styles(look),
        "iframes": media.iframes(look, embeds),
        "videos": media.videos(look, embeds, exchanges),
        "forms": media.forms(look),
        "ai": opt_out(look, shown.facts["robots"]["directives"], site.settings.training),
        "analytics": analytics(look, site.settings.analytics),
        "legal": legal(visit.path, shown.facts["links"]["items"], dict(site.settings.legal)),
        "security": security(delivered.look),
        "leaks": {
            **page_leaks.leaks(looks, sd_urls, exchanges, site, _judged_canonical(shown)),
            "debug_ui": debug_ui(looks),
        },
    }


def _judged_canonical(shown: Twin) -> str | None:
    """Return the address that `canonical` is about, where the origin that it must be on is known."""
    url: str | None = shown.facts["canonical"]["url"]
    return url if shown.look.site.settings.origin_known else None


def browser_groups(
    visit: Visit, in_page: InPage, document: Mapping[str, Any], delivered: Twin, shown: Twin
) -> Document:
    """Return the groups that only a browser can fill, and those of the others that it adds to."""
    site: Site = shown.look.site
    exchanges = weight.by_address(visit)
    requests = weight.requests(visit, site, exchanges)
    items = requests["items"]
    holes = {one["url"] for one in document["images"]["items"] if one["internal"] and one["decoded"] is False}
    raw, main = delivered.words.main_words, shown.words.main_words
    same_robots = delivered.facts["robots"]["directives"] == shown.facts["robots"]["directives"]
    same_canonical = delivered.facts["canonical"]["values"] == shown.facts["canonical"]["values"]
    share = round(min(1.0, raw / main), 3) if main else None
    kept = {
        "third_parties": third_parties(items, requests["render_blocking"], site),
        "cookies": cookies(visit, site),
        "storage": {"local": sorted(in_page.local_storage), "session": sorted(in_page.session_storage)},
    }
    return {
        **kept,
        "consent": {
            **consent(document, kept, delivered.look.reading.source, site.settings),
            "first_layer": first_layer(in_page.overlay),
        },
        "text": {**document["text"], "visible_words": in_page.visible_words, "raw_share": share},
        "robots": {**document["robots"], "raw_equals_dom": same_robots},
        "canonical": {**document["canonical"], "raw_equals_dom": same_canonical},
        "render": {
            **render(visit, in_page, shown.look.reading, document),
            "permission_prompts": permission_prompts(visit, site),
        },
        "vitals": vitals(visit.loading, site),
        "lcp": lcp(in_page.largest, delivered.look, shown.look, exchanges),
        # An image that can't be shown is told as such.
        "requests": {**requests, "failed": [one for one in requests["failed"] if one["url"] not in holes]},
        "libraries": libraries(exchanges),
        "fonts": fonts(shown.look, items, in_page.faces),
        "preloads": preloads(shown.look, in_page, exchanges),
        "bfcache": bfcache(visit, site),
        "console": console(visit, site),
        "a11y": accessibility(in_page.accessible),
        "csp_violations": csp_violations(in_page, site),
        "service_workers": service_workers(in_page, site),
        "js_diff": js_diff(delivered.facts, shown.facts),
    }


def _http(visit: Visit, declared: int | None) -> Document:
    headers = joined(visit.headers)
    return {
        "status": visit.status,
        "status_ok": visit.status == (HTTPStatus.OK if declared is None else declared),
        "final_url": visit.final_url,
        "redirects": [{"url": hop.url, "status": hop.status, "kind": hop.kind} for hop in visit.redirects],
        "headers": headers,
        "content_type": media_type(headers.get("content-type")),
        "body_bytes": len(visit.body),
        "digest": hashlib.sha256(visit.body).hexdigest(),
        "transfer_bytes": visit.transfer_bytes,
    }
