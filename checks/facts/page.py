"""The page document, put together from the parts beside this file.

In: a `Visit` and the settings. Out: a `Built`: the document as far as the page itself goes (`checks/facts/complete.py`
adds what lies on other pages), a record of it for the rest of the run, and where its fragments and links lead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from checks.facts.charset import decode
from checks.facts.dates import dates
from checks.facts.digest import PageDigest
from checks.facts.look import Site, look_at
from checks.facts.page_groups import browser_groups, document_groups, identity
from checks.facts.reading import parse_document, read
from checks.facts.redirect_pages import LATEST_REFRESH, refresh_target
from checks.facts.sketch import sketch
from checks.facts.texts import well_formed
from checks.facts.twin import twin
from checks.facts.urls import normalise_url, parse, without_fragment

if TYPE_CHECKING:
    from checks.facts.charset import Charset
    from checks.facts.content import Words
    from checks.facts.look import Look
    from checks.facts.page_settings import PageSettings
    from checks.facts.visit import Visit

Document = dict[str, Any]
ALWAYS = frozenset({"kind", "url", "path", "page_type", "measured", "config", "expect"})
"""Properties of every document; all others are groups, and `measured` lists them."""
HTML = frozenset({"text/html", "application/xhtml+xml"})

LARGEST_SKELETON = 256
"""Digests kept of a page's skeleton; the least of them are a fair sample (a bottom-k sketch)."""
_OK = 200
_AUTH_STATUSES = frozenset({401, 403, 407})


@dataclass(frozen=True, slots=True)
class Built:
    """A page document and what others need of it."""

    document: Document
    digest: PageDigest
    anchors: frozenset[str]
    """What a fragment can lead to."""
    links: tuple[tuple[str, bool], ...]
    """Addresses of the site that the page links to, without fragments, and whether the links are followed."""


def build(visit: Visit, settings: PageSettings) -> Built:
    """Make the document of one page. Takes whatever bytes were delivered; raises nothing for them."""
    site = Site(settings)
    raw, rendered, charset = _looks(visit, site)
    delivered = twin(raw, alone=rendered is raw)
    shown = delivered if rendered is raw else twin(rendered)
    document = {**identity(visit, settings), **document_groups(visit, delivered, shown, charset)}
    document["dates"] = dates(document, shown.graph.things, settings.today)
    if visit.rendered is not None and visit.in_page is not None:
        document.update(browser_groups(visit, visit.in_page, document, delivered, shown))
    document["template"] = document["path"]  # as long as nobody has compared it with others
    document["indexable"] = None
    document["indexability_reasons"] = _reasons(document)
    document["measured"] = sorted(document.keys() - ALWAYS)
    remembered = digest(document, shown.words, rendered.reading.skeleton)
    return Built(document, remembered, rendered.reading.ids(), _site_links(document, site))


def digest(document: Document, words: Words, skeleton: frozenset[int]) -> PageDigest:
    """Return what the rest of the run remembers of the page; robots.txt is not heard here."""
    canonical, data = document["canonical"], document["structured_data"]
    alternates = ((entry["lang"], entry["url"]) for entry in document["hreflang"]["entries"] if entry["url"])
    return PageDigest(
        path=document["path"],
        url=normalise_url(document["url"]),
        status=document["http"]["status"],
        indexable=not document["indexability_reasons"],
        canonical_self=canonical["count"] == 0 or canonical["is_self"],
        canonical_inside=canonical["host_class"] == "production" and not canonical["is_self"],
        noindex=document["robots"]["noindex"],
        title=document["title"]["text"],
        description=document["description"]["text"],
        h1=next(iter(document["headings"]["h1"]), None),
        text_digest=words.digest,
        words=words.main_words,
        types=tuple(data["types"]),
        sd_errors=len(data["syntax_errors"]),
        rendered="render" in document,
        hreflang=tuple(sorted((lang, normalise_url(url)) for lang, url in alternates)),
        links_out=document["links"]["internal"],
        sketch=sketch(document["text"]["main"]),
        skeleton=skeleton if len(skeleton) <= LARGEST_SKELETON else frozenset(sorted(skeleton)[:LARGEST_SKELETON]),
    )


def _looks(visit: Visit, site: Site) -> tuple[Look, Look, Charset]:
    """Return the delivered and the rendered look, which are one where both documents are the same."""
    content_type = next((value for name, value in visit.headers if name.lower() == "content-type"), None)
    source, charset = decode(visit.body, content_type)
    document_url = visit.final_url or visit.url
    parser = parse_document(source)
    raw = look_at(read(source, parser), visit.url, document_url, visit.headers, site)
    if visit.rendered is None:
        return raw, raw, charset
    rendered_parser = parse_document(visit.rendered)
    reading = read(well_formed(visit.rendered), rendered_parser)
    # Serialising both takes as long as half a walk, and mostly the text tells already that they differ.
    if reading.pieces == raw.reading.pieces and rendered_parser.html == parser.html:
        return raw, raw, charset
    rendered = look_at(reading, visit.url, document_url, visit.headers, site)
    # Both looks name mostly the same addresses: what one has resolved, the other knows.
    return (
        raw,
        rendered if rendered.resolver.base != raw.resolver.base else replace(rendered, resolver=raw.resolver),
        charset,
    )


def _reasons(document: Document) -> list[str]:
    """Return why the page is not indexable, as far as the page itself tells."""
    http, canonical = document["http"], document["canonical"]
    reasons = set()
    if http["status"] in _AUTH_STATUSES or document.get("render", {}).get("auth_wall"):
        reasons.add("auth")
    elif http["status"] != _OK:
        reasons.add("status")
    if http["redirects"]:
        reasons.add("redirect")
    if http["content_type"] is not None and http["content_type"] not in HTML:
        reasons.add("not_html")
    if document["robots"]["noindex"]:
        reasons.add("noindex")
    if _sends_on(document):
        reasons.add("refresh")
    if canonical["url"] is not None and not canonical["is_self"]:
        reasons.add("canonicalised")
    return sorted(reasons)


def _sends_on(document: Document) -> bool:
    """Whether a meta refresh leads to another page, at once or later: search engines take it for a redirect."""
    target = refresh_target(document["meta"]["refresh"] or "", LATEST_REFRESH)
    address = parse(target, document["url"]) if target else None
    return address is not None and normalise_url(address.url) != normalise_url(document["url"])


def _site_links(document: Document, site: Site) -> tuple[tuple[str, bool], ...]:
    """Return where the page leads within the site; what it shows in a frame is reached through it, too."""
    found: dict[str, bool] = {}
    for frame in document["iframes"]:
        address = parse(frame["url"]) if frame["url"] else None
        if address is not None and site.is_internal(address):
            found[site.at_origin(address)] = True
    for item in document["links"]["items"]:
        if item["internal"]:
            url = f"{site.origin}/{without_fragment(item['url']).split('/', 3)[3]}"
            found[url] = found.get(url, False) or item["followed"]
    return tuple(sorted(found.items()))
