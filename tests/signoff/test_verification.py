"""A statement counts where it is what was signed, by people who may, for this change, and in time: the attacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from checks.errors import CannotMeasureError, UserError
from checks.signoff import armour, statement
from checks.signoff.excluded import excluded
from checks.signoff.signers import NAMESPACE
from checks.signoff.statement import MalformedError
from checks.signoff.verification import Context, StatementFiles, Verified, verify_all
from tests.signoff.signing import HERE, NOW, SITE, Judged, Keys, cause_entry, document, entry, finding, policy

BOTH = policy(override=["marketing", "engineering"])
ENDS = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)


@pytest.fixture
def judged(keys: Keys) -> Judged:
    return Judged(keys)


@pytest.fixture
def good(keys: Keys) -> StatementFiles:
    return keys.files(document(entry()), "ana")


def made_by(judged: Judged, *emails: str, accounts: tuple[int, ...] = (), pushers: tuple[int, ...] = ()) -> Judged:
    people = judged.keys.authority().people
    return replace(judged, about=replace(HERE, excluded=excluded(people, emails, accounts, pushers)))


def test_what_the_owner_signed_applies(judged: Judged, good: StatementFiles) -> None:
    assert judged.outcome(good) == "applied"


@pytest.mark.parametrize(("kind", "bits"), [("ed25519", ""), ("ecdsa", "256"), ("ecdsa", "521"), ("rsa", "3072")])
def test_keys_of_every_kind_sign(keys: Keys, kind: str, bits: str) -> None:
    line = f'ana namespaces="{NAMESPACE}" {keys.public("ana", kind, bits)}\n'
    others = "".join(
        f'{name} namespaces="{NAMESPACE}" {keys.public(name)}\n' for name in ("ben", "carl", "dora", "otto")
    )
    judged = Judged(keys, keys.authority(signers=line + others))
    assert judged.outcome(keys.files(document(entry()), str(keys.private("ana", kind, bits)))) == "applied"


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


# Attacks 3 and 4: replay on something else.


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"about": replace(HERE, site_id="https://www.example.org")}, "wrong-context"),
        ({"about": replace(HERE, repository_id=78)}, "wrong-context"),
        ({"about": replace(HERE, repository_id=None)}, "wrong-context"),
        ({"about": replace(HERE, base_branch="release")}, "wrong-context"),
        ({"about": replace(HERE, base_branch="")}, "wrong-context"),
        ({"policies": {"perf/lcp": policy(title="Another text")}}, "policy-changed"),
        ({"policies": {}}, "policy-changed"),
    ],
)
def test_a_statement_for_one_thing_is_none_for_another(
    judged: Judged, good: StatementFiles, change: dict[str, Any], outcome: str
) -> None:
    assert replace(judged, **change).outcome(good) == outcome


@pytest.mark.parametrize("other", [finding("/b/"), finding("/A/"), finding(what="cls"), finding(None)])
def test_a_statement_about_one_finding_is_none_about_another(judged: Judged, good: StatementFiles, other: Any) -> None:
    of = replace(other, fingerprint="v1:" + "0" * 32) if other.what == "cls" else other
    assert judged.outcome(good, of=of) == "unused"


def test_a_fingerprint_of_another_policy_or_page_is_not_accepted(keys: Keys, judged: Judged) -> None:
    changes: tuple[dict[str, Any], ...] = ({"policy_id": "perf/cls"}, {"url_path": "/b/"})
    assert [judged.outcome(keys.files(document(entry(**each)), "ana")) for each in changes] == ["unused"] * 2


def test_an_unrelated_policy_may_change(judged: Judged, good: StatementFiles) -> None:
    others = {"perf/lcp": policy(), "seo/x": policy("seo/x", title="Another")}
    assert replace(judged, policies=others).outcome(good) == "applied"


def test_a_repository_without_an_id_is_known_by_its_name(keys: Keys, judged: Judged) -> None:
    context = {"repository_id": None, "repository": "example/shop", "site_id": SITE, "base_branch": "main"}
    signed = keys.files(document(entry(), context=context), "ana")
    here = replace(HERE, repository_id=None)
    names = [replace(judged, about=replace(here, repository=name)) for name in ("example/shop", "example/Shop", "")]
    assert [each.outcome(signed) for each in names] == ["applied", "wrong-context", "wrong-context"]


@pytest.mark.parametrize(("level", "key"), [("commit", "commit"), ("tree", "tree"), ("site-digest", "site_digest")])
def test_what_a_statement_is_bound_to_must_be_the_same(keys: Keys, judged: Judged, level: str, key: str) -> None:
    binding = {"level": level, key: getattr(HERE, key)}
    signed = keys.files(document(entry(), binding=binding), "ana")
    assert judged.outcome(signed) == "applied"
    for other in ("d" * len(binding[key]), None):
        assert replace(judged, about=_here(key, other)).outcome(signed) == "wrong-context"


def _here(key: str, value: Any) -> Context:
    changes: dict[str, Any] = {key: value}
    return replace(HERE, **changes)


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


# Attack 8: wildcards. What the files of keys may say is told in test_signers.py.


@pytest.mark.parametrize(
    "changes",
    [{"policy_id": "*"}, {"policy_id": "perf/**"}, {"url_path": "**"}, {"fingerprint": "*"}, {"fingerprint": "v1:*"}],
)
def test_a_wildcard_cannot_be_signed(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedError):
        statement.to_bytes(document(entry(**changes)))


def test_a_star_in_a_path_stands_for_itself(keys: Keys, judged: Judged) -> None:
    signed = keys.files(document(entry(url_path="/*")), "ana")
    assert judged.outcome(signed) == "unused"


# Revocations.


def revocation(keys: Keys, target: str, by: str, *, trusted: bool = False, **changes: Any) -> StatementFiles:
    made = document(action="revoke", findings=None, revokes=[target], **changes)
    return keys.files(made, by, trusted=trusted)


def test_what_was_taken_back_does_not_count(keys: Keys, judged: Judged, good: StatementFiles) -> None:
    print_ = armour.fingerprint_of(good.signatures[0])
    for target, by in ((good.id, "ana"), (good.id, "carl"), (good.id, "dora"), (print_, "ana"), (print_, "dora")):
        found, outcomes = judged.judge([good, revocation(keys, target, by)], finding())
        assert sorted(outcomes) == ["applied", "revoked"]
        assert found[0].blocking


def test_whoever_made_the_change_can_take_back(keys: Keys, judged: Judged, good: StatementFiles) -> None:
    found, _ = made_by(judged, "carl@example.com").judge([good, revocation(keys, good.id, "carl")], finding())
    assert found[0].blocking


def test_taking_back_does_not_end(keys: Keys, judged: Judged, good: StatementFiles) -> None:
    ended = revocation(keys, good.id, "ana", not_after="2026-11-19T23:59:59Z")
    assert judged.judge([good, ended], finding())[0][0].blocking


def test_what_was_merged_as_taken_back_stays_so_when_its_key_is_gone(keys: Keys, good: StatementFiles) -> None:
    judged = Judged(keys, keys.authority(revoked=["dora"]))
    merged, in_the_change = (revocation(keys, good.id, "dora", trusted=trusted) for trusted in (True, False))
    assert judged.judge([good, merged], finding())[0][0].blocking
    assert not judged.judge([good, in_the_change], finding())[0][0].blocking


def test_only_those_who_could_have_signed_take_back(keys: Keys, judged: Judged, good: StatementFiles) -> None:
    for by in ("ben", "eve"):
        assert not judged.judge([good, revocation(keys, good.id, by)], finding())[0][0].blocking


def test_a_revocation_for_another_repository_takes_nothing_back(
    keys: Keys, judged: Judged, good: StatementFiles
) -> None:
    context = {"repository_id": 78, "repository": "x", "site_id": SITE, "base_branch": "main"}
    elsewhere = revocation(keys, good.id, "ana", trusted=True, context=context)
    assert not judged.judge([good, elsewhere], finding())[0][0].blocking


# What was not signed.


def test_a_changed_byte_is_never_accepted(keys: Keys) -> None:
    """Every byte of the statement, its signature and its list of pages, one at a time."""
    pages = statement.pages_to_bytes(("/a/",))
    signed = keys.files(document(causes=[cause_entry(("/a/",))]), "ana", pages=pages)
    judged = Judged(keys, keys.authority())
    assert judged.outcome(signed) == "applied"
    accepted, tried = [], 0
    for name, data in (("statement", signed.statement), ("signature", signed.signatures[0]), ("pages", pages)):
        for place in range(len(data)):
            changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            files = {
                "statement": replace(signed, statement=changed, id=statement.id_of(changed)),
                "signature": replace(signed, signatures=(changed,)),
                "pages": replace(signed, pages=changed),
            }[name]
            tried += 1
            if judged.verified(files)[0].outcome not in {
                "bad-signature",
                "malformed",
                "wrong-context",
                "unknown-signer",
            }:
                accepted.append((name, place))
    assert (accepted, tried) == ([], len(signed.statement) + len(signed.signatures[0]) + len(pages))


@pytest.mark.parametrize(
    "change",
    [
        lambda one: replace(one, statement=one.statement + b"\n"),
        lambda one: replace(one, id="a" * 26),
        lambda one: replace(one, signatures=(one.signatures[0] + b"x\n",)),
        lambda one: replace(one, signatures=(one.signatures[0] * 2,)),
        lambda one: replace(one, signatures=()),
        lambda one: replace(one, signatures=(b"",)),
        lambda one: replace(one, signatures=one.signatures * 9),
        lambda one: replace(one, signatures=(*one.signatures, b"x")),
    ],
    ids=range(8),
)
def test_whatever_is_added_or_missing_spoils_the_statement(judged: Judged, good: StatementFiles, change: Any) -> None:
    assert judged.outcome(change(good)) in {"bad-signature", "malformed"}


def test_a_signature_for_something_else_is_a_bad_one(keys: Keys, judged: Judged, good: StatementFiles) -> None:
    for_git = keys.sign(good.statement, "ana", "git")
    (told,) = judged.verified(replace(good, signatures=(for_git,)))
    assert (told.outcome, told.why) == ("bad-signature", "it was signed as git, not as sign-off@gonogo")


def test_the_signature_of_another_statement_is_a_bad_one(keys: Keys, judged: Judged, good: StatementFiles) -> None:
    other = keys.files(document(entry(), nonce="1" * 32), "ana")
    assert judged.outcome(replace(good, signatures=other.signatures)) == "bad-signature"


@pytest.mark.parametrize("pages", [None, b"", b"/a/\n/b/\n", b"/a/\n\n/b/\n"])
def test_another_list_of_pages_than_the_signed_one_is_malformed(
    keys: Keys, judged: Judged, pages: bytes | None
) -> None:
    signed = keys.files(document(causes=[cause_entry(("/a/",))]), "ana", pages=pages)
    assert judged.outcome(signed) == "malformed"


# Attack 23, and what is malformed.


@pytest.mark.parametrize(
    "data", [b"[" * 200_000, b"{" * 300_000, b'"' + b"a" * 300_000 + b'"', b"\xff", b""], ids=range(5)
)
def test_what_cannot_be_read_is_listed_when_it_comes_with_the_change(judged: Judged, data: bytes) -> None:
    assert judged.outcome(StatementFiles(statement.id_of(data), data, (), None, "x.json", trusted=False)) == "malformed"


def test_what_cannot_be_read_at_the_base_is_wrong_use(judged: Judged, good: StatementFiles) -> None:
    data = good.statement.replace(b'"nonce"', b'"nonse"')
    with pytest.raises(UserError, match="unknown key `nonse`; did you mean `nonce`") as caught:
        judged.verified(replace(good, statement=data, id=statement.id_of(data), trusted=True))
    assert (caught.value.exit_code, caught.value.where) == (2, f"{good.where}:25")


def test_more_statements_than_anybody_signs_are_refused(judged: Judged) -> None:
    many = [StatementFiles(f"{number:026}", b"", (), None, "x.json", trusted=False) for number in range(501)]
    with pytest.raises(UserError, match="at most 500"):
        judged.verified(*many)


def test_a_statement_that_is_found_twice_is_one_with_all_its_signatures(keys: Keys) -> None:
    told = document(entry(by=BOTH))
    at_base, at_head = keys.files(told, "ana", trusted=True), keys.files(told, "ben")
    (found,), outcomes = Judged(keys, policies={"perf/lcp": BOTH}).judge([at_head, at_base], finding())
    assert (found.state, outcomes) == ("signed-off", ["applied"])


def test_what_is_verified_is_kept_as_json(keys: Keys, judged: Judged) -> None:
    pages = statement.pages_to_bytes(("/a/",))
    files = keys.files(document(causes=[cause_entry(("/a/",))]), "ana", pages=pages)
    bad = StatementFiles("x", b"", (), None, "x.json", trusted=False)
    found = judged.verified(files, bad)
    assert [one.statement is None for one in found] == [False, True]
    assert [Verified.from_document(json.loads(json.dumps(one.to_document()))) for one in found] == [*found]
