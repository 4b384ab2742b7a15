"""What is known against a library in one version: published vulnerabilities, and the end of its support.

In: name and version. Out: advisories, and since when it is retired. Both are data (`data/advisories.json`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from checks.facts.reference import reference

_NUMBER = re.compile(r"\d{1,9}")
_PRE_RELEASE = re.compile(r"^\d+(?:\.\d+)*[.-]?(?:alpha|beta|rc|pre|next|dev)", re.IGNORECASE)
_PARTS = 3
Version = tuple[tuple[int, ...], bool]


@lru_cache(maxsize=512)
def advisories(name: str, version: str) -> list[dict[str, str]]:
    """Return the advisories about a library in a version, sorted by their ids; each id once."""
    at = _version(version)
    found = {
        one["id"]: {"id": one["id"], "severity": one["severity"], "about": one["about"]}
        for one in _about("advisories", name)
        if _version(one["from"])[0] <= at[0] and at < _version(one["below"])
    }
    return [found[key] for key in sorted(found)]


@lru_cache(maxsize=512)
def retired(name: str, version: str) -> str | None:
    """Return the day since which a library is no longer looked after; None where it is."""
    at = _version(version)
    return next((str(one["since"]) for one in _about("retired", name) if at < _version(one["below"])), None)


def _about(what: str, name: str) -> list[dict[str, Any]]:
    return [one for one in reference("advisories")[what] if one["library"] == name]


def _version(text: str) -> Version:
    """Return the numbers of a version, and whether it is a release, which follows its pre-releases."""
    numbers = [int(number) for number in _NUMBER.findall(text)[:_PARTS]]
    return (*numbers, *(0,) * (_PARTS - len(numbers))), _PRE_RELEASE.match(text) is None
