"""Which changes of people, roles and keys let more be signed for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.trust.project import Document
from tests.trust.sides import Side, authority, kinds

ENDS = ',valid-before="20270101Z"'
PEOPLE: dict[str, tuple[str, str, str, list[str]]] = {
    "one more role": ("people.yaml", "roles: [marketing]", "roles: [marketing, security]", ["people-changed"]),
    "a role less": ("people.yaml", "roles: [marketing]", "roles: []", []),
    "one more team": ("people.yaml", "roles: [marketing]", "roles: [marketing], teams: [web]", ["people-changed"]),
    "another account": ("people.yaml", "github: 1,", "github: 7,", ["people-changed"]),
    "an address less": ("people.yaml", "ana@example.com", "other@example.com", ["people-changed"]),
    "another name": ("people.yaml", "name: Ana", "name: Ana Silva", []),
    "one more person": (
        "people.yaml",
        "people:\n",
        "people:\n  eve: {name: Eve, emails: [eve@example.com], roles: [security]}\n",
        ["people-changed"],
    ),
    "a key that no longer ends": ("allowed_signers", ENDS, "", ["signer-added"]),
    "a key that ends later": ("allowed_signers", "20270101Z", "20280101Z", ["signer-added"]),
    "a key that ends sooner": ("allowed_signers", "20270101Z", "20261201Z", []),
    "no longer revoked": ("revoked_keys", "\nssh-", "\n# ssh-", ["revocation-removed"]),
}


@pytest.mark.parametrize(("file", "old", "new", "found"), PEOPLE.values(), ids=PEOPLE)
def test_people_and_keys_are_weaker_where_more_can_be_signed_for(
    side: Side, people: Document, file: str, old: str, new: str, found: list[str]
) -> None:
    name, namespace = f"gonogo/{file}", 'namespaces="sign-off@gonogo"'
    before = {**people, "gonogo/allowed_signers": people["gonogo/allowed_signers"].replace(namespace, namespace + ENDS)}
    assert old in before[name]
    after = {**before, name: before[name].replace(old, new, 1)}
    assert kinds(side(authority=authority(before)), side(authority=authority(after))) == found


ARBITER = "escalate: {arbiter: {after: 5, people: [ben]}}\n"


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("", ARBITER, ["people-changed"]),
        (ARBITER, ARBITER.replace("5", "2"), ["people-changed"]),
        (ARBITER, ARBITER.replace("ben", "ana"), ["people-changed"]),
        (ARBITER, ARBITER.replace("5", "9"), []),
        (ARBITER, "", []),
    ],
    ids=["somebody decides now", "earlier", "somebody else", "later", "nobody any more"],
)
def test_who_decides_where_owners_do_not_agree(
    side: Side, people: Document, before: str, after: str, found: list[str]
) -> None:
    name = "gonogo/people.yaml"
    sides = (side(authority=authority({**people, name: people[name] + each})) for each in (before, after))
    assert kinds(*sides) == found


def test_taking_a_revocation_away_is_a_weakening(side: Side, people: Document) -> None:
    base = replace(side(authority=authority(people)), revocations=frozenset({"abc"}))
    assert kinds(base, replace(base, revocations=frozenset())) == ["revocation-removed"]


def test_a_new_key_for_a_person_is_a_weakening(side: Side, people: Document, public_key: Callable[[str], str]) -> None:
    more = f'ana namespaces="sign-off@gonogo" {public_key("eve")}\n'
    after = {**people, "gonogo/allowed_signers": people["gonogo/allowed_signers"] + more}
    assert kinds(side(authority=authority(people)), side(authority=authority(after))) == ["signer-added"]


def test_the_first_people_of_a_project_are_no_weakening(side: Side, people: Document) -> None:
    assert kinds(side(), side(authority=authority(people))) == []


def test_taking_all_files_of_people_away_is_a_weakening(side: Side, people: Document) -> None:
    assert kinds(side(authority=authority(people)), side()) == ["removed"]
