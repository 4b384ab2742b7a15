"""What the coverage ledger promises: every address ends somewhere, and silence is a failure."""

from __future__ import annotations

from pathlib import Path

from checks.collect.ledger import EXCLUDED, FAILED, MEASURED, Ledger


def test_an_address_that_nobody_settled_has_failed(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    ledger.found("/forgotten/", "build", "page")
    assert [(line["path"], line["state"]) for line in ledger.lines()] == [("/forgotten/", FAILED)]
    others = {"measured": 0, "represented": 0, "left-out": 0, "excluded": 0}
    assert ledger.counts() == {**others, "failed": 1, "discovered": 1}
    assert ledger.states() == {FAILED}


def test_lines_are_sorted_by_path_and_name_every_way_an_address_was_found(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    for path, by in [("/b/", "link"), ("/a/", "sitemap"), ("/b/", "build"), ("/b/", "link")]:
        ledger.found(path, by)
    assert [(line["path"], line["found_in"]) for line in ledger.lines()] == [
        ("/a/", ["sitemap"]),
        ("/b/", ["build", "link"]),
    ]


def test_what_was_a_link_becomes_a_page_when_it_is_one(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    ledger.found("/a/", "link")
    ledger.found("/a/", "build", "page")
    ledger.found("/a/", "link")
    assert [line["kind"] for line in ledger.lines()] == ["page"]


def test_an_exclusion_and_its_reason_are_kept(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    ledger.found("/a/", "build", "page")
    ledger.settle("/a/", EXCLUDED, "`/a/` until 2027-01-01: being rewritten")
    assert next(ledger.lines())["why"] == "`/a/` until 2027-01-01: being rewritten"


def test_links_that_were_looked_at_are_not_given_again(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    ledger.found("/a.pdf", "link")
    ledger.found("/b.pdf", "link")
    ledger.settle("/a.pdf", MEASURED)
    assert list(ledger.unsettled_links()) == ["/b.pdf"]


def test_a_page_that_was_read_only_names_those_that_stand_for_it(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    ledger.found("/c/", "build", "page")
    ledger.represented("/c/", ["/a/", "/b/"])
    (line,) = ledger.lines()
    assert (line["state"], line["represented_by"]) == ("represented", ["/a/", "/b/"])
    assert line["why"] == "read, and not rendered: it is built like /a/ and /b/"
    assert ledger.counts()["represented"] == 1
