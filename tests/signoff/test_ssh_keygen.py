"""ssh-keygen signs and verifies: with our namespace, at our time, and never without the file of revoked keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checks.errors import CannotMeasureError, UserError
from checks.signoff import ssh_keygen
from checks.signoff.signers import NAMESPACE
from tests.signoff.signing import NOW, Keys

DATA = b"a statement\n"


def said(keys: Keys, options: str = "", data: bytes = DATA, revoked: str = "", at: datetime = NOW) -> str | None:
    signers = f'ana namespaces="{NAMESPACE}"{options} {keys.public("ana")}\n'.encode()
    return ssh_keygen.verify(data, keys.sign(DATA, "ana"), "ana", signers, revoked.encode(), at)


@pytest.mark.parametrize(("kind", "bits"), [("ed25519", ""), ("ecdsa", "256"), ("rsa", "3072")])
def test_what_is_signed_verifies_with_every_kind_of_key(keys: Keys, kind: str, bits: str) -> None:
    signature = ssh_keygen.sign(DATA, keys.private("ana", kind, bits))
    signers = f'ana namespaces="{NAMESPACE}" {keys.public("ana", kind, bits)}\n'.encode()
    assert ssh_keygen.verify(DATA, signature, "ana", signers, b"", NOW) is None
    assert ssh_keygen.verify(DATA + b"\n", signature, "ana", signers, b"", NOW)


def test_a_signature_for_something_else_is_not_good(keys: Keys) -> None:
    signers = f'ana namespaces="{NAMESPACE}" {keys.public("ana")}\n'.encode()
    assert ssh_keygen.verify(DATA, keys.sign(DATA, "ana", "git"), "ana", signers, b"", NOW)


def test_a_principal_is_compared_with_its_case(keys: Keys) -> None:
    signers = f'ana namespaces="{NAMESPACE}" {keys.public("ana")}\n'.encode()
    assert ssh_keygen.verify(DATA, keys.sign(DATA, "ana"), "Ana", signers, b"", NOW)


def test_a_revoked_key_is_not_good(keys: Keys) -> None:
    assert said(keys) is None
    assert said(keys, revoked=keys.public("ben")) is None
    assert said(keys, revoked=keys.public("ana"))


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Tokyo"])
def test_the_time_that_counts_is_ours_in_utc_wherever_it_runs(
    keys: Keys, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    ends = datetime(2026, 11, 20, 12, tzinfo=UTC)
    good = [
        said(keys, ',valid-before="20261120120000Z"', at=ends + timedelta(seconds=seconds)) is None
        for seconds in (-1, 0, 1)
    ]
    assert good == [True, True, False]


def test_without_ssh_keygen_nothing_is_verified(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotMeasureError, match="no ssh-keygen"):
        ssh_keygen.verify(DATA, b"", "ana", b"", b"", NOW)


def test_a_key_that_is_not_there_or_does_not_sign_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such key"):
        ssh_keygen.sign(DATA, tmp_path / "none")
    (tmp_path / "broken").write_text("x")
    (tmp_path / "broken").chmod(0o600)
    with pytest.raises(UserError, match="did not sign"):
        ssh_keygen.sign(DATA, tmp_path / "broken")
