"""Who made the change can't sign for it, and one person or one key is never two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.signoff.signers import NAMESPACE
from checks.signoff.verification import StatementFiles
from tests.signoff.signing import (
    BOTH,
    Judged,
    Keys,
    document,
    entry,
    made_by,
)

# Attack 1: the author signs.


@pytest.mark.parametrize(
    ("emails", "accounts", "pushers"),
    [
        (("ana@example.com",), (), ()),
        (("ANA@example.com",), (), ()),
        (("ben@example.com", "ana@example.com"), (), ()),
        (("11+whoever@users.noreply.github.com",), (), ()),
        (("ben@example.com",), (11,), ()),
        (("ben@example.com",), (), (11,)),
    ],
)
def test_who_made_the_change_cannot_sign_for_it(
    judged: Judged, good: StatementFiles, emails: tuple[str, ...], accounts: tuple[int, ...], pushers: tuple[int, ...]
) -> None:
    assert made_by(judged, *emails, accounts=accounts, pushers=pushers).outcome(good) == "self-approval"


def test_who_made_the_change_cannot_sign_with_a_second_key(keys: Keys) -> None:
    lines = [
        f'{name} namespaces="{NAMESPACE}" {keys.public(name)}\n' for name in ("ana", "ben", "carl", "dora", "otto")
    ]
    second = f'ana namespaces="{NAMESPACE}" {keys.public("ana", "ecdsa", "256")}\n'
    judged = made_by(Judged(keys, keys.authority(signers=second + "".join(lines))), "ana@example.com")
    signed = keys.files(document(entry()), str(keys.private("ana", "ecdsa", "256")))
    assert judged.outcome(signed) == "self-approval"


def test_who_did_not_make_the_change_can_sign_for_it(judged: Judged, good: StatementFiles) -> None:
    assert made_by(judged, "ben@example.com", accounts=(12,)).outcome(good) == "applied"


def test_nobody_can_sign_while_an_author_is_unknown(judged: Judged, good: StatementFiles) -> None:
    unknown = made_by(judged, "ben@example.com", "eve@example.com")
    assert unknown.outcome(good) == "self-approval"
    assert "eve@example.com" in unknown.verified(good)[0].why
    assert made_by(judged).outcome(good) == "self-approval"


# Attack 2: one person or one key as two.


def test_two_owners_need_two_signatures(keys: Keys) -> None:
    judged = Judged(keys, policies={"perf/lcp": BOTH})
    told = document(entry(by=BOTH))
    outcomes = [judged.outcome(keys.files(told, *by)) for by in (("ana",), ("ana", "ana"), ("carl",), ("ana", "ben"))]
    assert outcomes == ["insufficient-roles", "insufficient-roles", "insufficient-roles", "applied"]


def test_one_key_for_two_people_signs_for_neither(keys: Keys) -> None:
    authority = keys.authority()
    ana = next(one for one in authority.signers if one.principal == "ana")
    shared = tuple(replace(one, key=ana.key) if one.principal == "ben" else one for one in authority.signers)
    judged = Judged(keys, replace(authority, signers=shared), {"perf/lcp": BOTH})
    assert judged.outcome(keys.files(document(entry(by=BOTH)), "ana", "ana")) == "unknown-signer"
