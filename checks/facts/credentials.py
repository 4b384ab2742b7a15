"""The shapes of credentials: what `checks.facts.secrets` searches for.

In: `data/secrets.json` and `data/test_keys.json`. Out: rules with compiled patterns, ordered by how they are found: by
how a run of token characters begins, or by a word that stands in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from checks.facts.reference import reference

_ENTROPY = 3.0
"""Least entropy where a rule names none: random values of 16 and more characters have more, typed patterns less."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape."""

    name: str
    pattern: re.Pattern[bytes]
    """Its first group, where it has one, is the value."""
    before: int
    """The value begins at most so many bytes before the word that it is found by."""
    entropy: float
    """Least entropy of a value, in bits a character."""
    weak: bool
    """Counts in code only."""
    password: bool
    """The value was chosen by a person, and may be a word that only stands for a password."""
    require: tuple[bytes, ...]
    """Words that must stand near it."""
    roles: tuple[bytes, ...]
    """For tokens with claims: one of these roles must be among them."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """The rules of one file."""

    starts: tuple[bytes, ...]
    """Every beginning that a rule is found by."""
    by_start: tuple[tuple[bytes, Rule], ...]
    by_needle: tuple[tuple[bytes, Rule], ...]


@cache
def shapes(name: str) -> Shapes:
    """Return the shapes in `data/NAME.json`."""
    by_start: list[tuple[bytes, Rule]] = []
    by_needle: list[tuple[bytes, Rule]] = []
    for entry in reference(name)["rules"]:
        rule = _rule(entry)
        by_start += [(start.encode(), rule) for start in entry.get("starts", ())]
        by_needle += [(needle.encode(), rule) for needle in entry.get("needles", ())]
    return Shapes(tuple(start for start, _ in by_start), tuple(by_start), tuple(by_needle))


@cache
def words(name: str) -> tuple[bytes, ...]:
    """Return a list of words of `data/secrets.json`: samples, signs or passwords."""
    return tuple(word.encode() for word in reference("secrets")[name])


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(
        name=entry["rule"],
        pattern=re.compile(entry["pattern"].encode()),
        before=entry.get("before", 0),
        entropy=float(entry.get("entropy", _ENTROPY)),
        weak=entry.get("weak", False),
        password=entry.get("password", False),
        require=tuple(word.encode() for word in entry.get("require", ())),
        roles=tuple(role.encode() for role in entry.get("roles", ())),
    )
