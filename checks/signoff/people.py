"""Who may sign, in which roles, with which keys: `gonogo/people.yaml`, checked against the two files of keys.

In: the bytes of the files. Out: frozen records, or a `UserError` with file, line, key and remedy. Pure but for `load`,
which reads the three files of a folder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from checks import shapes
from checks.errors import UserError
from checks.nearest import nearest
from checks.settings.yaml_text import parse as parse_yaml
from checks.signoff.signers import LARGEST, Key, Signer, parse_revoked, parse_signers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from jsonschema.exceptions import ValidationError

    from checks.settings.yaml_text import Places

PEOPLE: Final = "people.yaml"
SIGNERS: Final = "allowed_signers"
REVOKED: Final = "revoked_keys"
FILES: Final = (PEOPLE, SIGNERS, REVOKED)
_LISTS: Final = ("emails", "principals", "roles", "teams")


@dataclass(frozen=True, slots=True)
class Person:
    """One person."""

    id: str
    name: str
    github: int | None
    """The numeric id of the GitHub account."""
    emails: tuple[str, ...]
    """Of commits, in small letters."""
    principals: tuple[str, ...]
    roles: tuple[str, ...]
    """Names of owners."""
    teams: tuple[str, ...]
    where: str
    """File and line."""


@dataclass(frozen=True, slots=True)
class Step:
    """Who decides where owners do not agree, and after how many days."""

    after: int
    people: tuple[str, ...]
    """Ids."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """What becomes of a disagreement; without steps it stays one."""

    lead: Step | None = None
    """Signs in place of one owner."""
    arbiter: Step | None = None
    """Decides alone."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Everybody who may sign: people, their keys, and the keys that no longer count."""

    people: tuple[Person, ...]
    signers: tuple[Signer, ...]
    revoked: tuple[Key, ...]
    escalation: Escalation = Escalation()


def parse_people(data: bytes, source: str) -> tuple[Person, ...]:
    """Return the people of a people.yaml.

    Raises UserError, with file, line and key, for what is not of the published shape `people`, and for an e-mail
    address, a principal or a GitHub account that two people have.
    """
    return _parse(data, source)[0]


def _parse(data: bytes, source: str) -> tuple[tuple[Person, ...], Escalation]:
    document, places = parse_yaml(data, source)
    error = best_match(Draft202012Validator(shapes.load("people")).iter_errors(document))
    if error is not None:
        raise _complaint(error, places)
    people = tuple(_person(name, each, places) for name, each in document["people"].items())
    _refuse_shared(people)
    return people, _escalation(document.get("escalate", {}), {person.id: person for person in people}, places)


def checked(
    people: tuple[Person, ...],
    signers: tuple[Signer, ...],
    revoked: tuple[Key, ...],
    owners: Collection[str] | None = None,
) -> Authority:
    """Return the three as one, for they fit together.

    Raises UserError for a principal that is in one file and not in the other, and for a role that is none of `owners`
    (those of the config; None asks nothing).
    """
    known = {name for person in people for name in person.principals}
    with_key = {signer.principal for signer in signers}
    for signer in signers:
        if signer.principal not in known:
            what = f"the principal `{signer.principal}` belongs to nobody{nearest(signer.principal, known)}"
            raise UserError(what, where=signer.where, remedy=f"Name it under `principals` of a person in {PEOPLE}.")
    for person in people:
        for name in person.principals:
            if name not in with_key:
                what = f"the principal `{name}` of `{person.id}` has no key{nearest(name, with_key)}"
                raise UserError(what, where=person.where, remedy=f"Add a line to {SIGNERS}, or take the name out.")
        for role in person.roles:
            if owners is not None and role not in owners:
                what = f"`{person.id}` has the role `{role}`, which is no owner{nearest(role, owners)}"
                raise UserError(what, where=person.where, remedy=f"Owners are: {', '.join(sorted(owners))}.")
    return Authority(people, signers, revoked)


def read(files: Mapping[str, bytes], sources: Mapping[str, str], owners: Collection[str] | None) -> Authority | None:
    """Return who may sign by the bytes of the files (name -> bytes), or None where there is none of them.

    `sources` says what messages call each file. Raises UserError where one is there without the others: a missing
    list of revoked keys must not pass for an empty one.
    """
    if not files:
        return None
    for name in FILES:
        if name not in files:
            there = " and ".join(sorted(files))
            remedy = f"Add it, it may be empty of entries; or take {there} away."
            raise UserError(f"the file is missing beside {there}", where=sources[name], remedy=remedy)
    people, escalation = _parse(files[PEOPLE], sources[PEOPLE])
    signers = parse_signers(files[SIGNERS], sources[SIGNERS])
    fitting = checked(people, signers, parse_revoked(files[REVOKED], sources[REVOKED]), owners)
    return replace(fitting, escalation=escalation)


def load(
    folder: Path, owners: Collection[str] | None = None, sources: Mapping[str, str] | None = None
) -> Authority | None:
    """Return who may sign by the files in `folder`, or None where there is none of them. Raises as `read` does.

    `sources` says what messages call each file; None: its path.
    """
    named = sources or {name: str(folder / name) for name in FILES}
    files: dict[str, bytes] = {}
    for name in FILES:
        try:
            with (folder / name).open("rb") as stream:
                files[name] = stream.read(LARGEST + 1)
        except FileNotFoundError:
            continue
        except OSError as error:
            what = f"it can't be read: {error.strerror}"
            raise UserError(what, where=named[name], remedy="Put a plain file there.") from error
    return read(files, named, owners)


def _person(name: str, section: Mapping[str, Any], places: Places) -> Person:
    lists = {key: tuple(section.get(key, ())) for key in _LISTS}
    for key, members in lists.items():
        if len({member.casefold() for member in members}) != len(members):
            where = places.of("people", name, key)
            raise UserError(f"`people.{name}.{key}` names something twice", where=where, remedy="Keep one of the two.")
    lists["emails"] = tuple(address.casefold() for address in lists["emails"])
    github = section.get("github")
    return Person(
        id=name,
        name=section["name"],
        github=None if github is None else int(github),
        where=places.of("people", name),
        **lists,
    )


def _escalation(section: Mapping[str, Any], people: Mapping[str, Person], places: Places) -> Escalation:
    steps: dict[str, Step] = {}
    for name, step in section.items():
        for index, person in enumerate(step["people"]):
            known = people.get(person)
            if known is None or not (known.principals or known.github):
                what = f"`{person}` is none of the people" if known is None else f"`{person}` has nothing to sign with"
                remedy = "Name people of this file who have a principal or a GitHub account."
                raise UserError(what, where=places.of("escalate", name, "people", index), remedy=remedy)
        steps[name] = Step(int(step["after"]), tuple(step["people"]))
    found = Escalation(**steps)
    if found.lead and found.arbiter and found.arbiter.after <= found.lead.after:
        where = places.of("escalate", "arbiter", "after")
        raise UserError("the arbiter would decide before the lead", where=where, remedy="Give the lead fewer days.")
    return found


def _refuse_shared(people: tuple[Person, ...]) -> None:
    """Two people with one address could sign for each other's changes, or twice."""
    owner_by_mark: dict[tuple[str, str], Person] = {}
    for person in people:
        for kind, mark in _marks(person):
            other = owner_by_mark.setdefault((kind, mark.casefold()), person)
            if other is not person:
                what = f"`{person.id}` and `{other.id}` have the same {kind}: {mark}"
                raise UserError(what, where=person.where, remedy="Each belongs to one person.")


def _marks(person: Person) -> Iterator[tuple[str, str]]:
    yield from (("e-mail address", address) for address in person.emails)
    yield from (("principal", name) for name in person.principals)
    if person.github is not None:
        yield "GitHub account", str(person.github)


def _complaint(error: ValidationError, places: Places) -> UserError:
    schema: Any = error.schema
    found: Any = error.instance
    pointer = list(error.absolute_path)
    name = ".".join(str(step) for step in pointer) or "the file"
    known = schema.get("properties", {})
    what = f"`{name}` can't be {str(found)[:60]!r}"
    if error.validator == "additionalProperties":
        unknown = next(key for key in found if key not in known)
        pointer.append(unknown)
        what = f"unknown key `{unknown}` in {name}{nearest(unknown, known)}"
    elif error.validator == "required":
        missing = next(key for key in schema["required"] if key not in found)
        what = f"{name} has no `{missing}`"
        schema = known[missing]
    elif "propertyNames" in error.absolute_schema_path:
        pointer.append(found)
        what = f"`{found}` can't be an id in {name}"
    elif error.validator == "type":
        what = f"{name} must be of the type {error.validator_value}, not {str(found)[:60]!r}"
    return UserError(what, where=places.of(*pointer), remedy=schema.get("description", ""))
