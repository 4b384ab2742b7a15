"""A made-up shop in two languages, page by page, always the same: what the comparison of two builds is tested with.

In: how many products. Out: a `Shop`, which a test changes; and the files of its build.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SITE = "https://www.example.com"
WORDS = """
flour water salt oven bread loaf crust crumb rye wheat spelt seed dough starter morning stone brick wood smoke village
market river valley harvest miller farmer window counter basket linen knife board butter honey apple slow early warm
dark golden heavy light patient careful simple honest proper local ancient modern quiet rises rests bakes cools keeps
travels begins returns belongs follows carries gathers measures remembers
""".split()  # noqa: SIM905 - as a list, each word would have a line
_MARK = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><!-- {build} --><rect width="9" height="9"/></svg>'
NAMES = ["amber", "birch", "cedar", "dune", "elder", "fern", "gorse", "hazel", "iris", "juniper", "kelp", "larch"]


@dataclass
class Page:
    """One page, as its author wrote it."""

    title: str
    text: str
    lang: str = "en"
    head: str = ""
    body: str = ""
    robots: str = ""
    canonical: str | None = None
    """None: the page itself."""
    data: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    """Language -> path of that version, this page included."""
    description: str = ""
    heading: str | None = None
    """None: the title."""


@dataclass
class Shop:
    """The whole site: its pages, and what its template and its host do."""

    pages: dict[str, Page]
    nav: list[str]
    title: str = "{title} | Mill Lane"
    lang: str = "{lang}"
    template_head: str = '<meta property="og:image" content="https://www.example.com/card.png">'
    home_head: str = '<meta name="google-site-verification" content="abc123">'
    footer: str = "Built on 1 November 2026"
    build: str = "11aa22bb"
    """What the names of all assets hold."""
    host: str = "https://www.example.com"
    """What canonical addresses begin with."""
    robots: str = "User-agent: *\nDisallow: /basket/\nSitemap: https://www.example.com/sitemap.xml\n"
    headers: list[str] = field(
        default_factory=lambda: [
            "Content-Security-Policy: default-src 'self'; object-src 'none'; base-uri 'none'",
            "Strict-Transport-Security: max-age=31536000; includeSubDomains",
            "X-Content-Type-Options: nosniff",
        ]
    )
    redirects: list[str] = field(default_factory=lambda: ["/old-shop/ /shop/ 301", "/summer/ /courses/ 301"])
    listed: int | None = None
    """How many pages the sitemap lists; None: all."""
    others: dict[str, str] = field(
        default_factory=lambda: {
            "ads.txt": "ads.example.net, 1234, DIRECT\n",
            "menu.pdf": "%PDF-1.4 the menu",
            "oven.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
            "feed.xml": feed("tag:example.com,2026:"),
        }
    )

    def write(self, folder: Path) -> Path:
        """Write the build, and return its folder."""
        for name, content in self.files().items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        return folder

    def files(self) -> dict[str, str]:
        """Return the files of the build by name."""
        pages = {self._file(path): self._html(path, page) for path, page in self.pages.items()}
        listed = list(self.pages)[: self.listed]
        urls = "".join(f"<url><loc>{SITE}{path}</loc></url>" for path in listed)
        return {
            **pages,
            "404.html": "<!doctype html><html lang=en><title>Not found</title><h1>Not found</h1><a href=/>Home</a>",
            f"assets/style.{self.build}.css": f"/* {self.build} */ body {{ font: 1rem/1.5 serif }}\n",
            f"assets/app.{self.build}.js": f"/* {self.build} */ document.documentElement.dataset.ready = 'yes'\n",
            f"assets/mark.{self.build}.svg": _MARK.format(build=self.build),
            "robots.txt": self.robots,
            "sitemap.xml": f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>',
            "_headers": "/*\n" + "".join(f"  {line}\n" for line in self.headers),
            "_redirects": "".join(f"{line}\n" for line in self.redirects),
            **self.others,
        }

    @staticmethod
    def _file(path: str) -> str:
        return path.lstrip("/") if path.endswith(".html") else f"{path.lstrip('/')}index.html"

    def _html(self, path: str, page: Page) -> str:
        links = "".join(
            f'<li><a href="{one}">{self.pages[one].title if one in self.pages else one}</a></li>' for one in self.nav
        )
        versions = "".join(
            f'<link rel="alternate" hreflang="{lang}" href="{SITE}{to}">' for lang, to in page.versions.items()
        )
        canonical = page.canonical or f"{self.host}{path}"
        data = f'<script type="application/ld+json">{json.dumps(page.data)}</script>' if page.data else ""
        description = f'<meta name="description" content="{page.description}">' if page.description else ""
        robots = f'<meta name="robots" content="{page.robots}">' if page.robots else ""
        proof = self.home_head if path == "/" else ""
        heading = page.title if page.heading is None else page.heading
        return (
            f'<!doctype html><html lang="{self.lang.format(lang=page.lang)}"><head><meta charset="utf-8">'
            f"<title>{self.title.format(title=page.title)}</title>{description}{robots}{self.template_head}"
            f'<meta name="viewport" content="width=device-width"><link rel="canonical" href="{canonical}">{versions}'
            f'{data}{page.head}{proof}<link rel="stylesheet" href="/assets/style.{self.build}.css">'
            f'<script defer src="/assets/app.{self.build}.js"></script></head><body><header>'
            f'<img src="/assets/mark.{self.build}.svg" alt="Mill Lane" width="40" height="40">'
            f"<nav><ul>{links}</ul></nav></header><main><h1>{heading}</h1>{page.text}{page.body}</main>"
            f"<footer><p>{self.footer}</p></footer></body></html>"
        )


def shop(products: int = 12) -> Shop:
    """Return the shop with so many products, in English and German: three pages for each, and some more."""
    chance = random.Random(20261129)  # noqa: S311 - the same shop each time
    pages: dict[str, Page] = {}
    nav = ["/", "/shop/", "/courses/", "/visit/", "/about/"]
    for path, title in zip(nav, ["Mill Lane Bakery", "Shop", "Courses", "Visit us", "About"], strict=True):
        pages[path] = Page(title, prose(chance), description=f"{title}: bread from Mill Lane, baked slowly.")
    pages["/about/"].body = "".join(
        f'<img src="/card-{one}.png" alt="Loaf {one}" width="9" height="9">' for one in range(6)
    )
    pages["/visit/"].body = '<form action="/table/" method="post"><input name="when" aria-label="when"></form>'
    for number in range(products):
        name = f"{NAMES[number % len(NAMES)]}-loaf-{number + 1}"
        english, german, journal = f"/shop/{name}/", f"/de/shop/{name}/", f"/journal/about-{name}/"
        versions = {"en": english, "de": german}
        for path, lang in ((english, "en"), (german, "de")):
            title = f"{name.replace('-', ' ').title()} {'Bread' if lang == 'en' else 'Brot'}"
            data = {"@context": "https://schema.org", "@type": "Product", "name": title, "sku": name, "offers": offer()}
            pages[path] = Page(title, prose(chance), lang, data=data, versions=versions, description=f"{title}, daily.")
        story = Page(f"How {name} came to be", prose(chance), description=f"The story of {name}.")
        story.body = f'<p><a href="{english}">Buy it</a></p>'
        pages[journal] = story
    products_listed = [path for path in pages if path.startswith(("/shop/", "/de/", "/journal/")) and path != "/shop/"]
    items = "".join(f'<li><a href="{path}">{pages[path].title}</a></li>' for path in products_listed)
    pages["/shop/"].body = f"<ul>{items}</ul>"
    return Shop(pages, nav)


def feed(ids: str) -> str:
    """Return a feed of two entries, whose identifiers begin with `ids`."""
    entries = "".join(
        f"<entry><id>{ids}{one}</id><title>{one}</title><link href='{SITE}/{one}/'/></entry>"
        for one in ("shop", "visit")
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><id>{SITE}/</id><title>News</title>{entries}</feed>"


def offer() -> dict[str, Any]:
    """Return what a product costs, as structured data."""
    return {"@type": "Offer", "price": "4.50", "priceCurrency": "EUR", "availability": "https://schema.org/InStock"}


def prose(chance: random.Random, words: int = 180) -> str:
    """Return a text that no other page has."""
    return "".join(f"<p>{' '.join(chance.choices(WORDS, k=words // 3)).capitalize()}.</p>" for _ in range(3))
