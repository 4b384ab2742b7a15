"""What the index knows of links: orphans, depth, dead ends, who is linked to from where."""

from __future__ import annotations

from checks.collect.index import Index
from tests.collect.indexed import SITE, add, urls


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
