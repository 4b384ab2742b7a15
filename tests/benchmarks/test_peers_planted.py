"""When a tool counts as having told of a planted defect, and when as having looked at a page."""

import json
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.peers.opened import forget, read_since
from benchmarks.peers.planted import Defect, meant, on_site, read, table, told_by
from benchmarks.peers.served import copies_of, file_of, part_of, served
from benchmarks.peers.told import Told

BAGELS = Defect("links/internal-broken", "/bread/", "/bread/bagels/", "")


def test_a_defect_is_told_where_its_sign_stands_on_its_page() -> None:
    found = Told("/bread/", "status 404", "http://127.0.0.1/bread/bagels/")
    assert meant(BAGELS, [found]) == [found]


@pytest.mark.parametrize(
    "other",
    [Told("/cakes/", "status 404", "http://127.0.0.1/bread/bagels/"), Told("/bread/", "status 404", "/bread/rolls/")],
    ids=["another page", "another link"],
)
def test_the_same_on_another_page_or_of_another_link_is_not_it(other: Told) -> None:
    assert meant(BAGELS, [other]) == []


def test_what_is_told_of_the_sound_site_too_is_not_told_of_a_defect(tmp_path: Path) -> None:
    always, only = ({"page": "/bread/", "rule": "a", "evidence": each} for each in ("always", "only"))
    rows = [
        {"tool": "lychee", "site": "bakery", "told": [always]},
        {"tool": "lychee", "site": "bakery-broken", "told": [always, only]},
    ]
    path = tmp_path / "planted.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert read(path) == {"lychee": [Told(**only)]}


def test_a_tool_that_ran_over_one_of_the_sites_only_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "planted.jsonl"
    path.write_text(json.dumps({"tool": "lychee", "site": "bakery-broken", "told": []}), "utf-8")
    assert read(path) == {}


def test_the_table_counts_defects_not_what_was_said() -> None:
    twice = [Told("/bread/", "a", "/bread/bagels/"), Told("/bread/", "b", "/bread/bagels/")]
    assert table([BAGELS], {"lychee": twice}).splitlines()[2:] == ["| links: 1 | 1 |", "| all: 1 | 1 |"]


def test_who_told_of_a_defect_stands_beside_its_story() -> None:
    told = {"lychee": [Told("/bread/", "a", "/bread/bagels/")], "linkinator": []}
    defects = [replace(BAGELS, story="Gone."), replace(BAGELS, page="/cakes/", story="Gone too.")]
    assert told_by(defects, told).splitlines()[2:] == [
        "| `links/internal-broken`: Gone. | lychee |",
        "| `links/internal-broken`: Gone too. | none |",
    ]


@pytest.mark.parametrize(
    "page",
    ["/tmp/x/site/bread/index.html", "../../x/site/bread/index.html", "http://127.0.0.1/bread/index.html"],  # noqa: S108
)
def test_a_page_is_known_by_its_address_however_a_tool_names_it(page: str) -> None:
    assert on_site(Told(page, "", ""), Path("/tmp/x/site")).page == "/bread/"  # noqa: S108


@pytest.mark.parametrize(
    ("path", "file"), [("/", "index.html"), ("/a/?b=c", "a/index.html"), ("/%C3%A9.html", "é.html")]
)
def test_a_request_names_a_file(path: str, file: str) -> None:
    assert file_of(path) == file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.html", "b/index.html", "c.html", "404.html"):
        (tmp_path / "from" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "from" / name).write_text("<title>T</title>", "utf-8")
    (tmp_path / "from/style.css").write_text("", "utf-8")
    return tmp_path / "from"


def test_a_part_of_a_site_is_its_first_pages_and_all_that_is_no_page(folder: Path, tmp_path: Path) -> None:
    site = part_of(folder, 2, tmp_path / "to", "docs")
    assert site.pages == ("a.html", "b/index.html")
    assert (site.root / "style.css").is_file()


def test_a_site_is_copied_until_there_are_so_many_pages_with_titles_of_their_own(folder: Path, tmp_path: Path) -> None:
    site = copies_of(folder, 5, tmp_path / "to", "docs")
    assert site.pages == (
        "copy-1/a.html",
        "copy-1/b/index.html",
        "copy-1/c.html",
        "copy-2/a.html",
        "copy-2/b/index.html",
    )
    assert (site.root / "copy-2/a.html").read_text("utf-8") == "<title>2: T</title>"


def test_a_page_was_opened_when_it_was_fetched_not_when_it_was_asked_for(folder: Path, tmp_path: Path) -> None:
    site = part_of(folder, 3, tmp_path / "to", "docs")
    with served(site) as server:
        for path, method in (("/b/", "GET"), ("/a.html", "HEAD")):
            request = urllib.request.Request(server.address + path, method=method)  # noqa: S310 - http, to loopback
            urllib.request.urlopen(request).read()  # noqa: S310 - likewise
    assert server.fetched == {"b/index.html"}


def test_a_page_was_opened_when_its_file_was_read_since_it_was_forgotten(folder: Path) -> None:
    pages = ["a.html", "b/index.html"]
    forget(folder, pages)
    assert read_since(folder, pages) == 0
    (folder / "a.html").read_text("utf-8")
    assert read_since(folder, pages) == 1
