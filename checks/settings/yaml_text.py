"""The text of gonogo.yaml -> plain data, and the line on which each part of it stands.

In: the bytes of a file and its name. Out: mappings, lists, texts, numbers, booleans and None, with `Places`. Pure.
YAML 1.2, so that `no` is a text and not false; dates stay texts. Refused, each with its line: duplicate keys, anchors
and aliases (which can blow up, and hide what holds where), tags, keys that are no plain text, numbers that JSON does
not have.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from checks.errors import UserError

# A settings file that a person wrote is a few kilobytes; the parser takes about 6 seconds for a megabyte.
LARGEST = 256 * 1024
DEEPEST = 20

# A directive could switch to older YAML, where `no` is false.
_DIRECTIVE = re.compile(r"(?:^|[\r\n\x85\u2028\u2029])\ufeff*%")

Pointer = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
_KNOWN_TAGS = {
    _TAG + name for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq")
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where each part of the settings was written: a line of the file, or a flag of the command."""

    source: str
    """What is named where a part has no place of its own: the file."""
    known: dict[Pointer, str]

    def of(self, *pointer: str | int) -> str:
        """Return the place of the part at `pointer`, or of the nearest part around it that has one."""
        for length in range(len(pointer), 0, -1):
            if pointer[:length] in self.known:
                return self.known[pointer[:length]]
        return self.source


def parse(data: bytes, source: str) -> tuple[Any, Places]:
    """Return what the file says, and where. An empty file is None.

    Raises UserError, naming `source` and the line, for everything that is not plain YAML 1.2 in UTF-8.
    """
    places = Places(source, {})
    root = _compose(_text(data, source), source)
    return (None if root is None else _plain(root, (), places)), places


def _text(data: bytes, source: str) -> str:
    if len(data) > LARGEST:
        raise UserError(
            f"the file has {len(data):,} bytes; at most {LARGEST:,} are read", where=source, remedy="Shorten it."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError("this is not UTF-8", where=f"{source}:{line}", remedy="Save the file as UTF-8.") from error


def _compose(text: str, source: str) -> Node | None:
    if directive := _DIRECTIVE.search(text):
        where = f"{source}:{text.count(chr(10), 0, directive.end()) + 1}"
        raise UserError("lines that begin with % are not read", where=where, remedy="Remove the line.")
    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{source}:{mark.line + 1}" if mark else source
        problem = " ".join(str(error.problem or error.context or "not YAML").split())
        raise UserError(
            f"this is not YAML: {problem}", where=where, remedy="Mend the line, or the one above it."
        ) from error
    except RecursionError as error:
        raise _too_deep(source) from error
    except (YAMLError, ValueError, OverflowError) as error:
        # Faults without a place: characters that YAML forbids; escapes such as \UFFFFFFFF, which the parser hands on to
        # chr().
        problem = "; ".join(str(error).split("\n"))[:200]
        raise UserError(f"this is not YAML: {problem}", where=source, remedy="Write plain YAML 1.2.") from error
    return root


def _plain(node: Node, pointer: Pointer, places: Places) -> Any:
    _check(node, places.source, len(pointer))
    if isinstance(node, MappingNode):
        return _mapping(node, pointer, places)
    if isinstance(node, SequenceNode):
        return [_member(child, child, (*pointer, index), places) for index, child in enumerate(node.value)]
    return _scalar(node, f"{places.source}:{node.start_mark.line + 1}")


def _mapping(node: MappingNode, pointer: Pointer, places: Places) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        _check(key_node, places.source, len(pointer))
        line = f"{places.source}:{key_node.start_mark.line + 1}"
        if not isinstance(key_node, ScalarNode):
            raise UserError("a key must be a text", where=line, remedy="Write `name: value`.")
        key = _unicode(key_node.value, line)
        if key in result:
            raise UserError(f"the key `{key}` is there twice", where=line, remedy="Keep one of the two.")
        result[key] = _member(key_node, value_node, (*pointer, key), places)
    return result


def _member(place: Node, value: Node, pointer: Pointer, places: Places) -> Any:
    places.known[pointer] = f"{places.source}:{place.start_mark.line + 1}"
    return _plain(value, pointer, places)


def _check(node: Node, source: str, depth: int) -> None:
    where = f"{source}:{node.start_mark.line + 1}"
    if node.anchor is not None:
        raise UserError("anchors and aliases are not read", where=where, remedy="Write the value out in each place.")
    if str(node.tag) not in _KNOWN_TAGS:
        raise UserError(f"the tag {node.tag} is not read", where=where, remedy="Write the value without `!`.")
    if depth > DEEPEST:
        raise _too_deep(where)


def _scalar(node: Node, where: str) -> Any:
    kind, text = str(node.tag).removeprefix(_TAG), str(node.value)
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    number = _number(kind, text)
    if number is None:
        return _unicode(text, where)
    if not math.isfinite(number):
        raise UserError(f"{text} is not a number that can be compared", where=where, remedy="Write a finite number.")
    return number


def _number(kind: str, text: str) -> int | float | None:
    """Return the number, or None where it is none, such as `1:30`, which older YAML takes for one."""
    try:
        if kind == "int":
            return int(text.replace("_", ""), 10 if text.lstrip("+-").isdigit() else 0)
        return float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan")) if kind == "float" else None
    except (ValueError, OverflowError):
        return None


def _unicode(text: str, where: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UserError(
            "half a character (a lone surrogate)", where=where, remedy="Write the character itself."
        ) from error
    return text


def _too_deep(where: str) -> UserError:
    return UserError("this is nested too deeply", where=where, remedy="Settings are a few levels deep.")
