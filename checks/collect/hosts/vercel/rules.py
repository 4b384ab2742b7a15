"""One rule of Vercel: a redirect, a rewrite, or headers for a source.

In: an entry of `vercel.json`. Out: `VercelRule`, or what is wrong with it. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from checks.collect.hosts.about import NotEmulated, Place, Rule
from checks.collect.hosts.fields import is_name, is_value
from checks.collect.hosts.patterns import Machine, PatternError, routes
from checks.collect.hosts.vercel import conditions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.collect.hosts.build import Build
    from checks.collect.hosts.vercel.conditions import Condition

LONGEST, MOST_HEADERS = 4_096, 1_024
_CONDITIONS = {"has", "missing"}
KEYS = {
    "redirects": {"source", "destination", "permanent", "statusCode", "env", *_CONDITIONS},
    "rewrites": {"source", "destination", "statusCode", "env", "respectOriginCacheControl", *_CONDITIONS},
    "headers": {"source", "headers", *_CONDITIONS},
}
"""https://openapi.vercel.sh/vercel.json"""
_PERMANENT, _TEMPORARY = 308, 307
_REDIRECTS = range(300, 400)
_REFERENCE = re.compile(r":(\w+)[*+?]?|\$(\w+)", re.ASCII)


class Matched(NamedTuple):
    """A rule that answers, and what its parameters stand for."""

    rule: VercelRule
    captured: Mapping[str | int, str]

    def filled(self, text: str) -> str:
        """Return a text of the rule with its parameters filled in: `:name`, `$1`, `$name`."""
        known = self.captured

        def value(match: re.Match[str]) -> str:
            name = match[1] or match[2]
            number = int(name) if name.isdigit() else name
            parameters = {*self.rule.names, *known}
            return known.get(number, "") if number in parameters else match[0]

        return _REFERENCE.sub(value, text)


@dataclass(frozen=True, slots=True)
class VercelRule:
    """A rule that the host takes."""

    place: Place
    source: str
    machine: Machine
    names: tuple[str | int, ...]
    target: str
    """Empty for headers."""
    status: int
    headers: tuple[tuple[str, str], ...]
    conditions: tuple[Condition, ...]

    def match(self, path: str, query: Mapping[str, str], build: Build) -> Matched | None:
        """Return how the rule matches a request, or None."""
        found = self.machine.match(path)
        if found is None:
            return None
        captured: dict[str | int, str] = {}
        # An unnamed group counts among all of them, and each can be spoken of by its number.
        for number, name in enumerate(self.names, 1):
            captured[name] = captured[number] = found.get(name)
        if not all(condition.holds(build, query, captured) for condition in self.conditions):
            return None
        return Matched(self, captured)

    @property
    def elsewhere(self) -> NotEmulated | None:
        """The other server that answers, for a rewrite that names one."""
        if self.status in _REDIRECTS or self.headers or self.target.startswith("/"):
            return None
        return NotEmulated(self.source, f"another server (the rule `{self.place.entry}`)")

    def told(self, build: Build) -> Rule:
        """Return what the facts say of it."""
        asked = [one for one in self.conditions if one.type == "query" and one.wanted]
        others = [one for one in self.conditions if one not in asked]
        query = "&".join(f"{one.key}={one.value if isinstance(one.value, str) else 'gonogo'}" for one in asked)
        sample = _sample(self.source, self.machine)
        spoken = {match[1] or match[2] for match in _REFERENCE.finditer(self.target)}
        return Rule(
            place=self.place,
            source=self.source,
            target=self.target,
            status=self.status,
            sample=None if sample is None else (sample, query),
            is_pattern=bool(self.names),
            target_varies=bool(spoken & {str(one) for pair in enumerate(self.names, 1) for one in pair})
            or any("(?<" in str(one.value) for one in asked),
            condition=", ".join(str(one) for one in others),
            holds=all(one.holds(build, {}, {}) for one in others),
        )


def read(kind: str, place: Place, entry: object) -> VercelRule | str:
    """Return the rule that an entry of `redirects`, `rewrites` or `headers` makes, or why the host refuses it."""
    if not isinstance(entry, dict):
        return "it must be an object"
    unknown = sorted(set(entry) - KEYS[kind])
    if unknown:
        return f"the host knows no key `{unknown[0]}` here"
    source, target = entry.get("source"), entry.get("destination", "")
    if not isinstance(source, str) or len(source) > LONGEST:
        return f"it needs a `source`, a text of at most {LONGEST:,} characters"
    if kind == "rewrites" and isinstance(target, dict):
        target = f"service:{target.get('service')}"
    if not isinstance(target, str) or len(target) > LONGEST or (kind != "headers" and not target):
        return f"it needs a `destination`, a text of at most {LONGEST:,} characters"
    try:
        route = routes.read(urlsplit(source).path if source.startswith("https://") else source)
        machine = Machine(route.tree)
    except PatternError as error:
        return f"its `source` can't be read: {error}"
    asked = conditions.read(entry)
    status, headers = _status(kind, entry), _headers(entry) if kind == "headers" else ()
    for what in (asked, status, headers):
        if isinstance(what, str):
            return what
    missing = _missing(target, route.names, asked)
    if missing:
        return f"its `destination` speaks of `:{missing}`, which neither `source` nor `has` gives"
    return VercelRule(place, source, machine, route.names, target, status, headers, asked)  # type: ignore[arg-type]


def _status(kind: str, entry: Mapping[str, Any]) -> int | str:
    permanent, code = entry.get("permanent"), entry.get("statusCode")
    if isinstance(code, bool) or not isinstance(code, int | None):
        return "`statusCode` must be a number"
    if kind != "redirects":
        return int(HTTPStatus.OK) if code is None else code
    if permanent is not None and code is not None:
        return "`permanent` and `statusCode` exclude each other"
    if code is not None:
        return code if code in _REDIRECTS else "`statusCode` must be that of a redirect"
    if not isinstance(permanent, bool | None):
        return "`permanent` must be true or false"
    return _TEMPORARY if permanent is False else _PERMANENT


def _headers(entry: Mapping[str, Any]) -> tuple[tuple[str, str], ...] | str:
    members = entry.get("headers")
    if not isinstance(members, list) or len(members) > MOST_HEADERS:
        return f"it needs `headers`, a list with at most {MOST_HEADERS:,} members"
    found = []
    for member in members:
        key, value = (member.get("key"), member.get("value")) if isinstance(member, dict) else (None, None)
        if not isinstance(key, str) or not isinstance(value, str) or not is_name(key) or not is_value(value):
            return "a member of `headers` needs a `key` and a `value` that can be a header's"
        found.append((key.lower(), value))
    return tuple(found)


def _missing(target: str, names: tuple[str | int, ...], asked: tuple[Condition, ...] | str) -> str | None:
    given = {str(name) for name in names}
    for condition in () if isinstance(asked, str) else asked:
        given |= {condition.key, *re.findall(r"\(\?<(\w+)>", str(condition.value))}
    try:
        path = urlsplit(target).path
    except ValueError:
        return None
    return next((name for name in routes.references(path) if name not in given and not name.isdigit()), None)


def _sample(source: str, machine: Machine) -> str | None:
    """Return a path that a source stands for, if one is easily made."""
    plain = re.sub(r"\((?:[^()]|\([^()]*\))*\)", "", source)
    made = re.sub(r":\w+", "gonogo", plain, flags=re.ASCII)
    for path in (re.sub(r"[*+?{}]", "", made), re.sub(r"\((?:[^()]|\([^()]*\))*\)[*+?]?", "gonogo", source)):
        if machine.match(path) is not None:
            return path
    return None
