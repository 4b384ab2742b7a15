"""Rules of security, leaks, privacy, accessibility and AI on little sites: each planted fault, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checks import run_folder
from tests.collect.planted import Site, collected, found

ARTICLE = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Article",
"headline": "Rye", "author": {"@type": "Person", "name": "Ada"}, "datePublished": "2026-01-01",
"dateModified": "2026-01-02"}</script>"""
OVEN = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")
TYPES = "page_types: {article: [/journal/**], answer: [/answers/**]}\nrender: {third-party: block}"


def pages() -> Site:
    """Return faults that stand in the pages themselves."""
    site = Site(config=TYPES)
    site.page("/")
    site.page("/privacy/")
    site.page(
        "/opener/", "sec/blank-target", body='<a href="https://example.org/" target="_blank" rel="opener">Mill</a>'
    )
    site.page("/noopener/", body='<a href="https://example.org/" target="_blank" rel="noopener">Mill</a>')
    site.page("/drafts/rye/", "leak/drafts")
    site.page("/images/", "leak/directory-listing")
    site.files["images/index.html"] = str(site.files["images/index.html"]).replace("Bread images", "Index of /images")
    fonts = '<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Lora">'
    site.page("/fonts/", "privacy/remote-fonts", head=fonts)
    frame = '<iframe title="Oven" sandbox="allow-scripts" width="300" height="200" loading="lazy" src="https://{}"></iframe>'
    site.page("/video/", "privacy/embed-facade", body=frame.format("www.youtube.com/embed/x"))
    site.page("/private-video/", body=frame.format("www.youtube-nocookie.com/embed/x"))
    open_frame = frame.replace(' sandbox="allow-scripts"', "").format("maps.example.org/x")
    site.page("/open-frame/", "sec/iframe-sandbox", body=open_frame)
    site.page("/allowed-frame/", body=open_frame.replace("<iframe", '<iframe allow="fullscreen"'))
    site.page("/fixed/", "a11y/zoom-allowed", viewport="width=device-width, user-scalable=no")
    return site


def answers() -> Site:
    """Return faults of pages that are meant to be quoted."""
    site = Site(config=TYPES)
    site.page("/")
    site.page("/privacy/")
    site.page("/journal/rye/", head=ARTICLE)
    site.page("/journal/anonymous/", "ai/entity-clarity")
    site.page("/answers/closed/", "ai/snippet-open", head='<meta name="robots" content="max-snippet:20">')
    late = "document.querySelector('main').append('word '.repeat(400))"
    site.page("/answers/late/", "ai/content-without-js", body=f"<script>{late}</script>")
    site.page("/late/", body=f"<script>{late}</script>")
    return site


GOOD = "default-src 'self'; base-uri 'self'; form-action 'self'; object-src 'none'"
META = '<meta http-equiv="Content-Security-Policy" content="{}">'


def policed() -> Site:
    """Return faults of Content Security Policies, each in the page that it is about."""
    site = Site()
    site.page("/")
    site.page("/privacy/")
    site.page("/good/", head=META.format(GOOD))

    def page(path: str, more: str, *planted: str, body: str = "") -> None:
        site.page(path, *planted, head=META.format(f"{GOOD}; {more}"), body=body)

    page("/unquoted/", "img-src self", "sec/csp-syntax")
    page("/unknown/", "image-src 'self'", "sec/csp-syntax")
    page("/inline/", "script-src 'self' 'unsafe-inline'", "sec/csp-scripts")
    page("/anywhere/", "script-src https:", "sec/csp-scripts")
    page("/nonce/", "script-src 'nonce-r4nd0mr4nd0m'", "sec/csp-scripts")
    site.page("/half/", "sec/csp-base-object", head=META.format("default-src 'self'; base-uri 'self'"))
    page("/cdn/", "script-src 'self' https://cdn.jsdelivr.net", "sec/csp-bypass")
    page("/one-file/", "script-src 'self' https://cdn.jsdelivr.net/npm/oven@1/oven.js")
    page("/staging/", "connect-src 'self' https://staging.example.com", "sec/csp-no-staging")
    page("/local/", "connect-src 'self' ws://localhost:3000", "sec/csp-no-staging")
    script = "<script>document.title = 'Fresh bread'</script>"
    page("/refused/", "img-src 'self'", "sec/csp-no-violation", body=script)
    page("/refused-style/", "img-src 'self'", "sec/csp-no-violation", body='<p style="color: red">Hot</p>')
    page("/refused-evaluation/", "img-src 'self'", "sec/csp-no-violation", body='<script src="/eval.js"></script>')
    site.files["eval.js"] = "try { eval('1') } catch { }"
    digest = base64.b64encode(hashlib.sha256(b"document.title = 'Fresh bread'").digest()).decode()
    page("/hashed/", f"script-src 'sha256-{digest}'", body=script)
    page("/stale-hash/", f"script-src 'self' 'sha256-{digest}'", "sec/csp-hashes")
    return site


SENT = """
/*
  Cross-Origin-Opener-Policy: same-origin
/express/
  X-Powered-By: Express
/past/
  Expect-CT: max-age=86400
/apart/
  Cross-Origin-Resource-Policy: everybody
/half/
  Strict-Transport-Security: max-age=31536000; preload
/whole/
  Strict-Transport-Security: max-age=31536000; includeSubDomains; preload
/refused/
  Content-Security-Policy: default-src 'self'; base-uri 'self'; form-action 'self'
"""


def sent() -> Site:
    """Return faults of the headers that a host sends."""
    site = Site(host="netlify", config="render: {third-party: block}\nallow: {hsts-preload: true}")
    site.files["_headers"] = SENT
    site.page("/")
    site.page("/privacy/")
    site.page("/express/", "sec/info-headers")
    site.page("/past/", "sec/legacy-headers")
    site.page("/apart/", "sec/isolation-headers")
    site.page("/half/", "sec/hsts-preload")
    site.page("/whole/")
    site.page("/refused/", "sec/csp-no-violation", body="<script>document.title = 'Fresh bread'</script>")
    return site


def accessible() -> Site:
    """Return faults that keep people from using a page, and beside them what only looks like one."""
    site = Site()
    site.files["oven.png"] = OVEN
    site.page("/")
    site.page("/privacy/")

    def page(name: str, policy: str, faulty: str, sound: str) -> None:
        site.page(f"/{name}/", f"a11y/{policy}", body=faulty)
        site.page(f"/{name}-sound/", body=sound)

    image = '<img src="/oven.png" width="90" height="90" {}>'
    page("image", "image-alt", image.format(""), image.format('alt=""') + f"<p hidden>{image.format('')}</p>")
    page("symbol", "image-alt", '<svg role="img"></svg>', '<svg role="img"><title>Oven</title></svg><svg></svg>')
    link = '<p><a href="/">{}</a></p>'
    picture, symbol = image.format('alt="Oven"'), "<svg><title>Oven</title></svg>"
    page("link", "link-name", link.format("<i></i>"), link.format(picture) + link.format(symbol))
    hidden = '<a href="/" style="display: none"></a><div aria-hidden="true"><a href="/" tabindex="-1"></a></div>'
    page("link-hidden", "link-name", '<a href="/"></a>', hidden)
    page("button", "button-name", "<button></button>", '<button title="Close"></button><input type="submit">')
    field = '<label for="a">Name</label><input id="a"><label>Mail<input type="email"></label><input aria-label="Town">'
    page("field", "form-label", '<input type="email">', field)
    page("choice", "form-label", "<select><option>Rye</select>", "<label>Bread<select><option>Rye</select></label>")
    pale = '<p style="color: #{}; background: #fff">Bread is baked slowly.</p>'
    page("pale", "contrast", pale.format("aaa"), pale.format("666") + pale.format("888; font-size: 30px"))
    page("role", "aria-valid", '<p role="buton">Rye</p>', '<p role="none">Rye</p><p role="doc-tip note">Rye</p>')
    page("attribute", "aria-valid", '<p aria-lable="Rye">Rye</p>', '<p aria-live="polite">Rye</p>')
    page("value", "aria-valid", '<p aria-live="loud">Rye</p>', '<p aria-current="page">Rye</p>')
    named = '<b id="n">Rye</b><section aria-labelledby="{}"></section>'
    page("reference", "aria-valid", named.format("gone"), named.format("n"))
    video = '<video controls width="90" height="90" src="/v.mp4">{}</video>'
    page("video", "media-captions", video.format(""), video.format('<track kind="captions" src="/v.vtt">'))
    site.files["v.mp4"], site.files["v.vtt"] = b"0", "WEBVTT"
    page(
        "frame", "frame-title", '<iframe src="/privacy/"></iframe>', '<iframe src="/privacy/" title="Privacy"></iframe>'
    )
    page("main", "landmark-main", "</main><main>Rye", '<div role="note">Rye</div>')
    page("list", "list-table-structure", "<ul><div>Rye</div></ul>", "<ul><li>Rye<script></script></li></ul>")
    page("item", "list-table-structure", "<li>Rye</li>", "<menu><li>Rye</li></menu><dl><div><dt>Rye<dd>x</div></dl>")
    row = "<table><tr><th>Rye</th>{}</tr></table>"
    page("table", "list-table-structure", row.format("<th>3</th>"), row.format("<td>3</td>"))
    page("order", "tabindex", '<p tabindex="3">Rye</p>', '<p tabindex="0">Rye</p><p tabindex="-1">Rye</p>')
    inside = '<div aria-hidden="true"><button {}>Rye</button></div>'
    page("hidden-focus", "tabindex", inside.format(""), inside.format("disabled") + inside.format('tabindex="-1"'))
    small = '<button style="width: 15px; height: 15px; padding: 0; margin: {}">x</button>' * 2
    unseen = small.format("0; opacity: 0", "0; position: absolute; clip: rect(0 0 0 0)")
    page("target", "target-size", small.format(0, 0), small.format("30px", "30px") + unseen)
    purpose = '<label>Mail <input autocomplete="{}"></label>'
    page("purpose", "autocomplete", purpose.format("mail"), purpose.format("work email") + purpose.format("off"))
    page("nested", "serious", '<button><a href="/">Rye</a></button>', '<p lang="de">Roggen</p>')
    page("body", "critical", "<script>document.body.setAttribute('aria-hidden', 'true')</script>", "<p>Rye</p>")
    return site


MAP_KEY = "AIza" + "Sy0123456789abcdefghijklmnopqrstuv"
"""All but the last letter of a key, put together here so that no scanner finds one."""


def workshop() -> Site:
    """Return marks of the workshop in published files."""
    site = Site(config=f"render: {{third-party: block}}\nallow: {{public-keys: [{MAP_KEY}b]}}")
    site.page(
        "/", body="<!-- Bread of the week --><script>var environment = 'production'; var at = '/home/bread/'</script>"
    )
    site.page("/privacy/")
    banner = "/*! {} */ window.library = 1;"
    site.files["chart.js"] = banner.format("* Chart.js v2.9.3")
    site.page("/grave/", "leak/vulnerable-library", body='<script src="/chart.js"></script>')
    site.files["jquery.js"] = banner.format("jQuery v3.4.1 | (c) JS Foundation and other contributors")
    site.page("/medium/", "leak/vulnerable-library--warning", body='<script src="/jquery.js"></script>')
    site.files["new.js"] = banner.format("jQuery v3.7.1 | (c) OpenJS Foundation and other contributors")
    site.page("/new/", body='<script src="/new.js"></script>')
    site.files["modernizr.js"] = banner.format("modernizr 2.8.3")
    site.page("/retired/", "leak/retired-library", body='<script src="/modernizr.js"></script>')
    site.files["debug.js"] = "/* react-dom.development.js */ window.debug = 1;"
    site.page("/debug/", "leak/debug-build", body='<script src="/debug.js"></script>')
    site.file("settings.js", 'var settings = {environment: "staging"};', "leak/env-markers")
    site.file("paths.js", 'var from = "/home/ada/projects/bakery/src/oven.js";', "leak/internal-addresses")
    site.page("/note/", body="<!-- TODO: ask Ada whether this is right -->")
    packed = f"<script>eval(atob('{'QUFB' * 400}'))</script>"
    site.page("/packed/", body=packed)
    site.planted |= {("leak/comments", "site"), ("leak/obfuscated-script", "site")}
    for end, allowed in (("a", False), ("b", True)):
        site.file(f"map-{end}.js", f'start("{MAP_KEY}{end}");', *(() if allowed else ("leak/public-keys",)))
    people = "\n".join(f"name{number}@example.com,Bristol" for number in range(25))
    site.file("export.csv", people, "leak/data-files")
    site.file("few.csv", people[:200])
    return site


PROMISES = """
render: {third-party: block}
consent: {exempt: [plausible.io], essential: [_ga_own]}
analytics: [G-ABCDE12345]
legal: {imprint: /imprint/, accessibility: /barriers/}
allow: {third-parties: [static.hotjar.com]}
"""
TAG = '<script async src="https://www.googletagmanager.com/gtag/js?id={}"></script>'
FOOTER = '<a href="/imprint/">Imprint</a><a href="/barriers/">Barriers</a>'
SIGNALS = (
    "'ad_storage': 'denied', 'analytics_storage': 'denied', 'ad_user_data': 'denied', 'ad_personalization': 'denied'"
)
DEFAULT = f"<script>function gtag() {{}} gtag('consent', 'default', {{{SIGNALS}}})</script>"


def promised() -> Site:
    """Return pages that ask, keep and count what they should not, or not what they should."""
    site = Site(config=PROMISES)

    def page(
        path: str, *planted: str, head: str = "", tag: str = TAG.format("G-ABCDE12345"), foot: str = FOOTER
    ) -> None:
        names = tuple(name if "/" in name else f"privacy/{name}" for name in planted)
        site.page(path, *names, head=DEFAULT + tag + head, body=foot)

    for path in ("/", "/privacy/", "/imprint/", "/barriers/"):
        page(path)
    advertising = '<script async src="https://connect.facebook.net/en_US/fbevents.js"></script>'
    page("/advertising/", "tracker-before-consent", "consent-present", head=advertising)
    asked = '<div id="klaro"></div>'
    page("/asked/", "tracker-before-consent", head=advertising, foot=FOOTER + asked)
    page("/exempt/", "tag-manager-inventory", head='<script async src="https://plausible.io/js/script.js"></script>')
    page("/cookie/", "cookie-before-consent", head="<script>document.cookie = '_fbp=1'</script>")
    page("/storage/", "cookie-before-consent", head="<script>localStorage.setItem('_hjSession_1', '1')</script>")
    page("/essential/", head="<script>document.cookie = '_ga_own=1; Secure'</script>")
    site.page("/no-default/", "privacy/consent-mode", head=TAG.format("G-ABCDE12345"), body=FOOTER)
    half = DEFAULT.replace("'ad_user_data': 'denied', ", "") + TAG.format("G-ABCDE12345")
    site.page("/half-default/", "privacy/consent-mode", head=half, body=FOOTER)
    replay = '<script async src="https://static.hotjar.com/c/hotjar-1.js"></script>'
    asking = ("tracker-before-consent", "consent-present", "tag-manager-inventory")
    page("/replay/", *asking, head=replay)
    login = FOOTER + '<form action="/"><label>Word <input type="password"></label></form>'
    page("/replay-login/", *asking, "session-replay", head=replay, foot=login)
    page("/uncounted/", "analytics-present", tag="")
    page("/doubled/", "analytics-duplicate", head=TAG.format("G-ABCDE12345"))
    page("/old/", "analytics-id", "tag-manager-inventory", head="<script>var old = 'UA-12345-1'</script>")
    page("/unknown/", "tag-manager-inventory", head=TAG.format("GTM-ABC12"))
    page("/no-imprint/", "policy-link", foot='<a href="/barriers/">Barriers</a>')
    page("/no-statement/", "a11y/statement", foot='<a href="/imprint/">Imprint</a>')
    return site


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


TRACK = "const s = document.createElement('script'); s.src = 'https://bat.bing.com/b.js'; document.head.append(s);"
CHOICES = """
render: {third-party: block}
consent:
  pages: [/**]
  give: {click: "#yes"}
  refuse: {click: "#no"}
"""


def choosing() -> Site:
    """Return consent tools, some of which do not take a no for one."""
    site = Site(config=CHOICES)
    buttons = '<button id="yes" onclick="{yes}">Yes</button><button id="no" onclick="{no}">No</button>'
    keep = "document.cookie = '_ga=1';"

    def page(path: str, *planted: str, no: str = "", yes: str = TRACK + keep) -> None:
        site.page(path, *planted, body=buttons.format(yes=yes, no=no))

    page("/")
    page("/privacy/")
    page("/asks/", "privacy/reject-honoured", no=TRACK)
    page("/keeps/", "privacy/reject-honoured", no=keep)
    site.page("/no-button/", "privacy/reject-honoured", body='<button id="yes">Yes</button>')
    return site


SITES = (
    pages,
    answers,
    policed,
    sent,
    accessible,
    workshop,
    promised,
    fixed_places,
    kept,
    one_page,
    twins,
    choosing,
)


@pytest.mark.parametrize("make", SITES)
def test_every_planted_fault_is_found_and_nothing_else(make: Callable[[], Site], tmp_path: Path) -> None:
    site = make()
    every = set().union(*(one().policies for one in SITES))
    assert sorted(found(collected(site, tmp_path), every)) == sorted(site.planted)


def test_what_consent_brings_is_a_fact(tmp_path: Path) -> None:
    run = collected(choosing(), tmp_path)
    (home,) = (page for page in run.lines(run_folder.PAGES) if page["path"] == "/")
    assert home["consent"]["trackers"] == []
    assert [one["host"] for one in home["choices"]["given"]["trackers"]] == ["bat.bing.com"]
    assert [one["name"] for one in home["choices"]["given"]["kept"]] == ["_ga"]
    assert home["choices"]["refused"] == {"done": True, "trackers": [], "kept": []}


@pytest.mark.parametrize("way", ['{script: "tell(true)"}', "{cookie: choice=yes}"])
def test_consent_can_be_given_by_a_script_or_a_cookie(way: str, tmp_path: Path) -> None:
    site = Site(config=f"render: {{third-party: block}}\nconsent: {{give: {way}}}")
    told = f"function tell(yes) {{ if (yes) {{ {TRACK} }} }} tell(document.cookie.includes('choice=yes'))"
    site.page("/", body=f"<script>{told}</script>")
    (home,) = collected(site, tmp_path).lines(run_folder.PAGES)
    given = home["choices"]["given"]
    assert (given["done"], [one["host"] for one in given["trackers"]]) == (True, ["bat.bing.com"])
    assert (home["consent"]["trackers"], home["choices"]["refused"]) == ([], None)


def test_a_page_that_shows_others_in_frames_is_not_blank(tmp_path: Path) -> None:
    bare = '<!doctype html><html lang="en"><title>Bread</title>{}</html>'
    site = Site()
    site.page("/")
    site.page("/rye/")
    site.files["framed/index.html"] = bare.format(
        '<frameset cols="30%,*"><frame src="/"><frame src="/rye/"></frameset>'
    )
    site.files["white/index.html"] = bare.format("<body></body>")
    assert found(collected(site, tmp_path), {"render/not-blank"}) == {("render/not-blank", "/white/")}
