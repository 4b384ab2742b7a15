"""What a report counts of the coverage ledger, and what it shows of it."""

from __future__ import annotations

from checks.report import ledger

LINES = [
    {"path": "/", "state": "measured", "kind": "page"},
    {"path": "/about/", "state": "measured", "kind": "page"},
    {"path": "/plan.pdf", "state": "measured", "kind": "link"},
    {"path": "/old/", "state": "excluded", "kind": "redirect"},
    {"path": "/broken/", "state": "failed", "kind": "page", "why": "it hung"},
    {"path": "/", "state": "measured", "kind": "lighthouse"},
    {"path": "/about/", "state": "failed", "kind": "lighthouse"},
    {"path": "/", "state": "failed", "kind": "baseline"},
]


def test_addresses_are_counted_and_how_many_of_them_are_pages() -> None:
    read = ledger.read(LINES, 10)
    assert read.counts == {"measured": 3, "failed": 3, "represented": 0, "left-out": 0, "excluded": 1}
    assert read.pages == {"measured": 2, "failed": 1, "represented": 0, "left-out": 0, "excluded": 0}


def test_what_failed_beside_the_pages_is_shown_with_what_it_is() -> None:
    shown = ledger.read(LINES, 10).shown["failed"]
    assert [line["path"] for line in shown] == ["/broken/", "/about/ (Lighthouse)", "/ (baseline)"]


def test_what_is_not_shown_is_counted() -> None:
    read = ledger.read(LINES, 1)
    assert (len(read.shown["failed"]), read.left_out("failed"), read.left_out("excluded")) == (1, 2, 0)
