"""A Content Security Policy as browsers read it, and what in it is no policy.

In: the text of one policy. Out: a `Csp`: its directives with their sources, and the faults of its text
(https://www.w3.org/TR/CSP3/#parse-serialized-policy).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checks.facts.reference import reference
from checks.facts.texts import clip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST = 200
"""Characters of a source that are told."""
_DATA = reference("csp")
_DIRECTIVES = frozenset(_DATA["directives"])
_KEYWORDS = frozenset(_DATA["keywords"])
_NO_SOURCES = frozenset(
    (
        "block-all-mixed-content",
        "plugin-types",
        "report-to",
        "report-uri",
        "require-sri-for",
        "require-trusted-types-for",
        "sandbox",
        "trusted-types",
        "upgrade-insecure-requests",
        "webrtc",
    )
)
"""Directives whose values are no sources."""
_SPACE = "\t\n\f\r "
_SPACES = re.compile(f"[{_SPACE}]+")
_NONCE = re.compile(r"'nonce-([A-Za-z0-9+/_-]+={0,2})'", re.IGNORECASE)
_HASH = re.compile(r"'(sha(?:256|384|512))-([A-Za-z0-9+/_-]+={0,2})'", re.IGNORECASE)
_BARE = re.compile(r"(?:nonce|sha(?:256|384|512))-\S+", re.IGNORECASE)
_SHORTEST_NONCE = 8
_MOST_TOLD = 50
LONGEST_POLICY = 100_000
"""Characters of a policy that are read; no server sends and no browser takes a header as long as that."""


@dataclass(slots=True)
class Csp:
    """One policy."""

    directives: dict[str, list[str]] = field(default_factory=dict)
    """Names in lower case, with the sources as written; of repeats, the first counts."""
    faults: dict[str, str] = field(default_factory=dict)
    """What is written, and what is wrong with it."""

    def sources(self, *names: str) -> list[str] | None:
        """Return the sources of the first of these directives that is there; None where none is."""
        return next((self.directives[name] for name in names if name in self.directives), None)


def parse_csp(text: str) -> Csp:
    """Return the policy that a text holds."""
    policy = Csp()
    if len(text) > LONGEST_POLICY:
        told = f"the policy has {len(text):,} characters; no browser takes so many, and {LONGEST_POLICY:,} were read"
        _note(policy, "Content-Security-Policy", told)
        text = text[:LONGEST_POLICY]
    for part in text.split(";"):
        name, *values = _SPACES.split(part.strip(_SPACE))
        if not name:
            continue
        lower = name.lower()
        if lower in policy.directives:
            _note(policy, name, f"{lower} stands there twice; browsers ignore the second")
            continue
        policy.directives[lower] = values
        if lower not in _DIRECTIVES:
            _note(policy, name, f"{clip(name, LONGEST)} is no directive; browsers ignore it")
        elif lower not in _NO_SOURCES:
            for source, problem in _faulty(lower, values):
                _note(policy, source, problem)
    return policy


def is_nonce(source: str) -> bool:
    """Whether a source is a nonce."""
    return _NONCE.fullmatch(source) is not None


def hash_of(source: str) -> tuple[str, str] | None:
    """Return algorithm and digest (base64, with the alphabet of URLs turned into the usual one) of a hash source."""
    match = _HASH.fullmatch(source)
    return (match[1].lower(), match[2].replace("-", "+").replace("_", "/")) if match else None


def _note(policy: Csp, written: str, problem: str) -> None:
    if len(policy.faults) < _MOST_TOLD:
        policy.faults.setdefault(clip(written, LONGEST), problem)


def _faulty(directive: str, values: list[str]) -> Iterator[tuple[str, str]]:
    for value in values:
        problem = _problem(directive, value.lower(), value)
        if problem:
            yield value, problem
    if len(values) > 1 and "'none'" in (value.lower() for value in values):
        yield f"{directive} 'none'", f"'none' counts in {directive} only when it stands alone"


def _problem(directive: str, lower: str, value: str) -> str | None:
    """Say what is wrong with a source; None where nothing is."""
    if lower in _DIRECTIVES:
        return f"a semicolon is missing before {lower}: in {directive} it is taken for the name of a host"
    if lower in _KEYWORDS - {"script", "allow", "block"} or _BARE.fullmatch(value):
        return f"{clip(lower, LONGEST)} stands in {directive} without quotation marks: it is taken for a host"
    if not value.startswith("'"):
        return "a comma ends the whole policy there" if "," in value else None
    if lower.strip("'") in _KEYWORDS and value.endswith("'"):
        return None
    nonce = _NONCE.fullmatch(value)
    if nonce is not None:
        return None if len(nonce[1]) >= _SHORTEST_NONCE else f"the nonce has fewer than {_SHORTEST_NONCE} characters"
    return None if hash_of(value) else f"{clip(value, LONGEST)} in {directive} is no source; browsers ignore it"


def policies_of(headers: list[str], metas: list[str]) -> Mapping[str, list[Csp]]:
    """Return the policies by where they stand; several in one header are separated by commas."""
    in_headers = [parse_csp(text) for header in headers for text in header.split(",") if text.strip(_SPACE)]
    return {"header": in_headers, "meta": [parse_csp(text) for text in metas if text.strip(_SPACE)]}
