"""The rules for search, links, language, sharing and rendering on a real little site: each planted fault is found."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from checks.judge import policies
from tests.collect import planted

SITE = "https://www.example.com"
FAMILIES = ("crawl/", "i18n/", "links/", "render/", "sd/", "seo/", "social/")
CONFIG = """
render: {time-limit: 60s, third-party: allow}
page_types: {article: [/journal/**]}
"""
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
WORDS = "Bread is baked slowly from flour and water and salt in an oven that has burnt since the morning. " * 6
WORDS_BY_LANG = {
    "de": "Das Brot wird langsam aus Mehl und Wasser und Salz in einem Ofen gebacken, der seit dem Morgen brennt. " * 6,
    "es": "El pan se hace poco a poco con la harina y el agua y la sal en un horno que arde desde la mañana. " * 6,
}
"""The same in the languages that pages declare."""
CARD = '<meta name="twitter:card" content="summary">' + "".join(
    f'<meta property="og:{name}" content="{value}">'
    for name, value in (
        ("type", "website"),
        ("title", "Bread"),
        ("image", f"{SITE}/card.png"),
        ("description", "Bread from Bristol"),
    )
)


SIZE = "".join(
    f'<meta property="og:image:{name}" content="{value}">'
    for name, value in (("width", 1200), ("height", 630), ("alt", "Loaves"))
)
DATED = '<meta property="og:locale" content="en_GB"><meta property="article:published_time" content="2026-10-01">'


HOME = """<link rel="icon" href="/icon.svg"><link rel="apple-touch-icon" href="/touch.png">
<script type="application/ld+json">{"@context": "https://schema.org",
"@type": "WebSite", "name": "Bread", "url": "https://www.example.com/"}</script>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Organization", "name": "Bakery",
"url": "https://www.example.com/", "logo": "https://www.example.com/card.png"}</script>"""


@dataclass
class Page:
    """What a page of the site has; without more, nothing is wrong with it."""

    title: str = ""
    canonical: str = ""
    head: str = ""
    body: str = ""
    lang: str = "en"
    h1: str = ""
    links: str = '<p><a href="/">Home of the bakery</a> <a href="/list/">All kinds of bread</a></p>'
    robots: str = "max-image-preview:large"
    image: str = SIZE + DATED
    linked: str = "twice"


@dataclass
class Site(planted.Site):
    """A build, page by page, with two lists of its pages."""

    config: str = CONFIG
    linked: list[tuple[str, str]] = field(default_factory=list)

    def page(self, path: str, *named: str, **parts: Any) -> None:
        """Add a page; every page but the home page is linked from the two lists of pages."""
        page, number = Page(**parts), len(self.files)
        if path.count("/") > 2 and "sd/breadcrumb" not in named and "BreadcrumbList" not in page.head:
            page.head += TRAIL
        name = f"{number} {path.strip('/').replace('/', ' ')[-20:]}"
        words = WORDS_BY_LANG.get(page.lang, WORDS)
        canonical = page.canonical or f'<link rel="canonical" href="{SITE}{path}">'
        self.files[f"{path.strip('/')}/index.html".lstrip("/")] = (
            f'<!doctype html><html lang="{page.lang}"><head><meta charset="utf-8">'
            f"<title>{page.title or f'Bread of the kind {name}'}</title>"
            f'{VIEWPORT}<meta name="robots" content="{page.robots}">'
            f'<meta name="description" content="How the bakery makes bread of the kind {name}, from flour to loaf.">'
            f'{canonical}{CARD}{page.image}<meta property="og:url" content="{SITE}{path}">{page.head}</head>'
            f"<body><main>{page.h1 or f'<h1>Bread: {name}</h1>'}<p>{number} {words}</p>{page.body}</main>{page.links}"
            "</body></html>"
        )
        self.planted |= {(policy, path) for policy in named}
        if path != "/":
            self.linked.append((path, page.linked))

    def finish(self, home: str = HOME) -> None:
        """Link all pages from the home page and from a second list."""
        every = "".join(f'<li><a href="{path}">Bread {path}</a></li>' for path, how in self.linked if how != "never")
        again = "".join(f'<li><a href="{path}">Bread {path}</a></li>' for path, how in self.linked if how == "twice")
        self.page("/", body=f"<ul>{every}</ul>", head=home)
        self.page("/list/", body=f"<ul>{again}</ul>")


def ld(**said: Any) -> str:
    """Return a block of JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **said})}</script>'


STEPS = [{"@type": "ListItem", "position": n, "name": "Bread", "item": f"{SITE}/"} for n in (1, 2)]
TRAIL = ld(**{"@type": "BreadcrumbList", "itemListElement": STEPS})


def png(width: int, height: int) -> bytes:
    """Return the beginning of a PNG, which is all that its size needs."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"


AGAIN = "if (!sessionStorage.been) { sessionStorage.been = 1; location.reload(); }"


def picture(width: int, height: int) -> bytes:
    """Return a white area as a PNG that browsers can show."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    lines = zlib.compress((b"\0" + b"\xff" * 3 * width) * height)
    return b"".join(
        (png(width, height)[:8], chunk(b"IHDR", png(width, height)[16:29]), chunk(b"IDAT", lines), chunk(b"IEND", b""))
    )


def build() -> Site:
    site = Site()
    site.files["card.png"] = picture(1200, 630)
    site.files["touch.png"] = png(180, 180)
    site.files["icon.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"></svg>'
    _addresses(site)
    _texts(site)
    _links(site)
    _languages(site)
    _shares(site)
    _renders(site)
    site.finish()
    return site


def marked() -> Site:
    """Return a site whose pages have one fault each in their structured data."""
    site = Site()
    site.files["card.png"] = picture(1200, 630)
    site.files["icon.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"></svg>'
    site.files["touch.png"] = png(180, 180)
    card, day = f"{SITE}/card.png", "2026-10-01"
    author = {"@type": "Person", "name": "Edith", "url": f"{SITE}/"}
    article = {"headline": "Bread", "image": card, "datePublished": day, "dateModified": day, "author": author}
    recipe: dict[str, Any] = {"@type": "Recipe", "name": "Bread", "image": card, "author": author, "datePublished": day}
    recipe |= {"description": "Rye", "totalTime": "PT9H", "recipeYield": "1", "recipeIngredient": ["rye"]}
    recipe |= {"recipeInstructions": "Bake.", "keywords": "rye"}
    offer = {"@type": "Offer", "price": "4.20", "priceCurrency": "EUR", "availability": "https://schema.org/InStock"}
    product = {"@type": "Product", "name": "Bread", "image": card, "description": "Rye", "offers": offer}
    priced = "<p>4.20 EUR</p>"
    site.page("/recipe/", head=ld(**recipe))
    site.page("/no-image/", "sd/required-properties", head=ld(**{**recipe, "image": ""}))
    site.page("/no-yield/", "sd/recommended-properties", head=ld(**{**recipe, "recipeYield": None}))
    site.page("/product/", head=ld(**product), body=priced)
    site.page("/no-price/", "sd/required-properties", head=ld(**{**product, "offers": {**offer, "price": ""}}))
    site.page("/sign/", "sd/price-currency", head=ld(**{**product, "offers": {**offer, "price": "4,20"}}))
    site.page("/hidden/", "sd/matches-visible", head=ld(**product))
    site.page("/in-microdata/", body=MICRODATA.format("<b itemprop=price>4.20</b>") + priced)
    site.page("/no-price-in-microdata/", "sd/required-properties", body=MICRODATA.format(""))
    questions = {"@type": "Question", "name": "Is it rye?", "acceptedAnswer": {"@type": "Answer", "text": "It is."}}
    site.page("/asked/", "sd/retired-types", head=ld(**{"@type": "FAQPage", "mainEntity": [questions]}))
    site.page("/misspelt/", "sd/vocabulary", head=ld(**{**recipe, "recipeCousine": "German"}))
    site.page("/early/", "sd/dates-valid", head=ld(**{**recipe, "datePublished": "2027-10-01"}))
    site.page("/german/", "sd/dates-valid", head=ld(**{**recipe, "datePublished": "1.10.2026"}))
    event: dict[str, Any] = {
        "@type": "Event",
        "name": "Bread",
        "startDate": "2026-03-01",
        "endDate": "2026-03-02",
        "image": card,
    }
    event |= {"location": {"@type": "Place", "name": "Oven", "address": "Bristol"}, "description": "Rye"}
    event |= {
        "eventStatus": "https://schema.org/EventScheduled",
        "organizer": author,
        "performer": author,
        "offers": [],
    }
    site.page("/over/", "sd/expired", "sd/recommended-properties", head=ld(**event))
    stars = {"@type": "AggregateRating", "ratingValue": 87, "ratingCount": 3}
    site.page("/stars/", "sd/rating-scale", head=ld(**{**product, "aggregateRating": stars}), body=priced)
    praised = {"@type": "Organization", "name": "Bakery", "url": SITE, "logo": card}
    praise = {**stars, "ratingValue": 5}
    site.page("/praise/", "sd/self-serving-reviews", head=ld(**{**praised, "aggregateRating": praise}))
    site.page("/moved/", "sd/url-matches-canonical", head=ld(**{**recipe, "url": f"{SITE}/recipe/"}))
    site.page("/lost-image/", "sd/images-fetchable", head=ld(**{**recipe, "image": f"{SITE}/lost.png"}))
    site.page("/far/down/", "sd/breadcrumb")
    site.page("/far/trail/", head=ld(**{"@type": "BreadcrumbList", "itemListElement": STEPS}))
    site.page("/trail/", "sd/breadcrumb", head=ld(**{"@type": "BreadcrumbList", "itemListElement": STEPS[1:]}))
    site.page("/journal/bare/", "sd/expected-types")
    site.page("/journal/marked/", head=ld(**{"@type": "BlogPosting", **article}), body="<p>Edith</p>")
    site.finish()
    return site


MICRODATA = """<div itemscope itemtype="https://schema.org/Product"><h2 itemprop="name">Bread</h2>
<img itemprop="image" src="/card.png" alt="" width="200" height="105"><p itemprop="description">Rye</p>
<p itemprop="offers" itemscope itemtype="https://schema.org/Offer">{}<meta itemprop="priceCurrency" content="EUR">
<link itemprop="availability" href="https://schema.org/InStock"></p></div>"""


def led() -> Site:
    """Return a site whose pages lead elsewhere: by canonicals, links, redirects, alternates and robots.txt."""
    site = Site()
    site.files["card.png"] = picture(1200, 630)
    site.files["icon.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"></svg>'
    site.files["touch.png"] = png(180, 180)
    site.page("/relative/", "crawl/canonical-absolute", canonical='<link rel="canonical" href="/relative/">')
    home = f'<link rel="canonical" href="{SITE}/">'
    site.page("/to-home/", "crawl/canonical-not-home", canonical=home)
    change = f"document.querySelector('[rel=canonical]').href = '{SITE}/list/'"
    both = ("crawl/canonical-js-stable", "seo/metadata-in-served-html")
    site.page("/by-script/", *both, body=f"<script>{change}</script>")
    site.planted.add(("links/to-non-canonical", "site"))
    site.page("/large/", "crawl/html-size--warning", body=f"<!-- {'x' * 600_000} -->")
    site.page("/too-large/", "crawl/html-size", "crawl/html-size--warning", body=f"<!-- {'x' * 2_100_000} -->")
    site.page("/silent/", "crawl/nosnippet", robots="nosnippet, max-image-preview:large")
    site.files["robots.txt"] = "User-agent: *\nDisallow: /blocked/\n"
    site.page("/blocked/", "crawl/robots-blocks-page")
    site.page("/unnamed/", "links/anchor-text", body='<a href="/large/"></a>')
    site.page("/scripted/", "links/crawlable", body='<a href="javascript:go()">All bread</a>')
    site.page("/nowhere/", "links/fragment-broken", body='<a href="/large/#nowhere">Large bread</a>')
    site.page("/insecure/", "links/http-scheme", body='<a href="http://www.example.com/large/">Large bread</a>')
    site.page("/unfollowed/", "links/internal-nofollow", body='<a rel="nofollow" href="/large/">Large bread</a>')
    site.page("/at-home/", "links/localhost", body='<a href="http://localhost:3000/">Preview of all bread</a>')
    site.files["old/index.html"] = '<meta http-equiv="refresh" content="0; url=/older/">'
    site.files["older/index.html"] = '<meta http-equiv="refresh" content="0; url=/large/">'
    site.page("/behind/", "links/to-redirect", body='<a href="/older/">Older bread</a>')
    site.planted.add(("links/redirect-chain", "site"))
    for number in range(6):
        further = f'<a href="/deep/{number + 1}/">Bread {number + 1}</a>' if number < 5 else ""
        site.page(f"/deep/{number}/", body=further, linked="never" if number else "twice")
    site.planted |= {("links/depth", "site"), ("links/inlinks-min", "site")}
    vite = '<script type="module" src="/@vite/client"></script>'
    site.page("/workshop/", "render/dev-server", "render/failed-requests", body=vite)
    site.page("/wide/", "render/horizontal-overflow", body='<p style="width: 900px">Bread</p>')
    staged = {"@type": "WebPage", "image": "https://staging.example.com/card.png"}
    site.page("/staged/", "sd/production-urls", head=ld(**staged))
    alternate = '<link rel="alternate" hreflang="{}" href="{}">'
    default = alternate.format("x-default", f"{SITE}/list/") + alternate.format("en", f"{SITE}/{{}}/")
    named = default.format("near") + alternate.format("de", "/list/")
    site.page("/near/", "i18n/hreflang-absolute", head=named)
    site.page("/code/", "i18n/hreflang-code", head=default.format("code") + alternate.format("en-UK", f"{SITE}/code/"))
    site.page("/others/", "i18n/hreflang-self", head=default.format("list") + alternate.format("de", f"{SITE}/list/"))
    site.planted |= {("i18n/hreflang-return", "site"), ("i18n/hreflang-conflict", "site")}
    site.finish()
    return site


def kept_out() -> Site:
    """Return a site that keeps far too much out of search results, with a home page that says nothing of itself."""
    site = Site(host="netlify")
    site.files["card.png"] = picture(1200, 630)
    site.files["icon.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"></svg>'
    site.files["downloads/prices.pdf"] = b"%PDF-1.4"
    site.files["_headers"] = "/downloads/*\n  X-Robots-Tag: noindex\n"
    site.page("/prices/", "crawl/assets-noindex", body='<p><a href="/downloads/prices.pdf">Prices</a></p>')
    markup = '{"@context": "https://schema.org", "@type": "Recipe", "name": "Rye", "image": "https://www.example.com/card.png"}'
    recipe = f'<script type="application/ld+json">{markup}</script>'
    site.page("/recipe/", "crawl/noindex-leftover", "sd/noindex-conflict", robots="noindex", head=recipe)
    for path in ("/draft/", "/draft-2/"):
        site.page(path, "crawl/noindex-leftover", robots="noindex")
    site.planted |= {("crawl/noindex-share", "site"), ("links/to-non-canonical", "site")}
    site.files["_redirects"] = "/prices/all/ /recipe/ 301 Language=de\n/prices/old/ /prices/ 301\n"
    site.planted.add(("i18n/no-locale-redirect", "site"))
    site.files["app.webmanifest"] = '{"name": "React App", "start_url": "."}'
    site.planted |= {("social/manifest", "site"), ("social/default-icon", "site")}
    site.finish(home='<link rel="icon" href="/icon.svg"><link rel="manifest" href="/app.webmanifest">')
    site.planted |= {("sd/home-website", "/"), ("sd/home-organization", "/"), ("social/apple-touch-icon", "/")}
    return site


def _addresses(site: Site) -> None:
    site.page("/journal/rye/", "crawl/max-image-preview", "sd/expected-types", robots="index")
    far = "/" + "loaf-" * 25 + "end/"
    site.page(far, "crawl/url-length")
    site.page("/Old_loaf/", "crawl/url-form")
    first = f'<link rel="canonical" href="{SITE}/list/">'
    site.page("/list/page/2/", "crawl/pagination-canonical", canonical=first)
    site.page("/list/page/3/")
    site.page("/robots/", "crawl/robots-values-known", robots="index, no-follow")
    site.page("/leaves/", "crawl/unavailable-after", robots="unavailable_after: 2026-11-05")
    site.page("/stays/", robots="unavailable_after: 2027-11-05, max-snippet: -1")
    site.files["robots.txt"] = "User-agent: *\nAllow: /\nNoindex: /internal/\n"
    site.planted |= {("crawl/robots-ignored-fields", "site"), ("crawl/robots-valid", "site")}
    site.page("/alone/", "links/outgoing-count", links="")
    many = "".join(f'<a href="/list/?page={n}">Page {n}</a> ' for n in range(301))
    site.page("/many/", "links/outgoing-count", body=many)
    below = f'<link rel="canonical" href="{SITE}/body/">'
    # What is wrong with the place of a canonical is that there is none.
    body = ("crawl/canonical-in-head", "crawl/canonical-present", "seo/head-intact")
    site.page("/body/", *body, canonical=" ", body=below)


def _texts(site: Site) -> None:
    site.page("/wide/", "seo/title-pixels", title="MEMORIAL MUSEUM OF WONDERFUL WHOLEMEAL MILLING MACHINES")
    site.page("/two/", "seo/h1-single", h1="<h1>Bread: two</h1><h1>Cakes: two</h1>")
    for path in ("/twin-a/", "/twin-b/"):
        site.page(path, h1="<h1>Bread like any other</h1>")
    site.planted.add(("seo/h1-unique", "site"))
    chosen = random.Random(9)  # noqa: S311 - the same words every time
    words = ["".join(chosen.choices("abdefgilmnorstu", k=chosen.randint(2, 7))) for _ in range(1200)]
    site.page("/almost-a/", body=f"<p>{' '.join(words)}</p>")
    site.page("/almost-b/", body=f"<p>{' '.join(words[:1180])} and something else</p>")
    site.page("/half/", body=f"<p>{' '.join(words[:600])} {WORDS}</p>")
    site.planted.add(("seo/duplicate-near", "site"))
    site.page("/dated/", "seo/dates-agree", image=SIZE + DATED.replace("2026", "2027"))
    site.page("/forgotten/", "seo/stale-year", title="The bread courses of 2023 for all")
    site.page("/picture/", "seo/picture-fallback", body='<picture><source srcset="/card.png"></picture>')


def _links(site: Site) -> None:
    site.page("/click/", "links/generic-text", body='<p>More? <a href="/wide/">Click here!</a></p>')
    site.page("/typo/", "links/malformed", body='<p><a href="https://https://example.net/">Example</a></p>')
    site.page("/nobody/", "links/malformed", body='<p><a href="tel:">Call us</a></p>')
    site.page("/rare/", linked="once")
    site.planted |= {("links/inlinks-min", "site"), ("links/to-non-canonical", "site")}
    for number in range(6):
        site.files[f"was/{number}/index.html"] = '<meta http-equiv="refresh" content="0; url=/">'
    site.planted.add(("links/redirect-to-home", "site"))


def _languages(site: Site) -> None:
    def alternates(*pairs: tuple[str, str]) -> str:
        return "".join(f'<link rel="alternate" hreflang="{lang}" href="{SITE}{path}">' for lang, path in pairs)

    both = alternates(("en", "/en/"), ("de", "/de/"), ("x-default", "/en/"))
    site.page("/en/", head=both)
    site.page("/de/", head=both, lang="de")
    few = alternates(("en", "/few-en/"), ("de", "/few-de/"))
    site.page("/few-en/", "i18n/x-default", head=few)
    site.page("/few-de/", "i18n/x-default", head=few, lang="de")
    wrong = alternates(("en", "/a-en/"), ("fr", "/a-fr/"), ("x-default", "/a-en/"))
    site.page("/a-en/", head=wrong)
    site.page("/a-fr/", "i18n/hreflang-lang-agrees", head=wrong, lang="de")
    led = alternates(("en", "/b-en/"), ("es", "/b-es/"), ("x-default", "/b-en/"))
    site.page("/b-en/", head=led)
    other = f'<link rel="canonical" href="{SITE}/b-en/">'
    site.page("/b-es/", "i18n/canonical-same-language", head=led, lang="es", canonical=other)
    site.planted |= {("i18n/hreflang-target-ok", "site"), ("i18n/hreflang-one-method", "site")}
    listed = f'<xhtml:link rel="alternate" hreflang="en" href="{SITE}/en/"/>'
    site.files["sitemap.xml"] = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
        f"<url><loc>{SITE}/en/</loc>{listed}</url></urlset>"
    )


def _shares(site: Site) -> None:
    site.page("/share/", "social/og-image-dimensions", image=SIZE.replace("630", "1200"))
    site.page("/journal/plain/", "social/article-tags", "sd/expected-types", image=SIZE)


def _renders(site: Site) -> None:
    site.page("/goes/", "render/client-redirect", body=f"<script>{AGAIN}</script>")
    site.page("/small/", "render/legible-text", body=f'<p style="font-size: 9px">{WORDS * 4}</p>')
    site.page("/stretched/", "render/aspect-ratio", body='<img src="/real.png" alt="" width="200" height="40">')
    site.page("/cut/", body='<img src="/real.png" alt="" width="200" height="40" style="object-fit: cover">')
    edge = "border: 10px solid; padding: 0 20px 0 0"
    site.page("/edged/", body=f'<img src="/real.png" alt="" width="40" height="40" style="{edge}">')
    site.page("/dropped/", "render/deprecated-apis", body="<script>addEventListener('unload', () => 0)</script>")
    site.page("/icons/", "render/icon-font-fallback", body="<p>Menu \uf101</p>")
    layer = '<div style="position:fixed;inset:0 0 40% 0;background:white">{}</div>'
    site.page("/layer/", "seo/intrusive-interstitial", body=layer.format("Subscribe to our newsletter"))
    site.page("/gate/", body=layer.format("May we set cookies?"))
    away = '<script src="https://cdn.invalid/chat.js"></script>'
    site.page("/others/", "render/third-party-failures", body=away)
    words = "console.error('Hydration completed but contains mismatches.')"
    site.page("/hydrated/", "render/hydration", "render/console-errors", body=f"<script>{words}</script>")
    site.files["real.png"] = picture(40, 40)


SITES = (build, marked, led, kept_out)


FAMILY = {policy.id for policy in policies.load([], ["strict"], {}) if policy.id.startswith(FAMILIES)}


@pytest.mark.parametrize("make", SITES)
def test_every_planted_fault_is_found_and_nothing_else(make: Callable[[], Site], tmp_path: Path) -> None:
    site = make()
    found = planted.found(planted.collected(site, tmp_path), FAMILY)
    assert sorted(site.planted - found) == []
    assert sorted(found - site.planted) == []
