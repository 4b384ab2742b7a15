"""Rules of security, leaks, privacy, accessibility and AI on little sites: each planted fault, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import run_folder
from tests.collect.planted import Site, collected, found
from tests.collect.sites_consent import TRACK, choosing, promised
from tests.collect.sites_headers import policed, sent
from tests.collect.sites_pages import accessible, answers, pages, workshop
from tests.collect.sites_places import fixed_places, kept, one_page, twins

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


BARE = '<!doctype html><html lang="en"><title>Bread</title>{}</html>'
SAYS_LITTLE = {
    "/words/": ("<p>Rye, spelt and oats</p>", False),
    "/below/": ("<p style='margin-top: 200vh'>Rye, spelt and oats</p>", True),
    "/white-on-white/": ("<p style='color: #fff'>Rye, spelt and oats</p>", True),
    "/nothing/": ("<table></table>", True),
    "/picture-of-nothing/": ("<body style='background: linear-gradient(#fff, #036)'></body>", True),
    "/loading/": ("<p>Loading...</p><script>fetch('/api/bread')</script>", True),
}


@pytest.fixture(scope="module")
def says_little(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return `render` of each page."""
    site = Site()
    site.page("/", body="".join(f'<a href="{path}">{path}</a>' for path in SAYS_LITTLE))
    for path, (body, _) in SAYS_LITTLE.items():
        site.files[f"{path.strip('/')}/index.html"] = BARE.format(body)
    run = collected(site, tmp_path_factory.mktemp("says-little"))
    return {page["path"]: page["render"] for page in run.lines(run_folder.PAGES)}


@pytest.mark.parametrize("path", SAYS_LITTLE)
def test_a_page_of_few_words_is_blank_where_they_are_not_seen_or_a_script_may_owe_more(
    says_little: dict[str, dict[str, Any]], path: str
) -> None:
    assert says_little[path]["blank"] is SAYS_LITTLE[path][1]


@pytest.mark.parametrize("path", ["/", "/nothing/", "/loading/"])
def test_no_picture_is_looked_at_where_it_does_not_decide(says_little: dict[str, dict[str, Any]], path: str) -> None:
    assert says_little[path]["screenshot_entropy"] is None


def test_the_entropy_of_two_colours_that_share_the_screen_is_one_bit(tmp_path: Path) -> None:
    site = Site()
    site.page("/")
    half = "margin: 0; height: 50vh; background: #000; color: #000"
    site.files["halves/index.html"] = BARE.format(f"<body style='margin: 0'><p style='{half}'>Rye</p></body>")
    run = collected(site, tmp_path)
    (page,) = (page for page in run.lines(run_folder.PAGES) if page["path"] == "/halves/")
    assert page["render"]["screenshot_entropy"] == pytest.approx(1, abs=0.02)
