"""What becomes of answers that are not the site: trouble that passes, logins, outages, another build."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from checks.errors import CannotMeasureError
from tests.collect.web.looking import SITE, Look, looked_at, page, redirect, sitemap
from tests.collect.web.preview_server import HTML, Asked, Sent, of_pages, serving


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
