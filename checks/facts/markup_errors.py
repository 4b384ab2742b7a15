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
from checks.facts.texts import clip

MOST = 50
"""Kinds of faults that are told."""
_DATA = reference("markup")
_VOID = frozenset(_DATA["void"].split())
_MAY_STAY_OPEN = frozenset(_DATA["optional_end"].split())
_FOREIGN = frozenset({"svg", "math"})
_ATTRS = r"(?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?)*+"
# Comments, and elements whose content is no markup, come first, and whole: see `source.py`.
_TAGS = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<[!?][^>]*+(?:>|\Z)"
    r"|<(script|style|title|textarea|template|noscript|xmp|iframe|noembed|noframes)(?=[\s/>])"
    rf"{_ATTRS}(?:>|\Z).*?(?:</\1(?=[\s/>])[^>]*+(?:>|\Z)|\Z)"
    rf"|<(/?)([a-z][^\s/>]*+)({_ATTRS})(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s\"'>/=][^\s/>=]*)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*))?")
_LONGEST = 60
_TWICE, _STRAY, _OPEN = "attribute given twice", "end tag without a beginning", "element left open"


def markup_errors(source: str) -> dict[str, Any]:
    """Return how many faults there are, and their kinds."""
    found = _faults(source)
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    kinds = [{"key": f"{what} {name}", "what": what, "name": name, "times": times} for (what, name), times in ordered]
    most = ", ".join(f"{one['what']}: {one['name']} ({one['times']})" for one in kinds[:3])
    return {"count": found.total(), "kinds": kinds[:MOST], "most": most}


def _faults(source: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    opened: list[str] = []
    counts: Counter[str] = Counter()
    foreign = 0
    for _, end, name, attributes in _TAGS.findall(source):
        if not name:
            continue
        name = name.lower()  # noqa: PLW2901 - as browsers read it
        if not end:
            # A single `=` can't be given twice.
            if attributes.count("=") > 1:
                found.update((_TWICE, one) for one in _given_twice(attributes))
            if name not in _VOID and not (foreign and attributes.endswith("/")):
                opened.append(name)
                counts[name] += 1
                foreign += name in _FOREIGN
        elif not counts[name]:
            if name not in _MAY_STAY_OPEN:
                found[_STRAY, clip(name, _LONGEST)] += 1
        else:
            while (last := opened.pop()) != name:
                counts[last] -= 1
                foreign -= last in _FOREIGN
                if last not in _MAY_STAY_OPEN:
                    found[_OPEN, clip(last, _LONGEST)] += 1
            counts[name] -= 1
            foreign -= name in _FOREIGN
    found.update((_OPEN, clip(name, _LONGEST)) for name in opened if name not in _MAY_STAY_OPEN)
    return found


def _given_twice(attributes: str) -> list[str]:
    names = _ATTRIBUTE.findall(attributes.lower())
    if len(set(names)) == len(names):
        return []
    return [clip(name, _LONGEST) for name, times in Counter(names).items() if times > 1]
