"""What `gonogo facts PAGE` says: the facts of one document, by the names that a policy knows them by.

In: a document of facts. Out: plain text for a terminal, a paragraph for each group of facts, values as JSON. Long lists
are shortened, and say how long they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from checks.report.escape import json_value, terminal
from checks.report.words import clip

if TYPE_CHECKING:
    from checks.report.result import Document

MEMBERS_SHOWN = 10
_LONGEST = 160  # characters of one line's value
_NOT_GROUPS = ("kind", "url", "path", "measured")


def view(document: Document, *, members: int = MEMBERS_SHOWN) -> str:
    """Return `document` as text, with at most `members` members of each list of objects."""
    measured = ", ".join(str(group) for group in document.get("measured", ()))
    head = [
        terminal(f"{document.get('kind', 'document')} {document.get('path', '')}"),
        terminal(str(document.get("url", ""))),
        terminal(f"measured: {measured or 'nothing'}"),
    ]
    groups = ["\n".join(head)]
    for name, value in document.items():
        if name not in _NOT_GROUPS:
            groups.append("\n".join(_aligned(_facts(name, value, members))))
    return "\n\n".join(groups)


def _facts(name: str, value: Any, members: int) -> list[tuple[str, str]]:
    """Return name and value of each fact within `value`; the lines of a list's members have no name."""
    if isinstance(value, Mapping) and value:
        return [fact for key, member in value.items() for fact in _facts(f"{name}.{key}", member, members)]
    if isinstance(value, list) and any(isinstance(member, Mapping) for member in value):
        lines = [("", _short(member)) for member in value[:members]]
        more = [("", f"and {len(value) - members:,} more")] if len(value) > members else []
        return [(f"{name}[]", f"{len(value):,} of them"), *lines, *more]
    return [(name, _short(value))]


def _short(value: Any) -> str:
    if isinstance(value, Mapping) and value:
        said = {key: member for key, member in value.items() if member is not None}
        return clip(", ".join(f"{key} {_json(member)}" for key, member in said.items()), _LONGEST)
    text = _json(value)
    if isinstance(value, list) and len(text) > _LONGEST:
        return clip(text, _LONGEST) + f" ({len(value):,} of them)"
    return clip(text, _LONGEST)


def _json(value: Any) -> str:
    return json.dumps(json_value(value), ensure_ascii=False)


def _aligned(facts: list[tuple[str, str]]) -> list[str]:
    width = max((len(terminal(name)) for name, _value in facts), default=0)
    return [
        f"{terminal(name):<{width}}  {terminal(value)}" if name else f"    {terminal(value)}" for name, value in facts
    ]
