"""The conditions of Vercel's rules: `has` and `missing`, on header, cookie, host and query.

In: a rule's conditions, the visitor, a request's query. Out: whether they hold, and what they captured. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.collect.hosts.patterns import Machine, PatternError, expressions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from checks.collect.hosts.build import Build

MOST = 16
TYPES = ("header", "cookie", "host", "query")


@dataclass(frozen=True, slots=True)
class Condition:
    """One of them."""

    type: str
    key: str
    value: Any
    """None: the thing must only be there; a text is an expression for all of it, a mapping holds comparisons."""
    machine: Machine | None
    wanted: bool
    """False for a member of `missing`."""

    def __str__(self) -> str:
        """Return it for people."""
        what = f"{self.type} {self.key}".strip()
        return f"{'' if self.wanted else 'without '}{what}{'' if self.value is None else f'={self.value}'}"

    def holds(self, build: Build, query: Mapping[str, str], captured: dict[str | int, str]) -> bool:
        """Return whether it holds for this visitor and query; what its expression captures goes into `captured`."""
        return self._found(self._actual(build, query), captured) == self.wanted

    def _actual(self, build: Build, query: Mapping[str, str]) -> str | None:
        match self.type:
            case "host":
                return build.host
            case "query":
                return query.get(self.key)
            case "cookie":
                return build.visitor.cookies.get(self.key)
        headers = {"accept-language": build.visitor.accept_language, "x-vercel-ip-country": build.visitor.country}
        return headers.get(self.key.lower())

    def _found(self, actual: str | None, captured: dict[str | int, str]) -> bool:
        if actual is None:
            return False
        if isinstance(self.value, dict):
            return all(_COMPARISONS[name](actual, wanted) for name, wanted in self.value.items() if name != "re") and (
                self.machine is None or self.machine.match(actual) is not None
            )
        if self.machine is None:
            captured[self.key] = actual
            return True
        match = self.machine.match(actual)
        if match is not None:
            captured |= {name: value for name, value in match.captures.items() if isinstance(name, str)}
        return match is not None


def _number(compare: Callable[[float, float], bool]) -> Callable[[str, Any], bool]:
    def told(actual: str, wanted: Any) -> bool:
        try:
            return compare(float(actual), float(wanted))
        except ValueError:
            return False

    return told


_COMPARISONS: dict[str, Callable[[str, Any], bool]] = {
    "eq": lambda actual, wanted: actual == str(wanted),
    "neq": lambda actual, wanted: actual != str(wanted),
    "inc": lambda actual, wanted: actual in wanted,
    "ninc": lambda actual, wanted: actual not in wanted,
    "pre": lambda actual, wanted: actual.startswith(str(wanted)),
    "suf": lambda actual, wanted: actual.endswith(str(wanted)),
    "gt": _number(lambda actual, wanted: actual > wanted),
    "gte": _number(lambda actual, wanted: actual >= wanted),
    "lt": _number(lambda actual, wanted: actual < wanted),
    "lte": _number(lambda actual, wanted: actual <= wanted),
}


def read(entry: Mapping[str, Any]) -> tuple[Condition, ...] | str:
    """Return the conditions of a rule, or what is wrong with them."""
    found = []
    for name, wanted in (("has", True), ("missing", False)):
        members = entry.get(name, [])
        if not isinstance(members, list) or len(members) > MOST:
            return f"`{name}` must be a list with at most {MOST} members"
        for member in members:
            one = _one(name, member, wanted=wanted)
            if isinstance(one, str):
                return one
            found.append(one)
    return tuple(found)


def _one(name: str, member: object, *, wanted: bool) -> Condition | str:
    if not isinstance(member, dict) or member.get("type") not in TYPES:
        return f"a member of `{name}` needs a `type`: {', '.join(TYPES)}"
    kind, key, value = member["type"], member.get("key", ""), member.get("value")
    if not isinstance(key, str) or (kind != "host" and not key):
        return f"a member of `{name}` needs a `key`"
    expression = value.get("re") if isinstance(value, dict) else value
    if isinstance(value, dict) and (others := set(value) - {*_COMPARISONS, "re"}):
        return f"a member of `{name}` compares by `{min(others)}`"
    if expression is not None and not isinstance(expression, str):
        return f"the value of a member of `{name}` must be a text"
    try:
        machine = Machine(expressions.read(expression)[0]) if expression is not None else None
    except PatternError as error:
        return f"the value of a member of `{name}` can't be evaluated: {error}"
    return Condition(kind, key, value, machine, wanted)
