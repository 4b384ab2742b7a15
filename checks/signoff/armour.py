"""The text of an SSH signature, taken apart: one armoured block, and nothing in it that is not signed.

In: the bytes of a .sig file. Out: a frozen `Signature`: whose key made it, for what namespace. Pure.
ssh-keygen takes more than it writes: text behind the footer, other line ends, a reserved field that is not signed.
So the block is decoded and encoded again, and must be the same, before ssh-keygen sees it.
Format: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig and PROTOCOL.certkeys.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

HEADER: Final = b"-----BEGIN SSH SIGNATURE-----"
FOOTER: Final = b"-----END SSH SIGNATURE-----"
LARGEST: Final = 16 * 1024
WIDTH: Final = 70
HASHES: Final = frozenset({"sha256", "sha512"})
_MAGIC: Final = b"SSHSIG"
_VERSION: Final = 1
_KEY_FIELDS: Final = {
    "ssh-ed25519": 1,
    "ssh-rsa": 2,
    "ecdsa-sha2-nistp256": 2,
    "ecdsa-sha2-nistp384": 2,
    "ecdsa-sha2-nistp521": 2,
    "sk-ssh-ed25519@openssh.com": 2,
    "sk-ecdsa-sha2-nistp256@openssh.com": 3,
}
"""Type of key -> strings behind its name."""
_CERTIFICATE: Final = "-cert-v01@openssh.com"
_USER: Final = 1


class ArmourError(ValueError):
    """The text is not exactly one signature."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key, as it stands in signatures and in files of keys."""

    type: str
    blob: bytes

    @property
    def fingerprint(self) -> str:
        """`SHA256:...`, as `ssh-keygen -lf` prints it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")

    @property
    def line(self) -> str:
        """The key as files of keys hold it."""
        return f"{self.type} {base64.b64encode(self.blob).decode()}"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an authority says of a key."""

    principals: tuple[str, ...]
    authority: PublicKey
    valid_after: int
    """Seconds since 1970."""
    valid_before: int


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature, not yet verified."""

    key: PublicKey
    """The key that made it; where it has a certificate, the key itself."""
    certificate: Certificate | None
    namespace: str
    hash_algorithm: str


class _Reader:
    """Takes values off the front of bytes (RFC 4251, section 5)."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        if self.at + size > len(self.data):
            raise ArmourError("the signature breaks off")
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self, size: int = 4) -> int:
        return int.from_bytes(self.take(size), "big")

    def string(self) -> bytes:
        return self.take(self.number())

    def text(self) -> str:
        try:
            return self.string().decode("ascii")
        except UnicodeDecodeError as error:
            raise ArmourError("a name in the signature is not ASCII") from error

    def end(self) -> None:
        if self.at != len(self.data):
            raise ArmourError("something follows behind the end of the signature")


def read(armoured: bytes) -> Signature:
    """Return the signature that `armoured` is.

    Raises ArmourError for anything but one block as ssh-keygen writes it.
    """
    reader = _Reader(_decoded(armoured))
    if reader.take(len(_MAGIC)) != _MAGIC or reader.number() != _VERSION:
        raise ArmourError("this is no SSH signature of version 1")
    key, certificate = _public_key(reader.string())
    namespace = reader.text()
    if reader.string():
        raise ArmourError("the reserved field, which is not signed, holds something")
    algorithm = reader.text()
    if algorithm not in HASHES:
        raise ArmourError(f"the hash algorithm {algorithm[:20]!r} is not taken")
    made = reader.string()
    reader.end()
    _check_made(made, key.type)
    return Signature(key, certificate, namespace, algorithm)


def fingerprint_of(armoured: bytes) -> str:
    """Return the fingerprint of the key that made the signature. Raises ArmourError as `read` does."""
    return read(armoured).key.fingerprint


def encoded(blob: bytes) -> bytes:
    """Return the armour of a signature, as ssh-keygen writes it."""
    text = base64.b64encode(blob)
    lines = [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
    # A last line that is full is followed by an empty one (sshbuf_dtob64).
    full = [b""] if len(text) % WIDTH == 0 else []
    return b"\n".join([HEADER, *lines, *full, FOOTER, b""])


def _decoded(armoured: bytes) -> bytes:
    if len(armoured) > LARGEST:
        raise ArmourError(f"the signature has {len(armoured):,} bytes; at most {LARGEST:,} are read")
    body = armoured.removeprefix(HEADER + b"\n").removesuffix(FOOTER + b"\n")
    try:
        blob = base64.b64decode(body.replace(b"\n", b""), validate=True)
    except binascii.Error as error:
        raise ArmourError("this is not one armoured SSH signature") from error
    if encoded(blob) != armoured:
        raise ArmourError("the armour is not as ssh-keygen writes it, or something stands before or behind it")
    return blob


def _public_key(blob: bytes) -> tuple[PublicKey, Certificate | None]:
    reader = _Reader(blob)
    name = reader.text()
    if not name.endswith(_CERTIFICATE):
        _key_fields(reader, name)
        reader.end()
        return PublicKey(name, blob), None
    plain = name.removesuffix(_CERTIFICATE) + ("@openssh.com" if name.startswith("sk-") else "")
    reader.string()  # the nonce
    begin = reader.at
    _key_fields(reader, plain)
    key = PublicKey(plain, len(plain).to_bytes(4, "big") + plain.encode() + blob[begin : reader.at])
    return key, _certificate(reader)


def _certificate(reader: _Reader) -> Certificate:
    reader.number(8)  # the serial number
    if reader.number() != _USER:
        raise ArmourError("the certificate is not one of a person")
    reader.string()  # its id
    listed = _Reader(reader.string())
    principals = []
    while listed.at < len(listed.data):
        principals.append(listed.text())
    after, before = reader.number(8), reader.number(8)
    for _ in ("critical options", "extensions", "reserved"):
        reader.string()
    authority = reader.string()
    reader.string()  # the authority's signature, which ssh-keygen verifies
    reader.end()
    inner = _Reader(authority)
    name = inner.text()
    _key_fields(inner, name)
    inner.end()
    return Certificate(tuple(principals), PublicKey(name, authority), after, before)


def _key_fields(reader: _Reader, name: str) -> None:
    if name not in _KEY_FIELDS:
        raise ArmourError(f"{name[:60]!r} is no type of key that can sign")
    for _ in range(_KEY_FIELDS[name]):
        reader.string()


def _check_made(made: bytes, key_type: str) -> None:
    reader = _Reader(made)
    reader.text()
    reader.string()
    if key_type.startswith("sk-"):
        reader.take(5)  # flags and counter of the hardware key
    reader.end()
