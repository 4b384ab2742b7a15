"""One redirect or rewrite of Netlify, and whether it answers a request.

In: a rule as `redirects` or `toml` read it, and a request. Out: its target, or None. Pure.
A closing slash makes no difference, in the rule or in the request; case does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checks.collect.hosts.about import NotEmulated, Place, Rule
from checks.collect.hosts.paths import decoded

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.collect.hosts.build import Build

CONDITIONS = ("Country", "Language", "Role", "Cookie")
SPLAT = "splat"
PLATFORM = "/.netlify/"
REDIRECTS = range(300, 400)
_REFERENCE = re.compile(r":(\w+)", re.ASCII)
_SAMPLE = "gonogo"

Query = Mapping[str, str]


@dataclass(frozen=True)
class NetlifyRule:
    """A rule that the host takes. Without slots, for its parts are taken apart once."""

    place: Place
    source: str
    target: str
    status: int = 301
    forced: bool = False
    query: tuple[tuple[str, str], ...] = ()
    """Parameters that the request must have: their value, or `:name`."""
    conditions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts of its path, decoded, without the empty ones."""
        path = urlsplit(self.source).path if "://" in self.source else self.source
        return tuple(decoded(part) for part in path.split("/") if part)

    @cached_property
    def is_pattern(self) -> bool:
        """Whether it stands for many paths."""
        return any(part == "*" or part.startswith(":") for part in self.parts)

    @property
    def names(self) -> frozenset[str]:
        """What its target may speak of."""
        named = {part[1:] for part in self.parts if part.startswith(":")}
        asked = {value[1:] for _, value in self.query if value.startswith(":")}
        return frozenset(named | asked | ({SPLAT} if self.parts[-1:] == ("*",) else set()))

    @property
    def elsewhere(self) -> NotEmulated | None:
        """What answers in place of the build, for a rewrite to another server or to the platform."""
        if self.status in REDIRECTS:
            return None
        what = "another server" if "://" in self.target else "the platform"
        if "://" in self.target or self.target.startswith(PLATFORM):
            return NotEmulated(self.source, f"{what} (the rule `{self.place.entry}`)")
        return None

    @property
    def references(self) -> frozenset[str]:
        """What its target speaks of, as `:name`."""
        address = self.target.partition("://")
        return frozenset(_REFERENCE.findall(address[2] or address[0]))

    def holds(self, build: Build) -> bool:
        """Return whether its host and its conditions fit the site and the visitor."""
        if "://" in self.source:
            address = urlsplit(self.source)
            if (address.scheme, address.hostname) != (build.scheme, build.host):
                return False
        visitor = build.visitor
        asked: dict[str, Callable[[tuple[str, ...]], bool]] = {
            "Country": visitor.comes_from,
            "Language": visitor.reads,
            "Role": lambda roles: bool(visitor.roles & set(roles)),
            "Cookie": lambda cookies: any(name in visitor.cookies for name in cookies),
        }
        return all(asked[name](values) for name, values in self.conditions.items() if name in asked)

    def location(self, parts: tuple[str, ...], raw: tuple[str, ...], query: Query) -> str | None:
        """Return the target for a request, or None where it does not match.

        `parts` are those of its path, decoded and without empty ones; `raw` the same as they were sent.
        """
        found = self._path(parts, raw)
        asked = self._query(query) if found is not None else None
        if found is None or asked is None:
            return None
        values = {**found, **asked}
        return _REFERENCE.sub(lambda match: values.get(match[1], match[0]), self.target)

    def _path(self, parts: tuple[str, ...], raw: tuple[str, ...]) -> dict[str, str] | None:
        own = self.parts
        splat = own[-1:] == ("*",)
        fixed = own[:-1] if splat else own
        if len(parts) < len(fixed) or (not splat and len(parts) != len(fixed)):
            return None
        found: dict[str, str] = {SPLAT: "/".join(raw[len(fixed) :])} if splat else {}
        for mine, theirs, sent in zip(fixed, parts, raw, strict=False):
            if mine.startswith(":"):
                found[mine[1:]] = sent
            elif mine != theirs:
                return None
        return found

    def _query(self, query: Query) -> dict[str, str] | None:
        found = {}
        for key, wanted in self.query:
            if key not in query or (not wanted.startswith(":") and query[key] != wanted):
                return None
            if wanted.startswith(":"):
                found[wanted[1:]] = query[key]
        return found

    def told(self, build: Build) -> Rule:
        """Return what the facts say of it."""
        path = "/" + "/".join(_SAMPLE if part == "*" or part.startswith(":") else part for part in self._raw_parts())
        query = "&".join(f"{key}={_SAMPLE if value.startswith(':') else value}" for key, value in self.query)
        condition = " ".join(f"{name}={','.join(values)}" for name, values in self.conditions.items())
        return Rule(
            place=self.place,
            source=self.source,
            target=self.target,
            status=self.status,
            sample=(path, query),
            is_pattern=self.is_pattern,
            target_varies=bool(self.references & self.names),
            condition=condition,
            holds=self.holds(build),
            forced=self.forced,
        )

    def _raw_parts(self) -> list[str]:
        path = urlsplit(self.source).path if "://" in self.source else self.source
        return [part for part in path.split("/") if part]
