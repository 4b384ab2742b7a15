"""Every rule of the family `perf/` on a real little site: each planted fault is found on its page, and nowhere else."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from checks.judge import policies
from tests.collect import planted

SITE = "https://www.example.com"
WORDS = "Bread is baked slowly from flour and water and salt in an oven that has burnt since the morning. " * 3
KIB = 1024
CHANCE = random.Random(5)  # noqa: S311 - the same bytes every time
LIKE_CODE = "".join(CHANCE.choices("abcdefghij0123456789", k=4_000_000))
CONFIG = """
render: {time-limit: 60s, third-party: block, coverage: [/unused-code/]}
page_types: {article: [/journal/**], app: [/shop/**]}
"""

TIMES = {"perf/lcp", "perf/fcp", "perf/tbt"}
ELSEWHERE = {
    # What others would have to send.
    "perf/third-party-time",
    "perf/third-party-weight",
    "perf/third-party-weight--error",
}
"""Policies whose faults are planted in tests/judge/test_shipped_words.py."""


def code(size: int) -> str:
    return f"var text = '{LIKE_CODE[: size * KIB]}';"


def style(size: int) -> str:
    return f"/*! {LIKE_CODE[: size * KIB]} */"


LATE = """<link rel="stylesheet" href="/{}.css" media="print" onload="this.media='all'">"""
"""A style sheet that holds nothing up."""


def busy(milliseconds: int) -> str:
    return f"for (const end = performance.now() + {milliseconds}; performance.now() < end;) {{}}"


def jump(height: int) -> str:
    """Return a script that pushes the page down when it has been seen."""
    insert = f"const b = document.createElement('div'); b.style.height = '{height}px'; document.body.prepend(b)"
    return f"requestAnimationFrame(() => setTimeout(() => {{ {insert} }}, 200));"


@dataclass
class Site(planted.Site):
    """A build, page by page; the policies are named without their family."""

    config: str = CONFIG

    def page(self, path: str, *named: str, head: str = "", body: str = "", viewport: str | None = None) -> None:
        self.files[f"{path.strip('/')}/index.html".lstrip("/")] = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bread {path}</title>'
            f'<meta name="viewport" content="{viewport or "width=device-width"}">{head}</head>'
            f"<body><main><h1>Bread</h1><p>{WORDS}</p>{body}</main></body></html>"
        )
        self.planted |= {(f"perf/{name}", path) for name in named}


def images(site: Site, name: str, *sides: int) -> str:
    """Return img elements for new images, which are asked for as they should be and shown as large as they are."""
    html = []
    for number, side in enumerate(sides):
        site.files[f"{name}-{number}.png"] = planted.noise(side, CHANCE)
        shown = round(side / 1.75)
        how = 'loading="lazy"' if number else 'fetchpriority="high"'
        html.append(f'<img src="/{name}-{number}.png" width="{shown}" height="{shown}" alt="" {how}>')
    return "".join(html)


def build() -> Site:
    site = Site()
    site.page("/")
    _weights(site)
    _pictures(site)
    _code(site)
    _fonts(site)
    return site


def _weights(site: Site) -> None:
    site.files["much.js"], site.files["far-too-much.js"] = code(500), code(1100)
    site.page("/js/", "js-weight", body='<script defer src="/much.js"></script>')
    # Nobody knows whether a plain host compresses: so much text is a warning there, and no error.
    site.page("/js-far/", "js-weight", body='<script defer src="/far-too-much.js"></script>')
    site.files["article.js"], site.files["app.js"] = code(200), code(440)
    site.page("/journal/rye/", "js-weight", body='<script defer src="/article.js"></script>')
    site.page("/news/rye/", body='<script defer src="/article.js"></script>')
    site.page("/shop/cart/", body='<script defer src="/app.js"></script>')
    site.files["much.css"] = style(120)
    site.page("/leaving/", "bfcache", body="<script>addEventListener('unload', () => 0)</script>")
    site.page("/css/", "css-weight", head=LATE.format("much"))
    site.page("/html/", "html-transfer", body=f"<p hidden>{LIKE_CODE[: 130 * KIB]}")
    site.files["data.json"], site.files["data-far.json"] = LIKE_CODE[: 1700 * KIB], LIKE_CODE[: 2800 * KIB]
    site.page("/weight/", "page-weight", body="<script>fetch('/data.json')</script>")
    site.page("/weight-far/", "page-weight--error", body="<script>fetch('/data-far.json')</script>")
    for name, count in (("requests", 90), ("requests-far", 160)):
        rule = "request-count" if name == "requests" else "request-count--error"
        site.page(
            f"/{name}/", rule, body=f"<script>for (let n = 0; n < {count}; n++) fetch('/small.json?' + n)</script>"
        )
    site.files["small.json"] = "{}"
    for name, count in (("hosts", 9), ("hosts-far", 22)):
        rule = "third-party-hosts" if name == "hosts" else "third-party-hosts--error"
        tags = "".join(f'<script async src="https://cdn{n}.example.net/a.js"></script>' for n in range(count))
        site.page(f"/{name}/", rule, body=tags)
    site.page("/dom/", "dom-size", body="<i></i>" * 1500)


def far_too_much() -> Site:
    """Return a site with far too much text, however well its host compresses it."""
    site = Site(host="netlify")
    site.page("/")
    site.files["much.js"], site.files["much.css"] = code(2200), style(450)
    site.page("/js/", "js-weight--error", body='<script defer src="/much.js"></script>')
    site.page("/css/", "css-weight--error", head=LATE.format("much"))
    site.page("/html/", "html-transfer--error", body=f"<p hidden>{LIKE_CODE[: 1100 * KIB]}")
    # As many bytes as that would be too many, did they not travel compressed.
    site.files["compressed.css"] = style(150)
    site.page("/compressed/", head=LATE.format("compressed"))
    return site


def _pictures(site: Site) -> None:
    site.page("/image/", "large-image", "image-format", body=images(site, "large", 330))
    site.page("/image-far/", "large-image--error", "image-weight", "image-format", body=images(site, "far", 640))
    site.page("/images/", "image-weight", "image-format", body=images(site, "many", *[250] * 6))
    site.page(
        "/images-far/", "image-weight--error", "page-weight", "image-format", body=images(site, "lot", *[258] * 13)
    )
    site.files["small.png"] = planted.noise(100, CHANCE)
    site.page("/unsized/", "image-dimensions", body='<img src="/small.png" alt="">')
    site.page("/unsized-frame/", "image-dimensions", body='<iframe src="/"></iframe>')
    sized = '<img src="/small.png" alt="" style="width: 50px; height: 50px">'
    site.page("/sized-by-style/", body=sized)
    site.page("/oversized/", "image-oversized", body='<img src="/small.png" alt="" width="10" height="10">')
    chosen = (
        '<img src="/lot-0.png" srcset="/small.png 100w, /lot-0.png 258w" sizes="50px" width="50" height="50" alt="">'
    )
    site.page("/chosen/", body=chosen)
    far = '<div style="height: 3000px"></div><img src="/small.png" width="50" height="50" alt=""{}>'
    site.page("/down/", "offscreen-lazy", body=far.format(""))
    site.page("/down-lazy/", body=far.format(' loading="lazy"'))
    _largest(site)
    site.files["moving.gif"] = b"GIF89a" + CHANCE.randbytes(600_000)
    site.page("/gif/", "heavy-animation", "large-image", body='<img src="/moving.gif" width="1" height="1" alt="">')
    site.files["loud.mp4"] = CHANCE.randbytes(3000)
    site.page("/loud/", "heavy-animation", body='<video src="/loud.mp4" autoplay width="9" height="9"></video>')
    site.page("/silent/", body='<video src="/loud.mp4" autoplay muted width="9" height="9"></video>')


def _largest(site: Site) -> None:
    """Pages whose largest part is an image: told of in time, lazily, by a script only, or as a background."""
    site.files["hero.png"] = planted.noise(110, CHANCE)
    picture = '<img src="/hero.png" {} width="412" height="600" alt="">'
    screen = "<style>h1,p{display:none}</style>"
    site.page("/hero/", head=screen, body=picture.format('fetchpriority="high"'))
    preload = '<link rel="preload" as="image" href="/hero.png">'
    site.page("/hero-preloaded/", head=screen + preload, body=picture.format(""))
    site.page("/hero-lazy/", "lcp-not-lazy", head=screen, body=picture.format('fetchpriority="high" loading="lazy"'))
    site.page("/hero-plain/", "lcp-priority", head=screen, body=picture.format(""))
    script = "const i = new Image(412, 600); i.fetchPriority = 'high'; i.src = '/hero.png'; document.body.prepend(i)"
    site.page("/hero-by-script/", "lcp-not-lazy", head=screen, body=f"<script>{script}</script>")
    box = "div{height:600px;background:url(/hero.png) no-repeat center / cover}"
    site.page("/hero-background/", head=f"{screen}<style>{box}</style>", body="<div></div>")


def _code(site: Site) -> None:
    for number in range(4):
        site.files[f"part{number}.css"] = f"b {{ color: #00000{number} }}"
    four = "".join(f'<link rel="stylesheet" href="/part{number}.css">' for number in range(4))
    site.page("/blocking/", "render-blocking", head=four)
    site.page("/not-blocking/", head=four.replace('part3.css"', 'part3.css" media="print"'))
    site.files["wide.css"] = style(70)
    site.page("/blocking-bytes/", "render-blocking", head='<link rel="stylesheet" href="/wide.css">')
    banner = "/*! jQuery v{} | (c) OpenJS Foundation */ window.jQuery = 1;"
    site.files["jquery.js"], site.files["vendor.js"] = banner.format("1.12.4"), banner.format("3.7.1")
    twice = '<script defer src="/jquery.js"></script><script defer src="/vendor.js"></script>'
    site.page("/library/", "duplicate-js", body=twice)
    site.files["tools.js"] = site.files["copy/tools.js"] = code(2)
    again = '<script defer src="/tools.js"></script><script defer src="/copy/tools.js"></script>'
    site.page("/copies/", "duplicate-files", body=again)
    unused = "".join(f"function unused{n}() {{ return '{LIKE_CODE[n : n + 200]}' }}" for n in range(40))
    site.files["unused.js"] = unused
    site.page("/unused-code/", "unused-code", body='<script defer src="/unused.js"></script>')
    site.page("/unused-code-elsewhere/", body='<script defer src="/unused.js"></script>')
    lines = "\n".join(f"    // line {number} of many\n    var line{number} = {number};" for number in range(300))
    site.files["written.js"] = lines
    site.page("/written/", body='<script defer src="/written.js"></script>')
    site.planted.add(("perf/minified", "site"))
    site.page("/preload/", "preload-used", head='<link rel="preload" as="style" href="/part0.css">')
    used = '<link rel="preload" as="style" href="/part0.css"><link rel="stylesheet" href="/part0.css">'
    site.page("/preload-of-use/", head=used)


def _fonts(site: Site) -> None:
    for number in range(6):
        site.files[f"font{number}.woff2"] = CHANCE.randbytes((35 if number < 5 else 420) * KIB)
    site.files["font.ttf"] = CHANCE.randbytes(2000)

    def face(number: int, file: str, display: str = "font-display:swap") -> str:
        rule = f"@font-face{{font-family:F{number};src:url(/{file});{display}}}"
        return f"<style>{rule} .f{number}{{font-family:F{number}}}</style><b class=f{number}>Bread</b>"

    site.page("/font/", body=face(0, "font0.woff2"))
    five = "".join(face(number, f"font{number}.woff2") for number in range(5))
    site.page("/fonts/", "font-weight", "font-count", body=five)
    site.page("/font-far/", "font-weight--error", body=face(5, "font5.woff2"))
    site.page("/font-format/", "font-format", body=face(6, "font.ttf"))
    site.page("/font-display/", "font-display", body=face(0, "font0.woff2", ""))


def slow() -> Site:
    """Return a site of slow pages, few enough that each is loaded once more by itself."""
    site = Site()
    site.page("/")
    site.page("/late/", "lcp", "fcp", head=f"<script>{busy(2800)}</script>")
    work = f"requestAnimationFrame(() => setTimeout(() => {{ {busy(700)} }}, 100));"
    site.page("/busy/", "tbt", body=f"<script>{work}</script>")
    return site


def jumping() -> Site:
    """Return a site of pages that jump, likewise."""
    site = Site()
    site.page("/")
    site.page("/jump/", "cls--error", body=f"<script>{jump(600)}</script>")
    site.page("/hop/", "cls", body=f"<script>{jump(300)}</script>")
    return site


def sent_badly() -> Site:
    """Return a site whose host keeps hashed files as short as any other."""
    site = Site(host="netlify")
    site.page("/")
    site.files["app.13a4f30d.js"] = "window.app = 1"
    site.planted = {("perf/cache-policy", "site")}
    return site


def sent_whole() -> Site:
    """Return a site with more text in one file than its host compresses."""
    site = Site(host="s3-cloudfront")
    site.page("/")
    site.files["all.json"] = LIKE_CODE * 3
    site.planted = {("perf/text-compression", "site")}
    return site


SITES = (build, far_too_much, slow, jumping, sent_badly, sent_whole)


def family() -> set[str]:
    """Return the policies of the family."""
    return {policy.id for policy in policies.load([], ["strict"], {}) if policy.id.startswith("perf/")}


@pytest.mark.parametrize("make", SITES)
def test_every_planted_fault_is_found_and_nothing_else(make: Callable[[], Site], tmp_path: Path) -> None:
    site = make()
    found = planted.found(planted.collected(site, tmp_path), family())
    assert sorted(site.planted - found) == []
    # What a busy machine takes for a page is no property of it.
    assert sorted(one for one in found - site.planted if one[0] not in TIMES) == []


def test_every_policy_of_the_family_has_a_planted_fault() -> None:
    assert sorted(family() - {policy for make in SITES for policy in make().policies}) == sorted(ELSEWHERE)
