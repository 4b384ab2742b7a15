"""Rules of security, leaks, privacy, accessibility and AI on real little sites: each planted fault, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.collect.planted import Site, collected, found

ARTICLE = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Article",
"headline": "Rye", "author": {"@type": "Person", "name": "Ada"}, "datePublished": "2026-01-01",
"dateModified": "2026-01-02"}</script>"""
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
    frame = '<iframe title="Oven" width="300" height="200" loading="lazy" src="https://{}"></iframe>'
    site.page("/video/", "privacy/embed-facade", body=frame.format("www.youtube.com/embed/x"))
    site.page("/private-video/", body=frame.format("www.youtube-nocookie.com/embed/x"))
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


SITES = (pages, answers)


@pytest.mark.parametrize("make", SITES)
def test_every_planted_fault_is_found_and_nothing_else(make: Callable[[], Site], tmp_path: Path) -> None:
    site = make()
    every = set().union(*(one().policies for one in SITES))
    assert sorted(found(collected(site, tmp_path), every)) == sorted(site.planted)
