"""Whose signatures stand below a statement: steps 5 and 6 of the order of verification.

In: the files of a statement, who may sign, and the time that counts. Out: an outcome, why, and the people who signed.
One block that is not a good signature spoils the statement; a key that may not sign only counts for nothing.
ssh-keygen gets one line, written from the record that was read strictly and from the key in the signature itself,
whose digest is that of the record: what it might read otherwise than we do never reaches it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from checks.signoff import armour, ssh_keygen, verified
from checks.signoff.signers import NAMESPACE
from checks.signoff.verified import SignedBy, signed_by

if TYPE_CHECKING:
    from checks.signoff.armour import Signature
    from checks.signoff.people import Authority, Person
    from checks.signoff.signers import Signer
    from checks.signoff.verified import StatementFiles

MOST: Final = 8
"""Signatures below one statement."""


@dataclass(frozen=True, slots=True)
class _Refused:
    """A signature that does not count."""

    outcome: str
    why: str


def signers_of(
    files: StatementFiles, authority: Authority | None, now: datetime
) -> tuple[str, str, tuple[SignedBy, ...]]:
    """Return UNUSED, nothing and the people whose signatures count; or the outcome, why, and nobody.

    Raises CannotMeasureError without ssh-keygen.
    """
    if not 0 < len(files.signatures) <= MOST:
        why = f"it has {len(files.signatures)} signatures; from 1 to {MOST} are read"
        return verified.BAD_SIGNATURE, why, ()
    if authority is None:
        return verified.UNKNOWN_SIGNER, "the rules that decide name nobody who may sign", ()
    signers: dict[str, SignedBy] = {}
    refused: list[_Refused] = []
    for each in files.signatures:
        found = _signer(files.statement, each, authority, now)
        if isinstance(found, SignedBy):
            signers.setdefault(found.fingerprint, found)
        elif found.outcome == verified.BAD_SIGNATURE:
            return found.outcome, found.why, ()
        else:
            refused.append(found)
    if not signers:
        return refused[0].outcome, "; ".join(dict.fromkeys(one.why for one in refused)), ()
    return verified.UNUSED, "", tuple(signers.values())


def _signer(data: bytes, armoured: bytes, authority: Authority, now: datetime) -> SignedBy | _Refused:
    try:
        signature = armour.read(armoured)
    except armour.ArmourError as error:
        return _Refused(verified.BAD_SIGNATURE, str(error))
    if signature.namespace != NAMESPACE:
        return _Refused(verified.BAD_SIGNATURE, f"it was signed as {signature.namespace[:60]}, not as {NAMESPACE}")
    matching = _matching(signature, authority)
    people = {person.id: person for signer in matching if (person := _person(signer, authority))}
    if len(people) != 1 or not matching:
        whose = "stands for several people" if people else "is none of those that may sign"
        return _Refused(verified.UNKNOWN_SIGNER, f"the key {signature.key.fingerprint} {whose}")
    signer, (person,) = matching[0], people.values()
    revoked = {key.fingerprint for key in authority.revoked}
    problem = ssh_keygen.verify(
        data, armoured, signer.principal, _line(signer, signature), _revoked(signature, revoked), now
    )
    if problem is None:
        return signed_by(person, signature.key.fingerprint, authority)
    return _why(data, armoured, signer, signature, revoked, now) or _Refused(verified.BAD_SIGNATURE, problem)


def _matching(signature: Signature, authority: Authority) -> list[Signer]:
    """Return the lines that the key stands in: its own, or those of the authority that vouches for one person."""
    certificate = signature.certificate
    if certificate is None:
        print_ = signature.key.fingerprint
        return [one for one in authority.signers if not one.cert_authority and one.key.fingerprint == print_]
    if len(certificate.principals) != 1:
        return []
    print_ = certificate.authority.fingerprint
    return [
        one
        for one in authority.signers
        if one.cert_authority and one.key.fingerprint == print_ and one.principal == certificate.principals[0]
    ]


def _person(signer: Signer, authority: Authority) -> Person | None:
    return next((person for person in authority.people if signer.principal in person.principals), None)


def _line(signer: Signer, signature: Signature, *, always: bool = False) -> bytes:
    """Return the file of signers: this one; `always` leaves out from when until when."""
    vouching = signature.certificate
    options = [*(["cert-authority"] if vouching else []), f'namespaces="{NAMESPACE}"']
    for name, moment in (("valid-after", signer.valid_after), ("valid-before", signer.valid_before)):
        if moment and not always:
            options.append(f'{name}="{moment:%Y%m%d%H%M%S}Z"')
    key = vouching.authority if vouching else signature.key
    return f"{signer.principal} {','.join(options)} {key.line}\n".encode()


def _revoked(signature: Signature, revoked: set[str]) -> bytes:
    """Return the file of revoked keys: those of this signature that are."""
    keys = [signature.key, *([signature.certificate.authority] if signature.certificate else [])]
    return "".join(f"{key.line}\n" for key in keys if key.fingerprint in revoked).encode()


def _why(
    data: bytes, armoured: bytes, signer: Signer, signature: Signature, revoked: set[str], now: datetime
) -> _Refused | None:
    """Return why a key that made a good signature may not sign now; None where the signature is not good."""
    certificate = signature.certificate
    then = _moment(certificate.valid_after + 1) if certificate else now
    if ssh_keygen.verify(data, armoured, signer.principal, _line(signer, signature, always=True), b"", then):
        return None
    if _revoked(signature, revoked):
        return _Refused(verified.REVOKED, f"the key {signature.key.fingerprint} of {signer.principal} is revoked")
    begins, ends = _window(signer, signature)
    if now > ends:
        when = f"{ends:%Y-%m-%d %H:%M} UTC"
        return _Refused(verified.EXPIRED, f"the key of {signer.principal} could sign until {when}")
    if now < begins:
        when = f"{begins:%Y-%m-%d %H:%M} UTC"
        return _Refused(verified.NOT_YET, f"the key of {signer.principal} can sign from {when} on")
    return None


def _window(signer: Signer, signature: Signature) -> tuple[datetime, datetime]:
    begins = [signer.valid_after] if signer.valid_after else []
    ends = [signer.valid_before] if signer.valid_before else []
    if signature.certificate:
        begins.append(_moment(signature.certificate.valid_after))
        ends.append(_moment(signature.certificate.valid_before))
    earliest, latest = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    return max(begins, default=earliest), min(ends, default=latest)


def _moment(seconds: int) -> datetime:
    """Return a moment of a certificate, whose numbers may be greater than any year has."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.max.replace(tzinfo=UTC)
