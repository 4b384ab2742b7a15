"""What is asked of a preview that is a URL, how, and what becomes of answers that are not the site."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from checks.collect.discover import Discovered
from checks.collect.subject import opened
from checks.collect.web.client import USER_AGENT
from checks.collect.web.unlinked import ask_for_maps
from checks.collect.web.web import Web
from checks.errors import CannotMeasureError, UserError
from checks.settings import from_document
from tests.collect.web.preview_server import HTML, Asked, PreviewServer, Sent, of_pages, serving

SITE = "https://www.example.com"


def page(*links: str, title: str = "A page", head: str = "") -> str:
    return f"<!doctype html><title>{title}</title>{head}" + "".join(f'<a href="{link}">x</a>' for link in links)


def sitemap(*urls: str) -> Sent:
    listed = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
    return Sent(text.encode(), headers={"content-type": "application/xml"})


def redirect(to: str, status: int = 302) -> Sent:
    return Sent(b"", status, {"location": to})


@contextmanager
def looked_at(preview: PreviewServer, folder: Path, path: str = "", **said: Any) -> Iterator[tuple[Discovered, Web]]:
    document = {"preview": preview.origin + path, "today": "2026-06-15", "owners_in_order": [], **said}
    with opened(from_document(document), Path(), folder / "scratch") as (found, web):
        assert web is not None
        yield found, web


@pytest.fixture
def look(tmp_path: Path) -> Callable[..., tuple[frozenset[str], dict[str, str], PreviewServer]]:
    """Return the pages that were found, why others were not, and what the preview was asked."""

    def looked(pages: Mapping[str, str | Sent], **said: Any) -> tuple[frozenset[str], dict[str, str], PreviewServer]:
        with serving(of_pages(pages)) as preview, looked_at(preview, tmp_path, **said) as (found, web):
            return found.paths, {target: why for target, why, _ in web.store.gaps()}, preview

    return looked


Look = Callable[..., tuple[frozenset[str], dict[str, str], PreviewServer]]


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


@pytest.mark.parametrize(
    ("limits", "left_out"),
    [
        ({"pages": 2}, {"/b/": "`limits.pages` (2) leaves it out"}),
        ({"depth": 1}, {"/deep/": "`limits.depth` (1) leaves it out"}),
    ],
)
def test_a_limit_leaves_pages_out_and_is_named(look: Look, limits: dict[str, int], left_out: dict[str, str]) -> None:
    pages = {"/": page("/a/", "/b/"), "/a/": page("/deep/") if "depth" in limits else page(), "/b/": page()}
    _, gaps, preview = look(pages, limits=limits)
    assert gaps == left_out
    assert not set(left_out) & set(preview.targets)


def test_an_answer_that_is_too_large_is_not_measured(look: Look) -> None:
    packed = gzip.compress(b"<p>" + b"a" * 5_000_000)
    bomb = Sent(packed, headers={**HTML, "content-encoding": "gzip"})
    _, gaps, _ = look({"/": page("/big/"), "/big/": bomb}, limits={"bytes": 10_000})
    assert gaps == {"/big/": "it is larger than `limits.bytes` (10000)"}


def after_some_trouble(status: int, headers: Mapping[str, str], times: int) -> Callable[[Asked], Sent]:
    troubles = iter(range(times))

    def answers(asked: Asked) -> Sent:
        if asked.target == "/a/" and next(troubles, None) is not None:
            return Sent(b"later", status, headers)
        return of_pages({"/": page("/a/"), "/a/": page()})(asked)

    return answers


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (429, {"retry-after": "0"}),
        (503, {}),
        (500, {"retry-after": "soon"}),
        (502, {}),
        (503, {"retry-after": "\xc2\xb2"}),
        (503, {"retry-after": "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"}),
    ],
)
def test_trouble_that_passes_is_waited_for(tmp_path: Path, status: int, headers: dict[str, str]) -> None:
    with serving(after_some_trouble(status, headers, 2)) as preview, looked_at(preview, tmp_path) as (found, _):
        assert found.paths == {"/", "/a/"}


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (
            Sent(b"", 429, {"retry-after": "0"}),
            "it answers that it is asked too often (status 429), also after a while",
        ),
        (Sent(b"", 503, {"retry-after": "0"}), "it answers with its own trouble (status 503), also after a while"),
        (
            redirect("https://vercel.com/sso-api?url=x"),
            "it leads to the login at vercel.com; `access` says what opens it",
        ),
        (
            redirect("https://team.cloudflareaccess.com/cdn-cgi/access/login"),
            "it leads to the login at team.cloudflareaccess.com; `access` says what opens it",
        ),
        (
            Sent(b"<title>Just a moment...</title>"),
            "it shows Cloudflare's question whether this is a person, and not the site, with status 200",
        ),
        (
            Sent(raw=b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n<p>half"),
            "what it sent was cut off: less came than it said",
        ),
        (
            Sent(raw=b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc"),
            "what it sent is not compressed as it says",
        ),
        (
            Sent(gzip.compress(b"<p>whole")[:-9], headers={**HTML, "content-encoding": "gzip"}),
            "what it sent was cut off",
        ),
        (
            Sent(raw=b"HTTP/1.1 200 OK\r\ncontent-encoding: zstd\r\ncontent-length: 1\r\n\r\na"),
            "it is compressed in a way that nobody asked for (zstd)",
        ),
        (Sent(b"<p>half", 206), "it answers with status 206, which is no whole page"),
        (Sent(b"", 304), "it answers with status 304, which is no whole page"),
        (Sent(b"\n<!DOCTYPE html><p>x", headers={}), "it is HTML and does not say so: it has no Content-Type"),
        (Sent(b"<script>challenge()</script>", 202), "it answers with status 202, which is no whole page"),
        (Sent(raw=b"SSH-2.0-OpenSSH\r\n"), "what it sent is no HTTP answer"),
        (Sent(raw=b""), "it closed the connection without an answer"),
    ],
)
def test_an_answer_that_is_not_the_site_is_a_gap(look: Look, sent: Sent, why: str) -> None:
    paths, gaps, _ = look({"/": page("/a/"), "/a/": sent}, site=SITE)
    assert gaps == {"/a/": why}
    assert paths == {"/"}


@pytest.mark.parametrize("status", [401, 403])
def test_a_login_where_a_page_is_promised_is_a_gap(look: Look, status: int) -> None:
    _, gaps, _ = look({"/": page(), "/sitemap.xml": sitemap(f"{SITE}/a/"), "/a/": Sent(b"", status)}, site=SITE)
    assert gaps == {"/a/": f"it asks for a login (status {status}); `access` says what opens it"}


def test_a_connection_that_is_reset_is_tried_again(tmp_path: Path) -> None:
    times = iter(range(2))

    def answers(asked: Asked) -> Sent:
        resets = asked.target == "/a/" and next(times, None) is not None
        return Sent(resets=True) if resets else of_pages({"/": page("/a/"), "/a/": page()})(asked)

    with serving(answers) as preview, looked_at(preview, tmp_path) as (found, _):
        assert found.paths == {"/", "/a/"}


def test_a_slow_answer_is_a_gap(tmp_path: Path) -> None:
    never = threading.Event()
    pages = {"/": page("/a/"), "/a/": Sent(b"", release=never)}
    limits = {"answer-time": "1s"}
    with serving(of_pages(pages)) as preview, looked_at(preview, tmp_path, limits=limits) as (_, web):
        gaps = list(web.store.gaps())
        never.set()
    assert gaps == [("/a/", "no whole answer within `limits.answer-time` (1s)", False)]


def test_a_preview_that_is_not_there_cannot_be_measured(tmp_path: Path) -> None:
    with serving(of_pages({})) as preview:
        pass
    with pytest.raises(CannotMeasureError, match="can't be reached"), looked_at(preview, tmp_path):
        pass


def test_what_is_asked_after_a_preview_went_away_is_a_gap(tmp_path: Path) -> None:
    with serving(of_pages({"/": page()})) as preview, looked_at(preview, tmp_path) as (_, web):
        preview.go_away()
        assert "can't be reached" in str(web.ask("/late.png").why)


@pytest.mark.parametrize(
    ("home", "why"),
    [
        (Sent(b"", 401), "it asks for a login"),
        (Sent(b"<p>half", 206), "it answers with status 206, which is no whole page"),
        (Sent(b"<h1>Not found</h1>", 404), "its home page answers with status 404"),
        (redirect("/"), "its home page redirects in a circle"),
        (Sent(b"<h1>Log in</h1><form><input type=password></form>"), "its home page is a login"),
        (redirect("https://elsewhere.example/"), "it leads to https://elsewhere.example/: name that address"),
        (redirect("https://app.netlify.com/authorize"), "it leads to the login at app.netlify.com"),
        (Sent(b"<title>Site not found</title>"), "a deployment of Netlify that is not there"),
    ],
)
def test_a_preview_whose_home_page_is_not_the_site_cannot_be_measured(look: Look, home: Sent, why: str) -> None:
    with pytest.raises(CannotMeasureError, match=why):
        look({"/": home})


def test_a_home_page_that_redirects_without_end_cannot_be_measured(tmp_path: Path) -> None:
    def answers(asked: Asked) -> Sent:
        return redirect(f"/?{int(asked.target.partition('?')[2] or 0) + 1}")

    with (
        serving(answers) as preview,
        pytest.raises(CannotMeasureError, match="redirects more than"),
        looked_at(preview, tmp_path),
    ):
        pass


def test_a_page_of_another_build_is_a_gap(look: Look) -> None:
    def built(name: str, *links: str) -> str:
        return page(*links) + f'<script type="application/json">{{"buildId":"{name}"}}</script>'

    _, gaps, _ = look({"/": built("new1", "/a/", "/b/"), "/a/": built("old1"), "/b/": built("new1")})
    assert gaps == {"/a/": "it is of another build (Next.js old1) than the home page (Next.js new1)"}


def test_a_preview_that_is_deployed_anew_meanwhile_cannot_be_measured(tmp_path: Path) -> None:
    looks = iter(["app.1.js", "app.2.js"])

    def answers(asked: Asked) -> Sent:
        if asked.target != "/":
            return Sent(b"", 404)
        return Sent(f'<script src="/{next(looks)}"></script>'.encode())

    with (
        serving(answers) as preview,
        pytest.raises(CannotMeasureError, match="deployed anew"),
        looked_at(preview, tmp_path),
    ):
        pass


def test_two_spellings_of_one_page_are_one_page(look: Look) -> None:
    paths, _, _ = look(
        {
            "/": page("/about", "/about/", "/about.html?x=1"),
            **dict.fromkeys(["/about", "/about/", "/about.html?x=1"], page("/")),
        }
    )
    assert len(paths) == 2


def test_no_answer_takes_the_file_of_another_one(tmp_path: Path) -> None:
    # All three would be `a.html` in a build.
    pages = {target: page(title=target) for target in ("/a", "/a.html", "/%61.html")}
    with serving(of_pages({"/": page(*pages), **pages})) as preview, looked_at(preview, tmp_path) as (_, web):
        for target, html in pages.items():
            assert (web.store.root / str(web.ask(target).file)).read_text() == html


def test_what_answers_every_wrong_address_is_one_page(tmp_path: Path) -> None:
    shell = Sent(page("/one", "/two").encode())
    with serving(lambda _: shell) as preview, looked_at(preview, tmp_path) as (found, web):
        assert found.paths == {"/"}
        assert [name for name in web.store.files.sizes if name.endswith(".html")] == ["index.html"]


@pytest.mark.parametrize(
    "target", ["/a/../../b", "/%2e%2e/x", "/a%00b", "/CON:", "/a%5c..%5cb", "/" + "a" * 300, "//x//y"]
)
def test_no_address_leads_out_of_the_folder(tmp_path: Path, target: str) -> None:
    with serving(lambda _: Sent(b"x", headers={"content-type": "text/plain"})) as preview:
        pages = of_pages({"/": page()})
        preview.answers = lambda asked: pages(asked) if asked.target == "/" else Sent(b"x" + asked.target.encode())
        with looked_at(preview, tmp_path) as (_, web):
            record = web.ask(target)
            assert record.file is not None
            assert (web.store.root / record.file).resolve().is_relative_to(web.store.root.resolve())


def test_a_private_file_that_nothing_links_to_is_found(tmp_path: Path) -> None:
    pages = {"/": page(), "/.env": Sent(b"KEY=1", headers={"content-type": "text/plain"})}
    with serving(of_pages(pages)) as preview, looked_at(preview, tmp_path) as (found, _):
        assert ".env" in found.preview.files.sizes


@pytest.mark.parametrize(
    ("code", "file"), [("let a;\n//# sourceMappingURL=../maps/app.map\n", "maps/app.map"), ("let a;", "js/app.js.map")]
)
def test_the_map_of_a_script_is_found_where_the_script_says_or_beside_it(tmp_path: Path, code: str, file: str) -> None:
    script = Sent(code.encode(), headers={"content-type": "text/javascript"})
    pages = {"/": page(), "/js/app.js": script, f"/{file}": Sent(b"{}", headers={"content-type": "text/plain"})}
    with serving(of_pages(pages)) as preview, looked_at(preview, tmp_path) as (_, web):
        web.ask("/js/app.js")
        ask_for_maps(web, "/")
        assert file in web.store.files.sizes


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
