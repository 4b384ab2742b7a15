"""gonogo.yaml with one value changed, every comment and the order kept.

In: the text of the file, a path of keys, a value. Out: the new text. ruamel.yaml reads and writes it with all that it
does not understand as data; what comes out is read again, and is refused where anything but that value would differ.
"""

from __future__ import annotations

import io
import re
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.representer import RoundTripRepresenter

from checks.errors import UserError
from checks.settings.yaml_text import parse

GONE: Final = object()
"""The value of a key that is to be taken out."""
_REMEDY: Final = "Change it by hand."


class _Representer(RoundTripRepresenter):
    """Writes null out: a policy's id with nothing behind it would look unfinished."""

    def represent_null(self, _: None) -> Any:
        return self.represent_scalar("tag:yaml.org,2002:null", "null")


_Representer.add_representer(type(None), _Representer.represent_null)


def edited(text: str, path: tuple[str, ...], value: Any, source: str) -> str:
    """Return `text` with `value` at `path`; sections that are missing are added.

    Raises UserError where the file is no mapping, or where it can't be changed without changing more.
    """
    before, _ = parse(text.encode(), source)
    if not isinstance(before, dict | None):
        raise UserError("the file is no mapping (`key: value`)", where=source, remedy=_REMEDY)
    lines = text.replace("\r\n", "\n")
    writer = _writer(lines)
    document = writer.load(lines)
    document = CommentedMap() if document is None else document
    _put(document, path, value, source)
    stream = io.StringIO()
    writer.dump(document, stream)
    after = stream.getvalue()
    if parse(after.encode(), source)[0] != _expected(before or {}, path, value):
        raise UserError("it can't be changed without changing more", where=source, remedy=_REMEDY)
    return after.replace("\n", "\r\n") if "\r\n" in text else after


def _writer(text: str) -> YAML:
    """Return a writer that indents as the file does."""
    writer = YAML()
    writer.Representer = _Representer
    writer.preserve_quotes = True
    writer.width = 4096
    mapping = re.search(r"^[^\s#-].*:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*( +)[^\s#-]", text, re.MULTILINE)
    step = len(mapping[1]) if mapping else 2
    dashes = re.search(r"^[^\s#-].*:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*( *)-( +)", text, re.MULTILINE)
    offset = len(dashes[1]) if dashes else 2
    writer.indent(mapping=step, sequence=offset + 1 + (len(dashes[2]) if dashes else 1), offset=offset)
    return writer


def _put(document: Any, path: tuple[str, ...], value: Any, source: str) -> None:
    for depth, key in enumerate(path[:-1]):
        inner = document.get(key)
        if inner is None and value is GONE:
            return
        if inner is None or (isinstance(inner, CommentedMap) and not inner and value is not GONE):
            # An empty `{}` would take what is put into it on its own line, whatever follows it.
            inner = _in_place_of(document, key)
        if not isinstance(inner, CommentedMap):
            where = f"{source} ({'.'.join(path[: depth + 1])})"
            raise UserError("it is no mapping (`key: value`)", where=where, remedy=_REMEDY)
        document = inner
    if value is GONE:
        document.pop(path[-1], None)
    else:
        document[path[-1]] = _flow(value)


def _in_place_of(document: CommentedMap, key: str) -> CommentedMap:
    """Put an empty section where an empty one, or none, was; a comment behind it stays where it is."""
    section = CommentedMap()
    section.fa.set_block_style()
    document[key] = section
    return section


def _flow(value: Any) -> Any:
    """Return a change as it is written on one line: `{x-severity: error}`."""
    if not isinstance(value, dict):
        return value
    written = CommentedMap({key: _flow(each) for key, each in value.items()})
    written.fa.set_flow_style()
    return written


def _expected(before: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    key, *rest = path
    inner = before.get(key)
    if rest:
        if value is GONE and not isinstance(inner, dict):
            return before
        return {**before, key: _expected(inner if isinstance(inner, dict) else {}, tuple(rest), value)}
    without = {name: each for name, each in before.items() if name != key}
    return without if value is GONE else {**before, key: value}
