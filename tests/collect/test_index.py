"""The index gives back what was put into it: documents, digests, anchors, and what others are told."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from checks.collect.index import Index
from checks.collect.index_rows import packed_anchors, packed_document
from tests.collect.indexed import PLAIN, SITE, add


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


def test_a_closed_index_answers_no_more(tmp_path: Path) -> None:
    with Index(tmp_path / "i") as index:
        add(index, "/")
    with pytest.raises(sqlite3.ProgrammingError):
        index.counts()


def test_a_page_that_comes_after_templates_were_told_is_told_with_the_others(index: Index) -> None:
    add(index, "/a/", skeleton=frozenset({1, 2}))
    index.tell_templates()
    add(index, "/b/", skeleton=frozenset({1, 2}))
    index.tell_templates()
    assert index.template("/b/") == "/a/"


def test_links_are_kept_when_more_paths_are_known_than_stay_in_memory(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checks.collect.index.IDS_KEPT", 2)
    for path in ("/", "/a/", "/b/"):
        add(index, path, "/", "/a/", "/b/", "/c/", "/d/")
    assert [target for target, _ in index.links_of("/b/")] == ["/", "/a/", "/b/", "/c/", "/d/"]
