"""What a build is taken for, on its host: which files are pages, and at which addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checks.collect.discover import Discovered, discover
from checks.collect.sitemap_files import SitemapFiles
from checks.errors import CannotMeasureError
from checks.settings import from_document

SITE = "https://www.example.com"
HTML = "<title>x</title>"


def found(root: Path, host: str, files: dict[str, str], site: str = SITE, **more: object) -> Discovered:
    for name, text in files.items():
        (root / "dist" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "dist" / name).write_text(text)
    document = {"site": site, "host": host, "today": "2026-06-15", "owners_in_order": [], **more}
    return discover(from_document(document), root / "dist")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("host", "paths"),
    [
        ("plain", ["/", "/about.html", "/shop/"]),
        ("netlify", ["/", "/about.html", "/shop/"]),
        ("cloudflare-pages", ["/", "/about", "/shop/"]),
        ("github-pages", ["/", "/about.html", "/shop/"]),
        ("s3-cloudfront", ["/", "/about.html", "/shop/"]),
    ],
)
def test_a_page_has_the_address_to_which_its_host_leads(tmp_path: Path, host: str, paths: list[str]) -> None:
    files = dict.fromkeys(["index.html", "about.html", "shop/index.html", "404.html"], HTML)
    assert sorted(found(tmp_path, host, files).paths) == paths


def test_clean_urls_are_the_addresses_of_pages(tmp_path: Path) -> None:
    files = {
        "index.html": HTML,
        "about.html": HTML,
        "vercel.json": json.dumps({"cleanUrls": True, "trailingSlash": True}),
    }
    assert sorted(found(tmp_path, "vercel", files).paths) == ["/", "/about/"]


def test_the_page_of_an_error_is_no_page_whatever_its_name(tmp_path: Path) -> None:
    config = {"responseOverrides": {"404": {"rewrite": "/lost.html"}}}
    files = {"index.html": HTML, "lost.html": HTML, "staticwebapp.config.json": json.dumps(config)}
    assert sorted(found(tmp_path, "azure-static-web-apps", files).paths) == ["/"]


def test_a_page_that_a_rule_hides_is_told(tmp_path: Path) -> None:
    files = {
        "index.html": HTML,
        "old.html": HTML,
        "_redirects": "/old* / 301!\n/old.html / 301!\n/old / 301!\n/old/ / 301!\n",
    }
    seen = found(tmp_path, "netlify", files)
    assert (sorted(seen.paths), seen.unserved) == (["/"], ("/old.html",))


def test_a_rewrite_shows_a_page_at_an_address_that_is_promised(tmp_path: Path) -> None:
    seen = found(tmp_path, "netlify", {"index.html": HTML, "hat.html": HTML, "_redirects": "/winter /hat.html 200\n"})
    assert [seen.is_rewritten(path) for path in ("/winter", "/hat", "/", "/none")] == [True, False, False, False]


def test_rules_for_one_host_hold_at_the_origin_that_the_build_names(tmp_path: Path) -> None:
    files = {
        "index.html": f'<link rel="canonical" href="{SITE}/">',
        "_redirects": f"{SITE}/old / 301\nhttps://other.example/mine / 301\n",
    }
    for name, text in files.items():
        (tmp_path / "dist").mkdir(exist_ok=True)
        (tmp_path / "dist" / name).write_text(text)
    seen = discover(from_document({"host": "netlify", "today": "2026-06-15"}), tmp_path / "dist")
    assert seen.preview.origin == SITE
    assert [seen.preview.host.answer(path).status for path in ("/old", "/mine")] == [301, 404]


def test_a_site_under_a_path_has_its_pages_there(tmp_path: Path) -> None:
    files = {"index.html": HTML, "shop/index.html": HTML, "sitemap.xml": "<urlset/>"}
    seen = found(tmp_path, "github-pages", files, "https://baker.github.io/bread/")
    assert sorted(seen.paths) == ["/bread/", "/bread/shop/"]
    sitemaps = SitemapFiles(seen.preview, seen.robots.sitemaps)
    assert list(sitemaps.entries()) == []
    assert [one["url"] for one in sitemaps.files] == ["https://baker.github.io/bread/sitemap.xml"]


LISTED = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{SITE}/</loc></url></urlset>"


@pytest.mark.parametrize(
    ("robots", "read"),
    [
        ("", ["sitemap.xml"]),
        (f"Sitemap: {SITE}/sitemap.xml.gz\n", ["sitemap.xml.gz"]),
        (f"Sitemap: {SITE}/sitemap.xml\nSitemap: {SITE}/sitemap.xml.gz\n", ["sitemap.xml", "sitemap.xml.gz"]),
    ],
)
def test_the_compressed_twin_of_a_sitemap_is_read_only_where_it_is_named(
    tmp_path: Path, robots: str, read: list[str]
) -> None:
    files = {"index.html": HTML, "sitemap.xml": LISTED, "sitemap.xml.gz": LISTED, "robots.txt": robots}
    seen = found(tmp_path, "plain", files)
    sitemaps = SitemapFiles(seen.preview, seen.robots.sitemaps)
    assert list(sitemaps.entries()) == [f"{SITE}/"] * len(read)
    assert [one["url"] for one in sitemaps.files] == [f"{SITE}/{name}" for name in read]


FUNCTION = "/{} /.netlify/functions/{} 200\n"


def test_a_robots_txt_that_the_build_does_not_show_cannot_be_told(tmp_path: Path) -> None:
    files = {"index.html": HTML, "_redirects": FUNCTION.format("robots.txt", "robots")}
    seen = found(tmp_path, "netlify", files)
    with pytest.raises(CannotMeasureError, match=r"what robots\.txt says is not in the build"):
        _ = seen.robots


def test_that_there_is_no_robots_txt_can_be_declared(tmp_path: Path) -> None:
    files = {"index.html": HTML, "_redirects": FUNCTION.format("robots.txt", "robots")}
    declared = {"answers": [{"path": "/robots.txt", "status": 404, "why": "the function knows no robots"}]}
    assert found(tmp_path, "netlify", files, hosting=declared).robots.allowed("Googlebot", f"{SITE}/")


def test_a_sitemap_that_the_build_does_not_show_is_not_called_empty(tmp_path: Path) -> None:
    files = {
        "index.html": HTML,
        "robots.txt": f"Sitemap: {SITE}/map.xml\n",
        "_redirects": FUNCTION.format("map.xml", "map"),
    }
    seen = found(tmp_path, "netlify", files)
    sitemaps = SitemapFiles(seen.preview, seen.robots.sitemaps)
    assert (list(sitemaps.entries()), sitemaps.files, sitemaps.is_known) == ([], [], False)


def test_a_page_that_answers_every_wrong_address_is_no_sitemap(tmp_path: Path) -> None:
    seen = found(tmp_path, "netlify", {"index.html": HTML, "_redirects": "/* /index.html 200\n"})
    sitemaps = SitemapFiles(seen.preview, ())
    assert (list(sitemaps.entries()), sitemaps.files) == ([], [])


LEADING = """<script>window.location.replace('index.html')</script>
<noscript><meta http-equiv="Refresh" content="0;index.html"></noscript>"""


def test_a_page_whose_script_says_the_same_as_its_refresh_for_others_is_a_redirect(tmp_path: Path) -> None:
    seen = found(tmp_path, "plain", {"index.html": HTML, "overview.html": LEADING})
    assert (sorted(seen.paths), seen.redirects) == (["/"], {"/overview.html": f"{SITE}/index.html"})


def test_a_page_whose_script_a_policy_of_the_host_may_forbid_is_none(tmp_path: Path) -> None:
    headers = "/*\n  Content-Security-Policy: script-src 'self'\n"
    seen = found(tmp_path, "netlify", {"index.html": HTML, "overview.html": LEADING, "_headers": headers})
    assert sorted(seen.paths) == ["/", "/overview.html"]


def test_a_page_of_whose_scripts_only_the_first_was_read_is_no_redirect(tmp_path: Path) -> None:
    seen = found(tmp_path, "plain", {"index.html": HTML, "overview.html": LEADING + " " * 65_536})
    assert sorted(seen.paths) == ["/", "/overview.html"]
