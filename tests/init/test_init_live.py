"""A whole gonogo.yaml, drafted from a site that is live."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

import pytest

from checks.init import draft
from checks.init import live as looking
from checks.init.project import Found
from checks.settings import from_bytes
from tests.collect.web.preview_server import Sent, of_folder, of_pages, serving

TODAY = dt.date(2026, 6, 15)
SITE = "https://www.example.com"


def page(body: str, path: str = "/") -> str:
    return f'<!doctype html><html lang="en"><title>A page</title><link rel=canonical href="{SITE}{path}">{body}</html>'


PRODUCT = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Product", "name": "Rye"}</script>'
)
PAGES = {
    "/": page(
        '<script src="https://consent.cookiebot.com/uc.js"></script><script src="https://www.googletagmanager.com/gtm.js"></script>'
        '<img src="https://images.example.net/a.png"><a href="/blog/a/">a</a><a href="/blog/b/">b</a>'
        '<a href="/bread/rye/">r</a><a href="/bread/white/">w</a><a href="/about/">about</a><a href="/secret/">s</a>'
    ),
    "/about/": page('<a href="/">home</a>', "/about/"),
    "/blog/a/": page('<a href="/about/">x</a>', "/blog/a/"),
    "/blog/b/": page('<a href="/about/">x</a>', "/blog/b/"),
    "/bread/rye/": page(PRODUCT, "/bread/rye/"),
    "/bread/white/": page(PRODUCT, "/bread/white/"),
    "/secret/": page('<meta name="robots" content="noindex">', "/secret/"),
    "/robots.txt": Sent(b"User-agent: GPTBot\nDisallow: /\n", headers={"content-type": "text/plain"}),
}


@pytest.fixture(scope="module")
def live() -> looking.Live:
    with serving(of_pages(PAGES)) as site:
        return looking.look(f"{site.origin}/", TODAY)


def test_production_is_what_the_site_names(live: looking.Live) -> None:
    assert live.site == SITE


def test_pages_are_typed_by_their_folder_or_their_structured_data(live: looking.Live) -> None:
    assert live.page_types == {"home": ["/"], "article": ["/blog/**"], "product": ["/bread/**"]}


def test_key_pages_are_those_that_most_pages_link_to_and_that_may_be_found(live: looking.Live) -> None:
    assert live.key_pages[:2] == ("/", "/about/")
    assert "/secret/" not in live.key_pages


def test_third_parties_are_allowed_by_name_and_the_consent_tool_is_told(live: looking.Live) -> None:
    assert set(live.third_parties) == {"consent.cookiebot.com", "images.example.net", "www.googletagmanager.com"}
    assert dict(live.rows())["consent tool"] == "consent.cookiebot.com"


def test_the_stance_towards_crawlers_is_what_robots_txt_says_of_them_by_name(live: looking.Live) -> None:
    assert live.crawlers == {"GPTBot": "block"}


def test_the_draft_is_a_config_that_says_the_same(live: looking.Live) -> None:
    found = Found(preview="dist", is_built=True, origins=(SITE,), has_policies=False)
    settings = from_bytes(draft.text(found, live.drafted()).encode(), "gonogo.yaml", {}, TODAY)
    assert (settings.site, settings.key_pages, settings.crawlers) == (SITE, live.key_pages, live.crawlers)
    assert settings.allow.third_parties == tuple(live.third_parties)
    assert settings.page_types.type_of("/blog/a/") == "article"


def test_unedited_the_draft_of_a_real_site_is_no_wrong_use(gonogo: Path, root: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [gonogo, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300
        )

    with serving(of_folder(root / "examples" / "bakery")) as site:
        drafted = run("init", site.origin, "--yes")
        checked = run("check")
        again = run("init", site.origin, "--yes")
    assert drafted.returncode == 0, drafted.stderr
    assert "https://www.hearthandcrumb.example" in (tmp_path / "gonogo.yaml").read_text()
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert (again.returncode, "is not overwritten" in again.stderr) == (2, True)
