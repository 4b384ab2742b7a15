"""Rules of security, leaks, privacy, accessibility and AI on little sites: each planted fault, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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
