"""JSON that somebody signed: what parsers pass in silence is refused, with the line on which it stands.

In: the text of a file. Out: its document; or a `MalformedError` with file, line and key. Pure, and in time that grows
with the length of the text alone, since anybody may send one.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from checks.errors import UserError
from checks.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError

Pointer = tuple[str | int, ...]
Complaint = tuple[str, Pointer]
"""What is wrong, and where."""
REMEDY: Final = "`gonogo sign-off` writes these files; nobody can change one without breaking its signature."
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SHOWN: Final = 60


class MalformedError(UserError):
    """A statement that can't be read; at the trusted ref it stops the run (exit 2), elsewhere it is listed."""

    code: Final = "malformed"


def read(text: str, source: str) -> Any:
    """Return what the text says. Raises MalformedError for what is no JSON, and for a key that stands twice."""

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
            where = f"{source}:{line(text, (twice, twice))}"
            raise MalformedError(f"the key `{twice[:_SHOWN]}` stands twice", where=where, remedy=REMEDY)
        return found

    try:
        return json.loads(text, object_pairs_hook=members)
    except json.JSONDecodeError as error:
        what = f"this is not JSON: {error.msg}"
        raise MalformedError(what, where=f"{source}:{error.lineno}", remedy=REMEDY) from error
    except (ValueError, RecursionError) as error:
        what = "this is not JSON that can be read: nested too deeply, or a number without end"
        raise MalformedError(what, where=source, remedy=REMEDY) from error


def refusal(what: str, pointer: Pointer, text: str, source: str) -> MalformedError:
    """Return the error for what is wrong at `pointer`; without a text there are no lines."""
    where = f"{source}:{line(text, pointer)}" if text else source
    at = ".".join(str(step)[:_SHOWN] for step in pointer)
    return MalformedError(f"`{at}`: {what}" if at else what, where=where, remedy=REMEDY)


def complaint(error: ValidationError) -> Complaint:
    """Return what is not of the shape, in words."""
    schema: Any = error.schema
    found: Any = error.instance
    pointer = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        unknown = next(key for key in found if key not in schema["properties"])
        named = unknown[:_SHOWN]
        return f"unknown key `{named}`{nearest(named, schema['properties'])}", (*pointer, unknown)
    if error.validator == "required":
        missing = next(key for key in schema["required"] if key not in found)
        return f"there is no `{missing}`", pointer
    return f"it can't be {str(found)[:_SHOWN]!r}. {schema.get('description', '')}".rstrip(), pointer


def unsound(value: Any, pointer: Pointer = ()) -> Iterator[Complaint]:
    """Give the texts that hold what nobody sees, and the numbers that are none."""
    if isinstance(value, str):
        if _UNSEEN.search(value):
            yield "a character that can't be seen", pointer
        if _SURROGATE.search(value):
            yield "half a character (a lone surrogate)", pointer
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield "this is not a number that can be compared", pointer
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from unsound(member, (*pointer, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from unsound(member, (*pointer, index))


def line(text: str, pointer: Pointer) -> int:
    """Return the line on which the part at `pointer` is named: close enough to look it up, and found in one pass."""
    at = 0
    for key in (step for step in pointer if isinstance(step, str)):
        found = text.find(json.dumps(key, ensure_ascii=False), at)
        at = found + 1 if found >= 0 else at
    return text.count("\n", 0, at) + 1
