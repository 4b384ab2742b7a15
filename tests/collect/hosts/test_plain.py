"""What a plain host answers, and that no request can make it answer with anything outside the build."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.collect.hosts import BuildFiles, scan, short_body, url_path
from checks.collect.hosts.paths import decode, encode
from checks.collect.hosts.plain import PlainHost
from checks.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

SITE = BuildFiles(
    dict.fromkeys(
        [
            "index.html",
            "about.html",
            "shop/index.html",
            "shop.html",
            "shop/red-hat.html",
            "css/a.css",
            "404.html",
            ".env",
        ],
        1,
    )
)
HOST = PlainHost(SITE)
BARE = PlainHost(BuildFiles({"index.html": 1}))

# Every name that a POSIX file can have: bytes other than NUL and slash, as the file system decodes them.
segments = (
    st.binary(min_size=1, max_size=12)
    .map(lambda raw: raw.replace(b"/", b"-").replace(b"\0", b"0"))
    .filter(lambda raw: raw not in {b".", b".."})
    .map(lambda raw: raw.decode("utf-8", "surrogateescape"))
)
names = st.lists(segments, min_size=1, max_size=4).map("/".join)


@pytest.mark.parametrize(
    ("path", "status", "file"),
    [
        ("/", 200, "index.html"),
        ("/index.html", 200, "index.html"),
        ("/about.html", 200, "about.html"),
        ("/about", 200, "about.html"),
        ("/about/", 404, "404.html"),
        ("/shop/", 200, "shop/index.html"),
        ("/shop/red%2Dhat.html", 200, "shop/red-hat.html"),
        ("/shop/red-hat", 200, "shop/red-hat.html"),
        ("/%61bout.html", 200, "about.html"),
        ("/css/", 404, "404.html"),
        ("/css", 404, "404.html"),
        ("/About.html", 404, "404.html"),
        ("/about.html/", 404, "404.html"),
        ("//about.html", 404, "404.html"),
        ("/shop//red-hat.html", 404, "404.html"),
        ("/.env", 200, ".env"),
        ("/404.html", 200, "404.html"),
        ("/nothing", 404, "404.html"),
    ],
)
def test_a_path_is_answered_with_its_file(path: str, status: int, file: str) -> None:
    answer = HOST.answer(path)
    assert (answer.status, answer.file, answer.location) == (status, file, None)


@pytest.mark.parametrize(
    "path",
    [
        *("", "*", "about.html", "http://elsewhere.example/"),
        *("/../about.html", "/shop/../about.html", "/%2e%2e/etc/passwd", "/shop/."),
        *("/a%00b", "/a%2Fb", "/100%.html", "/%zz"),
        *("/a\\b", "/a b", "/a?b", "/a#b", "/a\nb", "/\ud800"),
    ],
)
def test_a_path_that_no_client_should_send_is_a_bad_request(path: str) -> None:
    answer = HOST.answer(path)
    assert (answer.status, answer.file) == (400, None)


def test_a_folder_without_its_slash_is_redirected_to_it_and_keeps_the_query() -> None:
    answer = HOST.answer("/shop", "page=2&q=caf%C3%A9")
    assert (answer.status, answer.location) == (301, "/shop/?page=2&q=caf%C3%A9")
    assert answer.header("location") == answer.location


def test_a_query_changes_nothing_about_a_file() -> None:
    assert HOST.answer("/about.html", "v=3").file == "about.html"


def test_a_line_break_in_a_query_cannot_add_a_header() -> None:
    assert HOST.answer("/shop", "a\r\nset-cookie: b").location == "/shop/?a%0D%0Aset-cookie:%20b"


def test_without_a_404_page_the_body_is_one_short_line() -> None:
    answer = BARE.answer("/nothing")
    assert (answer.status, answer.file, short_body(answer)) == (404, None, b"404 Not Found\n")


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("A.HTML", "text/html; charset=utf-8"),
        ("a.xhtml", "application/xhtml+xml"),
        ("site.css", "text/css; charset=utf-8"),
        ("app.min.js", "text/javascript; charset=utf-8"),
        ("feed.xml", "application/xml"),
        ("site.webmanifest", "application/manifest+json"),
        ("font.woff2", "font/woff2"),
        ("v1.2/CNAME", "application/octet-stream"),
        (".html", "text/html; charset=utf-8"),
    ],
)
def test_the_content_type_follows_from_the_ending(name: str, content_type: str) -> None:
    assert PlainHost(BuildFiles({name: 1})).answer("/" + name).header("content-type") == content_type


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("index.html", "/"),
        ("x/index.html", "/x/"),
        ("a b#.html", "/a%20b%23.html"),
        ("100%?.html", "/100%25%3F.html"),
        ("über/straße.html", "/%C3%BCber/stra%C3%9Fe.html"),
        ("caf\udce9.html", "/caf%E9.html"),
        ("it's (1).html", "/it's%20(1).html"),
    ],
)
def test_a_name_has_one_production_path(name: str, path: str) -> None:
    assert url_path(name) == path


@given(names)
def test_every_file_is_reached_under_its_production_path(name: str) -> None:
    assert PlainHost(BuildFiles({name: 1})).answer(url_path(name)).file == name


@given(names)
def test_a_production_path_is_spelled_as_a_browser_spells_it(name: str) -> None:
    assert ada_url.URL("https://site.invalid" + url_path(name)).pathname == url_path(name)


@given(st.lists(segments, min_size=1, max_size=4))
def test_decoding_undoes_encoding(parts: list[str]) -> None:
    assert decode(encode(parts)) == parts


@given(
    st.text(alphabet=st.characters(), max_size=40) | st.text(alphabet="/.%2eEfF05c\\ab?#\x00", max_size=40),
    st.text(max_size=20),
)
def test_no_path_raises_or_leaves_the_build(path: str, query: str) -> None:
    for given_path in (path, "/" + path):
        answer = HOST.answer(given_path, query)
        assert answer.file is None or answer.file in SITE
        assert all("\n" not in value and "\r" not in value and value.isascii() for _, value in answer.headers)
        assert answer.location is None or (answer.location[0] == "/" and answer.location[1] != "/")


def test_a_scan_lists_files_with_their_sizes_hidden_ones_too(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / "a b#%?ü.html").write_text("hello")
    assert scan(tmp_path) == BuildFiles({".git/config": 1, "a b#%?ü.html": 5})


def test_a_scan_keeps_names_that_are_no_utf_8(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.html")).write_text("x")
    assert list(scan(tmp_path).sizes) == ["caf\udce9.html"]


def test_a_link_out_of_the_build_is_refused(tmp_path: Path) -> None:
    build = tmp_path / "build"
    build.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "build-2").mkdir()
    (build / "leak.txt").symlink_to("../secret.txt")
    (build / "folder").symlink_to("../build-2")
    found = scan(build)
    assert found.sizes == {}
    assert [(one.path, one.why) for one in found.refused] == [("folder", "outside"), ("leak.txt", "outside")]


def test_a_link_inside_the_build_is_followed(tmp_path: Path) -> None:
    (tmp_path / "v3").mkdir()
    (tmp_path / "v3" / "index.html").write_text("x")
    (tmp_path / "latest").symlink_to("v3")
    (tmp_path / "start.html").symlink_to("v3/index.html")
    assert list(scan(tmp_path).sizes) == ["latest/index.html", "start.html", "v3/index.html"]


def test_links_that_lead_in_circles_end(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("x")
        (tmp_path / name / "up").symlink_to("..")
        (tmp_path / name / "over").symlink_to(f"../{other}")
        (tmp_path / name / "self").symlink_to("self")
    found = scan(tmp_path)
    assert "a/over/index.html" in found.sizes
    assert {one.why for one in found.refused} == {"loop"}


def test_what_is_neither_file_nor_folder_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to("nowhere")
    assert [(one.path, one.why) for one in scan(tmp_path).refused] == [("gone", "broken"), ("pipe", "special")]


@pytest.mark.parametrize(("name", "what"), [("missing", "no such folder"), ("file", "not a folder")])
def test_a_build_that_is_no_folder_is_wrong_use(tmp_path: Path, name: str, what: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match=what):
        scan(tmp_path / name)
