"""A site with faults of search, links, language, sharing and rendering, part by part."""

from __future__ import annotations

import random

from tests.collect.searchable import DATED, SITE, SIZE, WORDS, Site, ld, picture, png

AGAIN = "if (!sessionStorage.been) { sessionStorage.been = 1; location.reload(); }"


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
