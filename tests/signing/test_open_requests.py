"""Which requests wait for somebody; files that anybody may have put there stop nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.signing.open_requests import open_requests
from checks.signoff import statement
from checks.signoff.verified import BAD_SIGNATURE, UNUSED, Verified
from tests.signing.desk import TERMS, VITALS, Desk
from tests.signing.test_log import UNTIL


@pytest.fixture
def signed(desk: Desk) -> Verified:
    """Ask for something, sign it, and return the statement as one that is good."""
    desk.do("approve", desk.request("--policy", VITALS), "--key", desk.key(), "--yes", *TERMS, *UNTIL)
    file = desk.statement()
    return Verified(statement.parse(file.read_bytes(), ""), file.stem, str(file), UNUSED, "")


def test_what_nobody_has_signed_waits(desk: Desk) -> None:
    desk.request("--policy", VITALS)
    (found,) = open_requests(desk.sign_offs, ())
    assert found["requested_by"] == "Ben"


def test_what_is_signed_well_waits_for_whoever_else_must_sign(desk: Desk, signed: Verified) -> None:
    assert len(open_requests(desk.sign_offs, (signed,))) == 1


def test_what_was_answered_by_a_statement_that_does_not_count_waits_no_more(desk: Desk, signed: Verified) -> None:
    assert open_requests(desk.sign_offs, (replace(signed, outcome=BAD_SIGNATURE),)) == ()


def test_a_file_that_is_no_request_is_left_out(desk: Desk) -> None:
    file = desk.request("--policy", VITALS)
    (desk.sign_offs / "20260101-00000000.request.json").write_text("{")
    (desk.sign_offs / "20260101-00000001.request.json").symlink_to(file)
    assert len(open_requests(desk.sign_offs, ())) == 1


def test_without_a_folder_nothing_waits(desk: Desk) -> None:
    assert open_requests(desk.sign_offs, ()) == ()
