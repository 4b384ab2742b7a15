"""The ledger of sign-offs in every report: who, why, how long still; and what did not count, and why."""

from __future__ import annotations

import pytest

from checks.report import sign_offs
from tests.report.signed_run import (
    APPLIED,
    EVERYTHING,
    EXPIRED,
    MALFORMED,
    READ_BY_PEOPLE,
    REASON,
    REJECTED,
    SOON,
    UNUSED,
    Document,
    plain,
    result,
    written,
)


def test_each_kind_has_a_title_and_what_ends_soon_comes_first() -> None:
    assert [title for title, _ in sign_offs.ledger({"sign_offs": EVERYTHING})] == [
        "Signed off, and ending within 14 days",
        "Signed off",
        "Sign-offs that have ended",
        "Sign-offs that do not count",
        "Sign-offs that nothing was found for",
    ]


@pytest.mark.parametrize(("days", "title"), [(0, "ending"), (14, "ending"), (15, "Signed off")])
def test_fourteen_days_before_its_end_a_sign_off_is_told_first(days: int, title: str) -> None:
    ((told, _),) = sign_offs.ledger({"sign_offs": [{**APPLIED, "days_left": days}]})
    assert (title in told, "ending" in told) == (True, title == "ending")


def test_a_sentence_says_who_for_what_how_long_why_and_where() -> None:
    assert sign_offs.sentence(APPLIED) == (
        "Ana Silva for engineering; 2 findings; until 2026-12-20, 27 days left (campaign-deadline) "
        f'"{REASON}" [gonogo/sign-offs/abc.json]'
    )


def test_a_sentence_says_who_decided_where_owners_did_not_agree() -> None:
    said = sign_offs.sentence({**APPLIED, "by": ["Ben Ito", "Dora Lind"], "decided_by": ["Dora Lind"]})
    assert said.startswith("Ben Ito and Dora Lind for engineering, decided by Dora Lind; 2 findings; ")


@pytest.mark.parametrize("name", READ_BY_PEOPLE)
@pytest.mark.parametrize("one", [EXPIRED, UNUSED, REJECTED, MALFORMED], ids=lambda one: str(one["outcome"]))
def test_every_report_says_of_each_sign_off_why_it_does_not_count(name: str, one: Document) -> None:
    assert str(one["why"]) in plain(written(name, result(said=[one])))


@pytest.mark.parametrize("name", READ_BY_PEOPLE)
def test_every_report_says_how_long_a_sign_off_still_holds(name: str) -> None:
    text = plain(written(name, result(said=[SOON])))
    assert [words for words in ("Ana Silva for engineering", "3 days left") if words not in text] == []


def test_on_a_desk_it_is_said_that_none_counts() -> None:
    ((title, _),) = sign_offs.ledger({"sign_offs": [{**APPLIED, "outcome": "would-apply"}]})
    assert title == "Sign-offs that would count in CI; on a desk none does"


ASKED = {"id": "20261120-b1dc51f0", "by": "Ben Ito", "at": "2026-11-20T09:00:00Z", "findings": 3, "owners": ["legal"]}


@pytest.mark.parametrize("name", READ_BY_PEOPLE)
def test_every_report_says_what_is_asked_for_and_not_signed_yet(name: str) -> None:
    text = plain(written(name, result(requests=[ASKED])))
    assert "3 findings of legal: Ben Ito asked on 2026-11-20" in text


def test_very_many_requests_do_not_push_the_findings_out_of_sight_either() -> None:
    ((_, sentences),) = sign_offs.ledger({"requests": [ASKED] * 50})
    assert (len(sentences), sentences[-1]) == (21, "and 30 more")


def test_very_many_sign_offs_do_not_push_the_findings_out_of_sight() -> None:
    ((_, sentences),) = sign_offs.ledger({"sign_offs": [REJECTED] * 50})
    assert (len(sentences), sentences[-1]) == (21, "and 30 more")
