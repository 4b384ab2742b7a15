"""Private credentials and test keys in a piece of a published file.

In: a `Block`. Out: hits: the rule, where, and of a secret its first 4 characters and a hash. The value itself goes no
further. Only shapes that say by themselves what they are count (`data/secrets.json`), because a finding blocks a
launch; of those, values that are samples are left out: by their own text (EXAMPLE, xxxx), by too little entropy, or,
in samples and running text, by what is said before them. How it is fast: most shapes begin where a long run of
letters, digits, `_` and `-` begins, and all such runs of a file are found by one translation and a search for 17
equal bytes; the other shapes have a word of their own that is searched for.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import re
import string
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.facts.credentials import Rule, Shapes, shapes, words
from checks.facts.text_block import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

SALT = b"gonogo leaks 1 "
"""Constant, because one value must have one fingerprint in every run and on every machine; it keeps the hash from being
looked up in lists of hashes of known credentials."""
PREFIX = 4

_RUN = 17
_TOKEN = frozenset((string.ascii_letters + string.digits + "_-").encode())
_MASK = bytes(ord("a") if byte in _TOKEN else ord(" ") for byte in range(256))
_REACH = 2200
_REPEATED = re.compile(rb"(.)\1{5}")


@dataclass(frozen=True, slots=True)
class Secret:
    """One private credential in a file."""

    rule: str
    line: int
    prefix: str
    hash: str


@dataclass(frozen=True, slots=True)
class TestKey:
    """One credential, host or placeholder that belongs to a sandbox."""

    rule: str
    line: int


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Rule
    at: int
    value: bytes


def secrets(block: Block) -> Iterator[Secret]:
    """The private credentials that begin in the block."""
    for hit in _hits(block, shapes("secrets")):
        if _is_secret(hit, block):
            digest = hashlib.sha256(SALT + hit.value).hexdigest()[:32]
            yield Secret(hit.rule.name, block.line(hit.at), hit.value[:PREFIX].decode("ascii", "replace"), digest)


def are_in_page(html: str) -> bool:
    """Return whether there is a private credential anywhere in a page."""
    body = html.encode("utf-8", "replace")
    return next(secrets(Block(body, "html", 0, len(body), 0)), None) is not None


def masked(text: str) -> str:
    """Return running text with the values of the private credentials in it replaced by `***`, but for the prefix."""
    body = text.encode()
    block = Block(body, "prose", 0, len(body), 0)
    values = {hit.value for hit in _hits(block, shapes("secrets")) if _is_secret(hit, block)}
    for value in sorted(values, key=len, reverse=True):
        body = body.replace(value, value[:PREFIX] + b"***")
    return body.decode("utf-8", "replace")


def test_keys(block: Block) -> Iterator[TestKey]:
    """The test keys that begin in code or in attributes; where text shows them to readers, they are no fault."""
    for hit in _hits(block, shapes("test_keys")):
        if block.context(hit.at) in {"code", "attribute"}:
            yield TestKey(hit.rule.name, block.line(hit.at))


def _hits(block: Block, known: Shapes) -> Iterator[_Hit]:
    body = block.body
    for start, end in _runs(body):
        if block.owns(start) and body.startswith(known.starts, start):
            yield from _at(block, start, known)
        elif body[start - 1 : start] == b"\\" and block.owns(start) and start + 1 < end:
            yield from _at(block, start + 1, known)  # after \n or \t in a string
    for needle, rule in known.by_needle:
        at = body.find(needle)
        while at >= 0:
            hit = _around(body, at, rule)
            if hit and block.owns(hit.at):
                yield hit
            at = body.find(needle, at + 1)


def _around(body: bytes, needle: int, rule: Rule) -> _Hit | None:
    """The value that a needle belongs to: it begins at the needle, or up to `rule.before` bytes before it."""
    for start in range(max(0, needle - rule.before), needle + 1):
        found = rule.pattern.match(body, start, start + _REACH)
        if found and found.end() > needle:
            return _Hit(rule, start, found[1] if rule.pattern.groups else found[0])
    return None


def _runs(body: bytes) -> Iterator[tuple[int, int]]:
    """Where each run of 17 and more token characters begins and ends."""
    mask = body.translate(_MASK)
    needle = b"a" * _RUN
    start = mask.find(needle)
    while start >= 0:
        end = mask.find(b" ", start)
        end = len(mask) if end < 0 else end
        yield start, end
        start = mask.find(needle, end)


def _at(block: Block, start: int, known: Shapes) -> Iterator[_Hit]:
    for prefix, rule in known.by_start:
        if block.body.startswith(prefix, start):
            found = rule.pattern.match(block.body, start, start + _REACH)
            if found:
                yield _Hit(rule, start, found[1] if rule.pattern.groups else found[0])


def _is_secret(hit: _Hit, block: Block) -> bool:
    rule = hit.rule
    context = block.context(hit.at)
    if rule.weak and context != "code":
        return False
    if context != "code" and any(sign in block.before(hit.at, 160) for sign in words("signs")):
        return False
    lower = hit.value.lower()
    if any(word in lower for word in words("samples")) or _REPEATED.search(hit.value):
        return False
    if rule.password and any(word in lower for word in words("passwords")):
        return False
    near = block.body[max(0, hit.at - 400) : hit.at + 400] if rule.require else b""
    if not all(word in near for word in rule.require):
        return False
    return entropy(hit.value) >= rule.entropy and (not rule.roles or _has_role(hit.value, rule.roles))


def entropy(value: bytes) -> float:
    """Shannon entropy in bits a character."""
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values()) if value else 0.0


def _has_role(payload: bytes, roles: tuple[bytes, ...]) -> bool:
    try:
        claims = base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4))
    except (binascii.Error, ValueError):
        return False
    return any(re.search(rb'"role"\s{0,4}:\s{0,4}"' + role + b'"', claims) for role in roles)
