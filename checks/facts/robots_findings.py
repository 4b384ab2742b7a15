"""Lines of robots.txt that crawlers do not read as they were meant.

In: the lines, as the parser reads them. Out: findings, each with its line, a problem in plain words and the text; at
most 100, one for each text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST = 100
"""Findings that are kept: a wrong file has one on each of its lines."""
SHOWN = 200
"""Characters of a line that are kept."""

RULES = frozenset({"allow", "disallow"})
EXACT = RULES | {"user-agent", "sitemap"}
OTHERS = frozenset(
    {"crawl-delay", "request-rate", "visit-time", "host", "clean-param", "content-signal", "content-usage"}
)
"""Fields that crawlers other than Google's read."""

_ABSOLUTE = re.compile(r"https?://[^/\s]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is neither empty nor a comment."""

    number: int
    field: str
    """What the parser takes the field for; empty when it can't read the line."""
    value: str
    text: str
    name: str
    """The field as written."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line that says nothing, or not what was meant."""

    line: int
    problem: str
    text: str


def findings(lines: list[Line], body: bytes, *, is_html: bool, limit: int) -> tuple[Finding, ...]:
    """What is wrong with the file as a whole, then line by line."""
    found = _whole(body, limit)
    if is_html:
        return (*found, Finding(1, "is an HTML page, not a robots.txt", _cut(lines[0].text if lines else "")))
    seen = {finding.text for finding in found}
    agents = False
    for line in lines:
        agents = agents or line.field == "user-agent"
        problem = _problem(line, agents=agents)
        text = _cut(line.text)
        if problem and text not in seen and len(found) < MOST:
            seen.add(text)
            found.append(Finding(line.number, problem, text))
    return tuple(found)


def _whole(body: bytes, limit: int) -> list[Finding]:
    found = []
    if len(body) > limit:
        line = body.count(b"\n", 0, limit) + 1
        found.append(Finding(line, f"is larger than {limit} bytes; crawlers ignore the rest", f"{len(body)} bytes"))
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        found.append(Finding(line, "is not UTF-8", f"byte {error.start}"))
    return found


def _problem(line: Line, *, agents: bool) -> str:
    """What is wrong with a line, as a phrase; empty when nothing is."""
    if not line.field:
        return "is neither a field with a value nor a comment"
    if line.field not in EXACT | OTHERS:
        return "has a field that no search engine reads"
    if ":" not in line.text.split("#", 1)[0]:
        return "has no colon after its field"
    if line.field in EXACT and line.name.lower() != line.field:
        return f"misspells {line.field}"
    return _wrong_value(line, agents=agents)


def _wrong_value(line: Line, *, agents: bool) -> str:
    if line.field == "sitemap":
        return "" if _ABSOLUTE.match(line.value) else "names a sitemap without an absolute URL"
    if line.field == "user-agent":
        return "" if line.value else "names no user-agent"
    if line.field not in RULES:
        return ""
    if not agents:
        return "stands before any user-agent line"
    if line.value and line.value[0] not in "/*":
        return "has a value that begins with neither / nor *"
    return "has a $ that is not at the end" if "$" in line.value[:-1] else ""


def _cut(text: str) -> str:
    return text.strip()[:SHOWN]
