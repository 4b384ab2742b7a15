"""Sites with faults of the files at fixed places, and of the addresses that a host answers."""

from __future__ import annotations

import base64
import json

from tests.collect.planted import Site

OVEN = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")


ROBOTS = """User-agent: *
Allow: /

User-agent: anthropic-ai
Disallow: /

Content-Signal: search=yes, ai_train=no
Sitemap: https://www.example.com/sitemap.xml
"""
ENTRY = "<url><loc>https://www.example.com/</loc><lastmod>{}</lastmod></url>"
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
APART = "/*\n  Cross-Origin-Opener-Policy: same-origin\n"
NETLIFY = f"""{APART}
/
  X-Content-Type-Options: nosniff
"""
BROKEN_PROMISES = """
render: {third-party: block}
legal: {terms: /terms/}
required_files: [/ads.txt]
crawlers: {GPTBot: allow}
"""


def fixed_places() -> Site:
    """Return faults of the files at fixed places, and of the site as a whole."""
    site = Site(host="netlify", config=BROKEN_PROMISES)
    for path in ("/", "/privacy/"):
        site.page(path, body='<a href="/terms/">Terms</a>')
    site.file("_headers", NETLIFY)
    site.file("404.html", "<!doctype html><title>Not found</title><p>Not found</p>", "sec/headers-everywhere")
    site.file(
        ".well-known/security.txt", "Contact: mailto:a@example.com\nExpires: 2026-01-01T00:00:00Z", "sec/security-txt"
    )
    site.file(
        "llms.txt", "# Bread\n\nA bakery, and its bread: [rye](/gone/) and more than fifty characters.", "ai/llms-txt"
    )
    site.file("robots.txt", ROBOTS, "ai/stale-tokens", "ai/content-signal")
    site.file("sitemap.xml", MAP.format(ENTRY.format("2026-12-01")), "site/sitemap-lastmod")
    site.file("feed.xml", "<rss><channel><title>Bread</title></channel>", "site/feeds")
    site.planted |= {("site/legal-pages", "site"), ("site/wellknown", "site")}
    site.file("style.css", "body { background: url(gone.png) }", "site/asset-references")
    site.page("/untrained/", "ai/noai-meta", head='<meta name="robots" content="noai">', body='<a href="/terms/">T</a>')
    return site


def kept() -> Site:
    """Return the same places as they should be."""
    site = Site(host="netlify", config=BROKEN_PROMISES.replace("allow", "block"))
    for path in ("/", "/privacy/", "/terms/"):
        site.page(path, head='<meta name="tdm-reservation" content="1">', body='<a href="/terms/">Terms</a>')
    site.file("_headers", f"{APART}  X-Content-Type-Options: nosniff")
    site.file("404.html", "<!doctype html><title>Not found</title><p>Not found</p>")
    site.file(".well-known/security.txt", "Contact: mailto:a@example.com\nExpires: 2027-01-01T00:00:00Z")
    site.file("llms.txt", "# Bread\n\nA bakery, and its bread: [terms](/terms/) and more than fifty characters.")
    site.file("robots.txt", ROBOTS.replace("anthropic-ai", "ClaudeBot").replace("ai_train", "ai-train"))
    site.file("sitemap.xml", MAP.format(ENTRY.format("2026-10-01")))
    item = "<item><link>https://www.example.com/</link><pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate></item>"
    site.file("feed.xml", f"<rss><channel><title>Bread</title>{item}</channel></rss>")
    site.file("ads.txt", "example.net, 1, DIRECT")
    site.file("style.css", "body { background: url(oven.png?v=1) } /* url(gone.png) */ b { mask: url(#m) }")
    site.file("oven.png", OVEN)
    return site


def one_page() -> Site:
    """Return an application that answers every address with its home page, and does not say so."""
    site = Site(host="netlify")
    site.page("/")
    site.file("_headers", APART)
    site.file("_redirects", "/* /index.html 200", "site/spa-fallback")
    return site


def twins() -> Site:
    """Return a site whose host serves each page at several addresses."""
    site = Site(host="vercel")
    apart = {"source": "/(.*)", "headers": [{"key": "Cross-Origin-Opener-Policy", "value": "same-origin"}]}
    site.file("vercel.json", json.dumps({"headers": [apart]}))
    for path in ("/", "/privacy/", "/bread/"):
        site.page(path)
    site.planted = {("site/trailing-slash", "site"), ("site/index-duplicates", "site")}
    return site
