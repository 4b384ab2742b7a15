"""From an error of the JSON Schema engine to what failed: which member of which list, or which fact.

In: an error of jsonschema-rs, the document it is about, the policy and the shape. Out: `Failure`s.
A list's member is known by the value that the shape names (`x-identity`), never by its position. Where the member is an
address, the shape also names the facts that are the same whatever the fragment (`x-of-target`): one missing file is one
cause, however many places in it are linked to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from checks.judge import reads
from checks.judge.finding import MISSING, identified
from checks.judge.source import escaped
from checks.judge.templates import looked_up, plain

if TYPE_CHECKING:
    from checks.judge.policy import Policy
    from checks.judge.shape import Fact

AS_A_WHOLE: Final = frozenset(
    {"anyOf", "oneOfNotValid", "oneOfMultipleValid", "oneOf", "not", "contains", "falseSchema"}
)
"""Kinds of errors that name no single value at fault."""
AS_WRITTEN: Final = frozenset({"href", "src", "action"})
"""Identities that may be relative: on another page the same text can lead elsewhere, and `url` says where."""
LIMITS: Final = {
    **dict.fromkeys(("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "maxLength", "minLength"), "limit"),
    **dict.fromkeys(("maxItems", "minItems", "maxProperties", "minProperties"), "limit"),
    "const": "expected_value",
    "enum": "options",
    "pattern": "pattern",
    "type": "types",
}
"""Keyword -> the attribute of the error that says what is allowed."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that failed in one document."""

    keyword: str
    what: str
    key: str
    """What failed, told without the page: the same on every page where the same thing is at fault."""
    name: str
    """Dotted path of the fact, lists without positions."""
    value: Any
    limit: Any
    member: Any
    """The member of a list that failed, or MISSING."""
    pointer: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the errors of one policy."""

    policy: Policy
    shape: Fact

    def failures(self, error: Any, document: Mapping[str, Any]) -> Iterator[Failure]:
        """Yield what `error` (jsonschema_rs.ValidationError) says failed in `document`."""
        path = list(error.instance_path)
        keyword = error.kind.name
        limit = getattr(error.kind, LIMITS.get(keyword, ""), MISSING)
        if keyword == "required":
            yield self._at([*path, error.kind.property], keyword, MISSING, document)
        elif keyword == "additionalProperties":
            for name in error.kind.unexpected:
                yield self._at([*path, name], keyword, MISSING, document)
        elif keyword == "maxItems":
            for index in range(error.kind.limit, len(_value(document, path))):
                yield self._at([*path, index], keyword, limit, document)
        elif keyword in AS_A_WHOLE or not path:
            yield self._whole(error, path, keyword, document)
        else:
            yield self._at(path, keyword, limit, document)

    def _at(self, path: Sequence[str | int], keyword: str, limit: Any, document: Mapping[str, Any]) -> Failure:
        """Return the failure of the value at `path`: by its member's identity, else by x-what, else by its name."""
        value, name = _value(document, path), _dotted(path)
        member, identity, key = self._member(path, document)
        if identity is None:
            identity, key = self._said_by_policy(document) or (name, name)
        return Failure(keyword, identified(identity), key or identity, name, value, limit, member, _pointer(path))

    def _whole(self, error: Any, path: list[str | int], keyword: str, document: Mapping[str, Any]) -> Failure:
        """Return the failure of a schema that fails as a whole: it is told by the fact that it speaks of first."""
        if keyword == "falseSchema" and path:
            return self._at(path, keyword, MISSING, document)
        pointed = _segments(self.policy.what)
        subject = list(reads.subject(_part(self.policy.schema, error.schema_path), self.policy.definitions))
        inner = [*path, *subject]
        member, identity, key = self._member(inner, document)
        if identity is None:
            identity, key = self._said_by_policy(document) or (_dotted(inner) or self.policy.reads,) * 2
        value = looked_up(pointed, document) if pointed and member is MISSING else _value(document, inner)
        shown = value if inner or pointed else MISSING
        name = _dotted(inner) or self.policy.reads
        return Failure(keyword, identified(identity), key or identity, name, shown, MISSING, member, _pointer(path))

    def _said_by_policy(self, document: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return what `x-what` points at, and its name, which is the same on every page."""
        if self.policy.what is None:
            return None
        segments = _segments(self.policy.what)
        value = looked_up(segments, document)
        name = ".".join(segments)
        return (name if value is MISSING or value is None else plain(value)), name

    def _member(self, path: Sequence[str | int], document: Mapping[str, Any]) -> tuple[Any, str | None, str | None]:
        """Return the innermost member of a list on `path`, its identity, and its identity without the page."""
        fact: Fact | None = self.shape
        value: Any = document
        found: tuple[Any, str | None, str | None] = (MISSING, None, None)
        for step, after in pairwise([*path, ""]):
            holder = fact
            value = _value(value, [step])
            fact = _step(fact, step)
            if isinstance(step, int) and holder is not None:
                found = _identity(value, holder, str(after)) or found
        return found


def _identity(member: Any, holder: Fact, name: str) -> tuple[Any, str, str] | None:
    """Return a member of a list, what identifies it, and the same told without the page, as far as `name` goes."""
    if isinstance(member, str):
        return member, member or "empty", member
    named = holder.identity
    if not isinstance(member, Mapping) or named is None or member.get(named) is None:
        return None
    identity = str(member[named]) or "empty"
    url = member.get("url") if named in AS_WRITTEN else None
    if not isinstance(url, str) or not url:
        return member, identity, identity
    of_target = any(name in node.get("x-of-target", ()) for node in holder.nodes)
    return member, identity, url.partition("#")[0] if of_target else url


def _step(fact: Fact | None, step: str | int) -> Fact | None:
    if fact is None:
        return None
    return fact.member() if isinstance(step, int) else fact.property(step)


def _value(value: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        known = isinstance(value, list) if isinstance(step, int) else isinstance(value, Mapping) and step in value
        if not known:
            return MISSING
        value = value[step]
    return value


def _part(schema: Any, path: Sequence[str | int]) -> Any:
    """Return the subschema that holds the keyword at which `path` ends, narrowed to that keyword."""
    for step in path[:-1]:
        schema = schema[step]
    last = path[-1] if path else None
    return {last: schema[last]} if isinstance(schema, Mapping) and isinstance(last, str) and last in schema else schema


def _dotted(path: Sequence[str | int]) -> str:
    return ".".join(step for step in path if isinstance(step, str))


def _pointer(path: Sequence[str | int]) -> str:
    return "".join(f"/{escaped(str(step))}" for step in path)


def _segments(pointer: str | None) -> list[str]:
    return [segment.replace("~1", "/").replace("~0", "~") for segment in (pointer or "").split("/")[1:]]
