"""When a statement counts, to the second, and which keys do: in their time, known, not revoked."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checks.errors import CannotMeasureError
from checks.signoff.signers import NAMESPACE
from checks.signoff.verification import StatementFiles, verify_all
from tests.signoff.signing import HERE, NOW, Judged, Keys, document, entry, finding

ENDS = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)


# Attack 6: time.


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Tokyo"])
def test_the_last_day_is_honoured_to_the_second_in_every_time_zone(
    keys: Keys, good: StatementFiles, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    code = "import time; print(time.localtime(0).tm_hour)"
    hour = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert int(hour.stdout) == {"UTC": 0, "America/Los_Angeles": 16, "Asia/Tokyo": 9}[zone]
    times = [ENDS + timedelta(seconds=seconds) for seconds in (-1, 0, 0.999, 1)]
    outcomes = [
        Judged(keys, now=now).outcome(replace(good)) if now <= ENDS else _state(keys, good, now) for now in times
    ]
    assert outcomes == ["applied", "applied", "signed-off", "expired"]


def _state(keys: Keys, files: StatementFiles, now: datetime) -> str:
    return Judged(keys, now=now).judge([files], finding())[0][0].state


@pytest.mark.parametrize(("minutes", "outcome"), [(5, "applied"), (6, "not-yet-valid")])
def test_a_statement_from_the_future_does_not_count(keys: Keys, judged: Judged, minutes: int, outcome: str) -> None:
    issued = f"{NOW + timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%SZ}"
    assert judged.outcome(keys.files(document(entry(), issued_at=issued), "ana")) == outcome


def test_a_clock_behind_the_newest_commit_of_the_base_decides_nothing(judged: Judged, good: StatementFiles) -> None:
    late = replace(judged, about=replace(HERE, newest=NOW + timedelta(minutes=6)))
    with pytest.raises(CannotMeasureError, match="the clock says"):
        late.outcome(good)


def test_a_time_that_is_not_utc_is_no_time_that_counts(judged: Judged, good: StatementFiles) -> None:
    with pytest.raises(TypeError):
        replace(judged, now=NOW.replace(tzinfo=None)).outcome(good)


# Attack 7: keys that no longer count.


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        (',valid-before="20261119Z"', "expired"),
        (',valid-after="20261121Z"', "not-yet-valid"),
        (',valid-after="20261101Z",valid-before="20261201Z"', "applied"),
    ],
)
def test_a_key_counts_within_its_time_whenever_it_signed(
    keys: Keys, good: StatementFiles, options: str, outcome: str
) -> None:
    found, outcomes = Judged(keys, keys.authority({"ana": options})).judge([good], finding())
    assert outcomes == [outcome]
    assert found[0].blocking == (outcome != "applied")


def test_a_revoked_key_does_not_count(keys: Keys, good: StatementFiles) -> None:
    found, outcomes = Judged(keys, keys.authority(revoked=["ana"])).judge([good], finding())
    assert (outcomes, found[0].blocking) == (["revoked"], True)


def test_a_key_that_nobody_has_does_not_count(keys: Keys, judged: Judged) -> None:
    assert judged.outcome(keys.files(document(entry()), "eve")) == "unknown-signer"


def test_where_nobody_may_sign_no_signature_counts(judged: Judged, good: StatementFiles) -> None:
    (told,) = verify_all([good], HERE, None, judged.policies, NOW)
    assert (told.outcome, told.signers) == ("unknown-signer", ())


def certified(keys: Keys, folder: Path, principals: str, window: str) -> str:
    key = folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)], check=True)
    command = ["ssh-keygen", "-q", "-s", str(keys.private("authority")), "-I", "x", "-n", principals, "-V", window]
    subprocess.run([*command, f"{key}.pub"], check=True)
    return f"{key}-cert.pub"


@pytest.mark.parametrize(
    ("principals", "window", "outcome"),
    [
        ("ana", "20261101Z:20261201Z", "applied"),
        ("ana", "20261101Z:20261110Z", "expired"),
        ("ana", "20261130Z:20261201Z", "not-yet-valid"),
        ("ana,ben", "20261101Z:20261201Z", "unknown-signer"),
        ("dora", "20261101Z:20261201Z", "unknown-signer"),
    ],
)
def test_an_authority_vouches_for_the_key_of_one_person_for_a_while(
    keys: Keys, tmp_path: Path, principals: str, window: str, outcome: str
) -> None:
    vouching = f'ana,ben cert-authority,namespaces="{NAMESPACE}" {keys.public("authority")}\n'
    others = "".join(f'{name} namespaces="{NAMESPACE}" {keys.public(name)}\n' for name in ("carl", "dora", "otto"))
    judged = Judged(keys, keys.authority(signers=vouching + others))
    signed = keys.files(document(entry()), certified(keys, tmp_path, principals, window))
    found, outcomes = judged.judge([signed], finding())
    assert (outcomes, found[0].blocking) == ([outcome], outcome != "applied")
