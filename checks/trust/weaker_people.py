"""In what the people, keys and adopted findings of a change are weaker than those of its base.

In: two snapshots. Out: `Weakening`s. Pure. Where the base has no people yet, naming some is no weakening: they count
from the merge on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks.trust.record import KEEPS_KEYS, Weakening, shown
from checks.trust.root import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.signoff.adopted import Adopted
    from checks.signoff.people import Authority, Person
    from checks.signoff.signers import Signer
    from checks.trust.snapshot import Snapshot

PEOPLE_FILE: Final = f"{FOLDER}/people.yaml"
SIGNERS_FILE: Final = f"{FOLDER}/allowed_signers"
REVOKED_FILE: Final = f"{FOLDER}/revoked_keys"
SIGN_OFFS: Final = f"{FOLDER}/sign-offs"
NAMED: Final = 3


def weaker_people(base: Snapshot, head: Snapshot) -> Iterator[Weakening]:
    """Yield in what those who may sign, and their keys, are weaker in `head`."""
    if base.authority is None:
        return
    if head.authority is None:
        said = "The files that say who may sign are gone."
        yield Weakening("removed", PEOPLE_FILE, FOLDER, "people and their keys", "", KEEPS_KEYS, said)
        return
    yield from _people(base.authority, head.authority)
    yield from _signers(base.authority, head.authority)
    yield from _escalation(base.authority, head.authority)
    for name in sorted(base.revocations - head.revocations):
        said = f"The revocation {name} is gone: what it took back would count again."
        yield Weakening("revocation-removed", f"{SIGN_OFFS}/{name}.json", name, "revoked", "", KEEPS_KEYS, said)
    kept = {key.fingerprint for key in head.authority.revoked}
    for key in base.authority.revoked:
        if key.fingerprint not in kept:
            said = f"The key {key.fingerprint} is no longer revoked."
            yield Weakening("revocation-removed", REVOKED_FILE, key.fingerprint, "revoked", "", KEEPS_KEYS, said)


def weaker_adopted(base: Snapshot, head: Snapshot) -> Iterator[Weakening]:
    """Yield, file by file, which findings `head` adopts that were no old debt, or were older."""
    owner_by_policy = {policy.id: policy.owner for policy in base.policies}
    more: dict[str, list[Adopted]] = {}
    for fingerprint, one in head.adopted.items():
        old = base.adopted.get(fingerprint)
        if old is None or one.adopted > old.adopted or one.owner != old.owner:
            more.setdefault(owner_by_policy.get(one.policy, old.owner if old else one.owner), []).append(one)
    for owner, found in sorted(more.items()):
        file = f"{FOLDER}/adopted/{found[0].owner}.json"
        what = ", ".join(f"{one.policy} on {one.page or 'the site'}" for one in found[:NAMED])
        rest = f", and {len(found) - NAMED} more" if len(found) > NAMED else ""
        said = f"{_many(len(found))} of {owner} would be old debt that does not block, or newer debt: {what}{rest}."
        yield Weakening("finding-adopted", file, what, "", str(len(found)), owner, said)


def _escalation(base: Authority, head: Authority) -> Iterator[Weakening]:
    """Yield where somebody may decide for the owners who could not, or earlier."""
    for name in ("lead", "arbiter"):
        old, new = getattr(base.escalation, name), getattr(head.escalation, name)
        if new is None or new == old:
            continue
        if old is not None and new.after >= old.after and set(new.people) <= set(old.people):
            continue
        now = f"{_listed(new.people)} after {new.after} days"
        before = f"{_listed(old.people)} after {old.after} days" if old else ""
        said = f"The {name} who decides where owners do not agree would be {now}."
        yield Weakening("people-changed", PEOPLE_FILE, f"escalate.{name}", before, now, KEEPS_KEYS, said)


def _people(base: Authority, head: Authority) -> Iterator[Weakening]:
    before = {person.id: person for person in base.people}
    for person in head.people:
        old = before.get(person.id)
        if old is None:
            said = f"{person.id} is among the people now, with the roles {_listed(person.roles)}."
            yield _person(person, "", shown(list(person.roles)), said)
            continue
        for name in ("principals", "roles", "teams"):
            more = [one for one in getattr(person, name) if one not in getattr(old, name)]
            if more:
                said = f"{person.id} has more {name}: {_listed(more)}."
                yield _person(person, shown(list(getattr(old, name))), shown(list(getattr(person, name))), said)
        if old.github != person.github:
            said = f"{person.id} is another account on GitHub: {person.github}, no longer {old.github}."
            yield _person(person, shown(old.github), shown(person.github), said)
        fewer = [address for address in old.emails if address not in person.emails]
        if fewer:
            said = f"Commits by {_listed(fewer)} are no longer known as those of {person.id}, who could sign for them."
            yield _person(person, shown(list(old.emails)), shown(list(person.emails)), said)


def _person(person: Person, before: str, after: str, said: str) -> Weakening:
    return Weakening("people-changed", PEOPLE_FILE, person.id, before, after, KEEPS_KEYS, said)


def _signers(base: Authority, head: Authority) -> Iterator[Weakening]:
    before = {(one.principal, one.key.fingerprint): one for one in base.signers}
    for one in head.signers:
        old = before.get((one.principal, one.key.fingerprint))
        if old is None:
            said = f"The key {one.key.fingerprint} may sign for {one.principal}."
        elif old.cert_authority != one.cert_authority:
            said = f"The key {one.key.fingerprint} of {one.principal} signs other things: certificates, or sign-offs."
        elif _longer(old, one):
            said = f"The key {one.key.fingerprint} of {one.principal} may sign earlier, or for longer."
        else:
            continue
        yield Weakening("signer-added", SIGNERS_FILE, one.principal, _window(old), _window(one), KEEPS_KEYS, said)


def _longer(old: Signer, new: Signer) -> bool:
    earlier = old.valid_after is not None and (new.valid_after is None or new.valid_after < old.valid_after)
    later = old.valid_before is not None and (new.valid_before is None or new.valid_before > old.valid_before)
    return earlier or later


def _window(signer: Signer | None) -> str:
    if signer is None:
        return ""
    begin, end = (each.isoformat() if each else "ever" for each in (signer.valid_after, signer.valid_before))
    return f"{signer.key.fingerprint} from {begin} to {end}"


def _listed(names: object) -> str:
    return ", ".join(str(name) for name in names) if isinstance(names, list | tuple) and names else "none"


def _many(count: int) -> str:
    return f"{count} {'finding' if count == 1 else 'findings'}"
