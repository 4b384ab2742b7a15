"""The keys that may sign, and those that no longer may: `gonogo/allowed_signers` and `gonogo/revoked_keys`.

In: the bytes of these files, in the formats that ssh-keygen reads (ssh-keygen(1), ALLOWED SIGNERS and -r). Out: frozen
records with each key's fingerprint as ssh-keygen prints it. Pure.
ssh-keygen passes over lines that it does not understand, and takes wildcards, other namespaces and times of some time
zone. Here each of these is an error, so that nobody signs by accident and nobody is left out by a typo.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from checks.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE: Final = "sign-off@gonogo"
"""What a signature is for; it stands inside the signed bytes, so that no other signature passes for a sign-off."""
LARGEST: Final = 256 * 1024
PRINCIPAL: Final = r"[A-Za-z0-9][A-Za-z0-9._@+-]*"

_FIELDS_BY_TYPE: Final = {
    "ssh-ed25519": 2,
    "ssh-rsa": 3,
    "ecdsa-sha2-nistp256": 3,
    "ecdsa-sha2-nistp384": 3,
    "ecdsa-sha2-nistp521": 3,
    "sk-ssh-ed25519@openssh.com": 3,
    "sk-ecdsa-sha2-nistp256@openssh.com": 4,
}
"""Type of key -> strings in its public key (RFC 4253, RFC 5656, RFC 8709; openssh PROTOCOL.u2f)."""
_ED25519_BYTES: Final = 32
_RSA_BITS: Final = 2048
_TOKEN: Final = re.compile(r'(?:[^\s"]|"[^"]*")+')
_OPTION: Final = re.compile(r'(?P<name>[A-Za-z-]+)(?:="(?P<value>[^"]*)")?(?:,|$)')
_HAS_VALUE: Final = {"cert-authority": False, "namespaces": True, "valid-after": True, "valid-before": True}
"""Option of a signer -> whether a value follows it."""
_TIME: Final = re.compile(r"\d{8}(?:\d{4}(?:\d{2})?)?Z", re.ASCII)
_FORMATS: Final = {9: "%Y%m%dZ", 13: "%Y%m%d%H%MZ", 15: "%Y%m%d%H%M%SZ"}
_LINE: Final = f'NAME namespaces="{NAMESPACE}" ssh-ed25519 AAAA...'


@dataclass(frozen=True, slots=True)
class Key:
    """A public key."""

    type: str
    fingerprint: str
    """`SHA256:...`, as `ssh-keygen -lf` prints it."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that may sign for a principal, and from when until when."""

    principal: str
    key: Key
    cert_authority: bool
    """Whether the key signs certificates of keys, rather than sign-offs."""
    valid_after: datetime | None
    valid_before: datetime | None
    where: str
    """File and line."""


def parse_signers(data: bytes, source: str) -> tuple[Signer, ...]:
    """Return the signers of an allowed_signers file.

    Raises UserError, with file and line, for a line that can't be read, a wildcard, another namespace, a time without
    Z, and a key that stands there for two principals or twice.
    """
    signers = [signer for line, where in _lines(data, source) for signer in _signers(line, where)]
    seen: dict[str, Signer] = {}
    for signer in signers:
        first = seen.setdefault(signer.key.fingerprint, signer)
        if first is signer or (signer.cert_authority and first.cert_authority and first.principal != signer.principal):
            continue
        whom = "twice" if first.principal == signer.principal else f"for `{first.principal}` as well"
        remedy = "One key signs for one principal: two people who share a key can't be told apart."
        raise UserError(
            f"the key of `{signer.principal}` stands there {whom} ({first.where})", where=signer.where, remedy=remedy
        )
    return tuple(signers)


def parse_revoked(data: bytes, source: str) -> tuple[Key, ...]:
    """Return the keys of a revoked_keys file: one public key a line, `#` begins a comment.

    Raises UserError, with file and line, for everything else, a key revocation list (KRL) of ssh-keygen among it.
    """
    if data.startswith(b"SSHKRL\n"):
        remedy = "Write the revoked public keys into it, one a line, so that people can read who was revoked."
        raise UserError("this is a binary list of ssh-keygen", where=source, remedy=remedy)
    return tuple(_key(_TOKEN.findall(line), where) for line, where in _lines(data, source))


def _lines(data: bytes, source: str) -> Iterator[tuple[str, str]]:
    """Give each line that says something, and where it stands."""
    if len(data) > LARGEST:
        what = f"the file has {len(data):,} bytes; at most {LARGEST:,} are read"
        raise UserError(what, where=source, remedy="Shorten it.")
    for number, raw in enumerate(data.removesuffix(b"\n").split(b"\n"), 1):
        where = f"{source}:{number}"
        try:
            line = raw.decode()
        except UnicodeDecodeError as error:
            raise UserError("this is not UTF-8", where=where, remedy="Save the file as UTF-8.") from error
        if any(not character.isprintable() and character != "\t" for character in line):
            remedy = "Save the file as plain text with Unix line ends, without a byte order mark."
            raise UserError("a character that can't be seen", where=where, remedy=remedy)
        if line.strip() and not line.lstrip().startswith("#"):
            yield line, where


def _signers(line: str, where: str) -> Iterator[Signer]:
    if _TOKEN.sub("", line).strip():
        raise UserError("a quotation mark has no partner", where=where, remedy=f"Write {_LINE}")
    principals, *rest = _TOKEN.findall(line)
    options = rest.pop(0) if rest and rest[0] not in _FIELDS_BY_TYPE else ""
    named = _options(options, where)
    after, before = _time(named, "valid-after", where), _time(named, "valid-before", where)
    if after and before and after >= before:
        raise UserError("`valid-before` is not after `valid-after`", where=where, remedy="No signature would count.")
    key = _key(rest, where)
    names = principals.split(",")
    for name in names:
        if not re.fullmatch(PRINCIPAL, name):
            remedy = "Write a name such as ana@example.com: no wildcards, no quotes."
            raise UserError(f"`{name}` can't be a principal", where=where, remedy=remedy)
        yield Signer(name, key, "cert-authority" in named, after, before, where)


def _options(text: str, where: str) -> dict[str, str | None]:
    named: dict[str, str | None] = {}
    at = 0
    while at < len(text):
        found = _OPTION.match(text, at)
        name, value = (found["name"], found["value"]) if found else (text[at:], None)
        if not found or name not in _HAS_VALUE or _HAS_VALUE[name] != (value is not None) or text.endswith(","):
            remedy = 'There are: cert-authority, namespaces="...", valid-after="...Z" and valid-before="...Z".'
            raise UserError(f"`{name}` can't be read here", where=where, remedy=f"{remedy} A line is: {_LINE}")
        if name in named:
            raise UserError(f"`{name}` stands there twice", where=where, remedy="Keep one of the two.")
        named[name] = value
        at = found.end()
    if named.get("namespaces") != NAMESPACE:
        said = named.get("namespaces")
        what = f'namespaces is "{said}"' if said is not None else "no namespaces are named"
        raise UserError(f"{what}; it must be exactly {NAMESPACE}", where=where, remedy=f"Write {_LINE}")
    return named


def _time(named: dict[str, str | None], name: str, where: str) -> datetime | None:
    text = named.get(name)
    if text is None:
        return None
    if _TIME.fullmatch(text):
        try:
            return datetime.strptime(text, _FORMATS[len(text)]).replace(tzinfo=UTC)
        except ValueError:
            pass
    remedy = "Write the time in UTC with a Z at its end, such as 20261231Z or 20261231235959Z."
    raise UserError(f'`{name}` can\'t be "{text}"', where=where, remedy=remedy)


def _key(tokens: list[str], where: str) -> Key:
    """Return the key that `TYPE BASE64 [COMMENT]` is."""
    kind, text = (*tokens, "", "")[:2]
    if kind not in _FIELDS_BY_TYPE:
        remedy = f"There are: {', '.join(_FIELDS_BY_TYPE)}."
        raise UserError(f"`{kind}` is no type of key that can sign", where=where, remedy=remedy)
    try:
        blob = base64.b64decode(text, validate=True)
        fields = _fields(blob)
    except (binascii.Error, ValueError):
        fields = []
    sound = len(fields) == _FIELDS_BY_TYPE[kind] and fields[0] == kind.encode()
    if not sound or ("ed25519" in kind and len(fields[1]) != _ED25519_BYTES):
        remedy = "Copy the line of the .pub file again."
        raise UserError(f"this is no public key of the type {kind}", where=where, remedy=remedy)
    if kind == "ssh-rsa" and int.from_bytes(fields[2], "big").bit_length() < _RSA_BITS:
        remedy = "Make a new one: ssh-keygen -t ed25519"
        raise UserError(f"RSA keys of less than {_RSA_BITS} bits are not taken", where=where, remedy=remedy)
    digest = base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    return Key(kind, f"SHA256:{digest}")


def _fields(blob: bytes) -> list[bytes]:
    """Return the strings that a public key is made of (RFC 4251, section 5); ValueError where it breaks off."""
    fields: list[bytes] = []
    at = 0
    while at < len(blob):
        size = int.from_bytes(blob[at : at + 4], "big")
        end = at + 4 + size
        if end > len(blob) or at + 4 > len(blob):
            raise ValueError
        fields.append(blob[at + 4 : end])
        at = end
    return fields
