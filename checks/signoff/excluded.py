"""Who made the change, and so can't sign for it.

In: the people, and by which addresses and accounts the change was made. Out: a frozen `Excluded`. Pure.
Stable marks are compared, never logins or names. An author whom nobody knows may be any of those who sign: then
nobody's signature counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checks.signoff.people import Person

THE_FORGE: Final = frozenset({"noreply@github.com"})
"""Who commits what is merged or edited on the forge's pages; the author stands beside it."""
NOBODY: Final = "nothing says who made the change"
_NO_REPLY: Final = re.compile(r"(?P<id>[0-9]+)\+[^@]*@users\.noreply\.github\.com")
"""https://docs.github.com/en/account-and-profile/reference/email-addresses-reference"""


@dataclass(frozen=True, slots=True)
class Excluded:
    """Who can't sign."""

    people: frozenset[str] = frozenset()
    """Ids of persons."""
    why: Mapping[str, str] = field(default_factory=dict)
    """Id -> by what the person is known to have made the change."""
    unknown_authors: tuple[str, ...] = ()
    """Authors who are none of the people: while there is one, no signature counts."""
    unknown_others: tuple[str, ...] = ()
    """Others who had a hand in it and are none of the people: told, and nothing follows."""


def excluded(
    people: Iterable[Person], emails: Iterable[str], github_ids: Iterable[int], pushers: Iterable[str | int] = ()
) -> Excluded:
    """Return who can't sign for a change.

    `emails` are those of authors, committers and co-authors of its commits, `github_ids` the accounts of its author
    and of whoever started the event; `pushers` (accounts or addresses) pushed it, a merge queue among them.
    """
    by_mark = {mark: person for person in people for mark in _marks(person)}
    authors = [*(_mark(each) for each in emails if each.casefold() not in THE_FORGE), *map(_mark, github_ids)]
    others = [_mark(each) for each in pushers if str(each).casefold() not in THE_FORGE]
    why: dict[str, str] = {}
    for mark in (*authors, *others):
        if (person := by_mark.get(mark)) is not None:
            why.setdefault(person.id, _said(mark))
    unknown = tuple(dict.fromkeys(_said(mark) for mark in authors if mark not in by_mark))
    return Excluded(
        people=frozenset(why),
        why=why,
        unknown_authors=unknown if authors else (NOBODY,),
        unknown_others=tuple(dict.fromkeys(_said(mark) for mark in others if mark not in by_mark)),
    )


def _marks(person: Person) -> Iterable[str | int]:
    yield from (address.casefold() for address in person.emails)
    yield from (int(found["id"]) for address in person.emails if (found := _NO_REPLY.fullmatch(address)))
    if person.github is not None:
        yield person.github


def _mark(identity: str | int) -> str | int:
    """Return an account for the address that GitHub makes from it, else the address in small letters."""
    if isinstance(identity, int):
        return identity
    address = identity.strip().casefold()
    found = _NO_REPLY.fullmatch(address)
    return int(found["id"]) if found else address


def _said(mark: str | int) -> str:
    return f"GitHub account {mark}" if isinstance(mark, int) else mark
