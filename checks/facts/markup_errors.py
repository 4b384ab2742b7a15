"""Faults of the markup that make parsers guess: attributes given twice, stray end tags, elements left open.

In: the delivered source. Out: `errors` of the group `html`: each kind of fault once, with how often it is there. Every
parser repairs such faults by the same rules (https://html.spec.whatwg.org/multipage/parsing.html#parse-errors), but the
page is then seldom what its author meant. Elements whose end tag may be left out are never left open.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from checks.facts.reference import reference
from checks.facts.source import tags
from checks.facts.texts import clip

MOST = 50
"""Kinds of faults that are told."""
_DATA = reference("markup")
_VOID = frozenset(_DATA["void"].split())
_MAY_STAY_OPEN = frozenset(_DATA["optional_end"].split())
_FOREIGN = frozenset({"svg", "math"})
_ATTRIBUTE = re.compile(r"([^\s\"'>/=][^\s/>=]*)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*))?")
_LONGEST = 60


def markup_errors(source: str) -> dict[str, Any]:
    """Return how many faults there are, and their kinds."""
    found = _Walk().over(source)
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    kinds = [{"key": f"{what} {name}", "what": what, "name": name, "times": times} for (what, name), times in ordered]
    most = ", ".join(f"{one['what']}: {one['name']} ({one['times']})" for one in kinds[:3])
    return {"count": found.total(), "kinds": kinds[:MOST], "most": most}


class _Walk:
    """Keeps the elements that are open."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.counts: Counter[str] = Counter()
        """How often each of them is open."""
        self.foreign = 0
        self.found: Counter[tuple[str, str]] = Counter()

    def over(self, source: str) -> Counter[tuple[str, str]]:
        for name, attributes, is_end in tags(source):
            if is_end:
                self._end(name)
            else:
                self._start(name, attributes)
        for name in self.open:
            self._left_open(name)
        return self.found

    def _start(self, name: str, attributes: str) -> None:
        # A single `=` can't be given twice.
        if attributes.count("=") > 1:
            given = Counter(one.lower() for one in _ATTRIBUTE.findall(attributes))
            for attribute in (one for one, times in given.items() if times > 1):
                self.found["attribute given twice", clip(attribute, _LONGEST)] += 1
        if name in _VOID or (self.foreign and attributes.endswith("/")):
            return
        self.open.append(name)
        self.counts[name] += 1
        self.foreign += name in _FOREIGN

    def _end(self, name: str) -> None:
        if not self.counts[name]:
            if name not in _MAY_STAY_OPEN:
                self.found["end tag without a beginning", clip(name, _LONGEST)] += 1
            return
        while (last := self.open.pop()) != name:
            self._closed(last)
            self._left_open(last)
        self._closed(name)

    def _closed(self, name: str) -> None:
        self.counts[name] -= 1
        self.foreign -= name in _FOREIGN

    def _left_open(self, name: str) -> None:
        if name not in _MAY_STAY_OPEN:
            self.found["element left open", clip(name, _LONGEST)] += 1
