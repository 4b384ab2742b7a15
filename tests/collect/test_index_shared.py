"""What the index finds alike, and counts: titles that pages share, texts that are nearly the same, listed pages."""

from __future__ import annotations

from typing import Any

import pytest

from checks.collect.index import Index
from checks.facts.site_index import PageCounts, Shared
from tests.collect.indexed import SITE, add, urls


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
