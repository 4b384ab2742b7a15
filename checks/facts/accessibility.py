"""What keeps people from using a page: the group `a11y`.

In: what the page said in the browser (`in_page/accessibility.js`). Out: violations, by rule and place. Rules are named
and weighed as in axe-core; roles, attributes and impacts are data (`data/accessibility.json`).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from checks.facts.contrast import least, ratio
from checks.facts.head import is_language
from checks.facts.reference import reference
from checks.facts.texts import collapse, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.answers import Accessible

_DATA = reference("accessibility")
_IMPACTS: dict[str, str] = _DATA["impacts"]
_ROLES = frozenset(_DATA["roles"].split())
_REQUIRED: dict[str, str] = _DATA["required"]
_NATIVE = {role: frozenset(tags.split()) for role, tags in _DATA["native"].items()}
_VALUES = {name: frozenset(values.split()) for name, values in _DATA["attributes"].items()}
_TO_ITSELF = re.compile(r'\bhref="#[^"]+"')
_COLOURLESS = re.compile(r' (?:alt|aria-[a-z]+|data-[\w-]+|href|id|src|target|title)="[^"]*"')
_MOST_OF_A_RULE = 20
_LEVELS = ("critical", "serious", "moderate", "minor")


def accessibility(seen: Accessible) -> dict[str, Any]:
    """Return the group `a11y`."""
    found: dict[tuple[str, str], str | None] = {}
    told: Counter[str] = Counter()
    for rule, place, detail in _violations(seen):
        if (rule, place) not in found and told[rule] < _MOST_OF_A_RULE:
            told[rule] += 1
            found[rule, place] = detail
    counts = Counter(_IMPACTS[rule] for rule, _ in found)
    return {
        "violations": [
            {
                "key": f"{rule} {place}",
                "rule": rule,
                "impact": _IMPACTS[rule],
                "element": place,
                "detail": found[rule, place],
            }
            for rule, place in sorted(found)
        ],
        "counts": {level: counts[level] for level in _LEVELS},
    }


def _violations(seen: Accessible) -> Iterator[tuple[str, str, str | None]]:
    """Give rule, place and what more there is to say."""
    for rule, tags in seen.places:
        if rule in _IMPACTS:
            for tag in tags:
                yield rule, _place(tag), None
    yield from _aria(seen)
    for value, tag in seen.autocomplete:
        yield "autocomplete-valid", _place(tag), well_formed(value)
    for lang, tag in seen.langs:
        if lang.strip() and not is_language(lang):
            yield "valid-lang", _place(tag), well_formed(lang)
    for colour, behind, size, weight, tag in seen.texts:
        contrast, wanted = ratio(colour, behind), least(size, weight)
        if contrast is not None and contrast < wanted:
            yield "color-contrast", _coloured(tag), f"{contrast} to 1, wanted {wanted}: {colour} on {behind}"


def _aria(seen: Accessible) -> Iterator[tuple[str, str, str | None]]:
    for name, value, tag in seen.aria:
        yield from _attribute(name, value, _place(tag))
    for role, own, names, tag in seen.roles:
        yield from _role(role, own, names, _place(tag))


def _attribute(name: str, value: str, place: str) -> Iterator[tuple[str, str, str | None]]:
    if name not in _VALUES:
        yield "aria-valid-attr", place, well_formed(name)
    elif _VALUES[name] and value and value.lower() not in _VALUES[name]:
        yield "aria-valid-attr-value", place, well_formed(f"{name}={value}")


def _role(role: str, own: str, names: tuple[str, ...], place: str) -> Iterator[tuple[str, str, str | None]]:
    """Of several roles, browsers take the first that they know."""
    known = [one for one in role.lower().split() if one in _ROLES]
    if role.strip() and not known:
        yield "aria-roles", place, well_formed(role)
    for one in known[:1]:
        wanted = _REQUIRED.get(one)
        if wanted and wanted not in names and own not in _NATIVE.get(one, frozenset()):
            yield "aria-required-attr", place, wanted


def _place(tag: str) -> str:
    """Return the tag; links to places on the page itself, which a template adds to every heading, are all one."""
    return _TO_ITSELF.sub('href="#…"', collapse(well_formed(tag)))


def _coloured(tag: str) -> str:
    """Return the tag without what gives no colour: text in one colour is one fault, wherever it leads."""
    return _COLOURLESS.sub("", _place(tag))
