"""Tools for developers and editors that are part of a page.

In: the looks at a page. Out: `debug_ui` of the group `leaks`. By what they are known is data (`data/debug_ui.json`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.facts.reference import reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from checks.facts.look import Look

_TOOLS: Sequence[Mapping[str, str]] = reference("debug_ui")["tools"]


def debug_ui(looks: Iterable[Look]) -> list[dict[str, str]]:
    """Return the tools that are elements of one of the looks; to be named in a text or a script is not enough."""
    found: dict[str, str] = {}
    for look in looks:
        reading = look.reading
        for tool in _TOOLS:
            # The mark is looked for first: selecting costs a walk over the whole tree.
            if tool["mark"] in reading.source and reading.parser.css_first(tool["sign"]) is not None:
                found[tool["name"]] = tool["sign"]
    return [{"name": name, "sign": found[name]} for name in sorted(found)]
