from __future__ import annotations

from checks.collect.reuse.tally import NEW, Tally


def test_a_first_run_has_nothing_to_say() -> None:
    tally = Tally()
    tally.measured("/", NEW)
    assert tally.sentences() == ()


def test_a_run_that_measured_nothing_says_so() -> None:
    assert Tally(reused=3).sentences() == (
        "3 of 3 pages were measured by an earlier run, and nothing of them has changed",
    )


def test_reasons_are_told_with_one_page_each_the_most_frequent_first() -> None:
    tally = Tally(reused=1)
    for path, why in (("/b", NEW), ("/c", "it asks a third party"), ("/a", "it asks a third party")):
        tally.measured(path, why)
    assert tally.sentences() == (
        (
            "1 of 4 pages was measured by an earlier run, and nothing of them has changed; the others were measured, "
            "because it asks a third party (2, such as /a), it was not measured before (1, such as /b)"
        ),
    )
    assert tally.to_document() == {
        "reused": 1,
        "measured": 3,
        "why": [
            {"why": "it asks a third party", "pages": 2, "page": "/a"},
            {"why": "it was not measured before", "pages": 1, "page": "/b"},
        ],
    }


def test_a_run_that_took_nothing_says_why() -> None:
    tally = Tally()
    tally.measured("/", "the browser is not the same")
    assert tally.sentences() == (
        "no page was taken from an earlier run, because the browser is not the same (1, such as /)",
    )


def test_many_reasons_are_cut_short() -> None:
    tally = Tally()
    for number in range(5):
        tally.measured("/", f"reason {number}")
    assert tally.sentences()[0].endswith("reason 2 (1, such as /), and 2 more reasons")


def test_the_one_page_that_was_measured_is_told_among_many() -> None:
    tally = Tally(reused=10_135)
    tally.measured("/cakes/", "its HTML, or how it is served, has changed")
    assert tally.sentences() == (
        (
            "10,135 of 10,136 pages were measured by an earlier run, and nothing of them has changed; the other one "
            "was measured, because its HTML, or how it is served, has changed (1, such as /cakes/)"
        ),
    )
