"""Signing: what is shown is what the run says, and what is shown is what is signed."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from checks import run_folder
from checks.errors import UserError
from checks.signoff import statement
from checks.signoff.pages import pages_by_digest
from checks.signoff.signers import NAMESPACE
from tests.signing.desk import FINDINGS, LINK, TERMS, VITALS, WEAKENING, Desk, a_finding

Printed = Callable[[], str]
UNTIL = ["--until", (datetime.now(UTC).date() + timedelta(days=3)).isoformat()]


def approve(desk: Desk, file: Path, *more: str, key: str = "ana") -> int:
    return desk.do("approve", file, "--key", desk.key(key), "--yes", *more)


def complaint(desk: Desk, file: Path, *more: str, key: str = "ana") -> str:
    with pytest.raises(UserError) as caught:
        approve(desk, file, *more, key=key)
    assert [one for one in desk.sign_offs.glob("*.sig") if not one.name.endswith(".1.sig")] == []
    return str(caught.value)


def is_good(desk: Desk, signature: Path, data: bytes, key: str = "ana") -> bool:
    signers = desk.path / "signers"
    signers.write_text(f"ana {desk.key(key).with_suffix('.key.pub').read_text()}")
    command = ["ssh-keygen", "-Y", "verify", "-n", NAMESPACE, "-I", "ana", "-f", str(signers), "-s", str(signature)]
    return subprocess.run(command, input=data, capture_output=True, check=False).returncode == 0


def edited(file: Path, **changes: Any) -> Path:
    file.write_text(json.dumps({**json.loads(file.read_bytes()), **changes}))
    return file


def test_what_is_signed_verifies_with_ssh_keygen(desk: Desk) -> None:
    approve(desk, desk.request("--policy", VITALS), *TERMS, *UNTIL)
    file = desk.statement()
    assert is_good(desk, file.with_name(f"{file.stem}.1.sig"), file.read_bytes())


def test_the_name_of_the_file_is_the_id_of_its_bytes(desk: Desk) -> None:
    approve(desk, desk.request("--policy", VITALS), *TERMS, *UNTIL)
    assert desk.statement().stem == statement.id_of(desk.statement().read_bytes())


def test_the_statement_says_what_was_asked_for_why_and_until_when(desk: Desk) -> None:
    request = desk.request("--policy", VITALS)
    approve(desk, request, *TERMS, *UNTIL)
    asked = json.loads(request.read_bytes())
    said = statement.parse(desk.statement().read_bytes(), "")
    assert said.request_id == asked["request_id"]
    assert [one.fingerprint for one in said.findings] == [FINDINGS[4]["fingerprint"]]
    assert (said.reason_code, said.reason, said.until) == (TERMS[1], TERMS[3], UNTIL[1])
    assert said.requested_by == "Ben"


def test_the_list_of_pages_lies_beside_a_cause(desk: Desk) -> None:
    approve(desk, desk.request("--cause", FINDINGS[0]["cause"]), *TERMS, *UNTIL)
    lists = pages_by_digest(desk.statement().with_suffix(".pages").read_bytes())
    (entry,) = statement.parse(desk.statement().read_bytes(), "").causes
    assert lists == {entry.pages_digest: ("/bread/", "/cakes/", "/rye/")}


def test_two_causes_keep_a_list_of_pages_each(desk: Desk) -> None:
    more = [a_finding(LINK, page, "/team/", value=404, limit=299) for page in ("/a/", "/b/")]
    desk.write_run((*FINDINGS, *more))
    approve(desk, desk.request("--policy", LINK), *TERMS, *UNTIL)
    lists = pages_by_digest(desk.statement().with_suffix(".pages").read_bytes())
    causes = statement.parse(desk.statement().read_bytes(), "").causes
    assert {len(lists[one.pages_digest]) for one in causes} == {2, 3}


def test_a_weakening_can_be_signed(desk: Desk) -> None:
    desk.write_run(weakenings=(WEAKENING,))
    approve(desk, desk.request("--weakenings"), *TERMS, *UNTIL)
    (entry,) = statement.parse(desk.statement().read_bytes(), "").weakenings
    parts = (WEAKENING[key] for key in ("kind", "file", "what", "before", "after"))
    assert entry.fingerprint == statement.weakening_fingerprint(*parts)


def test_before_it_is_signed_each_finding_is_shown_with_rule_page_value_and_bound(desk: Desk, printed: Printed) -> None:
    request = desk.request("--policy", VITALS)
    printed()
    approve(desk, request, *TERMS, *UNTIL)
    said = printed()
    title = desk.run.read(run_folder.POLICIES)[VITALS]["title"]
    for part in (title, VITALS, "page     /", "weight is wrong", "found 900, limit 500", "worst    900", UNTIL[1]):
        assert part in said


def test_the_words_that_are_shown_come_from_the_run_and_not_from_the_request(desk: Desk, printed: Printed) -> None:
    request = desk.request("--policy", VITALS)
    document = json.loads(request.read_bytes())
    document["findings"][0]["title"] = "Something harmless"
    assert "is not what the run says" in complaint(desk, edited(request, findings=document["findings"]), *TERMS, *UNTIL)
    assert "Something harmless" not in printed()


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("not_worse_than", 800),
        ("not_worse_than", None),
        ("not_worse_than", "much"),
        ("policy_digest", "0" * 64),
        ("severity", "info"),
        ("url_path", "/other/"),
    ],
)
def test_a_request_that_says_more_than_its_run_is_not_signed(desk: Desk, member: str, value: Any) -> None:
    request = desk.request("--policy", VITALS)
    (entry,) = json.loads(request.read_bytes())["findings"]
    said = complaint(desk, edited(request, findings=[{**entry, member: value}]), *TERMS, *UNTIL)
    assert "is not what the run says" in said


def test_a_looser_bound_is_shown_beside_what_was_found_and_signed(desk: Desk, printed: Printed) -> None:
    request = desk.request("--policy", VITALS, "--worst", "950")
    printed()
    approve(desk, request, *TERMS, *UNTIL)
    assert "worst    950, where 900 was found; anything worse blocks again" in printed()
    (entry,) = statement.parse(desk.statement().read_bytes(), "").findings
    assert (entry.measured, entry.not_worse_than) == (900, 950)


def test_a_request_for_another_site_than_that_of_the_run_is_not_signed(desk: Desk) -> None:
    request = desk.request("--policy", VITALS)
    context = json.loads(request.read_bytes())["context"]
    said = complaint(desk, edited(request, context={**context, "site_id": "https://evil.example"}), *TERMS, *UNTIL)
    assert "what it says of context is not what the run says" in said


def test_a_request_made_from_another_run_is_not_signed(desk: Desk) -> None:
    request = desk.request("--policy", VITALS)
    desk.write_run(FINDINGS[3:])
    assert "it was made from another run than the one in gonogo-run" in complaint(desk, request, *TERMS, *UNTIL)


def test_something_that_is_not_found_in_the_run_is_not_signed(desk: Desk) -> None:
    request = desk.request("--policy", VITALS)
    (entry,) = json.loads(request.read_bytes())["findings"]
    other = {**entry, "fingerprint": "v1:" + "0" * 32}
    assert "which does not block in this run" in complaint(desk, edited(request, findings=[other]), *TERMS, *UNTIL)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"schema": "gonogo/sign-off/v1"}, "this is no request for a sign-off"),
        ({"extra": 1}, "unknown key `extra`"),
        ({"request_id": "../../etc"}, "what names the request"),
        ({"findings": [1]}, "`findings` is no list of entries"),
    ],
)
def test_a_file_that_is_no_request_is_refused(desk: Desk, changes: dict[str, Any], said: str) -> None:
    assert said in complaint(desk, edited(desk.request("--policy", VITALS), **changes), *TERMS, *UNTIL)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ([*UNTIL], "no kind of reason is given"),
        ([*UNTIL, "--reason-code", "fixscheduled", *TERMS[2:]], "did you mean `fix-scheduled`?"),
        ([*UNTIL, *TERMS[:2], "--reason", "soon"], "the reason has 4 characters"),
        ([*TERMS], "no last day is given"),
        ([*TERMS, "--until", "2020-01-01"], "2020-01-01 is over"),
        ([*TERMS, "--until", "2999-01-01"], "more than 90 days away"),
        ([*TERMS, "--until", "tomorrow"], "there is no day `tomorrow`"),
    ],
)
def test_reason_and_last_day_are_asked_for_before_anything_is_signed(desk: Desk, terms: list[str], said: str) -> None:
    assert said in complaint(desk, desk.request("--policy", VITALS), *terms)


def test_terms_of_the_request_hold_where_the_approver_says_nothing_else(desk: Desk) -> None:
    approve(desk, desk.request("--policy", VITALS, *TERMS, *UNTIL), "--reason", "Marketing accepts this weight.")
    said = statement.parse(desk.statement().read_bytes(), "")
    assert (said.reason_code, said.reason, said.until) == (TERMS[1], "Marketing accepts this weight.", UNTIL[1])


def test_nobody_signs_in_a_pipe_without_saying_yes(desk: Desk) -> None:
    request = desk.request("--policy", VITALS)
    with pytest.raises(UserError, match="nobody is there to say yes"):
        desk.do("approve", request, "--key", desk.key(), *TERMS, *UNTIL)
    assert list(desk.sign_offs.glob("*.sig")) == []


def test_a_second_person_signs_the_same_bytes(desk: Desk) -> None:
    approve(desk, desk.request("--policy", VITALS), *TERMS, *UNTIL)
    file = desk.statement()
    before = file.read_bytes()
    approve(desk, file, key="mia")
    assert file.read_bytes() == before
    assert is_good(desk, file.with_name(f"{file.stem}.2.sig"), before, key="mia")


def test_the_second_person_sees_what_the_first_saw(desk: Desk, printed: Printed) -> None:
    approve(desk, desk.request("--policy", VITALS), *TERMS, *UNTIL)
    printed()
    approve(desk, desk.statement(), key="mia")
    said = printed()
    assert "found 900, limit 500" in said
    assert f"until    {UNTIL[1]}" in said


def test_a_key_that_never_signs_the_same_way_twice_signs_once_too(desk: Desk) -> None:
    file = desk.path / "eve.key"
    command = ["ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", str(file)]
    subprocess.run(command, check=True, capture_output=True)
    approve(desk, desk.request("--policy", VITALS), *TERMS, *UNTIL, key="eve")
    assert "this key has signed it already" in complaint(desk, desk.statement(), key="eve")


def test_one_key_signs_once(desk: Desk) -> None:
    approve(desk, desk.request("--policy", VITALS), *TERMS, *UNTIL)
    assert "this key has signed it already" in complaint(desk, desk.statement())


def test_a_second_person_does_not_sign_another_list_of_pages(desk: Desk) -> None:
    approve(desk, desk.request("--cause", FINDINGS[0]["cause"]), *TERMS, *UNTIL)
    desk.statement().with_suffix(".pages").write_text("/elsewhere/\n")
    assert "is not the list of the run" in complaint(desk, desk.statement(), key="mia")


def test_it_says_whose_signature_it_is(desk: Desk, printed: Printed) -> None:
    desk.people(ana="marketing")
    approve(desk, desk.request("--policy", VITALS), *TERMS, *UNTIL)
    assert "By Ana (marketing), with the key SHA256:" in printed()


def test_a_key_that_nobody_has_is_told_as_one_that_does_not_count(desk: Desk, printed: Printed) -> None:
    desk.people(mia="marketing")
    approve(desk, desk.request("--policy", VITALS), *TERMS, *UNTIL)
    assert "it does not count until it is there" in printed()


def test_the_one_key_in_the_usual_folder_needs_no_naming(desk: Desk) -> None:
    (desk.path / ".ssh").mkdir()
    desk.key().rename(desk.path / ".ssh" / "id_ed25519")
    assert desk.do("approve", desk.request("--policy", VITALS), "--yes", *TERMS, *UNTIL) == 0


def test_without_a_key_it_says_how_to_get_one(desk: Desk) -> None:
    with pytest.raises(UserError, match="there is no key to sign with"):
        desk.do("approve", desk.request("--policy", VITALS), "--yes", *TERMS, *UNTIL)
