"""Old debt: existing findings do not block, launch blockers do, and the files are read strictly."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from checks import shapes
from checks.errors import UserError
from checks.judge import age
from checks.judge.finding import MISSING, Finding, cause, fingerprint
from checks.judge.gaps import coverage_findings
from checks.judge.policy import Policy
from checks.signoff import adopted
from checks.signoff.adopted import Adopted

TODAY = date(2026, 11, 20)
LONG_AGO = date(2026, 1, 1)
Make = Callable[..., Finding]


@pytest.fixture
def finding() -> Make:
    """Return a function: a new, blocking finding, with these fields changed."""

    def made(**fields: Any) -> Finding:
        policy, page, what = (
            fields.get(name, default) for name, default in (("policy", "seo/it"), ("page", "/a/"), ("what", "x"))
        )
        plain = Finding(
            policy=policy,
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
            fingerprint=fingerprint(policy, page, what),
            cause=cause(policy, what),
            state="new",
            blocking=True,
            launch_blocker=False,
            pointer="/x",
            proposed=False,
        )
        return replace(plain, **fields)

    return made


def entry(finding: Finding, day: date = LONG_AGO) -> dict[str, Adopted]:
    one = Adopted(finding.fingerprint, finding.policy, finding.page, finding.what, day, finding.owner)
    return {one.fingerprint: one}


def escalating(days: int) -> dict[str, Policy]:
    document = {
        "title": "It holds",
        "description": "Why.",
        "x-reads": "page",
        "x-severity": "warning",
        "x-owner": "marketing",
        "x-fix": "Mend it.",
        "x-escalate-after": days,
        "examples": [{}],
        "x-counterexamples": [{}],
    }
    return {"seo/it": Policy.of("seo/it", document, "")}


def waiting(one: Finding, days: int) -> Finding:
    """Return a finding that was adopted long ago, and whose policy lets it wait for so many days."""
    return age.counted(adopted.apply(one, entry(one)), escalating(days)["seo/it"], TODAY)


def text(*entries: dict[str, Any]) -> dict[str, str]:
    return {"gonogo/adopted/marketing.json": json.dumps({"findings": list(entries)}, indent=1)}


def refused(texts: dict[str, str]) -> str:
    with pytest.raises(UserError) as caught:
        adopted.read(texts)
    return str(caught.value)


def test_what_was_not_adopted_stays_new_and_blocks(finding: Make) -> None:
    one = finding()
    assert adopted.apply(one, entry(finding(what="y"))) == one


def test_what_was_adopted_is_existing_and_does_not_block(finding: Make) -> None:
    seen = adopted.apply(finding(), entry(finding()))
    assert (seen.state, seen.blocking) == ("existing", False)


def test_a_launch_blocker_blocks_even_when_existing(finding: Make) -> None:
    seen = adopted.apply(finding(launch_blocker=True), entry(finding()))
    assert (seen.state, seen.blocking) == ("existing", True)


@pytest.mark.parametrize(("days", "severity", "blocking"), [(322, "error", True), (323, "warning", False)])
def test_a_warning_that_waited_too_long_is_an_error_that_blocks(
    finding: Make, days: int, severity: str, blocking: bool
) -> None:
    seen = waiting(finding(severity="warning", blocking=False), days)
    assert (seen.severity, seen.blocking) == (severity, blocking)


def test_a_proposed_warning_never_blocks_however_long_it_waits(finding: Make) -> None:
    one = finding(severity="warning", blocking=False, proposed=True)
    assert not waiting(one, 1).blocking


def test_adopting_writes_a_document_for_each_owner(finding: Make) -> None:
    adoption = adopted.adopt([finding(), finding(owner="security", what="y")], TODAY, key_pages=())
    assert list(adoption.documents) == ["marketing", "security"]


def test_what_is_adopted_is_existing_from_then_on(finding: Make) -> None:
    documents = adopted.adopt([finding(), finding(page=None)], TODAY, key_pages=()).documents
    known = adopted.read({f"{owner}.json": json.dumps(document) for owner, document in documents.items()})
    assert [adopted.apply(each, known).state for each in (finding(), finding(page=None))] == ["existing"] * 2


def test_what_was_adopted_before_keeps_its_day(finding: Make) -> None:
    adoption = adopted.adopt([finding(), finding(what="y")], TODAY, (), entry(finding()))
    days = [each["adopted"] for each in adoption.documents["marketing"]["findings"]]
    assert days == ["2026-01-01", "2026-11-20"]


def test_what_is_mended_is_no_longer_in_the_file(finding: Make) -> None:
    assert adopted.adopt([], TODAY, (), entry(finding())).documents == {}


@pytest.mark.parametrize("page", ["/", None])
def test_launch_blockers_of_key_pages_and_of_the_site_are_refused(finding: Make, page: str | None) -> None:
    one = finding(page=page, launch_blocker=True)
    assert adopted.adopt([one], TODAY, key_pages=["/"]) == adopted.Adoption({}, (one,))


def test_a_launch_blocker_of_another_page_can_be_adopted(finding: Make) -> None:
    adoption = adopted.adopt([finding(launch_blocker=True)], TODAY, key_pages=["/"])
    assert (len(adoption.documents), adoption.refused) == (1, ())


def test_gaps_and_proposals_are_no_debt(finding: Make) -> None:
    gap = {"path": "/shop/", "state": "failed", "why": "hung", "found_in": ["build"], "kind": "page"}
    assert adopted.adopt([finding(proposed=True), *coverage_findings([gap])], TODAY, ()).documents == {}


def test_the_files_are_of_the_published_shape(finding: Make) -> None:
    documents = adopted.adopt([finding(), finding(page=None)], TODAY, ()).documents
    jsonschema.validate(documents["marketing"], shapes.load("adopted"))


def test_a_folder_that_is_not_there_adopts_nothing(tmp_path: Path) -> None:
    assert adopted.load(tmp_path / "none") == {}


def test_a_folder_is_read_with_owners_by_file_name(tmp_path: Path, finding: Make) -> None:
    documents = adopted.adopt([finding()], TODAY, ()).documents
    (tmp_path / "marketing.json").write_text(json.dumps(documents["marketing"]), encoding="utf-8")
    assert [each.owner for each in adopted.load(tmp_path).values()] == ["marketing"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reason": "none"}, "marketing.json:9 (/findings/0/reason): unknown key `reason`"),
        ({"what": "another"}, "(/findings/0/fingerprint): the fingerprint is not that of this policy, page and what"),
        ({"adopted": "2026-02-30"}, "(/findings/0/adopted): no such day: 2026-02-30"),
        ({"adopted": "soon"}, "(/findings/0/adopted): 'soon' does not match"),
        ({"page": ""}, "(/findings/0/page): '' should be non-empty"),
    ],
)
def test_an_entry_that_is_malformed_is_refused_with_its_place(finding: Make, change: dict[str, Any], told: str) -> None:
    one = next(iter(entry(finding()).values())).to_document()
    assert told in refused(text({**one, **change}))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "not JSON"),
        ("[]", "[] is not of type 'object'"),
        ('{"findngs": []}', "unknown key `findngs`; did you mean `findings`?"),
    ],
)
def test_a_file_that_is_no_document_of_adopted_findings_is_refused(content: str, told: str) -> None:
    assert told in refused({"marketing.json": content})


def test_debt_follows_a_page_that_moved(finding: Make) -> None:
    former = {"page": "/a/", "fingerprint": finding().fingerprint}
    seen = adopted.apply(finding(page="/b/", former=former), entry(finding()))
    assert (seen.state, seen.since) == ("existing", {"day": "2026-01-01", "at_least": True})


def test_debt_does_not_follow_to_another_page(finding: Make) -> None:
    assert adopted.apply(finding(page="/b/"), entry(finding())).state == "new"


def test_what_was_adopted_at_a_former_address_keeps_its_day_when_it_is_adopted_again(finding: Make) -> None:
    former = {"page": "/a/", "fingerprint": finding().fingerprint}
    adoption = adopted.adopt([finding(page="/b/", former=former)], TODAY, (), entry(finding()))
    assert [each["adopted"] for each in adoption.documents["marketing"]["findings"]] == ["2026-01-01"]
