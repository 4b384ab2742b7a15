"""Headers that should not be sent, or not so: those that tell too much, those of the past, and broken ones.

In: the headers of an answer by lower-case name. Out: parts of the group `security`. The names are data
(`data/header_names.json`); an answer's headers are mostly those of the page before, so they are judged once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference
from checks.facts.texts import clip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LONGEST = 200
_DATA = reference("header_names")
_TELLING = frozenset(_DATA["telling"])
_BY_VERSION = frozenset(_DATA["telling_by_version"])
_LEGACY: dict[str, str] = _DATA["legacy"]
_ISOLATION: dict[str, list[str]] = _DATA["isolation"]
_FILTER = "x-xss-protection"


def header_names(headers: Mapping[str, str]) -> dict[str, Any]:
    """Return `telling_headers`, `legacy_headers` and `isolation`."""
    return _of(tuple(headers.items()))


@lru_cache(maxsize=256)
def _of(headers: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    known = dict(headers)
    return {
        "telling_headers": [_member(name, value) for name, value in headers if _tells(name, value)],
        "legacy_headers": [{"name": name, "why": why} for name, why in _legacy(headers)],
        "isolation": {
            "opener_policy": known.get("cross-origin-opener-policy"),
            "invalid": [
                _member(name, value)
                for name, value in headers
                if name in _ISOLATION and value.partition(";")[0].strip() not in _ISOLATION[name]
            ],
        },
    }


def _member(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": clip(value, _LONGEST)}


def _tells(name: str, value: str) -> bool:
    """Whether a header says which software answers; the name of a server alone is no news, its version is."""
    return name in _TELLING and (name not in _BY_VERSION or any(character.isdigit() for character in value))


def _legacy(headers: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    for name, value in headers:
        if name in _LEGACY:
            yield name, _LEGACY[name]
        elif name == _FILTER and value.strip() != "0":
            yield name, "where a browser still reads it, its filter can be turned against the page"
