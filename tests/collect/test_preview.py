"""What is served at an address of the production origin, and the way that leads there."""

from __future__ import annotations

from pathlib import Path

from checks.collect.hosts import Build, Host, PlainHost, make, scan
from checks.collect.hosts.project import ConfigText, Project
from checks.collect.preview import Preview

ORIGIN = "https://www.example.com"


def preview(root: Path, files: dict[str, str]) -> Preview:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    found = scan(root)
    return Preview(root, found, PlainHost(found), ORIGIN)


def test_a_page_is_served_with_its_bytes_and_type(tmp_path: Path) -> None:
    served = preview(tmp_path, {"about/index.html": "<p>About"}).served(f"{ORIGIN}/about/")
    assert (served.status, served.content_type, served.size, served.body()) == (200, "text/html", 8, b"<p>About")


def test_a_folder_without_its_slash_is_one_redirect_away(tmp_path: Path) -> None:
    served = preview(tmp_path, {"about/index.html": ""}).served(f"{ORIGIN}/about")
    assert (served.url, [(hop.url, hop.status) for hop in served.hops]) == (
        f"{ORIGIN}/about/",
        [(f"{ORIGIN}/about", 301)],
    )


def test_a_redirect_that_is_written_as_a_page_is_followed(tmp_path: Path) -> None:
    site = preview(tmp_path, {"old.html": "", "new.html": "new"})
    site.html_redirects = {"old.html": f"{ORIGIN}/new.html"}
    served = site.served(f"{ORIGIN}/old.html")
    assert (served.url, served.status, [hop.kind for hop in served.hops]) == (f"{ORIGIN}/new.html", 200, ["html"])


def test_redirects_that_lead_to_each_other_are_a_loop(tmp_path: Path) -> None:
    site = preview(tmp_path, {"a.html": "", "b.html": ""})
    site.html_redirects = {"a.html": f"{ORIGIN}/b.html", "b.html": f"{ORIGIN}/a.html"}
    assert site.served(f"{ORIGIN}/a.html").loop


def test_a_redirect_off_the_site_ends_there_and_nobody_is_asked(tmp_path: Path) -> None:
    site = preview(tmp_path, {"a.html": ""})
    site.html_redirects = {"a.html": "https://other.example.net/"}
    served = site.served(f"{ORIGIN}/a.html")
    assert (served.url, served.answer) == ("https://other.example.net/", None)


def test_the_site_over_http_is_the_site_and_another_port_is_not(tmp_path: Path) -> None:
    site = preview(tmp_path, {"index.html": ""})
    asked = [
        "http://www.example.com/a.js",
        "https://www.example.com",
        "https://www.example.com:8443/",
        "https://example.com/",
    ]
    assert [site.is_own(url) for url in asked] == [True, True, False, False]


# ------------------------------------------------------------------------------------------ what travels, what is known


def on_netlify(root: Path, files: dict[str, str], redirects: str = "") -> Preview:
    there = preview(root, files).files
    project = Project({"_redirects": ConfigText("_redirects", redirects, "build")})
    host: Host = make("netlify", Build(there, project))
    return Preview(root, there, host, ORIGIN)


def test_text_travels_compressed_where_the_host_compresses(tmp_path: Path) -> None:
    files = {"index.html": "<p>bread</p>" * 500}
    plain, netlify = preview(tmp_path, files), on_netlify(tmp_path, files)
    assert plain.transfer(plain.served(f"{ORIGIN}/")) == 6_000
    assert netlify.transfer(netlify.served(f"{ORIGIN}/")) < 100
    assert netlify.served(f"{ORIGIN}/").size == 6_000


def test_what_compressing_would_make_larger_travels_as_it_is(tmp_path: Path) -> None:
    site = on_netlify(tmp_path, {"index.html": "x"})
    assert site.transfer(site.served(f"{ORIGIN}/")) == 1


def test_the_same_bytes_are_compressed_once(tmp_path: Path) -> None:
    site = on_netlify(tmp_path, {"a.txt": "bread " * 100, "b.txt": "bread " * 100})
    first = site.transfer(site.served(f"{ORIGIN}/a.txt"))
    (tmp_path / "a.txt").unlink()
    assert site.transfer(site.served(f"{ORIGIN}/a.txt")) == site.transfer(site.served(f"{ORIGIN}/b.txt")) == first


def test_what_the_build_does_not_show_is_remembered_with_its_first_address(tmp_path: Path) -> None:
    site = on_netlify(tmp_path, {"index.html": ""})
    for path in ("/", "/.netlify/functions/a", "/.netlify/functions/b"):
        site.served(f"{ORIGIN}{path}")
    assert [(one.path, example) for one, example in site.unknown.items()] == [("/.netlify/", "/.netlify/functions/a")]


def test_a_way_through_rules_has_every_hop(tmp_path: Path) -> None:
    site = on_netlify(tmp_path, {"new.html": "new"}, "/old /mid 302\n/mid /new\n")
    served = site.served(f"{ORIGIN}/old")
    assert [(hop.url.removeprefix(ORIGIN), hop.status) for hop in served.hops] == [("/old", 302), ("/mid", 301)]
    assert (served.url, served.status) == (f"{ORIGIN}/new", 200)


def test_rules_that_lead_to_each_other_are_a_loop(tmp_path: Path) -> None:
    site = on_netlify(tmp_path, {"index.html": ""}, "/a /b\n/b /a\n")
    assert site.served(f"{ORIGIN}/a").loop
