"""People, keys and roles, looked at before somebody needs them: `gonogo doctor --trust`.

In: who may sign (or why that can't be read), the policies in force, the settings, the day. Out: what is wrong, what
is doubtful. Pure.
What ssh-keygen would pass over in silence (lines that it can't read, wildcards, one key under two names) is refused
where these files are read; here that refusal becomes one of the problems.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from checks.errors import UserError
from checks.judge.override import of_owner
from checks.signoff.excluded import excluded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.judge.override import Override
    from checks.judge.policy import Policy
    from checks.settings import Settings
    from checks.signoff.people import Authority, Person
    from checks.signoff.signers import Signer

BROKEN: Final = "broken"
"""A file can't be used (exit 2)."""
UNMEETABLE: Final = "unmeetable"
"""Nobody could sign for an exception that the rules allow (exit 4)."""
DOUBTFUL: Final = "doubtful"
"""It works today."""
SOON: Final = timedelta(days=30)
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong with people, keys or roles."""

    kind: str
    """BROKEN, UNMEETABLE or DOUBTFUL."""
    what: str
    where: str
    remedy: str


def lint(
    authority: Authority | UserError | None, policies: Sequence[Policy], settings: Settings, authors: Sequence[str] = ()
) -> tuple[Trouble, ...]:
    """Return what is wrong, worst first; `authority` is the error where the files can't be read.

    `authors` are the addresses in the latest commits; the day is that of the settings.
    """
    if isinstance(authority, UserError):
        return (Trouble(BROKEN, authority.what, authority.where, authority.remedy),)
    if authority is None:
        what = "nobody may sign for an exception: there is no gonogo/people.yaml"
        return (Trouble(DOUBTFUL, what, "gonogo/people.yaml", "docs/sign-off.md says how to name people and keys."),)
    return (
        *_rules(authority, policies, settings),
        *_strangers(authority, authors),
        *_keys(authority, settings.today),
        *_people(authority, settings),
    )


def _rules(authority: Authority, policies: Sequence[Policy], settings: Settings) -> Iterator[Trouble]:
    """Give the rules for exceptions that can't be met, once for each set of owners who must sign."""
    can_sign = tuple(person for person in authority.people if _signs(person, authority, settings.today))
    for by, ids in sorted(_by_signers(policies).items(), key=lambda each: each[0].groups):
        why = _why_unmeetable(by, can_sign)
        if why:
            what = f"an exception to {_some(ids)} needs {by.words}, which can't be met: {why}"
            remedy = f"It takes two people with the role {by.words}, each with a key or a GitHub account."
            yield Trouble(UNMEETABLE, what, "gonogo/people.yaml", remedy)


def _why_unmeetable(by: Override, can_sign: Sequence[Person]) -> str:
    """Return why an exception can't be signed for, whoever of these people made the change; empty where it can."""
    if _met(by, can_sign):
        stuck = [one.name for one in can_sign if not _met(by, [other for other in can_sign if other is not one])]
        return f"once {' or '.join(stuck)} made the change, for nobody can sign for their own" if stuck else ""
    roles = [name for name in by.owners if not any(name in one.roles for one in can_sign)]
    return f"nobody has the role {' or '.join(roles)}" if roles else "it takes more people than there are"


def _by_signers(policies: Sequence[Policy]) -> dict[Override, list[str]]:
    """Return who must sign -> ids of the policies whose exceptions they sign; what nobody can sign is left out."""
    found: dict[Override, list[str]] = {}
    for policy in policies:
        by = policy.override or of_owner(policy.owner)
        if policy.blocks and not by.never:
            found.setdefault(by, []).append(policy.id)
    return found


def _met(by: Override, people: Sequence[Person]) -> bool:
    return any(_filled(group, people) for group in by.groups)


def _filled(owners: Sequence[str], people: Sequence[Person]) -> bool:
    """Return whether each of `owners` can be signed for by somebody, and nobody signs for two of them."""
    if not owners:
        return True
    first, *rest = owners
    return any(
        _filled(rest, [other for other in people if other is not person]) for person in people if first in person.roles
    )


def _signs(person: Person, authority: Authority, today: date) -> bool:
    """Return whether this person has a key that counts today, or an account whose reviews count."""
    return person.github is not None or any(
        _counts(signer, authority, today) for signer in authority.signers if signer.principal in person.principals
    )


def _counts(signer: Signer, authority: Authority, today: date) -> bool:
    now = _midnight(today)
    return (
        signer.key.fingerprint not in {key.fingerprint for key in authority.revoked}
        and (signer.valid_before is None or signer.valid_before > now)
        and (signer.valid_after is None or signer.valid_after < now + timedelta(days=1))
    )


def _strangers(authority: Authority, authors: Sequence[str]) -> Iterator[Trouble]:
    """Tell of those who make changes and are none of the people: they might be whoever signs."""
    unknown = excluded(authority.people, authors, ()).unknown_authors if authors else ()
    if unknown:
        what = f"no sign-off counts for a change by somebody who is none of the people, such as {_some(unknown)}"
        remedy = "Name everybody who makes changes, with `emails`; without roles they can't sign."
        yield Trouble(DOUBTFUL, what, "gonogo/people.yaml", remedy)


def _keys(authority: Authority, today: date) -> Iterator[Trouble]:
    """Give the keys that are over, will be soon, or are revoked and still listed."""
    now = _midnight(today)
    revoked = {key.fingerprint for key in authority.revoked}
    for signer in authority.signers:
        if signer.key.fingerprint in revoked:
            what = f"the key of {signer.principal} was revoked, and is still listed"
            yield Trouble(DOUBTFUL, what, signer.where, "Take the line out; it stays in gonogo/revoked_keys.")
        elif signer.valid_before is not None and signer.valid_before <= now + SOON:
            over = "is over since" if signer.valid_before <= now else "ends on"
            what = f"the key of {signer.principal} {over} {signer.valid_before:%Y-%m-%d}"
            yield Trouble(DOUBTFUL, what, signer.where, "Add the next key, or a later `valid-before`.")


def _people(authority: Authority, settings: Settings) -> Iterator[Trouble]:
    """Give people whose role says that they may sign, and who have nothing to sign with."""
    for person in authority.people:
        if person.roles and not _signs(person, authority, settings.today):
            what = f"{person.name} may sign for {' and '.join(person.roles)}, and has no key that counts"
            yield Trouble(DOUBTFUL, what, person.where, "Add `principals` with a key, or `github` for reviews.")


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _some(ids: Sequence[str]) -> str:
    rest = len(ids) - _NAMED
    return ", ".join(ids[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
