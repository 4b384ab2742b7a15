"""`staticwebapp.config.json`, read.

In: the text. Out: `AzureConfig`, and what the host refuses. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.collect.hosts.about import Finding, Limit, Place
from checks.collect.hosts.azure.route import Route, is_status, wildcard
from checks.collect.hosts.azure.route import read as read_route
from checks.collect.hosts.fields import is_name, is_value
from checks.collect.hosts.json_lines import JsonError, Lines, read
from checks.collect.hosts.patterns import Machine
from checks.collect.hosts.patterns.tree import literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = "staticwebapp.config.json"
LARGEST, MOST_ROLES = 20_480, 50
"""https://learn.microsoft.com/azure/static-web-apps/configuration#restrictions"""
OVERRIDABLE = ("400", "401", "403", "404")
SLASHES = ("auto", "always", "never")


@dataclass(slots=True)
class AzureConfig:
    """What the file says."""

    routes: list[Route] = field(default_factory=list)
    global_headers: dict[str, str] = field(default_factory=dict)
    fallback: str | None = None
    fallback_excludes: list[Machine] = field(default_factory=list)
    overrides: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    mime_types: dict[str, str] = field(default_factory=dict)
    trailing_slash: str | None = None
    findings: list[Finding] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    fallback_place: Place | None = None


def load(text: str | None) -> AzureConfig:
    """Return what a staticwebapp.config.json says; where it is no JSON, that, and nothing else."""
    said = AzureConfig()
    if text is None:
        return said
    said.limits.append(Limit(f"bytes of {FILE}", len(text.encode("utf-8", "replace")), LARGEST))
    try:
        document, lines = read(text)
    except JsonError as error:
        said.findings.append(
            Finding(Place(FILE, error.line, "JSON"), f"it is no JSON, and the host refuses it: {error}")
        )
        return said
    if not isinstance(document, dict):
        said.findings.append(Finding(Place(FILE, 1, "JSON"), "it must be an object"))
        return said
    reading = _Reading(document, lines, said)
    reading.routes()
    reading.fallback()
    reading.rest()
    return said


class _Reading:
    def __init__(self, document: dict[str, Any], lines: Lines, said: AzureConfig) -> None:
        self.document, self.lines, self.said = document, lines, said

    def _found(self, what: str, entry: str, *pointer: str | int) -> None:
        self.said.findings.append(Finding(Place(FILE, self.lines.of(*pointer), entry), what))

    def routes(self) -> None:
        entries = self.document.get("routes", [])
        if not isinstance(entries, list):
            self._found("`routes` must be a list", "routes", "routes")
            return
        for number, entry in enumerate(entries):
            name = entry.get("route") if isinstance(entry, dict) else None
            place = Place(
                FILE,
                self.lines.of("routes", number),
                f"routes {name}"[:200] if isinstance(name, str) else f"routes[{number}]",
            )
            route = read_route(place, entry)
            if isinstance(route, str):
                self.said.findings.append(Finding(place, route))
            else:
                self.said.routes.append(route)
        roles = {role for route in self.said.routes for role in route.roles}
        self.said.limits.append(Limit("roles", len(roles), MOST_ROLES))

    def fallback(self) -> None:
        section = self.document.get("navigationFallback")
        if section is None:
            return
        self.said.fallback_place = Place(FILE, self.lines.of("navigationFallback"), "navigationFallback")
        if not isinstance(section, dict) or not isinstance(section.get("rewrite"), str):
            self._found("it needs a `rewrite`, as a text", "navigationFallback", "navigationFallback")
            return
        self.said.fallback = "/" + section["rewrite"].lstrip("/")
        excludes = section.get("exclude", [])
        for number, pattern in enumerate(excludes if isinstance(excludes, list) else []):
            machine = wildcard(pattern) if isinstance(pattern, str) else None
            if machine is None and isinstance(pattern, str) and "*" not in pattern:
                machine = Machine(literal(pattern))
            if machine is None:
                entry = f"navigationFallback.exclude[{number}]"
                what = "a `*` can only stand at the end, or before endings such as `*.{png,jpg}`; it is ignored"
                self._found(what, entry, "navigationFallback", "exclude", number)
            else:
                self.said.fallback_excludes.append(machine)

    def rest(self) -> None:
        document, said = self.document, self.said
        for name, value in self._headers("globalHeaders"):
            said.global_headers[name.lower()] = value
        for ending, value in self._headers("mimeTypes"):
            said.mime_types[ending.lower().lstrip(".")] = value
        overrides = document.get("responseOverrides", {})
        for status, override in overrides.items() if isinstance(overrides, dict) else ():
            what = _wrong_override(status, override)
            if what:
                self._found(what, f"responseOverrides.{status}"[:200], "responseOverrides", status)
            else:
                said.overrides[int(status)] = override
        slash = document.get("trailingSlash")
        if slash is not None and slash not in SLASHES:
            self._found(f"`trailingSlash` is one of {', '.join(SLASHES)}", "trailingSlash", "trailingSlash")
        said.trailing_slash = slash if slash in SLASHES else None

    def _headers(self, key: str) -> Iterator[tuple[str, str]]:
        section = self.document.get(key, {})
        if not isinstance(section, dict):
            self._found(f"`{key}` must be an object", key, key)
            return
        for name, value in section.items():
            if is_name(name) and isinstance(value, str) and is_value(value):
                yield name, value
            else:
                self._found("it can't be a header", f"{key}.{name}"[:200], key, name)


def _wrong_override(status: str, override: object) -> str:
    if status not in OVERRIDABLE or not isinstance(override, dict):
        return f"only {', '.join(OVERRIDABLE)} can be overridden"
    return "" if is_status(override.get("statusCode", 200)) else "`statusCode` must be a status"
