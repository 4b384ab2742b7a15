"""The line of a source file that a finding is about: where its text occurs once.

In: a finding, its page document, the text of the source. Out: a line, or None where the text is not there or is there
more than once. Pure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

_AS_WRITTEN = ("href", "src", "action", "text", "content")
"""The facts that a page's source holds as they are, those that say most first."""
_SHORTEST = 3  # what is shorter stands anywhere
# An address or a word must stand alone: `/open` is not in `/opening-times`, and `rye` not in `rye-bread`.
_BEFORE, _BEHIND = r"(?<![\w/.%-])", r"(?![\w/%=&-]|[?#.]\w)"
_HOST = re.compile(r"//[^/]+")
_BEHIND_HOST = r"(?![\w:-]|\.\w)"


def line_of(finding: Mapping[str, Any], document: Mapping[str, Any], source: str) -> int | None:
    """Return the line, from 1, of the first text of `finding` that occurs in `source`; None where it does so twice."""
    for text in texts(finding, document):
        found = _places(text, source)
        if found:
            return source.count("\n", 0, found[0]) + 1 if len(found) == 1 else None
    return None


def texts(finding: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a finding is about as its page writes it: what failed, what stands beside it, what was measured."""
    way = [step.replace("~1", "/").replace("~0", "~") for step in str(finding.get("pointer") or "").split("/")[1:]]
    what, value = finding.get("what"), finding.get("value")
    named = [step for step in way if not step.isdigit()]
    # What failed may be the name of a fact (`title.length`), which is written in no source.
    if isinstance(what, str) and what.split(".") != named and _at(document, what.split(".")) is None:
        yield from _long_enough(what)
    holder = _holder(document, way or str(what).split("."))
    if isinstance(holder.get("host"), str):
        yield f"//{holder['host']}"
    for key in _AS_WRITTEN:
        yield from _long_enough(holder.get(key))
    yield from _long_enough(value)


def _long_enough(text: Any) -> Iterator[str]:
    if isinstance(text, str) and len(text.strip()) >= _SHORTEST and not text.endswith("…"):
        yield text.strip()


def _holder(document: Mapping[str, Any], way: list[str]) -> Mapping[str, Any]:
    """Return the innermost object on the way to a fact."""
    holder: Mapping[str, Any] = {}
    for length in range(1, len(way) + 1):
        value = _at(document, way[:length])
        if isinstance(value, Mapping):
            holder = value
    return holder


def _at(document: Any, way: list[str]) -> Any:
    for step in way:
        if isinstance(document, Mapping):
            document = document.get(step)
        elif isinstance(document, list) and step.isdigit() and int(step) < len(document):
            document = document[int(step)]
        else:
            return None
    return document


def _places(text: str, source: str) -> list[int]:
    """Return where `text` stands alone in `source`, at most two places; also escaped for HTML, and decoded."""
    spelt = {text, html.escape(text, quote=False), html.escape(text), unquote(text)}
    there = sorted((one for one in spelt if len(one) >= _SHORTEST and one in source), key=len, reverse=True)
    if not there:
        return []
    before, behind = ("", _BEHIND_HOST) if _HOST.fullmatch(text) else (_BEFORE, _BEHIND)
    alone = re.compile(before + "(?:" + "|".join(map(re.escape, there)) + ")" + behind)
    return [found.start() for _, found in zip(range(2), alone.finditer(source), strict=False)]
