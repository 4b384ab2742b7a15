"""Sign-offs in every report: who, why, how long still; and what ended, was not needed, or did not count, and why."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from lxml import etree

from action import annotations as annotating
from action import comment, status
from action.comment import Place
from checks.report import causes, junit, poll, sarif, sign_offs
from checks.report.formats import WRITERS
from checks.report.result import Result
from tests.action.hostile import ALL, some, texts
from tests.report.conftest import GAP, LINK, SECRET, made_result, made_verdict, make_finding

Document = dict[str, Any]
REASON = "The campaign starts tomorrow, the picture comes on Monday."
TOLD = {
    "id": "abcdefghijklmnopqrstuvwxyz",
    "by": ["Ana Silva"],
    "roles": ["engineering"],
    "reason_code": "campaign-deadline",
    "reason": REASON,
    "until": "2026-12-20",
}
APPLIED = {
    "id": TOLD["id"],
    "outcome": "applied",
    "why": "",
    "by": ["Ana Silva"],
    "reason_code": "campaign-deadline",
    "reason": REASON,
    "until": "2026-12-20",
    "days_left": 27,
    "entries": 2,
    "applied": 2,
    "where": "gonogo/sign-offs/abc.json",
    "owners": ["engineering"],
    "decided_by": [],
}
SOON = {**APPLIED, "id": "b", "days_left": 3, "until": "2026-11-26", "where": "review 5 of pull request 7"}
EXPIRED = {**APPLIED, "id": "c", "outcome": "expired", "why": "its last day was 2026-11-01", "applied": 0}
UNUSED = {**APPLIED, "id": "d", "outcome": "unused", "why": "nothing was found that it is about", "applied": 0}
REJECTED = {**APPLIED, "id": "e", "outcome": "self-approval", "why": "signed by who made the change", "applied": 0}
MALFORMED = {
    **REJECTED,
    "id": "f",
    "outcome": "malformed",
    "why": "it has no last day",
    "by": [],
    "reason": None,
    "reason_code": None,
    "until": None,
    "days_left": None,
    "owners": [],
}
EVERYTHING = [APPLIED, SOON, EXPIRED, UNUSED, REJECTED, MALFORMED]
OFFER: dict[str, Any] = {
    "head": ["gonogo sign-off for https://www.bakery.example"],
    "lines": ["E-1 f929fbded8 on 4 pages worst 404 seal 0123456789abcdef0123456789abcdef"],
    "foot": ["kind: accepted-risk", "until: 2026-12-07", "reason:"],
    "codes": {},
}
READ_BY_PEOPLE = ["text", "markdown", "html", "junit", "sarif"]


def signed(**more: Any) -> Document:
    return make_finding(SECRET, "/about/", "link:staging", "A link leads to staging.", state="signed-off", **more)


def result(*findings: Document, said: list[Document] | None = None, **verdict: Any) -> Result:
    counts = {**made_verdict()["counts"], "signed_off": len(findings)}
    told = {**made_verdict(), "counts": counts, "sign_offs": said or [], **verdict}
    return made_result(verdict=told, findings=lambda: iter(findings))


def go(*said: Document, signed_off: int = 2) -> Document:
    counts = {"measured": 12, "signed_off": signed_off}
    owners = {
        "engineering": {"verdict": "GO", "blocking": 0, "signed_off": signed_off},
        "marketing": {"verdict": "GO", "warnings": 1},
    }
    return {"verdict": "GO", "exit_code": 0, "counts": counts, "owners": owners, "sign_offs": list(said)}


def written(name: str, of: Result) -> str:
    out = io.StringIO()
    WRITERS[name](of, out)
    return out.getvalue()


def plain(text: str) -> str:
    """Return what a reader reads: without the marks that keep a medium from reading it otherwise."""
    return re.sub(r"\s+", " ", text.replace("\\", "").replace("&#8203;", "").replace("&quot;", '"'))


# ------------------------------------------------------------------------------------------------------------- the poll


def test_the_poll_says_go_with_exceptions_and_who_signed() -> None:
    rows = {row.owner: (row.verdict, row.words) for row in poll.rows(go(APPLIED))}
    assert rows["engineering"] == ("GO", "with 2 exceptions signed by Ana Silva")
    assert rows["marketing"] == ("GO", "1 warning")


def test_one_finding_that_two_statements_are_needed_for_is_one_exception() -> None:
    both = [{**APPLIED, "by": [name], "applied": 1, "owners": ["engineering", "legal"]} for name in ("Ana", "Ben")]
    row = next(row for row in poll.rows(go(*both, signed_off=1)) if row.owner == "engineering")
    assert row.words == "with 1 exception signed by Ana and Ben"


WEAKENING = {
    "kind": "severity-lowered",
    "file": "gonogo.yaml",
    "what": "links/internal-broken",
    "before": "error",
    "after": "info",
    "owner": "engineering",
    "said": "broken links only inform",
}


def test_a_weaker_rule_that_its_owner_has_signed_for_is_an_exception_too() -> None:
    verdict = {**go({**APPLIED, "applied": 1}, signed_off=0), "weakenings_signed": [WEAKENING]}
    assert poll.sentences(verdict)[0] == "GO, with 1 exception signed by Ana Silva."


@pytest.mark.parametrize("name", ["text", "html"])
def test_a_weaker_rule_that_is_signed_for_stays_in_the_report(name: str) -> None:
    text = plain(written(name, result(weakenings_signed=[WEAKENING])))
    assert "broken links only inform (gonogo.yaml, engineering)" in text


def test_a_weaker_rule_that_is_signed_for_stays_in_the_comment() -> None:
    text = comment.text(result(weakenings_signed=[WEAKENING]), Place())
    assert "broken links only inform" in text


def test_on_a_terminal_the_verdict_is_said_once() -> None:
    of = made_result(verdict={**made_verdict(), **go(APPLIED)})
    assert "\nGO, with 2 exceptions signed by Ana Silva.\n" in written("text", of)


def test_the_first_sentence_of_a_go_says_it_for_all() -> None:
    ben = {**APPLIED, "by": ["Ben Ito"], "applied": 1, "owners": ["marketing"]}
    assert poll.sentences(go(APPLIED, ben, signed_off=3))[0] == "GO, with 3 exceptions signed by Ana Silva and Ben Ito."


def test_without_exceptions_nothing_is_said_of_them() -> None:
    assert sign_offs.exceptions(go(UNUSED, signed_off=0)) == ""


@pytest.mark.parametrize("outcome", ["expired", "unused", "self-approval", "would-apply", "malformed"])
def test_who_did_not_make_it_go_is_not_named_for_it(outcome: str) -> None:
    assert "Ana" not in sign_offs.exceptions(go({**APPLIED, "outcome": outcome}))


def test_of_many_people_the_first_are_named() -> None:
    assert sign_offs.names(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"


def test_the_status_counts_the_exceptions_and_names_who_signed() -> None:
    said = status.of_verdict(go(APPLIED), "")
    assert (said.state, said.description) == ("success", "GO, with 2 exceptions signed by Ana Silva · 12 pages")


def test_the_status_keeps_its_length_whatever_people_are_called() -> None:
    said = status.of_verdict(go({**APPLIED, "by": ["A" * 400, ALL]}), "")
    assert len(said.description) <= status.LONGEST
    assert said.description.endswith(" · 12 pages")


# ----------------------------------------------------------------------------------------------------------- the ledger


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


# ------------------------------------------------------------------------------------------------------------- findings


@pytest.mark.parametrize("name", READ_BY_PEOPLE)
def test_a_finding_that_is_signed_off_says_by_whom_until_when_and_why(name: str) -> None:
    text = plain(written(name, result(signed(sign_off=TOLD))))
    assert f"signed off by Ana Silva until 2026-12-20: {REASON}" in text


@pytest.mark.parametrize("name", READ_BY_PEOPLE)
def test_a_finding_that_is_covered_no_more_is_an_expired_override_of_its_owner(name: str) -> None:
    one = make_finding(LINK, "/", "x", "A link is broken.", state="expired", blocking=True, sign_off=TOLD)
    text = plain(written(name, result(one)))
    if name == "sarif":
        assert '"state": "expired"' in text
    else:
        assert "expired override of engineering: signed by Ana Silva" in text


def test_where_an_arbiter_decided_it_is_said() -> None:
    said = sign_offs.of_finding(signed(sign_off={**TOLD, "decided_by": "Dora Lind"}))
    assert "until 2026-12-20, decided by Dora Lind:" in said


def test_what_several_people_signed_for_in_one_cause_is_said_of_each() -> None:
    other = {**TOLD, "by": ["Ben Ito"]}
    found = [
        signed(sign_off=TOLD),
        {**signed(sign_off=other), "page": "/b/"},
        {**signed(sign_off=other), "page": "/c/"},
    ]
    (cause,) = causes.collect(lambda: iter(found), limit=5, pages=5).shown
    assert [said[:20] for said in cause.signed] == ["signed off by Ana Si", "signed off by Ben It"]


def test_in_junit_it_is_skipped_with_the_reason() -> None:
    out = io.StringIO()
    junit.write(result(signed(sign_off=TOLD)), out)
    (skipped,) = [
        one for one in etree.fromstring(out.getvalue().encode()).iter("skipped") if "Ana" in str(one.get("message"))
    ]
    assert skipped.get("message") == f"signed off by Ana Silva until 2026-12-20: {REASON}"


def test_in_sarif_it_is_suppressed_with_a_justification_or_left_out() -> None:
    ways: list[tuple[sarif.Waived, int]] = [(sarif.SUPPRESS, 1), (sarif.OMIT, 0)]
    for waived, number in ways:
        out = io.StringIO()
        sarif.write(result(signed(sign_off=TOLD)), out, waived=waived)
        results = json.loads(out.getvalue())["runs"][0]["results"]
        said = [one["suppressions"][0]["justification"] for one in results]
        assert said == [f"signed off by Ana Silva until 2026-12-20: {REASON}"] * number


def test_in_annotations_a_gap_that_somebody_signed_for_is_no_error() -> None:
    gap = make_finding(GAP, "/hang/", "/hang/", "Not measured.", reads="coverage", state="signed-off", sign_off=TOLD)
    (line,) = [one for one in annotating.lines(result({**gap, "blocking": False})) if "Not measured." in one]
    assert line.startswith("::warning ")
    assert f"Signed off by Ana Silva until 2026-12-20: {REASON}" in line


def test_in_code_quality_it_is_left_out_and_an_expired_one_is_not() -> None:
    expired = make_finding(LINK, "/", "x", "A link is broken.", state="expired", blocking=True, sign_off=TOLD)
    (one,) = json.loads(written("code-quality", result(signed(sign_off=TOLD), expired)))
    assert (one["check_name"], one["severity"]) == ("links/internal-broken", "critical")


# ---------------------------------------------------------------------------------------------------- the text to paste


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_reports_for_people_offer_the_text_that_a_review_can_say(name: str) -> None:
    text = written(name, result(signed(sign_off=TOLD), offer=OFFER))
    assert [line for line in (*OFFER["head"], *OFFER["lines"], *OFFER["foot"]) if line not in text] == []


def test_the_comment_offers_it_as_one_block_to_copy() -> None:
    text = comment.text(result(signed(sign_off=TOLD), offer=OFFER), Place())
    pasted = "\n".join((*OFFER["head"], *OFFER["lines"], *OFFER["foot"]))
    assert f"\n```text\n{pasted}\n```\n" in text


def test_the_comment_answers_with_what_was_understood() -> None:
    text = plain(comment.text(result(said=[SOON, MALFORMED]), Place()))
    assert [words for words in ("Ana Silva", "3 days left", "malformed: it has no last day") if words not in text] == []


def test_a_cause_names_the_code_that_stands_for_it() -> None:
    one = make_finding(LINK, "/", "x", "A link is broken.")
    of = result(one, offer={**OFFER, "codes": {one["cause"]: "E-1"}})
    assert "in a sign-off: E-1" in written("text", of)
    assert "in a sign-off: <code>E-1</code>" in comment.text(of, Place())


def test_of_very_many_the_first_are_offered_and_the_rest_counted() -> None:
    found = sign_offs.offer({"offer": {**OFFER, "lines": OFFER["lines"] * 80}})
    assert found is not None
    assert (len(found.lines), found.left_out) == (54, 30)


@pytest.mark.parametrize("hostile", ["```", "<b>", "/approve", "@all", "a\nb", ""])
def test_what_is_no_plain_line_is_not_offered_in_a_comment(hostile: str) -> None:
    of = result(signed(), offer={**OFFER, "lines": [*OFFER["lines"], hostile]})
    assert "seal" not in comment.text(of, Place())


# -------------------------------------------------------------------------------------------------------------- hostile


def told_everywhere(texts: list[str]) -> Result:
    """Return a run whose sign-offs say another of ten texts in each place where somebody can put one."""
    told_by, role, why, until, decided, said_by, owner, reason, where, outcome = texts
    told = {**TOLD, "by": [told_by], "roles": [role], "reason": why, "until": until, "decided_by": decided}
    said = {**APPLIED, "by": [said_by], "owners": [owner], "reason": reason, "where": where, "why": why, "until": until}
    return result(signed(sign_off=told), said=[said, {**said, "outcome": outcome}])


def marks(of: Result) -> str:
    return "".join(re.findall(r"[<>]", written("html", of)))


@cache
def harmless_marks() -> str:
    return marks(told_everywhere([f"{number}x" for number in range(10)]))


@some
@given(texts)
def test_hostile_sign_offs_make_a_report_of_the_same_shape(hostile: list[str]) -> None:
    of = told_everywhere([f"{number}{text}x" for number, text in enumerate(hostile)])
    assert marks(of) == harmless_marks()
    assert "\x1b" not in written("text", of)
    etree.fromstring(written("junit", of).encode())
    json.loads(written("sarif", of))


Check = Callable[[str], None]


@pytest.fixture
def harmless() -> Check:
    from tests.action.test_comment import check_harmless  # noqa: PLC0415 - the other tests do without

    return check_harmless


def test_a_hostile_sign_off_makes_a_harmless_comment(harmless: Check) -> None:
    said = {**APPLIED, "by": [ALL], "reason": ALL, "where": ALL, "why": ALL, "owners": [ALL], "until": ALL}
    told = {**TOLD, "by": [ALL], "reason": ALL, "until": ALL}
    harmless(comment.text(result(signed(sign_off=told), said=[said], offer={**OFFER, "codes": {"x": ALL}}), Place()))
