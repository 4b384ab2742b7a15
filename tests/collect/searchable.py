"""A little site that search engines would take as it is, page by page, with pictures and structured data."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from tests.collect import planted

SITE = "https://www.example.com"
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


def picture(width: int, height: int) -> bytes:
    """Return a white area as a PNG that browsers can show."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    lines = zlib.compress((b"\0" + b"\xff" * 3 * width) * height)
    return b"".join(
        (png(width, height)[:8], chunk(b"IHDR", png(width, height)[16:29]), chunk(b"IDAT", lines), chunk(b"IEND", b""))
    )
