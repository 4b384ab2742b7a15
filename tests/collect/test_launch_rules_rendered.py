"""Rules about what marketing loses at a launch, on little sites: each planted fault, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checks import run_folder
from tests.collect.planted import WORDS, Site, collected, found

META = '<meta http-equiv="Content-Security-Policy" content="{}">'
TAGGED = """
render: {third-party: block}
analytics: [G-ABCDE12345, plausible.io]
allow: {third-parties: [cdn.example.net]}
"""
LETS_IN = (
    "default-src 'self'; script-src 'self' https://www.googletagmanager.com/gtag/ https://plausible.io/js/script.js; "
    "connect-src 'self' https://*.google-analytics.com; img-src *.example.net"
)


def policed() -> Site:
    """Return policies, some of which would stop what the project counts visits with."""
    site = Site(config=TAGGED)
    site.page("/")
    site.page("/privacy/")

    def page(path: str, policy: str, *planted: str) -> None:
        site.page(path, *planted, head=META.format(policy))

    page("/lets-in/", LETS_IN)
    page("/no-script/", LETS_IN.replace("https://www.googletagmanager.com/gtag/", ""), "sec/csp-blocks-tags")
    page("/other-script/", LETS_IN.replace("/gtag/", "/other/"), "sec/csp-blocks-tags")
    page("/no-report/", LETS_IN.replace("https://*.google-analytics.com", ""), "sec/csp-blocks-tags")
    page("/no-plausible/", LETS_IN.replace("https://plausible.io/js/script.js", ""), "sec/csp-blocks-tags")
    page("/no-host/", LETS_IN.replace("; img-src *.example.net", ""), "sec/csp-blocks-tags")
    twice = META.format(LETS_IN) + META.format("script-src 'self'")
    site.page("/two/", "sec/csp-blocks-tags", head=twice)
    # Whether the tag carries the nonce, or a trusted script loads it, the policy does not say.
    page("/nonce/", LETS_IN.replace("https://www.googletagmanager.com/gtag/", "'nonce-r4nd0mr4nd0m'"))
    page("/trusting/", LETS_IN.replace("'self' https://www", "'strict-dynamic' 'nonce-r4nd0mr4nd0m' https://www"))
    page("/images-only/", "img-src 'self'")
    return site


HIDE = "<style>.async-hide { opacity: 0 !important }</style>"
SCRIPT = '<script src="https://ab.example.net/test.js" onload="document.documentElement.className = \'\'"></script>'
LATER = "<script>setTimeout(() => document.documentElement.classList.remove('async-hide'), {})</script>"
VEIL = "<script>document.documentElement.className = 'async-hide'</script>"


def hidden() -> Site:
    """Return pages that nobody sees though their text is there, and pages that only come late."""
    site = Site()
    site.page("/")
    site.page("/privacy/")
    site.page("/test/", "render/hidden", head=HIDE + VEIL + SCRIPT)
    site.page("/shown-in-time/", head=HIDE + VEIL + SCRIPT + LATER.format(1100))
    site.page("/body/", "render/hidden", head="<style>body { visibility: hidden }</style>")
    site.page("/none/", "render/hidden", head="<style>body { display: none }</style>")
    site.page("/main/", "render/hidden", head="<style>main { opacity: 0 }</style>")
    site.page("/fades-in/", head="<style>main { animation: in 4s } @keyframes in { from { opacity: 0 } }</style>")
    site.page("/part/", head="<style>aside { opacity: 0 }</style>", body="<aside>Bread</aside>")
    wrapped = '<!doctype html><html lang="en"><title>Bread</title><body><div id="root" style="opacity: 0"><p>{}</div>'
    site.files["wrapped/index.html"] = wrapped.format("Bread is baked slowly from flour and water. " * 5)
    site.planted.add(("render/hidden", "/wrapped/"))
    site.files["bare/index.html"] = wrapped.format("Rye. ").replace("<body>", f"<body>{WORDS}")
    return site


FORM = '<form method="post" action="{}"><label>Mail <input name="mail"></label></form>'
FORMS = "render: {third-party: block}\nallow: {form-hosts: [forms.mill.co]}"


def sending() -> Site:
    """Return forms, some of whose answers would reach nobody, and links that count as campaigns."""
    site = Site(host="netlify", config=FORMS)
    site.page("/")
    site.page("/privacy/")

    def page(path: str, action: str, *planted: str) -> None:
        site.page(path, *planted, body=FORM.format(action))

    page("/good/", "https://forms.mill.co/f/1")
    page("/own/", "/privacy/")
    page("/itself/", "")
    page("/undeclared/", "https://elsewhere.mill.com/", "sec/form-action-secure")
    page("/echo/", "https://httpbin.org/post", "sec/form-action-secure", "leak/form-sandbox")
    page("/sandbox/", "https://sandbox.forms.mill.co/f/1", "leak/form-sandbox")
    page("/placeholder/", "https://forms.mill.co/f/your-form-id", "leak/form-sandbox")
    page("/gone/", "/thanks/", "links/form-target")
    page("/function/", "/.netlify/functions/mail")
    site.files["netlify.toml"] = '[functions]\ndirectory = "functions"\n'
    link = '<p><a href="/good/?{}">Good</a></p>'
    site.page("/banner/", "links/campaign-parameters", body=link.format("utm_source=home&amp;utm_medium=banner"))
    site.page("/clicked/", "links/campaign-parameters", body=link.format("gclid=abc"))
    site.page("/sorted/", body=link.format("sort=price"))
    site.page("/outward/", body='<p><a href="https://example.org/?utm_source=bakery">Mill</a></p>')
    return site


def listing() -> Site:
    """Return lists, some of which say that they are empty."""
    site = Site(config="render: {third-party: block}")
    site.page("/")
    site.page("/privacy/")
    site.page("/rye/", "crawl/empty-listing", body="<p>No products found in this category.</p>")
    site.page("/counted/", "crawl/empty-listing", body="<h2>All bread (0 products)</h2>")
    site.page("/german/", "crawl/empty-listing", body="<p>Es wurden keine Produkte gefunden.</p>")
    site.page("/ten/", body="<p>10 products</p>")
    site.page("/kept-out/", head='<meta name="robots" content="noindex">', body="<p>0 products</p>")
    site.page("/told/", body=f"<p>No products found: what a shop says then.</p><p>{'Bread and more. ' * 60}</p>")
    return site


HEADERS = """/*
  Strict-Transport-Security: max-age=31536000
/wide/
  ! Strict-Transport-Security
  Strict-Transport-Security: max-age=31536000; includeSubDomains
/listed/
  Strict-Transport-Security: max-age=31536000; includeSubDomains; preload
"""
REGISTER = "<script>navigator.serviceWorker.register('/{}', {{scope: '/{}/'}})</script>"


def bound() -> Site:
    """Return what stays in browsers: HSTS for more than the host, and service workers."""
    site = Site(host="netlify", config="hsts: [subdomains]\nservice_workers: [/sw.js, /former.js, /taken-away.js]")
    site.files["_headers"] = HEADERS.replace("  ! Strict-Transport-Security\n", "")
    for path in ("/", "/privacy/", "/wide/"):
        site.page(path)
    site.page("/listed/", "sec/hsts-scope")
    site.planted.add(("site/service-worker", "site"))
    site.files["sw.js"] = site.files["other.js"] = site.files["taken-away.js"] = "// nothing to do"
    site.page("/works/", body=REGISTER.format("sw.js", "works"))
    site.page("/unnamed/", "site/service-worker-declared", body=REGISTER.format("other.js", "unnamed"))
    return site


GIVEN = """
campaigns:
  ads: [/closed/?gclid=1, /]
  print: ["/spring?utm_source=flyer", "/autumn?utm_source=flyer"]
  qr: [/q/1, /closed/]
"""
REDIRECTS = """/spring /privacy/ 301
/autumn /privacy/?from=autumn 301
/winter https://example.org/?from=bakery 301
"""


def given_away() -> Site:
    """Return addresses that were given to people, and addresses that never end."""
    site = Site(host="netlify", config=GIVEN)
    site.files["_redirects"] = REDIRECTS
    site.files["robots.txt"] = "User-agent: AdsBot-Google\nDisallow: /closed/\n\nUser-agent: *\nDisallow: /find/\n"
    site.page("/")
    site.page("/privacy/")
    site.page("/closed/")
    link = '<p><a href="{}">Rye</a></p>'
    site.page("/suggests/", body=link.format("/?s=rye") + link.format("/find/?q=rye"))
    site.planted |= {
        ("site/campaign-answers", "site"),
        ("site/campaign-query", "site"),
        ("crawl/adsbot", "site"),
        ("crawl/endless-urls", "site"),
        ("links/redirect-query", "site"),
    }
    return site


def filtered() -> Site:
    """Return filters and a calendar that no robot is kept from."""
    site = Site()
    site.page("/")
    site.page("/privacy/")
    facets = "".join(f'<a href="/?colour={n}&amp;size={n % 3}">Bread {n}</a> ' for n in range(25))
    days = "".join(f'<a href="/privacy/?month=2027-0{n}">Month {n}</a> ' for n in range(1, 9))
    site.page("/all/", body=f"<p>{facets}{days}</p>")
    site.planted.add(("crawl/endless-urls", "site"))
    return site


SITES = (policed, hidden, sending, listing, bound, given_away, filtered)


@pytest.mark.parametrize("make", SITES)
def test_every_planted_fault_is_found_and_nothing_else(make: Callable[[], Site], tmp_path: Path) -> None:
    site = make()
    every = set().union(*(one().policies for one in SITES))
    assert sorted(found(collected(site, tmp_path), every)) == sorted(site.planted)


def test_a_pattern_of_addresses_is_one_finding(tmp_path: Path) -> None:
    told = collected(filtered(), tmp_path).read(run_folder.SITE)["url_patterns"]
    assert [(one["pattern"], one["count"]) for one in told] == [
        ("/?colour=*&size=*", 25),
        ("/privacy/?month=*", 8),
    ]
