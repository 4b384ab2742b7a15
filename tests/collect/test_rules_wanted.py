"""Rules about what visitors are asked, spoken to and led to, on little sites: each planted fault, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checks import run_folder
from tests.collect.planted import SITE, Site, collected, found

GERMAN = (
    "<p>Das Brot wird langsam gebacken, aus Mehl und Wasser und Salz, in einem Ofen, der seit dem Morgen brennt. Wir "
    "liefern es am Abend zu Ihnen nach Hause, wenn Sie es bis zum Mittag bestellt haben, und nehmen es wieder mit, "
    "falls es nicht so ist, wie Sie es sich gewünscht haben. Unsere Bäcker sind jede Nacht für Sie da.</p>"
)
JAPANESE = f"<p>{'パンは小麦粉と水と塩から、朝から燃えている窯でゆっくりと焼かれます。' * 12}</p>"


SENT = """
/secret/
  Cache-Control: private, no-store
/asked-again/
  Cache-Control: no-cache
/undecided/
  Strict-Transport-Security: max-age=63072000; includeSubDomains; preload
"""


def asking() -> Site:
    """Return pages that ask for permissions, that are not kept for the way back, and that ask to be preloaded."""
    site = Site(host="netlify")
    site.page("/")
    site.page("/privacy/")
    late = "addEventListener('load', () => {})"
    site.page("/near/", "render/permission-prompt", body=script("navigator.geolocation.getCurrentPosition(() => 0)"))
    site.page("/news/", "render/permission-prompt", body=script("Notification.requestPermission()"))
    site.page("/on-click/", body='<button onclick="Notification.requestPermission()">Tell me</button>' + script(late))
    site.page("/frame/", "render/permission-prompt", body='<iframe title="Near" src="/near/"></iframe>')
    site.page("/leaves/", "perf/bfcache", body=script("addEventListener('unload', () => 0)"))
    site.page("/hides/", body=script("addEventListener('pagehide', () => 0)"))
    layer = '<div style="position: fixed; inset: 50% 0 0 0">We use cookies. <button>Accept all</button>{}</div>'
    site.page("/yes/", "privacy/consent-present--reject", body=layer.format("<button>Settings</button>"))
    site.page("/yes-or-no/", body=layer.format("<button>Reject all</button>"))
    site.page("/news-layer/", body=layer.replace("We use cookies. ", "News? ").format(""))
    site.page("/secret/", "perf/bfcache")
    site.page("/asked-again/")
    site.page("/undecided/", "sec/hsts-preload")
    site.files["_headers"] = SENT
    return site


def speaking() -> Site:
    """Return pages in several languages, and what they declare."""
    site = Site()
    site.page("/")
    site.page("/privacy/")

    def page(path: str, declared: str, text: str, *planted: str) -> None:
        site.page(path, *planted)
        file = f"{path.strip('/')}/index.html"
        written = str(site.files[file]).partition("<body>")[0].replace('lang="en"', f'lang="{declared}"')
        site.files[file] = f"{written}<body><main><h1>Brot</h1>{text}</main></body></html>"

    page("/de/", "de-AT", GERMAN * 2)
    page("/german/", "en", GERMAN * 2, "i18n/lang-matches-text")
    page("/short/", "en", GERMAN[:200] + "</p>")
    page("/quoted/", "en", f'<p>A letter:</p><blockquote lang="de">{GERMAN * 2}</blockquote>')
    page("/code/", "en", f"<pre><code>{GERMAN * 2}</code></pre>")
    page("/ja/", "ja", JAPANESE)
    page("/japanese/", "en", JAPANESE, "i18n/lang-matches-text")
    page("/undeclared/", "", GERMAN * 2)
    return site


def leading() -> Site:
    """Return pages that lead to sponsors, that leave much to guess, and that have the workshop still in them."""
    site = Site(config="render: {third-party: block}\nlinks: {sponsored-hosts: [mill.example.net]}")
    site.page("/")
    site.page("/privacy/")
    link = '<a href="https://{}/" rel="{}">Flour</a>'
    site.page("/paid/", "links/sponsored-qualified", body=link.format("www.mill.example.net", "noopener"))
    site.page("/said/", body=link.format("mill.example.net", "sponsored"))
    site.page("/unfollowed/", body=link.format("mill.example.net", "nofollow"))
    site.page("/free/", body=link.format("miller.example.net", ""))
    site.page("/guessed/", "seo/html-valid", body="<p>Rye</i></br></p>" * 6)
    site.page("/nearly/", body="<p>Rye</i></br></p>" * 5)
    site.page("/console/", "leak/debug-ui", body='<div id="graphiql"></div>')
    site.page("/told/", body="<p>How to put GraphiQL into #graphiql</p><pre>&lt;div id=graphiql></pre>")
    site.page(
        "/bar/", "leak/debug-ui", body=script("document.body.append(document.createElement('astro-dev-toolbar'))")
    )
    return site


def advised() -> Site:
    """Return pages that could be said in fewer words."""
    site = Site()
    site.page("/")
    site.page("/privacy/")
    site.page("/heading/", "seo/h1-length")
    file = "heading/index.html"
    site.files[file] = str(site.files[file]).replace("<h1>Bread</h1>", f"<h1>{'All about bread ' * 6}</h1>")
    site.page("/card/", "social/title-length", head=f'<meta property="og:title" content="{"All about bread " * 6}">')
    site.page("/link/", "links/text-length", body=f'<p><a href="/">{"All about bread " * 12}</a></p>')
    return site


def forgotten() -> Site:
    """Return a site with tables beside its pages, a link to a preview, and a feed and an image that are gone."""
    site = Site()
    table = "name,loaves\n" * 10_000
    feed = '<link rel="alternate" type="application/rss+xml" href="/news/all">'
    site.page("/", head=feed, body=script("globalThis.load = 'used.csv'"))
    site.planted.add(("site/feeds", "site"))
    site.page("/privacy/")
    wide = '<source media="(min-width: 5000px)" srcset="/wide.png">'
    site.page("/wide/", body=f'<picture>{wide}<img src="/a.png" width="9" height="9" alt="Rye"></picture>')
    site.files["a.png"] = b""
    site.planted.add(("site/asset-references", "site"))
    site.page("/linked/", body='<a href="/exports/asked.csv">Table</a>')
    site.page(
        "/preview/", "leak/drafts--links", body='<a href="/?p=12&preview=true">Rye</a><a href="/?preview=1">x</a>'
    )
    for name in ("exports/asked.csv", "data/used.csv"):
        site.files[name] = table
    site.files["exports/small.csv"] = "name,loaves\n"
    site.file("exports/orders.csv", table, "leak/data-files--unlinked")
    return site


def translated() -> Site:
    """Return a site that is promised in two languages, but for its news."""
    site = Site(
        config="render: {third-party: block}\n"
        "languages: {spoken: [en, de], sections: [/shop/**, /], exempt: [/shop/news/]}"
    )

    def versions(*pairs: tuple[str, str]) -> str:
        return "".join(f'<link rel="alternate" hreflang="{lang}" href="{SITE}{path}">' for lang, path in pairs)

    both = versions(("en-GB", "/"), ("de", "/shop/de/"))
    site.page("/", head=both)
    site.page("/shop/de/", head=both)
    site.page("/shop/rye/", head=versions(("en", "/shop/rye/"), ("de", "/shop/roggen/")))
    site.page("/shop/news/")
    site.page("/privacy/")
    site.page("/shop/hidden/", head='<meta name="robots" content="noindex">')
    site.planted.add(("i18n/cluster-complete", "site"))
    return site


def script(code: str) -> str:
    """Return a script element."""
    return f"<script>{code}</script>"


SITES = (asking, speaking, leading, translated, advised, forgotten)


@pytest.mark.parametrize("make", SITES)
def test_every_planted_fault_is_found_and_nothing_else(make: Callable[[], Site], tmp_path: Path) -> None:
    site = make()
    assert found(collected(site, tmp_path), site.policies) == site.planted


def test_a_page_that_is_not_there_in_every_language_is_told_with_those_that_it_lacks(tmp_path: Path) -> None:
    clusters = collected(translated(), tmp_path).read(run_folder.SITE)["hreflang_clusters"]
    assert clusters["incomplete"] == [{"url": f"{SITE}/shop/rye/", "missing": ["de"], "listed": "de"}]
