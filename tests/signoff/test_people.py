"""Who may sign: what people.yaml may say, how it fits the keys, and how each mistake in it is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checks import shapes
from checks.errors import UserError
from checks.signoff.people import FILES, Person, checked, load, parse_people
from checks.signoff.signers import Key, Signer

ANA = "{name: Ana Silva, github: 7, emails: [Ana@Example.com], principals: [ana], roles: [marketing], teams: [web]}"
BEN = "{name: Ben, emails: [ben@example.com], principals: [ben], roles: [engineering]}"


def people(*lines: str) -> tuple[Person, ...]:
    return parse_people(("people:\n" + "".join(f"  {line}\n" for line in lines)).encode(), "people.yaml")


def complaint(text: str) -> str:
    with pytest.raises(UserError) as caught:
        parse_people(text.encode(), "people.yaml")
    return f"{caught.value.where}: {caught.value.what}"


def signer(principal: str) -> Signer:
    return Signer(principal, Key("ssh-ed25519", f"SHA256:{principal}"), False, None, None, "allowed_signers:1")


def test_everything_said_is_read() -> None:
    (ana,) = people(f"ana: {ANA}")
    assert ana == Person(
        "ana", "Ana Silva", 7, ("ana@example.com",), ("ana",), ("marketing",), ("web",), "people.yaml:2"
    )


def test_somebody_who_cannot_sign_may_be_known() -> None:
    (carl,) = people("carl: {name: Carl, emails: [carl@example.com]}")
    assert (carl.github, carl.principals, carl.roles, carl.teams) == (None, (), (), ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "people.yaml: "),
        ("people: []\n", "people.yaml:1: people must be of the type object"),
        ("persons: {}\n", "people.yaml:1: unknown key `persons`"),
        (f"people:\n  ana: {ANA}\n  ana: {BEN}\n", "people.yaml:3: the key `ana` is there twice"),
        (f"people:\n  ana: &a {ANA}\n", "people.yaml:2: anchors and aliases"),
        (f"people:\n  Ana: {ANA}\n", "people.yaml:2: `Ana` can't be an id"),
        ("people:\n  ana: {emails: [a@example.com]}\n", "people.yaml:2: people.ana has no `name`"),
        ("people:\n  ana: {name: Ana}\n", "people.yaml:2: people.ana has no `emails`"),
        (
            "people:\n  ana:\n    name: Ana\n    emails: [a@example.com]\n    role: [x]\n",
            "people.yaml:5: unknown key `role` in people.ana; did you mean `roles`?",
        ),
        ("people:\n  ana: {name: Ana, emails: []}\n", "people.yaml:2: `people.ana.emails` can't be"),
        ("people:\n  ana: {name: Ana, emails: [ana]}\n", "people.yaml:2: `people.ana.emails.0` can't be 'ana'"),
        (
            f"people:\n  ana: {ANA.replace('7', 'ana')}\n",
            "people.yaml:2: people.ana.github must be of the type integer",
        ),
        (f"people:\n  ana: {ANA.replace('[ana]', '[a*]')}\n", "can't be 'a*'"),
        (f"people:\n  ana: {ANA.replace('[ana]', '[ana, ana]')}\n", "names something twice"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_key(text: str, said: str) -> None:
    assert said in complaint(text)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (("ben@example.com", "ANA@example.com"), "e-mail address"),
        (("[ben]", "[ana]"), "principal"),
        (("name: Ben", "name: Ben, github: 7"), "GitHub account"),
    ],
)
def test_two_people_with_one_mark_are_refused(change: tuple[str, str], kind: str) -> None:
    told = complaint(f"people:\n  ana: {ANA}\n  ben: {BEN.replace(*change)}\n")
    assert told.startswith(f"people.yaml:3: `ben` and `ana` have the same {kind}: ")


def test_people_and_keys_that_fit_make_an_authority() -> None:
    found = checked(people(f"ana: {ANA}", f"ben: {BEN}"), (signer("ana"), signer("ben")), ())
    assert [person.id for person in found.people] == ["ana", "ben"]


@pytest.mark.parametrize(
    ("signers", "where", "said"),
    [
        (("ana", "ben", "eve"), "allowed_signers:1", "the principal `eve` belongs to nobody"),
        (("ana", "Ben"), "allowed_signers:1", "the principal `Ben` belongs to nobody; did you mean `ben`?"),
        (("ana",), "people.yaml:3", "the principal `ben` of `ben` has no key"),
    ],
)
def test_a_principal_stands_in_both_files(signers: tuple[str, ...], where: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        checked(people(f"ana: {ANA}", f"ben: {BEN}"), tuple(map(signer, signers)), ())
    assert (caught.value.where, caught.value.what) == (where, said)


def test_a_role_is_an_owner_of_the_config() -> None:
    with pytest.raises(UserError, match="the role `marketing`, which is no owner; did you mean `marketers`"):
        checked(people(f"ana: {ANA}"), (signer("ana"),), (), owners=["engineering", "marketers"])


def test_a_project_may_have_none_of_the_files(tmp_path: Path) -> None:
    assert load(tmp_path) is None


@pytest.mark.parametrize("missing", FILES)
def test_one_of_the_files_without_the_others_is_wrong_use(tmp_path: Path, missing: str) -> None:
    for name in FILES:
        if name != missing:
            (tmp_path / name).write_text("people: {}\n" if name == "people.yaml" else "")
    with pytest.raises(UserError, match="is missing beside") as caught:
        load(tmp_path)
    assert caught.value.where == str(tmp_path / missing)


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "people.yaml").mkdir()
    with pytest.raises(UserError, match="can't be read"):
        load(tmp_path)


def test_every_key_of_the_shape_is_described() -> None:
    def described(schema: Any) -> bool:
        inner = [*schema.get("properties", {}).values(), *(schema[key] for key in _INNER if key in schema)]
        return bool(schema.get("description")) and all(described(each) for each in inner if isinstance(each, dict))

    Draft202012Validator.check_schema(shapes.load("people"))
    assert described(shapes.load("people"))


_INNER = ("items", "additionalProperties", "propertyNames")
