"""Rules that nearly every site meets, on little sites that have all but one thing: the planted, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.collect import planted
from tests.collect.planted import SITE, collected, found
from tests.collect.searchable import picture

TRAINING = (
    "GPTBot",
    "ClaudeBot",
    "CCBot",
    "Google-Extended",
    "Applebot-Extended",
    "meta-externalagent",
    "Bytespider",
    "Amazonbot",
)
ROBOTS = "User-agent: *\nAllow: /\n\n" + "".join(f"User-agent: {token}\n" for token in TRAINING) + "Allow: /\n\n"
LISTED = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
CONFIG = "render: {third-party: block}\npage_types: {app: [/app/**]}"
HEAD = """<link rel="canonical" href="{url}"><link rel="icon" href="/icon.svg">
<meta property="og:title" content="{title}"><meta property="og:type" content="website">
<meta property="og:url" content="{url}">
<meta property="og:image" content="{site}/card.png"><meta property="og:description" content="{about}">
<meta name="twitter:card" content="summary_large_image">"""
NOT_FOUND = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not found</title><p><a href="/">Home</a></p>'
WORDS = "Bread is baked slowly from flour and water and salt in an oven that has burnt since the morning. " * 3


@dataclass
class Site(planted.Site):
    """A build that has everything that a site needs; `without` leaves files out."""

    config: str = CONFIG
    without: tuple[str, ...] = ()
    robots: str = ROBOTS
    listed: list[str] = field(default_factory=list)

    def plant(self, path: str, *named: str, was: str = "", becomes: str = "", body: str = "", head: str = "") -> None:
        """Add a page that has everything, then change one thing in it."""
        number = len(self.files)
        title, url = f"Bread of the kind that is number {number}", urljoin(self.origin, path)
        about = f"How the bakery makes bread of the kind that is number {number}, from the flour to the loaf."
        shared = HEAD.format(url=url, title=title, about=about, site=self.origin.rstrip("/"))
        html = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta name="viewport" content="width=device-width"><meta name="description" content="{about}">'
            f"{shared}{head}</head><body><main><h1>Bread {number}</h1><p>Kind {number}. {WORDS}</p>{body}</main>"
            '<p><a href="/">Home of the bakery</a></p></body></html>'
        )
        assert was in html
        self.files[f"{path.strip('/')}/index.html".lstrip("/")] = html.replace(was, becomes) if was else html
        self.planted |= {(policy, path) for policy in named}
        self.listed.append(path)

    def finish(self, *named: str) -> Site:
        """Add what belongs to every site, and the policies that find something about this one as a whole."""
        rest: dict[str, str | bytes] = {
            "icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
            "card.png": picture(1200, 630),
            "404.html": NOT_FOUND,
            "robots.txt": f"{self.robots}\nSitemap: {self.origin.rstrip('/')}/sitemap.xml\n",
            "sitemap.xml": LISTED.format(
                "".join(f"<url><loc>{urljoin(self.origin, path)}</loc></url>" for path in self.listed)
            ),
        }
        for name, content in rest.items():
            if name not in self.without:
                self.files.setdefault(name, content)
        self.planted |= {(policy, "site") for policy in named}
        return self


def sound() -> Site:
    """Return a site without any fault."""
    site = Site()
    for path in ("/", "/rye/", "/app/cart/"):
        site.plant(path)
    return site.finish()


def written() -> Site:
    """Return faults of what stands in pages."""
    site = Site()
    site.plant("/")
    site.plant("/app/menu/", "ai/accessible-tree", body="<button></button>")
    site.plant("/menu/", body="<button></button>")
    site.plant("/local/", "leak/localhost-mentions", body="<p>Book at http://localhost:3000/courses or call us.</p>")
    near = '<meta property="og:see_also" content="http://localhost:3000/bread/">'
    site.plant("/near/", "leak/localhost-references", head=near)
    site.plant(
        "/workspace/", "leak/staging-suspects", body='<p><a href="https://codesandbox.io/s/oven">New shop</a></p>'
    )
    account = '<p><a href="https://ada:rye4ever@files.mill.co/">Prices</a></p>'
    site.plant("/prices/", "leak/url-credentials", body=account)
    site.plant("/short/", "seo/content-enough", was=WORDS, becomes="Rye.")
    site.plant("/brief/", "seo/description-length", was="How the bakery makes bread", becomes="")
    site.files["brief/index.html"] = str(site.files["brief/index.html"]).replace(", from the flour to the loaf.", "")
    site.plant("/quirks/", "seo/doctype", was="<!doctype html>")
    site.plant("/headless/", "seo/h1-present", was="h1>", becomes="b>")
    site.plant("/skips/", "seo/headings-clean", body="<h4>Rye</h4>")
    site.plant("/refreshes/", "seo/meta-refresh", head='<meta http-equiv="refresh" content="600">')
    site.plant("/mangled/", "seo/mojibake", body="<p>Bread and cakes in the caf\u00c3\u00a9 of the mill.</p>")
    site.plant("/unfinished/", "seo/placeholder-in-prose", body="<p>Opening times: TODO ask Ada.</p>")
    site.plant(
        "/long/", "seo/title-length", was="<title>", becomes="<title>All about our slowly baked and much praised "
    )
    site.plant("/generic/", "seo/title-meaningful")
    html = str(site.files["generic/index.html"])
    site.files["generic/index.html"] = html.replace(
        html[html.index("<title>") : html.index("</title>")], "<title>Create Next App"
    )
    site.plant("/utf-16/", "seo/charset")
    site.files["utf-16/index.html"] = str(site.files["utf-16/index.html"]).encode("utf-16")
    for path in ("/twin/", "/other-twin/"):
        site.plant(path)
    site.files["other-twin/index.html"] = str(site.files["twin/index.html"]).replace("/twin/", "/other-twin/")
    _shared(site)
    return site.finish("seo/description-unique", "seo/duplicate-exact")


def _shared(site: Site) -> None:
    site.files["small.png"] = picture(600, 315)
    site.plant("/no-type/", "social/og-basic", was='<meta property="og:type" content="website">')
    site.plant("/small-image/", "social/og-image-size", was="/card.png", becomes="/small.png")
    site.plant("/relative/", "social/og-url", was=f'og:url" content="{SITE}', becomes='og:url" content="')
    site.plant("/no-card/", "social/twitter-card", was="summary_large_image", becomes="large")


def run() -> Site:
    """Return faults of what pages load, keep and ask for."""
    site = Site(robots=ROBOTS.replace("Allow: /\n\nUser-agent: GPTBot", "Disallow: /away/\n\nUser-agent: GPTBot"))
    site.plant("/")
    script = '<script src="{}"></script>'
    site.plant("/polyfill/", "leak/dangerous-host", body=script.format("https://cdn.polyfill.io/v3/polyfill.js"))
    site.plant("/cookie/", "sec/cookies", body="<script>document.cookie = 'theme=dark'</script>")
    kept = "document.cookie = 'theme=dark; Secure; SameSite=Lax'"
    site.plant("/safe-cookie/", body=f"<script>{kept}</script>")
    policy = '<meta http-equiv="Content-Security-Policy" content="{}">'
    site.plant("/meta-policy/", "sec/csp-meta-limits", head=policy.format("img-src *; frame-ancestors 'self'"))
    picture_by_http = '<img src="http://192.0.2.1/rye.png" alt="" width="9" height="9">'
    site.plant("/mixed/", "sec/mixed-content-passive", body=picture_by_http)
    site.plant("/library/", "sec/sri", body=script.format("https://cdn.mill.co/oven@3.2.1/oven.js"))
    site.plant("/telling/", "sec/referrer-policy", head='<meta name="referrer" content="unsafe-url">')
    site.files["oven.txt"] = "window.oven = 1"
    site.plant("/typed/", "sec/content-type", body=script.format("/oven.txt"))
    site.plant("/away/", "crawl/robots-noindex-conflict", head='<meta name="robots" content="noindex">')
    site.listed.remove("/away/")
    gate = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title><h1>Sign in</h1>{}</html>'
    asks = '<form><label>This site is password protected <input type="password"></label></form>'
    site.files["gate/index.html"] = gate.format(asks)
    site.planted.add(("crawl/no-auth-wall", "/gate/"))
    return site.finish()


SENT = {
    "sec/csp-present": "Content-Security-Policy: img-src *",
    "sec/frame-protection": "X-Frame-Options: DENY",
    "sec/hsts": "Strict-Transport-Security: max-age=31536000",
    "sec/nosniff": "X-Content-Type-Options: nosniff",
    "sec/permissions-policy": "Permissions-Policy: camera=()",
}
"""Policy -> the header that it asks for."""


def sent() -> Site:
    """Return a host that leaves out one header on each page, and sends one too many."""
    site = Site(host="netlify")
    blocks = []
    for number, policy in enumerate(("", *SENT)):
        path = f"/without-{number}/" if policy else "/"
        site.plant(path, *([policy] if policy else []))
        blocks.append((path, [header for name, header in SENT.items() if name != policy]))
    # Without one of the project this host sends one of its own.
    blocks[3][1].append("Strict-Transport-Security: max-age=60")
    site.plant("/open/", "sec/cors-credentials")
    open_to_all = ["Access-Control-Allow-Origin: *", "Access-Control-Allow-Credentials: true"]
    blocks.append(("/open/", [*SENT.values(), *open_to_all]))
    site.files["_headers"] = "".join(f"{path}\n" + "".join(f"  {one}\n" for one in block) for path, block in blocks)
    return site.finish("site/headers-coverage")


def bare() -> Site:
    """Return a site that has next to nothing of what belongs to one, and much that does not."""
    left_out = ("robots.txt", "sitemap.xml", "404.html", "icon.svg")
    site = Site(config=f"{CONFIG}\nkey_pages: [/prices/]", without=left_out)
    site.plant("/", "social/favicon")
    site.files["old.html.bak"] = "Rye"
    site.files["package.json"] = "{}"
    site.files["empty.html"] = ""
    site.files["Rye.svg"] = site.files["rye.svg"] = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'
    site.files["oven.js"] = "fetch('http://localhost:3000/ovens')"
    site.files["deep/index.html"] = "<div>" * 30_000
    of_files = ("leak/backup-files", "leak/tool-files", "leak/localhost-mentions--files", "site/case-collisions")
    missing = ("site/robots-txt-exists", "site/sitemap-exists", "site/not-found-page", "site/key-pages")
    nothing = ("seo/content-enough", "seo/doctype", "seo/h1-present", "social/og-basic", "social/twitter-card")
    site.planted |= {(policy, "/empty.html") for policy in nothing}
    return site.finish(*of_files, *missing, "ai/policy-explicit", "site/min-pages", "site/crawl-complete")


def closed() -> Site:
    """Return a site that keeps everybody out, in far too many words."""
    rules = "User-agent: *\nDisallow: /\n\n" + ROBOTS.partition("\n\n")[2].replace("Allow: /", "Disallow: /")
    site = Site(config=f"{CONFIG}\ncrawlers: {{GPTBot: allow}}", robots=rules + f"# {'bread ' * 10}\n" * 9_000)
    site.plant("/", head='<meta name="robots" content="noindex">')
    site.plant("/rye/")
    site.planted.add(("crawl/robots-noindex-conflict", "/"))
    of_robots = ("crawl/robots-disallow-all", "crawl/robots-text", "ai/bot-policy", "ai/search-bots-allowed")
    return site.finish(*of_robots, "site/home-ok", "site/robots-txt-exists")


def moved() -> Site:
    """Return redirects that are too many, too short-lived or never reached, and a rule that says nothing."""
    site = Site(host="netlify")
    site.plant("/")
    site.plant("/rye/")
    site.files["_headers"] = "/*\n" + "".join(f"  {one}\n" for one in SENT.values())
    site.listed.remove("/rye/")
    chain = "".join(f"/was/{number} /was/{number + 1} 301\n" for number in range(4))
    site.files["_redirects"] = f"{chain}/was/4 /rye/ 301\n/soon /rye/ 302\n/rye/ / 301\n/nowhere\n"
    chained = ("links/redirect-chain--error", "links/redirect-type", "links/redirect-unreachable")
    return site.finish(*chained, "site/hosting-config-valid", "site/sitemap-coverage")


def many_rules() -> Site:
    """Return more rules than the host takes."""
    site = Site(host="cloudflare-pages")
    site.plant("/")
    site.files["_headers"] = "/*\n" + "".join(f"  {one}\n" for one in SENT.values())
    site.files["_redirects"] = "".join(f"/was/{number}/* / 301\n" for number in range(101))
    return site.finish("site/hosting-limits", "site/hosting-config-valid")


def troubled() -> Site:
    """Return a robots.txt that another server answers with its own trouble, and a home page for wrong addresses."""
    answers = "hosting: {answers: [{path: /robots.txt, status: 503, why: the server of the shop}]}"
    site = Site(host="netlify", config=f"{CONFIG}\n{answers}", without=("robots.txt",))
    site.plant("/")
    site.files["_headers"] = "/*\n" + "".join(f"  {one}\n" for one in SENT.values())
    site.files["_redirects"] = "/robots.txt https://shop.mill.co/robots.txt 200!\n/* /index.html 200\n"
    # While its robots.txt is in trouble, crawlers stay away altogether.
    away = ("crawl/robots-disallow-all", "ai/policy-explicit", "ai/search-bots-allowed", "site/robots-txt-exists")
    return site.finish("crawl/robots-status", *away, "site/not-found-status", "site/not-found-page")


def below_a_path() -> Site:
    """Return a site under a path whose page asks for a file beside it."""
    site = Site(host="github-pages", origin="https://ada.github.io/bread/")
    site.plant("/bread/", body='<img src="/oven.png" alt="" width="9" height="9">')
    site.files["index.html"] = site.files.pop("bread/index.html")
    return site.finish("site/base-path")


SITES = (sound, written, run, sent, bare, closed, moved, many_rules, troubled, below_a_path)


@pytest.mark.parametrize("make", SITES)
def test_every_planted_fault_is_found_and_nothing_else(make: Callable[[], Site], tmp_path: Path) -> None:
    site = make()
    every = set().union(*(one().policies for one in SITES))
    told = found(collected(site, tmp_path), every)
    assert sorted(site.planted - told) == []
    assert sorted(told - site.planted) == []
