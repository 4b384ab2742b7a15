"""A line that another version of gonogo wrote -> the same line in today's shape.

In: an object without groups of its own (a file, a published address), and the name of its shape. Out: what of it is
known today, with "nothing" for what it does not say; or None for one that is of no use. Pure.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from checks import shapes

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOTHING: Final[dict[str, Any]] = {"boolean": False, "integer": 0, "number": 0, "string": "", "null": None}


def of_today(line: Any, kind: str) -> dict[str, Any] | None:
    """Return the line in today's shape; None where what it says is not what it should be."""
    if not isinstance(line, dict):
        return None
    known = {
        name: line[name] if name in line else _nothing(shape) for name, shape in shapes.load(kind)["properties"].items()
    }
    return known if _holds(kind).is_valid(known) else None


def _nothing(shape: Mapping[str, Any]) -> Any:
    kinds = shape.get("type", "object")
    if kinds == "array":
        return []
    return _NOTHING.get("null" if "null" in kinds else kinds, {})


@cache
def _holds(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(shapes.load(kind))
