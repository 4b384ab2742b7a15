from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from checks.collect.index import Index
from checks.collect.index_rows import packed_anchors, packed_document
from checks.facts.digest import PageDigest
from checks.facts.site_index import Annotation, Contradiction, PageCounts, Shared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SITE = "https://www.example.com"
PLAIN = PageDigest(
    path="/",
    url=f"{SITE}/",
    status=200,
    indexable=True,
    canonical_self=True,
    canonical_inside=False,
    noindex=False,
    title=None,
    description=None,
    h1=None,
    text_digest=None,
    words=0,
    types=(),
    sd_errors=0,
    rendered=True,
    hreflang=(),
    links_out=0,
)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index(tmp_path / "index.sqlite") as opened:
        yield opened


def add(index: Index, path: str, *links: str, unfollowed: tuple[str, ...] = (), **values: Any) -> None:
    digest = replace(PLAIN, **{"path": path, "url": SITE + path, **values})
    every = [*((link, True) for link in links), *((link, False) for link in unfollowed)]
    index.add_page(path, packed_document({"path": path}), digest, packed_anchors({"top", path}), every)


def urls(*paths: str) -> list[str]:
    return [SITE + path for path in paths]


def test_documents_come_back_sorted_by_path(index: Index) -> None:
    for path in ("/b", "/", "/a/", "/B"):
        add(index, path)
    assert [document["path"] for document in index.documents()] == ["/", "/B", "/a/", "/b"]


def test_a_document_can_be_amended_without_a_change_to_anything_else(index: Index) -> None:
    document = {"path": "/", "measured": ["title", "vitals"], "title": "Bread", "vitals": {"alone": False}}
    index.add_page("/", packed_document(document), PLAIN, packed_anchors({"top"}), [("/a/", True)])
    index.amend("/", {"vitals": {"alone": True}, "coverage": {}})
    changed = {"vitals": {"alone": True}, "coverage": {}, "measured": ["coverage", "title", "vitals"]}
    assert index.document("/") == {**document, **changed}
    assert (index.anchors("/"), index.internal_links()) == (frozenset({"top"}), 1)


def test_what_others_are_told_is_neither_text_nor_title(index: Index) -> None:
    add(index, "/", title="Bread")
    before = list(index.told_to_others())
    add(index, "/", title="Rolls", text_digest="another", words=9)
    assert list(index.told_to_others()) == before


@pytest.mark.parametrize("change", ["indexable", "canonical_self", "anchor", "page", "listed"])
def test_whatever_others_are_told_is_noticed(index: Index, change: str) -> None:
    add(index, "/")
    before = list(index.told_to_others())
    match change:
        case "anchor":
            index.add_page("/", packed_document({"path": "/"}), PLAIN, packed_anchors({"rolls"}), [])
        case "page":
            add(index, "/a/")
        case "listed":
            index.add_listed(f"{SITE}/")
        case "indexable":
            add(index, "/", indexable=False)
        case "canonical_self":
            add(index, "/", canonical_self=False)
    assert list(index.told_to_others()) != before


def test_a_document_comes_back_as_it_was(index: Index) -> None:
    document = {"a": [1, 2.5, None, True], "ü": "\u2028 \0"}
    index.add_page("/", packed_document(document), PLAIN, packed_anchors(()), [])
    assert list(index.documents()) == [document]


def test_a_digest_comes_back_as_it_was(index: Index) -> None:
    digest = replace(PLAIN, title="t", types=("A", "B"), hreflang=(("de", f"{SITE}/de"),), indexable=False, words=7)
    index.add_page("/", packed_document({}), digest, packed_anchors(()), [])
    assert (index.digest("/"), index.page(f"{SITE}/"), index.digest("/x")) == (digest, digest, None)


def test_a_page_added_again_replaces_the_first(index: Index) -> None:
    add(index, "/", "/a", title="old")
    add(index, "/", "/b", title="new")
    found = index.digest("/")
    assert (index.counts().pages, index.internal_links(), found and found.title) == (1, 1, "new")


def test_anchors_come_back(index: Index) -> None:
    add(index, "/a")
    assert (index.anchors("/a"), index.anchors("/b")) == (frozenset({"top", "/a"}), None)


def test_anchors_are_read_again_when_a_page_is_replaced(index: Index) -> None:
    add(index, "/a")
    index.anchors("/a")
    index.add_page("/a", packed_document({}), PLAIN, packed_anchors({"new"}), [])
    assert index.anchors("/a") == frozenset({"new"})


def test_a_lone_surrogate_is_no_obstacle(index: Index) -> None:
    add(index, "/\ud800", "/\udfff", title="\ud800")
    assert index.counts().pages == 1


def test_a_page_that_no_page_links_to_is_an_orphan(index: Index) -> None:
    add(index, "/", "/a")
    add(index, "/a", "/a")
    add(index, "/b", "/b", "/")
    assert [page.path for page in index.orphans()] == ["/b"]


def test_a_link_that_is_not_followed_saves_no_orphan(index: Index) -> None:
    add(index, "/", unfollowed=("/a",))
    add(index, "/a")
    assert [page.path for page in index.orphans()] == ["/a"]


def test_a_page_that_may_not_be_indexed_is_no_orphan(index: Index) -> None:
    add(index, "/")
    add(index, "/a", indexable=False)
    assert list(index.orphans()) == []


def test_a_link_through_an_alias_counts(index: Index) -> None:
    add(index, "/", "/a")
    add(index, "/a/")
    index.add_alias("/a", "/a/")
    assert list(index.orphans()) == []


def test_a_link_with_a_query_reaches_the_page_without_it(index: Index) -> None:
    add(index, "/", "/a?from=home")
    add(index, "/a")
    assert list(index.orphans()) == []


def test_pages_added_after_a_question_count_in_the_next(index: Index) -> None:
    add(index, "/")
    add(index, "/a")
    list(index.orphans())
    add(index, "/b", "/a")
    assert [page.path for page in index.orphans()] == ["/b"]


def test_depth_is_the_fewest_clicks(index: Index) -> None:
    for n in range(7):
        add(index, f"/{n}", f"/{n + 1}")
    add(index, "/", "/0", "/2")
    assert (list(index.depths(beyond=4)), index.max_depth(), index.within(1)) == ([(f"{SITE}/6", 5)], 5, 3)


def test_a_home_page_behind_a_redirect_is_where_depth_begins(index: Index) -> None:
    add(index, "/en/", "/en/a")
    add(index, "/en/a")
    index.add_alias("/", "/en/")
    assert (index.max_depth(), list(index.orphans())) == (1, [])


def test_without_a_home_page_there_is_no_depth(index: Index) -> None:
    add(index, "/a", "/b")
    add(index, "/b")
    assert (index.max_depth(), index.within(3), list(index.depths(beyond=0))) == (None, None, [])


def test_a_page_that_links_to_itself_alone_is_a_dead_end(index: Index) -> None:
    add(index, "/", "/a")
    add(index, "/a", "/a")
    assert list(index.dead_ends()) == urls("/a")


def test_a_link_to_a_file_ends_no_way(index: Index) -> None:
    add(index, "/", "/menu.pdf")
    assert list(index.dead_ends()) == []


def test_shared_titles_are_told_with_their_pages(index: Index) -> None:
    for path in ("/b", "/a", "/c"):
        add(index, path, title="Bread" if path != "/c" else "Cake")
    assert list(index.shared("title")) == [Shared("Bread", tuple(urls("/a", "/b")), 2)]


@pytest.mark.parametrize(("indexable", "canonical_self"), [(False, True), (True, False)])
def test_pages_that_are_no_results_share_nothing(index: Index, indexable: bool, canonical_self: bool) -> None:
    add(index, "/a", description="x")
    add(index, "/b", description="x", indexable=indexable, canonical_self=canonical_self)
    assert list(index.shared("description")) == []


def test_pages_without_a_title_share_none(index: Index) -> None:
    add(index, "/a", title="")
    add(index, "/b", title="")
    add(index, "/c")
    add(index, "/d")
    assert list(index.shared("title")) == []


def test_language_versions_of_a_page_may_be_alike(index: Index) -> None:
    both = (("en-GB", f"{SITE}/gb"), ("en-US", f"{SITE}/us"))
    add(index, "/gb", text_digest="1", hreflang=both)
    add(index, "/us", text_digest="1", hreflang=both)
    assert list(index.shared("text_digest")) == []


def test_of_many_sharers_the_first_20_are_told(index: Index) -> None:
    for n in range(30):
        add(index, f"/{n:02}", title="x")
    [shared] = index.shared("title")
    assert (len(shared.urls), shared.count) == (20, 30)


def test_counts_are_of_indexable_pages(index: Index) -> None:
    add(index, "/a", types=("A",), description="d")
    add(index, "/b", types=("A",), sd_errors=1)
    add(index, "/c", types=("A",), description="d", indexable=False)
    assert index.counts() == PageCounts(pages=3, indexable=2, structured=2, structured_valid=1, described=1, noindex=0)


def test_an_empty_index_counts_nothing(index: Index) -> None:
    assert index.counts() == PageCounts(0, 0, 0, 0, 0, 0)


def test_listed_addresses_are_counted(index: Index) -> None:
    for url in urls("/b", "/a", "/b"):
        index.add_listed(url)
    assert (list(index.listed()), index.listed_total()) == ([(f"{SITE}/a", 1), (f"{SITE}/b", 2)], 2)


def test_pages_that_are_not_listed_are_told(index: Index) -> None:
    add(index, "/a")
    add(index, "/b")
    add(index, "/c", indexable=False)
    index.add_listed(f"{SITE}/a")
    assert list(index.unlisted()) == urls("/b")


def test_an_alternate_that_does_not_link_back_is_told(index: Index) -> None:
    add(index, "/en", hreflang=(("en", f"{SITE}/en"), ("de", f"{SITE}/de"), ("fr", f"{SITE}/not-measured")))
    add(index, "/de")
    assert list(index.unreturned()) == [Annotation(f"{SITE}/en", "de", f"{SITE}/de")]


def test_an_annotation_in_a_sitemap_links_back(index: Index) -> None:
    add(index, "/en", hreflang=(("de", f"{SITE}/de"),))
    add(index, "/de")
    index.add_hreflang(f"{SITE}/de", [("en", f"{SITE}/en")])
    assert list(index.unreturned()) == []


def test_one_language_with_two_addresses_is_a_contradiction(index: Index) -> None:
    add(index, "/", hreflang=(("de", f"{SITE}/a"), ("DE", f"{SITE}/b")))
    assert list(index.contradictions()) == [Contradiction(f"{SITE}/", "de", tuple(urls("/a", "/b")))]


def test_one_address_in_two_languages_is_a_contradiction(index: Index) -> None:
    add(index, "/x", hreflang=(("fr", f"{SITE}/a"),))
    add(index, "/y", hreflang=(("de-AT", f"{SITE}/a"),))
    assert list(index.contradictions()) == [Contradiction(f"{SITE}/a", "de, fr", tuple(urls("/x", "/y")))]


def test_regions_and_the_default_may_share_an_address(index: Index) -> None:
    add(index, "/", hreflang=(("en", f"{SITE}/"), ("en-GB", f"{SITE}/"), ("x-default", f"{SITE}/")))
    assert list(index.contradictions()) == []


def test_a_closed_index_answers_no_more(tmp_path: Path) -> None:
    with Index(tmp_path / "i") as index:
        add(index, "/")
    with pytest.raises(sqlite3.ProgrammingError):
        index.counts()


ALIKE = frozenset(range(64))


def test_pages_with_almost_the_same_text_are_one_group(index: Index) -> None:
    add(index, "/a", text_digest="a", sketch=ALIKE)
    add(index, "/b", text_digest="b", sketch=ALIKE - {40} | {1000})
    add(index, "/c", text_digest="c", sketch=ALIKE - {41, 42} | {1001, 1002})
    add(index, "/other", text_digest="d", sketch=frozenset(range(2, 66, 2)) | frozenset(range(200, 232)))
    [found] = index.near()
    assert (found.url, found.urls, found.count) == (f"{SITE}/a", tuple(urls("/a", "/b", "/c")), 3)
    assert found.likeness == 0.97


@pytest.mark.parametrize("part", [{"text_digest": "a"}, {"indexable": False}, {"canonical_self": False}])
def test_the_very_same_text_and_pages_that_do_not_count_are_not_near(index: Index, part: dict[str, Any]) -> None:
    add(index, "/a", text_digest="a", sketch=ALIKE)
    add(index, "/b", **{"text_digest": "b", "sketch": ALIKE - {40} | {1000}, **part})
    assert list(index.near()) == []


def test_who_is_linked_to_by_a_single_page_is_told_with_it(index: Index) -> None:
    add(index, "/", "/a", "/b")
    add(index, "/a", "/b")
    add(index, "/b")
    assert list(index.few_inlinks()) == [(f"{SITE}/a", f"{SITE}/")]


def test_a_link_to_a_page_that_leads_elsewhere_is_told(index: Index) -> None:
    add(index, "/", "/a", "/b", "/c")
    add(index, "/a", canonical_self=False, canonical_inside=True)
    add(index, "/b", noindex=True)
    add(index, "/c", canonical_self=False)
    assert [(one.path, one.noindex, one.links) for one in index.led_elsewhere()] == [("/a", False, 1), ("/b", True, 1)]


def test_alternates_of_a_sitemap_stand_beside_those_of_the_page(index: Index) -> None:
    index.add_hreflang(f"{SITE}/a", [("en", f"{SITE}/a"), ("de", f"{SITE}/b")])
    add(index, "/a", hreflang=(("en", f"{SITE}/a"), ("de", f"{SITE}/b")))
    assert list(index.told_differently()) == []
    add(index, "/a", hreflang=(("en", f"{SITE}/a"), ("de", f"{SITE}/c")))
    assert list(index.told_differently()) == [f"{SITE}/a"]
