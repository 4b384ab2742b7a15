"""Files of a build that should not be published, by their names.

In: the files, as paths inside the build (POSIX) with their sizes in bytes, and whether a page links to a path. Out:
`files` of the site document. The names are data (`data/private_files.json`).
"""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from checks.facts.reference import reference
from checks.facts.source_maps import kind_of_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Sort = Literal["private", "backup", "tooling"]
SORTS: tuple[Sort, ...] = ("private", "backup", "tooling")

_HTML = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    names: re.Pattern[str] | None
    exempt: re.Pattern[str] | None
    folders: frozenset[str]
    unless_linked: bool

    def matches(self, base: str) -> bool:
        if self.names is None or not self.names.fullmatch(base):
            return False
        return self.exempt is None or not self.exempt.fullmatch(base)


def files(
    sizes: Mapping[str, int], *, linked: Callable[[str], bool], map_references: Iterable[tuple[str, str]] = ()
) -> dict[str, Any]:
    """The group `files`. `linked`: does a page link to a production path? `map_references`: as in `LeakScan`."""
    found: dict[Sort, dict[str, str]] = {sort: {} for sort in SORTS}
    for path in sizes:
        hit = _first_hit(path, linked)
        if hit:
            sort, place, rule = hit
            found[sort].setdefault(place, rule)
    by_case = (sorted(paths) for _, paths in groupby(sorted(sizes, key=str.casefold), key=str.casefold))
    collisions = sorted(paths for paths in by_case if len(paths) > 1)
    return {
        "private": [{"path": path, "rule": rule} for path, rule in sorted(found["private"].items())],
        "backup": [{"path": path} for path in sorted(found["backup"])],
        "tooling": [{"path": path} for path in sorted(found["tooling"])],
        "source_maps": _source_maps(sizes, map_references),
        "empty_html": [{"path": path} for path in sorted(sizes) if sizes[path] == 0 and path.lower().endswith(_HTML)],
        "case_collisions": [{"paths": paths, "path": paths[0]} for paths in collisions],
    }


def _first_hit(path: str, linked: Callable[[str], bool]) -> tuple[Sort, str, str] | None:
    """What is wrong with a path: the sort, the file or the folder around it (with `/` at its end), the rule."""
    segments = path.split("/")
    base = segments[-1].casefold()
    for sort in SORTS:
        for rule in _rules(sort):
            inside = next((i for i, name in enumerate(segments) if name in rule.folders), None)
            if inside is not None:
                is_file = inside == len(segments) - 1
                return sort, path if is_file else "/".join(segments[: inside + 1]) + "/", rule.name
            if rule.matches(base) and not (rule.unless_linked and linked("/" + path)):
                return sort, path, rule.name
    return None


def _source_maps(sizes: Mapping[str, int], map_references: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    kinds = {path: "file" for path in sizes if path.endswith(".map")}
    for path, target in sorted(map_references):
        kind = kind_of_reference(path, target, sizes)
        if kind:
            kinds.setdefault(path, kind)
    return [{"path": path, "kind": kind} for path, kind in sorted(kinds.items())]


@cache
def _rules(sort: Sort) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            name=entry["rule"],
            names=_pattern(entry.get("names", ())),
            exempt=_pattern(entry.get("except", ())),
            folders=frozenset(entry.get("folders", ())),
            unless_linked=entry.get("unless_linked", False),
        )
        for entry in reference("private_files")[sort]
    )


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for shell-style names, in lower case."""
    parts = [fnmatch.translate(name.casefold()) for name in names]
    return re.compile("|".join(parts)) if parts else None
