"""What a host model tells beside its answers: the rules that it read, what it rejects, and what it can't know.

In: nothing; the host models fill these records. Out: `About`, from which the groups `hosting` and `redirects` of the
site document are made. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from checks.collect.hosts.compression import NONE, Compression


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands."""

    file: str
    """As people call it: `_redirects`, `netlify.toml`."""
    line: int
    """From 1 on; 0 where the file as a whole is meant."""
    entry: str
    """The rule as written, or its place in the file, such as `redirects[3]`: what it is known by when lines move."""

    def __str__(self) -> str:
        """Return file and line as editors take them."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the host drops, refuses or never does, and why."""

    place: Place
    what: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of the host, and how much of it is used."""

    name: str
    value: int
    most: int


@dataclass(frozen=True, slots=True)
class NotEmulated:
    """Addresses that something else than the files of the build answers."""

    path: str
    """The path that they begin with, such as `/.netlify/functions/`."""
    what: str
    """What answers there, in words that follow "answered by"."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A redirect (3xx) or a rewrite (2xx) that the project wrote for the host."""

    place: Place
    source: str
    """As written."""
    target: str
    """As written."""
    status: int
    sample: tuple[str, str] | None
    """Path and query that the rule is meant for: its one path, or one that its pattern stands for; None: not known."""
    is_pattern: bool = False
    """Whether it stands for many paths."""
    target_varies: bool = False
    """Whether its target depends on the path."""
    condition: str = ""
    """For whom it holds, such as `Country=us`; empty: for everybody."""
    holds: bool = True
    """Whether it holds for the declared visitor, at the declared origin."""
    forced: bool = True
    """Whether it answers although there is a file."""


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A file that the host read."""

    file: str
    rules: int
    """Redirects, rewrites and header rules in force."""


@dataclass(frozen=True, slots=True)
class About:
    """All of it."""

    config: tuple[ConfigFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    limits: tuple[Limit, ...] = ()
    rules: tuple[Rule, ...] = ()
    not_emulated: tuple[NotEmulated, ...] = ()
    error_files: frozenset[str] = field(default=frozenset({"404.html"}))
    """Files that are sent with an error status, and are no pages."""
    compression: Compression = NONE
    redirects: bool = False
    """Whether the host lets the build redirect by a status."""
