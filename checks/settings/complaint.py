"""What the shape of gonogo.yaml says against a document, as one plain sentence with its place and a remedy.

In: a document and where its parts were written. Out: nothing, or a `UserError`. Pure.
jsonschema finds the fault and chooses the one that explains most; the words are ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from checks import shapes
from checks.errors import UserError
from checks.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jsonschema.exceptions import ValidationError

    from checks.settings.yaml_text import Places, Pointer

_NAME_BY_TYPE = {
    "object": "a mapping (`key: value`)",
    "array": "a list",
    "string": "a text",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "nothing (null)",
}
_LONGEST_SHOWN = 60
_SECRETS = "access"


def check(document: Any, places: Places) -> None:
    """Raise UserError for the fault in `document` that explains most; return when there is none."""
    error = best_match(Draft202012Validator(shapes.load("config")).iter_errors(document))
    if error is not None:
        raise _complaint(error, places)


def spell(pointer: Iterable[str | int]) -> str:
    """Return a place in the settings as people write it: `expect[0].page`."""
    text = ""
    for step in pointer:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def show(value: Any) -> str:
    """Return a value short enough for a sentence."""
    text = value if isinstance(value, str) else _found(value)
    text = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return f"`{text}`" if isinstance(value, str) else text


class _Fault(NamedTuple):
    """What jsonschema says, as far as a sentence needs it."""

    pointer: Pointer
    found: Any
    wanted: Any
    """The value of the keyword that failed."""
    schema: dict[str, Any]
    is_name: bool
    """Whether `found` is a key of the mapping at `pointer`."""


Spoken = tuple["Pointer", str]


def _complaint(error: ValidationError, places: Places) -> UserError:
    schema = error.schema if isinstance(error.schema, dict) else {}
    is_name = "propertyNames" in error.absolute_schema_path
    fault = _Fault(tuple(error.absolute_path), error.instance, error.validator_value, schema, is_name)
    pointer, what = _SENTENCE_BY_KEYWORD.get(str(error.validator), _any)(fault)
    if fault.pointer[:1] == (_SECRETS,) and isinstance(fault.found, str):
        # Somebody may have written the secret itself, which no log may show.
        pointer, what = fault.pointer, f"`{spell(fault.pointer)}` can't be what is written there"
    return UserError(what, where=places.of(*pointer), remedy=schema.get("description", ""))


def _unknown_key(fault: _Fault) -> Spoken:
    known = list(fault.schema["properties"])
    unknown = next(key for key in fault.found if key not in known)
    inside = f" in `{spell(fault.pointer)}`" if fault.pointer else ""
    return (*fault.pointer, unknown), f"unknown key {show(unknown)}{inside}{nearest(unknown, known)}"


def _missing_key(fault: _Fault) -> Spoken:
    missing = next(key for key in fault.wanted if key not in fault.found)
    return fault.pointer, f"`{spell(fault.pointer)}` has no `{missing}`"


def _wrong_type(fault: _Fault) -> Spoken:
    wanted = fault.wanted if isinstance(fault.wanted, list) else [fault.wanted]
    name = f"`{spell(fault.pointer)}`" if fault.pointer else "the file"
    return (
        fault.pointer,
        f"{name} must be {' or '.join(_NAME_BY_TYPE[one] for one in wanted)}, not {_found(fault.found)}",
    )


def _not_a_choice(fault: _Fault) -> Spoken:
    choices = fault.wanted if isinstance(fault.wanted, list) else [fault.wanted]
    known = [choice for choice in choices if isinstance(choice, str)]
    hint = nearest(fault.found, known) if isinstance(fault.found, str) else ""
    listed = ", ".join(show(choice) for choice in choices)
    return fault.pointer, f"`{spell(fault.pointer)}` is {show(fault.found)}; it can be {listed}{hint}"


def _says_nothing(fault: _Fault) -> Spoken:
    """What has a least number of keys needs those that it requires, and one that says something."""
    required = fault.schema.get("required", ())
    optional = [f"`{key}`" for key in fault.schema["properties"] if key not in required]
    return fault.pointer, f"`{spell(fault.pointer)}` says nothing; add one of {', '.join(optional)}"


def _says_too_much(fault: _Fault) -> Spoken:
    listed = ", ".join(f"`{key}`" for key in fault.schema["properties"])
    return fault.pointer, f"`{spell(fault.pointer)}` says too much; it can have one of {listed}"


def _any(fault: _Fault) -> Spoken:
    if fault.is_name:
        return (*fault.pointer, fault.found), f"{show(fault.found)} can't be a name in `{spell(fault.pointer)}`"
    return fault.pointer, f"`{spell(fault.pointer)}` can't be {show(fault.found)}"


_SENTENCE_BY_KEYWORD: dict[str, Callable[[_Fault], Spoken]] = {
    "additionalProperties": _unknown_key,
    "required": _missing_key,
    "type": _wrong_type,
    "enum": _not_a_choice,
    "const": _not_a_choice,
    "minProperties": _says_nothing,
    "maxProperties": _says_too_much,
}


def _found(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"the number {value}" if isinstance(value, int | float) else f"the text {show(value)}"
