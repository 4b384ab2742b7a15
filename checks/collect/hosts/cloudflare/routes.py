"""Cloudflare's `_routes.json`: which addresses functions are asked about.

In: the text. Out: whether a path is given to functions. Pure.
https://developers.cloudflare.com/pages/functions/routing/#create-a-_routesjson-file
"""

from __future__ import annotations

from typing import Any, Final

from checks.collect.hosts.about import Finding, Place
from checks.collect.hosts.json_lines import JsonError, Lines, read
from checks.collect.hosts.patterns import Machine
from checks.collect.hosts.patterns.tree import ANY, Node, Repeat, Sequence, literal

MOST, LONGEST = 100, 100


class Routes:
    """The file, or where there is none, that functions are asked about everything."""

    FILE: Final = "_routes.json"

    def __init__(self, text: str | None) -> None:
        self.findings: list[Finding] = []
        self._include, self._exclude = [_machine("/*")], list[Machine]()
        if text is None:
            return
        try:
            document, lines = read(text)
        except JsonError as error:
            self.findings.append(Finding(Place(self.FILE, error.line, "JSON"), f"it is no JSON: {error}"))
            return
        if not isinstance(document, dict):
            self.findings.append(Finding(Place(self.FILE, 1, "JSON"), "it must be an object"))
            return
        self._include = self._patterns(document, "include", lines)
        self._exclude = self._patterns(document, "exclude", lines)
        if len(self) > MOST:
            self.findings.append(Finding(Place(self.FILE, 0, "include"), f"it has more than {MOST} rules"))

    def __len__(self) -> int:
        """Return how many rules there are."""
        return len(self._include) + len(self._exclude)

    def includes(self, path: str) -> bool:
        """Return whether functions are asked about a path."""
        return _any(self._include, path) and not _any(self._exclude, path)

    def _patterns(self, document: dict[str, Any], key: str, lines: Lines) -> list[Machine]:
        found = []
        entries = document.get(key, [])
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
            if isinstance(entry, str) and entry.startswith("/") and len(entry) <= LONGEST:
                found.append(_machine(entry))
                continue
            place = Place(self.FILE, lines.of(key, number), f"{key}[{number}]")
            self.findings.append(Finding(place, f"a rule begins with `/` and has at most {LONGEST} characters"))
        return found


def _any(machines: list[Machine], path: str) -> bool:
    return any(machine.match(path) for machine in machines)


def _machine(rule: str) -> Machine:
    nodes: list[Node] = []
    for number, text in enumerate(rule.split("*")):
        nodes += (Repeat(ANY),) if number else ()
        nodes += literal(text).parts
    return Machine(Sequence(tuple(nodes)))
