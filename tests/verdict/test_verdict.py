"""GO, NO-GO or CANNOT TELL: what decides, what is said, and with which exit code."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import jsonschema
import pytest

from checks import shapes
from checks.judge.evaluate import Tally
from checks.judge.finding import MISSING, Finding, cause, fingerprint
from checks.judge.policy import Policy
from checks.verdict import Circumstances, Counting, decide, first_of

ABOUT = Circumstances(
    site="https://www.example.com",
    origin_known=True,
    build_digest="0" * 64,
    owners=("marketing", "engineering", "security"),
    compared={"baseline": "dist-live", "pages": None, "fixed": 0},
)


WEAKENING = {
    "kind": "severity-lowered",
    "file": "gonogo/policies/own/rule.json",
    "what": "own/rule",
    "before": "error",
    "after": "warning",
    "owner": "marketing",
    "said": "own/rule is a warning, no longer an error.",
}


def policy(policy_id: str = "seo/it", **keys: Any) -> Policy:
    document = {
        "title": "It holds",
        "description": "Why.",
        "x-reads": "page",
        "x-severity": keys.pop("severity", "error"),
        "x-owner": keys.pop("owner", "marketing"),
        "x-fix": "Mend it.",
        "examples": [{}],
        "x-counterexamples": [{}],
        **{f"x-{name}": value for name, value in keys.items()},
    }
    return Policy.of(policy_id, document, "")


def tally(passed: int = 1, cannot_tell: int = 0, **keys: Any) -> Tally:
    return Tally(policy(**keys), passed=passed, cannot_tell=cannot_tell, lacked={"render"} if cannot_tell else set())


def finding(what: str = "x", page: str = "/a/", **fields: Any) -> Finding:
    name = fields.get("policy", "seo/it")
    plain = Finding(
        policy=name,
        title="It holds",
        severity="error",
        owner="marketing",
        reads="page",
        page=page,
        what=what,
        value=MISSING,
        limit=MISSING,
        message="It does not hold.",
        fix="Mend it.",
        reference=(),
        fingerprint=fingerprint(name, page, what),
        cause=cause(name, what),
        state="new",
        blocking=fields.get("severity", "error") == "error",
        launch_blocker=False,
        pointer="/x",
        proposed=False,
    )
    return replace(plain, **fields)


def line(path: str, state: str = "measured", why: str = "", kind: str = "page", **more: str) -> dict[str, Any]:
    return {"path": path, "state": state, "why": why, "found_in": ["build"], "kind": kind, **more}


def verdict(
    *findings: Finding,
    ledger: list[dict[str, Any]] | None = None,
    tallies: list[Tally] | None = None,
    about: Circumstances = ABOUT,
) -> dict[str, Any]:
    """Decide, and hold the answer to the published shape."""
    counting = Counting()
    for each in [line("/a/"), line("/b/")] if ledger is None else ledger:
        counting.coverage(each)
    for one in findings:
        counting.finding(one)
    document = decide(counting, [tally()] if tallies is None else tallies, about)
    jsonschema.validate(document, shapes.load("verdict"))
    return document


def said(document: dict[str, Any]) -> tuple[str, int]:
    return document["verdict"], document["exit_code"]


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


def test_every_owner_of_the_config_is_asked() -> None:
    assert {name: each["verdict"] for name, each in verdict(finding())["owners"].items()} == {
        "marketing": "NO-GO",
        "engineering": "GO",
        "security": "GO",
    }


def test_an_owner_whom_only_a_policy_names_is_asked_too() -> None:
    assert list(verdict(tallies=[tally(owner="legal")])["owners"]) == ["marketing", "engineering", "security", "legal"]


def test_nobody_with_policies_says_go_for_pages_that_were_not_measured() -> None:
    owners = verdict(ledger=[line("/a/"), line("/b/", "failed", "hung")])["owners"]
    assert [owners[name]["verdict"] for name in ABOUT.owners] == ["CANNOT TELL", "CANNOT TELL", "GO"]


def test_findings_are_counted_by_severity_state_and_cause() -> None:
    findings = [
        finding(),
        finding(page="/b/"),
        finding("y", state="existing", blocking=False),
        finding("z", severity="warning"),
        finding("p", proposed=True, blocking=False),
    ]
    counts = verdict(*findings)["counts"]
    names = ("findings", "blocking", "errors", "warnings", "proposed", "new", "existing", "causes")
    assert [counts[name] for name in names] == [5, 2, 3, 1, 1, 4, 1, 4]


def test_pages_are_measured_failed_or_excluded_and_add_up() -> None:
    ledger = [line("/a/"), line("/b/", "failed"), line("/c/", "excluded"), line("/d.pdf", kind="link")]
    counts = verdict(ledger=ledger)["counts"]
    assert [counts[name] for name in ("pages", "measured", "failed", "excluded")] == [3, 1, 1, 1]


def test_without_a_baseline_the_verdict_says_so() -> None:
    assert verdict(about=replace(ABOUT, compared=None))["notes"] == ["not compared with what is live"]


def test_a_policy_that_applied_to_nothing_is_listed() -> None:
    document = verdict(tallies=[tally(), tally(passed=0, policy_id="sec/hsts")])
    assert document["notes"] == ["1 policy applied to nothing: sec/hsts"]


def test_notes_of_the_run_are_passed_on() -> None:
    assert verdict(about=replace(ABOUT, notes=("Rules about headers do not apply: host plain.",)))["notes"] == [
        "Rules about headers do not apply: host plain."
    ]


SIGN_OFF: dict[str, Any] = {
    "id": "abc",
    "outcome": "unused",
    "why": "nothing was found that it is about",
    "by": ["Ana"],
    "reason_code": "fix-scheduled",
    "reason": "The new page comes on Monday.",
    "until": "2026-12-01",
    "days_left": 8,
    "entries": 1,
    "applied": 0,
    "where": "gonogo/sign-offs/abc.json",
    "owners": ["marketing"],
    "decided_by": [],
}


@pytest.mark.parametrize(
    ("outcome", "strict", "code"),
    [("unused", False, 0), ("unused", True, 1), ("expired", False, 0), ("expired", True, 1), ("applied", True, 0)],
)
def test_idle_sign_offs_are_always_told_and_fail_the_run_only_where_that_is_wanted(
    outcome: str, strict: bool, code: int
) -> None:
    signed = ({**SIGN_OFF, "outcome": outcome},)
    decided = verdict(about=replace(ABOUT, sign_offs=signed, strict=strict))
    assert (decided["exit_code"], len(decided["sign_offs"])) == (code, 1)


def test_a_weakening_that_is_signed_for_is_told_beside_those_that_are_not() -> None:
    decided = verdict(about=replace(ABOUT, weakenings_signed=(WEAKENING,)))
    assert (decided["exit_code"], decided["weakenings"], decided["weakenings_signed"]) == (0, [], [WEAKENING])
    assert decided["owners"]["marketing"]["signed_off"] == 1


REQUEST: dict[str, Any] = {"id": "20261120-b1dc51f0", "by": "Ben", "at": "2026-11-20", "findings": 1, "owners": ["m"]}


@pytest.mark.parametrize(
    ("found", "changes", "waiting"),
    [
        ((finding(),), {}, True),
        ((finding(), finding("y")), {}, False),
        ((finding(), finding("y", severity="warning")), {}, True),
        ((finding(severity="warning"),), {"asked": 0}, False),
        ((finding(),), {"weakenings": (WEAKENING,)}, False),
        ((finding(),), {"strict": True, "sign_offs": (SIGN_OFF,)}, False),
    ],
    ids=["all", "one of two", "a warning beside", "nothing blocks", "weakened", "strict"],
)
def test_only_where_signatures_are_all_that_is_missing_it_waits(
    found: tuple[Finding, ...], changes: dict[str, Any], waiting: bool
) -> None:
    about = replace(ABOUT, **{"requests": (REQUEST,), "asked": 1, **changes})
    decided = verdict(*found, about=about)
    assert (decided["waiting"], decided["requests"]) == (waiting, [REQUEST])


def test_where_not_everything_was_measured_it_does_not_wait() -> None:
    about = replace(ABOUT, requests=(REQUEST,), asked=1)
    assert not verdict(finding(), ledger=[line("/a/"), line("/b/", "failed", "hung")], about=about)["waiting"]
    assert not verdict(finding(), tallies=[tally(cannot_tell=1)], about=about)["waiting"]


REVIEWED = replace(ABOUT, gate="review")
READ = [line("/a/"), line("/b/", "represented", "read, and not rendered"), line("/c/", "represented", "likewise")]


def test_a_review_that_finds_nothing_is_no_go_for_a_deploy() -> None:
    assert said(verdict(ledger=READ, about=REVIEWED)) == ("GO FOR REVIEW", 5)


def test_it_says_how_many_pages_were_read_only() -> None:
    assert verdict(ledger=READ, about=REVIEWED)["reasons"][0] == (
        "2 of 3 pages were read, not rendered; pages of the same template stand for them. "
        "Only the launch gate says GO to a deploy."
    )


def test_a_review_that_rendered_everything_is_no_go_for_a_deploy_either() -> None:
    assert said(verdict(about=REVIEWED)) == ("GO FOR REVIEW", 5)


def test_a_page_that_was_read_only_makes_any_run_a_review() -> None:
    document = verdict(ledger=READ, about=ABOUT)
    assert (said(document), document["gate"]) == (("GO FOR REVIEW", 5), "review")


@pytest.mark.parametrize("name", ["marketing", "engineering", "security"])
def test_no_owner_says_go_in_a_review(name: str) -> None:
    assert verdict(ledger=READ, about=REVIEWED)["owners"][name]["verdict"] == "GO FOR REVIEW"


def test_what_blocks_a_launch_blocks_a_review() -> None:
    assert said(verdict(finding(), ledger=READ, about=REVIEWED)) == ("NO-GO", 1)


def test_a_page_that_failed_leaves_a_review_open() -> None:
    assert said(verdict(ledger=[*READ, line("/d/", "failed", "hung")], about=REVIEWED)) == ("CANNOT TELL", 3)


def test_a_review_that_rendered_nothing_tells_nothing() -> None:
    assert said(verdict(ledger=READ[1:], about=REVIEWED)) == ("CANNOT TELL", 3)


SOME = [line("/a/"), line("/b/", "left-out"), line("/c/", "left-out")]


def test_a_page_that_nobody_asked_for_leaves_any_run_open() -> None:
    assert said(verdict(ledger=SOME, about=ABOUT)) == ("CANNOT TELL", 3)


def test_a_run_of_some_pages_is_open_even_where_these_are_all() -> None:
    assert said(verdict(ledger=SOME[:1], about=replace(ABOUT, only=("/**",)))) == ("CANNOT TELL", 3)


def test_what_blocks_on_some_pages_blocks() -> None:
    assert said(verdict(finding(), ledger=SOME, about=ABOUT)) == ("NO-GO", 1)


def test_a_policy_that_pages_which_were_rendered_answer_is_not_open() -> None:
    answered = Tally(policy(), passed=1, represented=2, unanswered=2)
    assert said(verdict(ledger=READ, tallies=[answered], about=REVIEWED)) == ("GO FOR REVIEW", 5)


def test_a_policy_that_applies_to_pages_of_which_none_was_rendered_is_open() -> None:
    document = verdict(ledger=READ, tallies=[Tally(policy(), represented=2, unanswered=2)], about=REVIEWED)
    assert (said(document), document["reasons"]) == (
        ("CANNOT TELL", 3),
        ["marketing: seo/it applies to 2 pages of which none was rendered; name one of them in `key_pages`."],
    )


def test_what_was_not_rendered_is_no_pass() -> None:
    (counted,) = verdict(ledger=READ, tallies=[Tally(policy(), passed=1, represented=2)], about=REVIEWED)["policies"]
    assert (counted["applied"], counted["passed"], counted["represented"]) == (1, 1, 2)


def test_then_it_says_how_many_pages_were_rendered() -> None:
    assert verdict(ledger=READ, about=REVIEWED)["reasons"][1] == "1 page rendered, nothing blocks, and 1 policy passed."
