"""Asking for an exception: what can be chosen, and what a request says of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import run_folder
from checks.errors import UserError
from checks.signing import choosing, requests, runs
from checks.signing.terms import Said
from tests.signing.desk import BRANCH, FINDINGS, LINK, SECRET, VITALS, WEAKENING, Desk, a_finding

Printed = Callable[[], str]
CONTEXT = {"repository_id": 7, "repository": "hearth/crumb", "base_branch": "main"}
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
INSIDE = ("", "fingerprint", "not_worse_than", "site_id")
PLACES = (*requests.REQUIRED, "reason", "reason_code", "until", "ticket", "else")


def asked(desk: Desk, *filters: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(desk.request(*filters).read_bytes())
    return document


def complaint(desk: Desk, *arguments: str) -> str:
    with pytest.raises(UserError) as caught:
        desk.do("request", *arguments, *BRANCH)
    return str(caught.value)


def test_a_fault_on_several_pages_is_asked_for_as_one_with_its_pages(desk: Desk) -> None:
    document = asked(desk, "--cause", FINDINGS[0]["cause"])
    (entry,) = document["causes"]
    pages = b"/bread/\n/cakes/\n/rye/\n"
    assert (entry["pages"], entry["pages_digest"]) == (3, hashlib.sha256(pages).hexdigest())
    assert document["findings"] == []


def test_the_worst_value_of_all_pages_is_the_bound_of_a_cause(desk: Desk) -> None:
    assert asked(desk, "--cause", FINDINGS[0]["cause"])["causes"][0]["not_worse_than"] == 410


def test_a_finding_is_bound_to_policy_page_and_the_value_that_was_found(desk: Desk) -> None:
    (entry,) = asked(desk, "--policy", VITALS)["findings"]
    policy = desk.run.read(run_folder.POLICIES)[VITALS]
    assert entry["policy_id"] == VITALS
    assert entry["policy_digest"] == hashlib.sha256(_canonical(policy)).hexdigest()
    assert entry["fingerprint"] == FINDINGS[4]["fingerprint"]
    assert (entry["url_path"], entry["measured"], entry["not_worse_than"]) == ("/", 900, 900)


def test_a_worse_value_than_the_one_found_can_be_asked_for(desk: Desk) -> None:
    assert asked(desk, "--policy", VITALS, "--worst", "950")["findings"][0]["not_worse_than"] == 950


@pytest.mark.parametrize(("policy", "worst", "said"), [(VITALS, "899", "it is 900 already"), (VITALS, "nan", "nan")])
def test_a_bound_that_does_not_cover_what_was_found_is_refused(desk: Desk, policy: str, worst: str, said: str) -> None:
    assert said in complaint(desk, "--policy", policy, "--worst", worst)


def test_a_request_is_tied_to_the_run_the_site_the_repository_and_the_branch(desk: Desk) -> None:
    document = asked(desk, "--policy", VITALS)
    findings = desk.run.file(run_folder.FINDINGS).read_bytes()
    assert document["report_digest"] == hashlib.sha256(findings).hexdigest()
    assert document["context"] == {
        "repository_id": 7,
        "repository": "hearth/crumb",
        "site_id": "https://hearth.example",
        "base_branch": "main",
    }


def test_what_the_run_says_of_its_repository_wins_over_options(desk: Desk) -> None:
    about = desk.run.read(run_folder.RUN)
    desk.run.write(
        run_folder.RUN, about | {"context": {"repository_id": 9, "repository": "a/b", "base_branch": "trunk"}}
    )
    context = asked(desk, "--policy", VITALS)["context"]
    assert (context["repository_id"], context["repository"], context["base_branch"]) == (9, "a/b", "trunk")


def test_by_page_only_the_finding_of_that_page_is_asked_for(desk: Desk) -> None:
    document = asked(desk, "--page", "/bread/")
    assert ([one["url_path"] for one in document["findings"]], document["causes"]) == (["/bread/"], [])


def test_by_owner_everything_of_that_owner_is_asked_for(desk: Desk) -> None:
    document = asked(desk, "--owner", "marketing")
    assert ([one["policy_id"] for one in document["findings"]], document["causes"]) == ([VITALS], [])


def test_the_beginning_of_a_fingerprint_names_a_finding(desk: Desk) -> None:
    document = asked(desk, "--finding", FINDINGS[3]["fingerprint"][3:13])
    assert [one["fingerprint"] for one in document["findings"]] == [FINDINGS[3]["fingerprint"]]


def test_what_does_not_block_is_not_asked_for(desk: Desk) -> None:
    assert "nothing that blocks" in complaint(desk, "--page", "/old/")


def test_what_a_policy_never_lets_pass_cannot_be_asked_for(desk: Desk) -> None:
    assert f"nobody can sign for {SECRET}" in complaint(desk, "--policy", SECRET)


def test_one_request_asks_for_at_most_50_findings(desk: Desk) -> None:
    desk.write_run(tuple(a_finding(LINK, f"/{number}/", str(number)) for number in range(51)))
    assert "51 findings are meant; one sign-off names at most 50" in complaint(desk, "--policy", LINK)


def test_pages_that_fail_in_opposite_directions_are_asked_for_one_by_one(desk: Desk) -> None:
    short = a_finding(VITALS, "/a/", "title", value=3, limit=15)
    long = a_finding(VITALS, "/b/", "title", value=80, limit=65)
    desk.write_run((short, long))
    document = asked(desk, "--policy", VITALS)
    assert ([one["not_worse_than"] for one in document["findings"]], document["causes"]) == ([3, 80], [])


def test_a_page_that_was_not_measured_can_be_asked_for(desk: Desk) -> None:
    gap = a_finding("coverage", "/hang/", "/hang/", reads="coverage", blocking=False, value="timed out")
    desk.write_run((gap,))
    (entry,) = asked(desk, "--page", "/hang/")["findings"]
    assert (entry["policy_id"], entry["policy_digest"]) == ("coverage", hashlib.sha256(b"").hexdigest())


def test_a_weakening_is_asked_for_under_its_owner(desk: Desk) -> None:
    desk.write_run(weakenings=(WEAKENING,))
    document = asked(desk, "--weakenings")
    assert [one["owner"] for one in document["weakenings"]] == ["engineering"]
    assert (document["findings"], document["causes"]) == ([], [])


def test_a_title_from_a_file_of_the_change_cannot_hide_anything(desk: Desk) -> None:
    desk.write_run(weakenings=({**WEAKENING, "said": "ok\u202e\x1b[2J"},))
    assert asked(desk, "--weakenings")["weakenings"][0]["title"] == "ok\\u202e\\x1b[2J"


def test_it_says_whom_to_send_it_to(desk: Desk, printed: Printed) -> None:
    desk.people(ana="engineering", mia="marketing")
    desk.request("--policy", LINK)
    said = printed()
    assert "engineering: Ana" in said
    assert "Mia" not in said


def test_without_a_terminal_and_a_filter_it_asks_for_nothing(desk: Desk) -> None:
    assert "it is not said what to ask for" in complaint(desk)


def test_without_a_branch_nothing_is_written(desk: Desk) -> None:
    with pytest.raises(UserError, match="nothing says where the change goes"):
        desk.do("request", "--policy", LINK)


def test_a_run_that_does_not_know_its_site_says_that_it_would_not_count(desk: Desk, printed: Printed) -> None:
    desk.run.write(run_folder.RUN, desk.run.read(run_folder.RUN) | {"settings": {}, "site": "https://guessed.example"})
    desk.request("--policy", LINK)
    assert "this run does not say the address of the site" in printed()


def test_words_of_a_page_cannot_speak_to_the_terminal(desk: Desk, printed: Printed) -> None:
    desk.write_run((a_finding(LINK, "/", "\x1b[2J::set-output::##[x]", message="\x1b]8;;x\x07 ::error::"),))
    desk.request("--policy", LINK)
    said = printed()
    assert "\x1b" not in said
    assert "::" not in said
    assert "##[" not in said


def _canonical(document: Any) -> bytes:
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def test_a_request_that_somebody_changed_is_refused_in_words_or_says_the_same(desk: Desk) -> None:
    signed = runs.signed(desk.run, CONTEXT)
    chosen = runs.choices(desk.run, signed, choosing.Wanted(policy=VITALS))
    whole = requests.request(signed, chosen, Said(), "Ben", "20261123-00000000", datetime.now(UTC))

    @given(key=st.sampled_from(PLACES), inside=st.sampled_from(INSIDE), value=JSON)
    def holds(key: str, inside: str, value: Any) -> None:
        part = whole.get(key)
        if inside and isinstance(part, list) and part:
            changed = {**whole, key: [{**part[0], inside: value}]}
        else:
            changed = {**whole, key: {**part, inside: value} if inside and isinstance(part, dict) else value}
        try:
            read = requests.read_request(Path("x"), json.dumps(changed).encode())
            found = runs.named_by(Path("x"), read, desk.run, signed)
        except UserError:
            return
        assert [one.name for one in found] == [one.name for one in chosen]

    holds()
