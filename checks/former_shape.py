"""A document that another version of gonogo wrote -> what of it is of today's shape, and which facts it lacks.

In: a document and its kind. Out: `Fitted`, or None for one that is of no use. A fact that is only missing leaves its
group there in part: a policy that does not read it judges as ever. What the settings of that day did not say yet is
filled in as "not asked for", and counts as lacking. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from checks import shapes
from checks.judge.evaluate import validator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import jsonschema_rs

Document = dict[str, Any]
Path = tuple[str, ...]
_SETTINGS: Final = frozenset({"config", "expect"})
"""Parts of each document that say what the project asked for on that day."""
_MISSING: Final = "required"
"""What the engine calls an error about a property that is not there."""
_NEUTRAL: Final[dict[str, Any]] = {"boolean": False, "integer": 0, "number": 0, "string": ""}


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is left of a document of another version."""

    document: Document
    lacking: frozenset[Path] = frozenset()
    """Facts of today that it does not have; what stands in a list is told as the list."""

    def as_written(self) -> Document:
        """Return the document without what was filled in; it is changed in place."""
        for *held, name in (path for path in self.lacking if path[0] in _SETTINGS):
            _at(self.document, held).pop(name, None)
        return self.document

    def lacks(self, paths: Iterable[Path]) -> bool:
        """Return whether it lacks one of the facts at `paths`, or what holds it."""
        return bool(self.lacking) and any(path[: len(one)] == one for one in self.lacking for path in paths)


@cache
def _holds(kind: str) -> jsonschema_rs.Draft202012Validator:
    return validator(shapes.load(kind))


def fitted(document: Document, kind: str) -> Fitted | None:
    """Return what of `document` is of today's shape; it is changed in place. None: it is of no use."""
    holds = _holds(kind)
    if holds.is_valid(document):
        return Fitted(document)
    measured = document.get("measured")
    if not isinstance(measured, list) or not all(isinstance(group, str) for group in measured):
        return None
    lacking: set[Path] = set()
    unlike: set[str] = set()
    for error in list(holds.iter_errors(document)):
        lacking |= _mend(document, kind, error, unlike)
    for group in unlike:
        document.pop(group, None)
    document["measured"] = [group for group in measured if group in document]
    left = [error for error in holds.iter_errors(document) if not _is_partial(error, document)]
    return None if left else Fitted(document, frozenset(lacking | {(group,) for group in unlike}))


def fitted_line(line: Document) -> Document | None:
    """Return what of a line of the ledger is of today's shape; nothing for a kind that nobody knows today.

    None: it is of no use.
    """
    shape = shapes.load("coverage")
    known = {name: value for name, value in line.items() if name in shape["properties"]}
    if isinstance(known.get("found_in"), list):
        ways = shape["properties"]["found_in"]["items"]["enum"]
        known["found_in"] = [way for way in known["found_in"] if way in ways]
    if _holds("coverage").is_valid(known):
        return known
    kinds = shape["properties"]["kind"]["enum"]
    return {} if isinstance(known.get("kind"), str) and known["kind"] not in kinds else None


def _mend(document: Document, kind: str, error: jsonschema_rs.ValidationError, unlike: set[str]) -> set[Path]:
    """Take out what today's shape does not know, and return what it knows and `document` lacks."""
    path, said = list(error.instance_path), error.kind.as_dict()
    name = error.kind.name
    group = str(path[0]) if path else ""
    if name == "additionalProperties":
        held = _at(document, path)
        for unknown in said["unexpected"]:
            held.pop(unknown, None)
        return set()
    if group in _SETTINGS:
        missing = [*path, said["property"]] if name == _MISSING else path
        _fill(document, kind, missing)
        return {_plain(missing)}
    if name == _MISSING and group in document.get("measured", ()):
        return {_plain([*path, said["property"]])}
    if group in document.get("measured", ()):
        unlike.add(group)
    return set()


def _is_partial(error: jsonschema_rs.ValidationError, document: Mapping[str, Any]) -> bool:
    path = list(error.instance_path)
    return bool(path) and error.kind.name == _MISSING and path[0] in document["measured"]


def _fill(document: Document, kind: str, path: Sequence[str | int]) -> None:
    """Put in what says that a setting was not there."""
    shape: Mapping[str, Any] = shapes.load(kind)
    for step in path:
        shape = shape["items"] if isinstance(step, int) else shape.get("properties", {}).get(step, {})
    held = _at(document, path[:-1])
    held[path[-1]] = _nothing(shape)


def _nothing(shape: Mapping[str, Any]) -> Any:
    kinds = shape.get("type", "object")
    if isinstance(kinds, list):
        return None if "null" in kinds else _NEUTRAL.get(kinds[0])
    if kinds != "object":
        return [] if kinds == "array" else _NEUTRAL[kinds]
    return {name: _nothing(shape["properties"][name]) for name in shape.get("required", ())}


def _at(document: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        document = document[step]
    return document


def _plain(path: Sequence[str | int]) -> Path:
    """Return a path as far as the first list in it."""
    plain: list[str] = []
    for step in path:
        if isinstance(step, int):
            break
        plain.append(step)
    return tuple(plain)
