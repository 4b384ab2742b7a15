"""The rules for search, links, language, sharing and rendering on a real little site: each planted fault is found."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from checks import run_folder, settings
from checks.collect import browser, stage
from checks.judge import policies
from checks.judge.evaluate import Judge
from checks.run_folder import RunFolder

SITE = "https://www.example.com"
FAMILIES = ("crawl/", "i18n/", "links/", "render/", "sd/", "seo/", "social/")
CONFIG = b"""
render: {time-limit: 60s, third-party: block}
page_types: {article: [/journal/**]}
"""
WORDS = "Bread is baked slowly from flour and water and salt in an oven that has burnt since the morning. " * 6
CARD = "".join(
    f'<meta property="og:{name}" content="{value}">'
    for name, value in (("type", "website"), ("image", f"{SITE}/card.png"), ("description", "Bread from Bristol"))
)


@dataclass
class Page:
    """What a page of the site has; without more, nothing is wrong with it."""

    title: str = ""
    canonical: str = ""
    head: str = ""
    body: str = ""
    lang: str = "en"
    h1: str = ""
    links: str = '<p><a href="/">Home of the bakery</a></p>'
    robots: str = "max-image-preview:large"


@dataclass
class Site:
    """A build, page by page, and the (policy, page) of what must be found."""

    files: dict[str, str | bytes] = field(default_factory=dict)
    planted: set[tuple[str, str]] = field(default_factory=set)
    linked: list[str] = field(default_factory=list)

    def page(self, path: str, *planted: str, **parts: str) -> None:
        """Add a page; every page but the home page is linked from the two lists of pages."""
        page, number = Page(**parts), len(self.files)
        name = f"{number} {path.strip('/').replace('/', ' ')[-20:]}"
        canonical = page.canonical or f'<link rel="canonical" href="{SITE}{path}">'
        self.files[f"{path.strip('/')}/index.html".lstrip("/")] = (
            f'<!doctype html><html lang="{page.lang}"><head><meta charset="utf-8">'
            f"<title>{page.title or f'Bread of the kind {name}'}</title>"
            f'<meta name="viewport" content="width=device-width"><meta name="robots" content="{page.robots}">'
            f'<meta name="description" content="How the bakery makes bread of the kind {name}, from flour to loaf.">'
            f'{canonical}{CARD}<meta property="og:url" content="{SITE}{path}"><meta property="og:title" content="Bread">'
            f'<meta name="twitter:card" content="summary">{page.head}</head>'
            f"<body><main>{page.h1 or f'<h1>Bread: {name}</h1>'}<p>{number} {WORDS}</p>{page.body}</main>{page.links}"
            "</body></html>"
        )
        self.planted |= {(policy, path) for policy in planted}
        if path != "/":
            self.linked.append(path)

    def finish(self) -> None:
        """Link all pages from the home page and from a second list."""
        every = "".join(f'<li><a href="{path}">Bread {path}</a></li>' for path in self.linked)
        self.page("/", body=f"<ul>{every}</ul>", links='<p><a href="/list/">All kinds of bread</a></p>', head=HOME)
        self.page("/list/", body=f"<ul>{every}</ul>")


HOME = """<link rel="icon" href="/icon.svg"><script type="application/ld+json">{"@context": "https://schema.org",
"@type": "WebSite", "name": "Bread", "url": "https://www.example.com/"}</script>"""


def png(width: int, height: int) -> bytes:
    """Return the beginning of a PNG, which is all that its size needs."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"


def build() -> Site:
    site = Site()
    site.files["card.png"] = png(1200, 630)
    site.files["icon.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"></svg>'
    _addresses(site)
    _texts(site)
    site.finish()
    return site


def _addresses(site: Site) -> None:
    site.page("/journal/rye/", "crawl/max-image-preview", robots="index")
    far = "/" + "loaf-" * 25 + "end/"
    site.page(far, "crawl/url-length")
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


def collected(site: Site, folder: Path) -> RunFolder:
    """Collect the facts of `site`."""
    for name, content in site.files.items():
        file = folder / "build" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    chosen = settings.from_bytes(CONFIG, "gonogo.yaml", {"site": SITE, "host": "plain"}, dt.date(2026, 11, 1))
    run = RunFolder(folder / "run")
    run.clear()
    asyncio.run(stage.collect(chosen, folder / "build", run, browser.find(), lambda _done, _total: None))
    return run


def judged(run: RunFolder) -> set[tuple[str, str]]:
    """Return (policy, page) of everything that the families find."""
    judge = Judge(policy for policy in policies.load([], ["strict"], {}) if policy.id.startswith(FAMILIES))
    documents: list[dict[str, Any]] = [*run.lines(run_folder.PAGES), run.read(run_folder.SITE)]
    return {(one.policy, one.page or "site") for document in documents for one in judge.document(document)}


@pytest.mark.parametrize("make", [build])
def test_every_planted_fault_is_found_and_nothing_else(make: Any, tmp_path: Path) -> None:
    site = make()
    found = judged(collected(site, tmp_path))
    assert sorted(site.planted - found) == []
    assert sorted(found - site.planted) == []
