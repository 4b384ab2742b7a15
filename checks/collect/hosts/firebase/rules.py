"""One rule of Firebase: a redirect, a rewrite, or headers.

In: an entry of `firebase.json`. Out: `FirebaseRule`, or what is wrong with it. Pure.
A source is a glob, or has parts that are captured (`/blog/:post*`); a regex is one of RE2, and may match anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.collect.hosts.about import Place, Rule
from checks.collect.hosts.fields import is_name, is_value
from checks.collect.hosts.patterns import Machine, PatternError, expressions, globs, routes
from checks.collect.hosts.patterns.tree import Repeat, Sequence, literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.collect.hosts.patterns import Match

KINDS = ("redirects", "rewrites", "headers")
_DYNAMIC = ("function", "run", "dynamicLinks", "pinTag")
_CAPTURES = re.compile(r"/:\w")
_REFERENCE = re.compile(r":(\w+)[*+?]?", re.ASCII)
_WILD = re.compile(r"[*?{}\[\]()!@+:]")
_PERMANENT, _REDIRECTS = 301, range(300, 400)


@dataclass(frozen=True, slots=True)
class FirebaseRule:
    """A rule that the host takes."""

    place: Place
    source: str
    machine: Machine
    target: str
    """Empty where something dynamic answers, and for headers."""
    status: int = 200
    dynamic: str = ""
    """What answers instead of a file: `function stock`."""
    headers: tuple[tuple[str, str], ...] = ()

    def match(self, path: str) -> Match | None:
        """Return how the rule matches a path (decoded), or None."""
        return self.machine.match(path)

    def told(self) -> Rule:
        """Return what the facts say of it."""
        sample = re.sub(r":\w+[*+?]?", "gonogo", self.source).replace("**", "gonogo").replace("*", "gonogo")
        return Rule(
            place=self.place,
            source=self.source,
            target=self.target or self.dynamic,
            status=self.status,
            sample=(sample, "") if self.machine.match(sample) is not None else None,
            is_pattern=_WILD.search(self.source) is not None,
            target_varies=_REFERENCE.search(re.sub(r"^https?://", "", self.target)) is not None,
        )


def filled(target: str, match: Match) -> str:
    """Return a target with `:name` filled in."""

    def value(found: re.Match[str]) -> str:
        name: str | int = int(found[1]) if found[1].isdigit() else found[1]
        return match.captures.get(name, found[0] if isinstance(name, int) else "")

    scheme, mark, rest = target.rpartition("://")
    return scheme + mark + _REFERENCE.sub(value, rest)


def read(kind: str, place: Place, entry: object) -> FirebaseRule | str:
    """Return the rule that an entry makes, or why the host refuses it."""
    if not isinstance(entry, dict):
        return "it must be an object"
    source = entry.get("source", entry.get("glob"))
    expression = entry.get("regex")
    text = expression if source is None else source
    if (source is None) == (expression is None) or not isinstance(text, str):
        return "it needs either a `source` or a `regex`, as a text"
    try:
        machine = Machine(expressions.read(text)[0], anywhere=True) if source is None else _machine(text)
    except PatternError as error:
        return f"its `{'regex' if source is None else 'source'}` can't be read: {error}"
    slashed = text if source is None or text.startswith(("/", "!")) else f"/{text}"
    if kind == "headers":
        headers = _headers(entry)
        return headers if isinstance(headers, str) else FirebaseRule(place, slashed, machine, "", headers=headers)
    return _answering(kind, FirebaseRule(place, slashed, machine, ""), entry)


def _machine(source: str) -> Machine:
    if not _CAPTURES.search(source):
        return Machine(globs.read(source))
    route = routes.read(source if source.startswith("/") else f"/{source}")
    return Machine(Sequence((route.tree, Repeat(literal("/"), 0, 1))))


def _answering(kind: str, rule: FirebaseRule, entry: Mapping[str, Any]) -> FirebaseRule | str:
    dynamic = next((name for name in _DYNAMIC if name in entry), None)
    if kind == "rewrites" and dynamic is not None:
        value = entry[dynamic]
        name = value.get("serviceId", value.get("functionId", "")) if isinstance(value, dict) else value
        return FirebaseRule(rule.place, rule.source, rule.machine, "", dynamic=f"{dynamic} {name}".strip()[:200])
    target = entry.get("destination")
    if not isinstance(target, str) or not target:
        return "it needs a `destination`, as a text"
    status = entry.get("type", _PERMANENT) if kind == "redirects" else 200
    if kind == "redirects" and (not isinstance(status, int) or status not in _REDIRECTS):
        return "its `type` must be the status of a redirect, such as 301"
    return FirebaseRule(rule.place, rule.source, rule.machine, target, status)


def _headers(entry: Mapping[str, Any]) -> tuple[tuple[str, str], ...] | str:
    members = entry.get("headers")
    if not isinstance(members, list):
        return "it needs `headers`, a list"
    found = []
    for member in members:
        key, value = (member.get("key"), member.get("value")) if isinstance(member, dict) else (None, None)
        if not isinstance(key, str) or not isinstance(value, str) or not is_name(key.strip()) or not is_value(value):
            return "a member of `headers` needs a `key` and a `value` that can be a header's"
        found.append((key.strip().lower(), value))
    return tuple(found)
