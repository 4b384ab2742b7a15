"""Looking at sign-offs on a desk: list, verify, revoke."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checks.errors import UserError
from checks.signing import folder
from checks.signoff import statement
from tests.signing.desk import TERMS, VITALS, Desk

Printed = Callable[[], str]
SITE = ["--site", "https://hearth.example"]


@pytest.fixture
def signed(desk: Desk, printed: Printed, one_day: None) -> Path:  # noqa: ARG001 - its days are told
    """Return a statement that Ana of marketing has signed."""
    desk.people(ana="marketing")
    until = (datetime.now(UTC).date() + timedelta(days=3)).isoformat()
    desk.do("approve", desk.request("--policy", VITALS), "--key", desk.key(), "--yes", *TERMS, "--until", until)
    printed()
    return desk.statement()


def test_a_good_sign_off_is_told_with_who_why_and_how_long_still(desk: Desk, signed: Path, printed: Printed) -> None:
    assert desk.do("verify", *SITE) == 0
    said = printed()
    for part in (signed.stem, "good", "Ana (marketing)", "The page is written by Friday.", "3 days left - ends soon"):
        assert part in said


def test_a_changed_byte_makes_it_exit_1(desk: Desk, signed: Path, printed: Printed) -> None:
    signed.write_bytes(signed.read_bytes().replace(b"by Friday", b"by Sunday"))
    assert desk.do("verify", signed, *SITE) == 1
    assert "malformed" in printed()


def test_a_signer_whom_nobody_knows_makes_it_exit_1(desk: Desk, signed: Path, printed: Printed) -> None:
    desk.people(mia="marketing")
    assert desk.do("verify", signed, *SITE) == 1
    assert "unknown-signer" in printed()


def test_the_list_has_signed_and_open_ones(desk: Desk, signed: Path, printed: Printed) -> None:
    request = desk.request("--cause", "c1:", "--policy", "links/internal-broken")
    printed()
    assert desk.do("list", *SITE) == 0
    said = printed()
    assert signed.stem in said
    assert f"open     {request.name.removesuffix('.request.json')}  asked for by Ben" in said


def test_a_request_that_was_answered_is_not_open(desk: Desk, signed: Path, printed: Printed) -> None:
    assert signed.exists()
    desk.do("list", *SITE)
    assert "open  " not in printed()


def test_an_empty_folder_is_said_to_be_empty(desk: Desk, printed: Printed) -> None:
    assert desk.do("list") == 0
    assert "There are no sign-offs in gonogo/sign-offs." in printed()


def test_a_revocation_names_the_statement_and_verifies(desk: Desk, signed: Path, printed: Printed) -> None:
    arguments = ["--key", str(desk.key()), "--yes", "--reason", "The page was mended on Monday."]
    assert desk.do("revoke", signed.stem[:8], *arguments) == 0
    (file,) = [one for one in desk.sign_offs.glob("*.json") if one != signed and len(one.stem) == len(signed.stem)]
    said = statement.parse(file.read_bytes(), str(file))
    assert (said.action, said.revokes, said.entries) == ("revoke", (signed.stem,), ())
    printed()
    assert desk.do("verify", signed, *SITE) == 1
    assert "revoked" in printed()


def test_everything_that_a_key_signed_can_be_taken_back(desk: Desk, signed: Path) -> None:
    key = "SHA256:" + "A" * 43
    desk.do("revoke", key, "--key", desk.key(), "--yes", "--reason", "The laptop was stolen today.")
    (file,) = [one for one in desk.sign_offs.glob("*.json") if one != signed and len(one.stem) == len(signed.stem)]
    assert statement.parse(file.read_bytes(), str(file)).revokes == (key,)


def test_before_a_sign_off_is_taken_back_it_is_shown(desk: Desk, signed: Path, printed: Printed) -> None:
    desk.do("revoke", signed.stem, "--key", desk.key(), "--yes", "--reason", "The page was mended on Monday.")
    assert "which was signed for because: The page is written by Friday." in printed()


def test_a_name_that_no_sign_off_begins_with_is_told(desk: Desk) -> None:
    with pytest.raises(UserError, match="no sign-off begins with `zzz`"):
        desk.do("revoke", "zzz", "--key", desk.key(), "--yes")


def test_a_link_among_the_sign_offs_is_not_followed(desk: Desk, printed: Printed) -> None:
    desk.sign_offs.mkdir(parents=True)
    (desk.path / "elsewhere.json").write_text("{}")
    (desk.sign_offs / "a.json").symlink_to(desk.path / "elsewhere.json")
    (found,) = folder.statements(desk.sign_offs)
    assert found.statement == b""
    assert desk.do("verify", *SITE) == 1
    assert "malformed" in printed()
