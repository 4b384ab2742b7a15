"""One route of Azure Static Web Apps, and which paths it is meant for.

In: a member of `routes`. Out: `Route`, or why the host refuses it. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.collect.hosts.about import Place, Rule
from checks.collect.hosts.fields import is_name, is_value
from checks.collect.hosts.patterns import Machine
from checks.collect.hosts.patterns.tree import ANY, Choice, Node, Repeat, Sequence, literal

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENDINGS = re.compile(r"\{(\w+(?:,\w+)*)\}", re.ASCII)
_FILTERED = re.compile(r"\.(?:\w+|\{\w+(?:,\w+)*\})", re.ASCII)
_KEYS = frozenset({"route", "methods", "rewrite", "redirect", "statusCode", "headers", "allowedRoles"})
_STATUSES = frozenset(str(status) for status in range(100, 600))


@dataclass(frozen=True, slots=True)
class Route:
    """One member of `routes`."""

    place: Place
    route: str
    machine: Machine | None
    """None for a route without a wildcard."""
    methods: tuple[str, ...] = ()
    rewrite: str | None = None
    redirect: str | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    roles: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """What every path begins with that it matches."""
        return self.route if self.machine is None else self.machine.prefix

    def matches(self, path: str) -> bool:
        """Return whether the route is meant for a path; one that names an index page is meant for its folder, too."""
        if self.methods and "GET" not in self.methods:
            return False
        if self.machine is None:
            return self.route in {path, index_of(path)}
        return self.machine.match(path) is not None or self.machine.match(index_of(path)) is not None

    def told(self) -> Rule:
        """Return what the facts say of it, as a redirect or a rewrite."""
        return Rule(
            place=self.place,
            source=self.route,
            target=self.redirect or self.rewrite or "",
            status=self.status or (302 if self.redirect else 200),
            sample=(_ENDINGS.sub(lambda found: found[1].partition(",")[0], self.route).replace("*", "gonogo"), ""),
            is_pattern=self.machine is not None,
            condition=f"roles {', '.join(self.roles)}" if self.roles else "",
        )


def index_of(path: str) -> str:
    """Return the page that stands for a folder, or the path of a file as it is."""
    return path.rstrip("/") + "/index.html" if "." not in path.rpartition("/")[2] else path


def wildcard(pattern: str) -> Machine | None:
    """Return the machine for a path with one `*`, at its end or before endings of files; None where it is not so."""
    before, star, after = pattern.partition("*")
    if not star or "*" in after or (after and not _FILTERED.fullmatch(after)):
        return None
    endings = _ENDINGS.search(after)
    nodes: list[Node] = [*literal(before).parts, Repeat(ANY)]
    if endings:
        nodes += literal(after[: endings.start()]).parts
        nodes.append(Choice(tuple(literal(one) for one in endings[1].split(","))))
    else:
        nodes += literal(after).parts
    return Machine(Sequence(tuple(nodes)))


def read(place: Place, entry: object) -> Route | str:
    """Return the route that an entry makes, or why the host refuses it."""
    if not isinstance(entry, dict) or not isinstance(entry.get("route"), str):
        return "it needs a `route`, as a text"
    what = _wrong(entry)
    if what:
        return what
    route = entry["route"] if entry["route"].startswith("/") else f"/{entry['route']}"
    machine = wildcard(route)
    if machine is None and "*" in route:
        return "a `*` can only stand at the end of a route, or before endings such as `*.{png,jpg}`"
    return Route(
        place=place,
        route=route,
        machine=machine,
        methods=tuple(entry.get("methods", ())),
        rewrite=entry.get("rewrite"),
        redirect=entry.get("redirect"),
        status=int(entry["statusCode"]) if "statusCode" in entry else None,
        headers={name.lower(): value for name, value in entry.get("headers", {}).items()},
        roles=tuple(role for role in entry.get("allowedRoles", ()) if role != "anonymous")
        if "anonymous" not in entry.get("allowedRoles", ())
        else (),
    )


def _wrong(entry: Mapping[str, Any]) -> str:
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        return f"the host knows no key `{unknown[0]}` here"
    if "rewrite" in entry and "redirect" in entry:
        return "`rewrite` and `redirect` exclude each other"
    for key in ("rewrite", "redirect"):
        if not isinstance(entry.get(key, ""), str):
            return f"`{key}` must be a text"
    for key in ("methods", "allowedRoles"):
        members = entry.get(key, [])
        if not isinstance(members, list) or not all(isinstance(member, str) for member in members):
            return f"`{key}` must be a list of texts"
    headers = entry.get("headers", {})
    if not isinstance(headers, dict) or not all(
        is_name(name) and isinstance(value, str) and is_value(value) for name, value in headers.items()
    ):
        return "`headers` must be an object of names and texts that can be headers"
    if not is_status(entry.get("statusCode", 200)):
        return "`statusCode` must be a status"
    if "redirect" in entry and int(entry.get("statusCode", 302)) not in {301, 302}:
        return "a redirect has `statusCode` 301 or 302"
    return ""


def is_status(value: object) -> bool:
    """Return whether a value can be the status of an answer."""
    return not isinstance(value, bool) and isinstance(value, int | str) and str(value) in _STATUSES
