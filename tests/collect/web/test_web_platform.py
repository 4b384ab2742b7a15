"""What the platform of a preview adds to its answers is told apart from what the site says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.collect.web.looking import looked_at, page
from tests.collect.web.preview_server import HTML, Sent, of_pages, serving

NETLIFY = {"server": "Netlify", "x-nf-request-id": "1"}


def test_what_the_platform_adds_is_told_apart(tmp_path: Path) -> None:
    drawer = '<script async src="/.netlify/scripts/cdp?x=1" data-x="1"></script>'
    headers = {**HTML, **NETLIFY, "x-robots-tag": "noindex", "set-cookie": "nf_jwt=abc"}
    home = Sent(page(head=drawer + '<script src="/own.js"></script>').encode(), headers=headers)
    with serving(of_pages({"/": home})) as preview, looked_at(preview, tmp_path) as (found, web):
        served = found.preview.served(f"{found.preview.origin}/")
        assert b"cdp" not in served.body()
        assert b"/own.js" in served.body()
        assert not {"x-robots-tag", "set-cookie"} & {name for name, _ in served.headers}
        assert found.preview.host.name == "netlify"
        added = {(one.kind, one.what): told.answers for one, told in web.sifter.added.items()}
    assert added == {
        ("header", "x-robots-tag: noindex"): 1,
        ("cookie", "nf_jwt"): 1,
        ("script", "/.netlify/scripts/cdp"): 1,
    }


@pytest.mark.parametrize("value", ["noindex, nofollow", "none", "googlebot: noindex"])
def test_a_robots_header_that_no_platform_sends_is_the_sites_own(tmp_path: Path, value: str) -> None:
    home = Sent(page().encode(), headers={**HTML, **NETLIFY, "x-robots-tag": value})
    with serving(of_pages({"/": home})) as preview, looked_at(preview, tmp_path) as (found, _):
        assert ("x-robots-tag", value) in found.preview.served(f"{found.preview.origin}/").headers


def test_a_noindex_from_an_unknown_server_is_the_sites_own(tmp_path: Path) -> None:
    home = Sent(page().encode(), headers={**HTML, "x-robots-tag": "noindex"})
    with serving(of_pages({"/": home})) as preview, looked_at(preview, tmp_path) as (found, _):
        assert ("x-robots-tag", "noindex") in found.preview.served(f"{found.preview.origin}/").headers


def test_reference_data_says_where_it_is_from() -> None:
    data = json.loads((Path(__file__).parents[3] / "checks/facts/data/preview_platforms.json").read_text())
    assert all(one["source"].startswith("https://") for one in data["platforms"])
    assert data["date"]
