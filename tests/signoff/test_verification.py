"""A statement counts where it is what was signed: changed bytes, foreign signatures, what can't be read."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from checks.errors import UserError
from checks.signoff import statement
from checks.signoff.signers import NAMESPACE
from checks.signoff.verification import StatementFiles, Verified
from tests.signoff.signing import BOTH, Judged, Keys, cause_entry, document, entry, finding


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
