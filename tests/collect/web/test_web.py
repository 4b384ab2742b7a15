"""What is asked of a preview that is a URL, and how: by links, by sitemaps, once each, in its place."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from checks.collect.web.client import USER_AGENT
from checks.errors import UserError
from tests.collect.web.looking import SITE, Look, looked_at, page, sitemap
from tests.collect.web.preview_server import Sent, of_pages, serving


def test_pages_are_found_by_links(look: Look) -> None:
    paths, _, _ = look({"/": page("/a/"), "/a/": page("b"), "/a/b": page()})
    assert paths == {"/", "/a/", "/a/b"}


def test_pages_are_found_in_sitemaps_in_indexes_and_in_gzip(look: Look) -> None:
    packed = gzip.compress(sitemap(f"{SITE}/deep/").body)
    index = f"<sitemapindex><sitemap><loc>{SITE}/maps/deep.xml.gz</loc></sitemap></sitemapindex>".encode()
    paths, _, _ = look(
        {
            "/": page(),
            "/robots.txt": Sent(f"Sitemap: {SITE}/maps/index.xml".encode(), headers={"content-type": "text/plain"}),
            "/maps/index.xml": Sent(index, headers={"content-type": "application/xml"}),
            "/maps/deep.xml.gz": Sent(packed, headers={"content-type": "application/gzip"}),
            "/sitemap.xml": sitemap(f"{SITE}/listed/"),
            "/listed/": page(),
            "/deep/": page(),
        },
        site=SITE,
    )
    assert paths == {"/", "/listed/", "/deep/"}


def test_without_a_site_the_origin_is_the_one_that_the_sitemap_names(tmp_path: Path) -> None:
    pages = {"/": page(), "/sitemap.xml": sitemap(f"{SITE}/a/"), "/a/": page()}
    with serving(of_pages(pages)) as preview, looked_at(preview, tmp_path) as (found, _):
        assert (found.preview.origin, found.origin_known, found.paths) == (SITE, True, frozenset({"/", "/a/"}))


def test_a_preview_that_names_only_itself_is_judged_where_it_is(tmp_path: Path) -> None:
    with serving(of_pages({"/": page()})) as preview, looked_at(preview, tmp_path) as (found, _):
        assert (found.preview.origin, found.origin_known) == (preview.origin, False)


def test_an_address_of_the_preview_itself_is_one_of_the_site(tmp_path: Path) -> None:
    pages: dict[str, str | Sent] = {"/a/": page()}
    with serving(of_pages(pages)) as preview:
        pages["/"] = page(f"{preview.origin}/a/")
        with looked_at(preview, tmp_path, site=SITE) as (found, _):
            assert found.paths == {"/", "/a/"}


def test_each_address_is_asked_for_once(look: Look) -> None:
    _, _, preview = look({"/": page("/a/", "/b/"), "/a/": page("/", "/b/"), "/b/": page("/", "/a/")})
    # The home page is looked at once more at the end: is it still the same build?
    assert sorted(preview.targets).count("/a/") == 1
    assert preview.targets.count("/") == 2


def test_the_preview_is_told_who_asks(look: Look) -> None:
    _, _, preview = look({"/": page()})
    assert {one.headers["user-agent"] for one in preview.asked} == {USER_AGENT}


def test_what_the_config_excludes_is_not_asked_for(look: Look) -> None:
    one = {"page": "/logout/", "why": "ends the session", "owner": "engineering", "until": "2027-01-01"}
    _, gaps, preview = look({"/": page("/logout/", "/a/"), "/a/": page()}, exclude=[one])
    assert gaps == {"/logout/": "`exclude` leaves it out"}
    assert "/logout/" not in preview.targets


def test_a_preview_under_another_path_than_the_site_is_refused(tmp_path: Path) -> None:
    with (
        serving(of_pages({})) as preview,
        pytest.raises(UserError, match="lies under /p/"),
        looked_at(preview, tmp_path, "/p/", site=SITE),
    ):
        pass


def test_a_site_under_a_path_is_looked_for_there(tmp_path: Path) -> None:
    pages = {"/p/": page("/p/a/", "/other/"), "/p/a/": page(), "/other/": page()}
    with serving(of_pages(pages)) as preview, looked_at(preview, tmp_path, "/p/", site=f"{SITE}/p/") as (found, _):
        assert found.paths == {"/p/", "/p/a/"}
