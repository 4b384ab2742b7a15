"""Signing itself, for the actions that do.

In: bytes and a key. Out: a signature, and whose it is by the files of the working tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.report.escape import terminal
from checks.signoff import armour, ssh_keygen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from checks.signoff.armour import Signature
    from checks.signoff.people import Authority
    from checks.signoff.signers import Signer


def signature_of(data: bytes, key: Path) -> bytes:
    """Return the signature over `data`; ssh-keygen asks for the passphrase, or waits for the key to be touched."""
    return ssh_keygen.sign(data, key)


def has_signed(signature: bytes, others: Sequence[bytes]) -> bool:
    """Return whether the key of `signature` made one of the others: some keys make another signature each time."""
    return armour.fingerprint_of(signature) in {_fingerprint(other) for other in others}


def _fingerprint(signature: bytes) -> str:
    """Return the fingerprint of the key; empty for what is no signature, which verification tells."""
    try:
        return armour.fingerprint_of(signature)
    except armour.ArmourError:
        return ""


def whose(signature: bytes, known: Authority | None) -> str:
    """Return one line that says whose key has signed, and whether it counts by the files of the working tree."""
    made = armour.read(signature)
    fingerprint = made.key.fingerprint
    if known is None:
        return f"Signed with the key {fingerprint}. Whose it is stands in gonogo/people.yaml, and that is not here."
    if any(key.fingerprint == fingerprint for key in known.revoked):
        return f"note: the key {fingerprint} was revoked: this signature does not count."
    principals = {one.principal for one in known.signers if _is_of(one, made)}
    person = next((one for one in known.people if principals & set(one.principals)), None)
    if person is None:
        return f"note: {fingerprint} is not in gonogo/allowed_signers: it does not count until it is there."
    return f"By {terminal(person.name)} ({terminal(', '.join(person.roles) or 'no role')}), with the key {fingerprint}."


def _is_of(signer: Signer, made: Signature) -> bool:
    """Return whether a line of allowed_signers names the key that signed, or the authority that vouches for it."""
    if not signer.cert_authority:
        return signer.key.fingerprint == made.key.fingerprint
    vouched = made.certificate
    return (
        vouched is not None
        and signer.key.fingerprint == vouched.authority.fingerprint
        and signer.principal in vouched.principals
    )
