"""Files that the last launch serves must answer, under their addresses; feeds keep the identifiers of their entries."""

from __future__ import annotations

from typing import Any

import pytest

from checks.compare.compared import cached_s
from checks.compare.files import files
from checks.compare.sides import AFTER, BEFORE, Sides

Document = dict[str, Any]


def file(path: str, kind: str = "document", digest: str = "a", **more: Any) -> Document:
    return {"path": path, "kind": kind, "hashed": False, "bytes": 9, "digest": digest * 64, "entries": [], **more}


def answer(path: str, final: int | None, *, known: bool = True) -> Document:
    return {"path": path, "known": known, "status": final or 301, "final_status": final, "loop": False, "hops": 0}


def found(
    before: list[Document], after: list[Document], answers: list[Document], expected: int | None = None
) -> Document | None:
    with Sides() as sides:
        sides.add_answers(answers)
        sides.add_files(BEFORE, before)
        sides.add_files(AFTER, after)
        return files(sides, lambda _path: expected)


def lost(before: Document, final: int | None = 404, expected: int | None = None, **more: Any) -> list[str]:
    """Return the lists that name a file that answers `final`."""
    group = found([before], [], [answer(before["path"], final, **more)], expected)
    assert group is not None
    return [name for name, value in group.items() if isinstance(value, list) and value]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("document", ["documents_lost"]),
        ("media", ["documents_lost"]),
        ("feed", ["feeds_lost"]),
        ("image", ["images_lost"]),
        ("code", []),
        ("font", []),
        ("data", []),
    ],
)
def test_a_file_that_does_not_answer_is_told_by_what_it_is_to_others(kind: str, told: list[str]) -> None:
    assert lost(file("/menu", kind)) == told


def test_one_with_a_hash_in_its_name_is_told_apart_whatever_it_is() -> None:
    assert lost(file("/a.13a4f30d.png", "image", hashed=True)) == ["hashed_lost"]


def test_one_that_still_answers_or_is_led_on_is_not_lost() -> None:
    assert lost(file("/menu.pdf"), 200) == []


def test_one_that_leads_to_another_site_is_not_lost() -> None:
    assert lost(file("/menu.pdf"), None) == []


def test_one_that_is_declared_gone_is_not_lost() -> None:
    assert lost(file("/menu.pdf"), 410, expected=410) == []


def test_one_of_which_the_preview_does_not_show_what_answers_is_not_told() -> None:
    assert lost(file("/menu.pdf"), 404, known=False) == []


def test_where_the_preview_was_not_asked_nothing_is_measured() -> None:
    assert found([file("/menu.pdf")], [], []) is None


def test_it_is_told_where_the_same_bytes_are_now() -> None:
    group = found([file("/menu.pdf")], [file("/files/menu.pdf")], [answer("/menu.pdf", 404)])
    assert group is not None
    assert group["documents_lost"] == [{"path": "/menu.pdf", "bytes": 9, "status": 404, "same_as": "/files/menu.pdf"}]


def feed(digest: str, **ids: str) -> Document:
    return file("/feed.xml", "feed", digest, entries=[{"id": one, "link": f"/{name}/"} for name, one in ids.items()])


def changed(before: Document, after: Document) -> list[Document]:
    group = found([before], [after], [answer("/feed.xml", 200)])
    assert group is not None
    return list(group["feed_ids_changed"])


def test_entries_with_other_identifiers_are_counted() -> None:
    found = changed(feed("a", one="1", two="2"), feed("b", one="x", two="2", three="3"))
    assert found == [{"path": "/feed.xml", "entries": 2, "changed": 1, "example": "/one/"}]


def test_a_new_entry_and_one_that_has_left_the_feed_change_nothing() -> None:
    assert changed(feed("a", one="1", two="2"), feed("b", two="2", three="3")) == []


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, 0),
        ("no-store, max-age=600", 0),
        ("no-cache, max-age=600", 0),
        ("public, max-age=0, must-revalidate", 0),
        ("max-age=600", 600),
        ("public, max-age=60, s-maxage=86400", 86400),
        ("max-age=60, stale-while-revalidate=3600", 3660),
        ('MAX-AGE="90"', 90),
        ("max-age=" + "9" * 40, 999_999_999),
    ],
)
def test_caches_show_a_page_for_as_long_as_its_header_says(header: str | None, seconds: int) -> None:
    headers = {} if header is None else {"cache-control": header}
    assert cached_s({"measured": ["http"], "http": {"headers": headers}}) == seconds
