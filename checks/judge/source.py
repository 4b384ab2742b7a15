"""The text of a file that people write, JSON or YAML, as a document; and where each part of it stands.

In: the text and the name of the file. Out: a `Source` with the document, or the problems that keep it from being read.
What JSON parsers pass in silence is refused: a key given twice, NaN, numbers beyond all bounds, lone surrogates.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from checks.judge.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

JSON_SUFFIXES: Final = frozenset({".json"})
YAML_SUFFIXES: Final = frozenset({".yaml", ".yml"})
DEEPEST: Final = 60
SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its document, and its text to look places up in."""

    path: str
    text: str
    document: Any = None
    problems: tuple[Problem, ...] = ()

    def located(self, problem: Problem) -> Problem:
        """Return `problem` with this file's name and, where it can be found, the line."""
        return replace(problem, path=self.path, line=problem.line or line_of(self.text, problem.pointer))


def parse(path: str, text: str) -> Source:
    """Read `text` as YAML where the file's name says so, else as JSON; never raises for what the text holds."""
    try:
        document = _yaml(text) if path.endswith(tuple(YAML_SUFFIXES)) else _json(text)
    except _RefusedError as refused:
        problems: tuple[Problem, ...] = tuple(refused.problems)
    except RecursionError:
        problems = (Problem("it is nested too deeply"),)
    else:
        problems = tuple(not_json(document))
        source = Source(path, text, document)
        return replace(source, problems=tuple(source.located(each) for each in problems))
    return Source(path, text, None, tuple(replace(each, path=path) for each in problems))


def line_of(text: str, pointer: str) -> int | None:
    """Return the line (from 1) on which the part at the JSON Pointer begins; JSON is read as the YAML it nearly is."""
    try:
        node = _composed(text)
    except (YAMLError, RecursionError):
        return None
    for segment in pointer.split("/")[1:]:
        child = _child(node, segment.replace("~1", "/").replace("~0", "~"))
        if child is None:
            break
        node = child
    return node.start_mark.line + 1 if node is not None and pointer else None


class _RefusedError(Exception):
    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


def _json(text: str) -> Any:
    twice: list[str] = []

    def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in members]
        twice.extend(sorted({name for name in names if names.count(name) > 1}))
        return dict(members)

    try:
        document = json.loads(text, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        raise _RefusedError(Problem(f"not JSON: {error.msg} in column {error.colno}", line=error.lineno)) from None
    except ValueError as error:  # a number of more digits than Python reads
        raise _RefusedError(Problem(f"not JSON that can be read: {error}")) from None
    if twice:
        lines = dict(_twice(text))
        raise _RefusedError(*(Problem(f"the key `{name}` stands twice", line=lines.get(name)) for name in twice))
    return document


def _yaml(text: str) -> Any:
    try:
        if any(isinstance(event, AliasEvent) for event in _reader().parse(text)):
            raise _RefusedError(
                Problem("aliases (`*name`) are not read", remedy="Write the part out where it is used.")
            )
        return _reader().load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        what = f"not YAML: {error.problem or error.context}"
        raise _RefusedError(Problem(what, line=mark.line + 1 if mark else None)) from None
    except (YAMLError, ValueError) as error:
        raise _RefusedError(Problem(f"not YAML: {str(error).splitlines()[0]}")) from None


def _reader() -> YAML:
    return YAML(typ="safe", pure=True)


def _composed(text: str) -> Node | None:
    node: Node | None = _reader().compose(text)
    return node


def _child(node: Node | None, segment: str) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == segment), None)
    if isinstance(node, SequenceNode) and segment.isdigit() and int(segment) < len(node.value):
        child: Node = node.value[int(segment)]
        return child
    return None


def _twice(text: str) -> Iterator[tuple[str, int]]:
    """Yield each key that stands twice in one object, with the line where it stands again."""
    try:
        todo = [_composed(text)]
    except (YAMLError, RecursionError):
        return
    while todo:
        node = todo.pop()
        if isinstance(node, SequenceNode):
            todo.extend(node.value)
        elif isinstance(node, MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    yield key.value, key.start_mark.line + 1
                seen.add(key.value)
                todo.append(value)


def not_json(value: Any, pointer: str = "", depth: int = 0) -> Iterator[Problem]:
    """Yield what a document of JSON cannot hold, or ours should not: what is nested without end breaks who reads it."""
    if depth > DEEPEST:
        yield Problem("it is nested too deeply", pointer, f"{DEEPEST} levels are more than a policy needs.")
    elif isinstance(value, dict):
        for key, member in value.items():
            if not isinstance(key, str):
                yield Problem(f"the key {key!r} is no text", pointer, "Put it in quotes.")
                continue
            yield from _not_json_leaf(key, pointer)
            yield from not_json(member, f"{pointer}/{escaped(key)}", depth + 1)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from not_json(member, f"{pointer}/{index}", depth + 1)
    else:
        yield from _not_json_leaf(value, pointer)


def _not_json_leaf(value: Any, pointer: str) -> Iterator[Problem]:
    if isinstance(value, str):
        if SURROGATE.search(value):
            yield Problem("a text holds half a surrogate pair", pointer, "Write the character itself.")
    elif isinstance(value, float):
        if not isfinite(value):
            yield Problem("not a number that JSON knows", pointer)
    elif value is not None and not isinstance(value, int):
        yield Problem(f"a {type(value).__name__} is no JSON value", pointer, "Put it in quotes.")


def escaped(segment: str) -> str:
    """Return a name as it stands in a JSON Pointer (RFC 6901)."""
    return segment.replace("~", "~0").replace("/", "~1")
