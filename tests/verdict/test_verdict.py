"""GO, NO-GO or CANNOT TELL: what decides, what is said, and with which exit code."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from checks.verdict import first_of
from tests.verdict.deciding import ABOUT, WEAKENING, finding, line, said, tally, verdict


def test_all_measured_and_nothing_found_is_go() -> None:
    assert said(verdict()) == ("GO", 0)


def test_go_says_what_was_measured() -> None:
    assert verdict()["reasons"] == ["All of it was measured (2 pages), nothing blocks, and 1 policy passed."]


def test_one_blocking_finding_is_no_go() -> None:
    assert said(verdict(finding())) == ("NO-GO", 1)


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_warnings_and_infos_never_block(severity: str) -> None:
    assert said(verdict(finding(severity=severity))) == ("GO", 0)


def test_go_with_warnings_says_so() -> None:
    assert verdict(finding(severity="warning"))["reasons"][0].endswith("passed; 1 warning to look at.")


def test_what_is_only_proposed_never_blocks() -> None:
    assert said(verdict(finding(proposed=True, blocking=False))) == ("GO", 0)


def test_one_page_that_was_not_measured_is_cannot_tell() -> None:
    assert said(verdict(ledger=[line("/a/"), line("/shop/", "failed", "hung in cart.js")])) == ("CANNOT TELL", 3)


def test_a_blocking_finding_decides_although_a_page_was_not_measured() -> None:
    assert said(verdict(finding(), ledger=[line("/a/"), line("/b/", "failed", "hung")])) == ("NO-GO", 1)


def test_large_numbers_are_told_in_groups_of_three_digits() -> None:
    found = [finding(str(number)) for number in range(1200)]
    assert verdict(*found)["reasons"] == ["marketing: 1,200 findings block the launch: seo/it (1,200)."]


def test_both_reasons_are_told_the_weightiest_first() -> None:
    assert verdict(finding(), ledger=[line("/a/"), line("/b/", "failed", "hung in cart.js")])["reasons"] == [
        "marketing: 1 finding blocks the launch: seo/it (1).",
        "1 page not measured; engineering: /b/ hung in cart.js.",
    ]


def test_of_many_pages_that_were_not_measured_a_few_are_named() -> None:
    ledger = [line("/ok/"), *(line(f"/{number}/", "failed", "hung") for number in range(5))]
    assert verdict(ledger=ledger)["reasons"] == [
        "5 pages not measured; engineering: /0/ hung, /1/ hung, /2/ hung, and 2 more."
    ]


def test_the_owner_whom_the_ledger_names_must_see_to_it() -> None:
    ledger = [line("/ok/"), line("/shop/", "failed", "hung in cart.js", owner="shop")]
    assert verdict(ledger=ledger)["reasons"] == ["1 page not measured; shop: /shop/ hung in cart.js."]


@pytest.mark.parametrize("ledger", [[], [line("/a/", "excluded", "drafts")], [line("/a.pdf", kind="link")]])
def test_no_page_at_all_is_cannot_tell(ledger: list[dict[str, Any]]) -> None:
    document = verdict(ledger=ledger)
    assert (said(document), document["reasons"][0][:17]) == (("CANNOT TELL", 3), "No page was found")


def test_a_link_target_that_failed_is_cannot_tell() -> None:
    assert said(verdict(ledger=[line("/a/"), line("/a.pdf", "failed", "looped", "link")])) == ("CANNOT TELL", 3)


def test_an_error_policy_that_cannot_tell_is_cannot_tell() -> None:
    document = verdict(tallies=[tally(cannot_tell=2)])
    assert (said(document), document["reasons"]) == (
        ("CANNOT TELL", 3),
        ["marketing: seo/it could not be judged on 2 documents: no `render`."],
    )


def test_policies_that_lack_the_same_are_told_in_one_sentence() -> None:
    alike = [tally(cannot_tell=2, policy_id=f"seo/{number}") for number in range(5)]
    assert verdict(tallies=[*alike, tally(cannot_tell=1, policy_id="seo/other")])["reasons"] == [
        "marketing: seo/0, seo/1, seo/2, and 2 more could not be judged on 2 documents: no `render`.",
        "marketing: seo/other could not be judged on 1 document: no `render`.",
    ]


def test_a_go_without_a_browser_says_that_no_page_was_rendered() -> None:
    document = verdict(about=replace(ABOUT, rendered=False))
    assert (document["verdict"], document["reasons"], document["notes"]) == (
        "GO",
        ["2 pages read, none rendered, nothing blocks, and 1 policy passed."],
        ["no page was rendered: what only a browser shows was not measured"],
    )


@pytest.mark.parametrize("keys", [{"severity": "warning"}, {"severity": "info"}, {"status": "proposed"}])
def test_other_policies_that_cannot_tell_are_only_listed(keys: dict[str, Any]) -> None:
    document = verdict(tallies=[tally(cannot_tell=2, **keys)])
    assert (document["verdict"], document["policies"][0]["why"]) == ("GO", "not measured: render")


def test_a_change_that_weakens_its_own_rules_is_no_go_with_its_own_code() -> None:
    assert said(verdict(finding(), about=replace(ABOUT, weakenings=(WEAKENING,)))) == ("NO-GO", 4)


def test_what_was_merged_already_is_told_to_its_owners_and_blocks_nothing() -> None:
    decided = verdict(about=replace(ABOUT, weakenings=(WEAKENING,), merged=True))
    assert (said(decided), decided["weakened"], len(decided["weakenings"])) == (("GO", 0), False, 1)
    assert "what was merged last weakened the rules (marketing): own/rule is a warning" in decided["notes"][0]


def test_an_advisory_run_exits_0_and_still_says_no_go() -> None:
    assert said(verdict(finding(), about=replace(ABOUT, advisory=True))) == ("NO-GO", 0)


def test_of_several_exit_codes_the_weightiest_is_told_in_any_order() -> None:
    assert {first_of(order) for order in permutations([70, 2, 4, 1, 3, 0])} == {70}


@pytest.mark.parametrize(
    ("codes", "told"), [([0, 3], 3), ([3, 1], 1), ([1, 4], 4), ([4, 2], 2), ([2, 70], 70), ([0], 0)]
)
def test_the_precedence_of_exit_codes(codes: list[int], told: int) -> None:
    assert first_of(codes) == told
