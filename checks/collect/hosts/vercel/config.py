"""`vercel.json`, read.

In: the text. Out: `VercelConfig`, and what the host refuses. Pure.
Vercel refuses a whole deployment for one entry that is wrong; here the others are kept: one fault hides no other.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.collect.hosts.about import Finding, Limit, NotEmulated, Place
from checks.collect.hosts.json_lines import JsonError, Lines, read
from checks.collect.hosts.vercel import rules
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from checks.collect.hosts.project import Project
    from checks.collect.hosts.vercel.rules import VercelRule

FILE, TOML, PROGRAM = "vercel.json", "vercel.toml", "vercel.ts"
MOST = 2_048
"""Entries of each kind (https://vercel.com/docs/project-configuration/vercel-json)."""
_REFUSED = "; the host refuses the deployment"


@dataclass(slots=True)
class VercelConfig:
    """What the file says."""

    file: str | None = None
    redirects: list[VercelRule] = field(default_factory=list)
    rewrites: list[VercelRule] = field(default_factory=list)
    headers: list[VercelRule] = field(default_factory=list)
    clean_urls: bool = False
    trailing_slash: bool | None = None
    findings: list[Finding] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    not_emulated: list[NotEmulated] = field(default_factory=list)


def load(project: Project) -> VercelConfig:
    """Return what the project tells Vercel. Raises CannotMeasureError for rules of the kind that came before these."""
    said = VercelConfig()
    if PROGRAM in project:
        said.not_emulated.append(NotEmulated("", f"{PROGRAM}, which makes rules while it builds"))
    document, lines = _document(project, said)
    if not isinstance(document, dict):
        return said
    if "routes" in document:
        raise CannotMeasureError(
            "it uses `routes`, which is not emulated",
            where=f"{said.file}:{lines.of('routes')}",
            remedy="Write `redirects`, `rewrites`, `headers`, `cleanUrls` and `trailingSlash` instead; or choose the "
            "host `plain` to judge the build without its rules.",
        )
    for kind in rules.KEYS:
        _entries(kind, document.get(kind, []), lines, said)
    said.clean_urls = _flag(document, "cleanUrls", lines, said) is True
    said.trailing_slash = _flag(document, "trailingSlash", lines, said)
    if isinstance(document.get("bulkRedirectsPath"), str):
        said.not_emulated.append(NotEmulated("", f"bulk redirects ({document['bulkRedirectsPath'][:100]})"))
    return said


def _document(project: Project, said: VercelConfig) -> tuple[Any, Lines]:
    text, toml = project.text(FILE), project.text(TOML)
    said.file = FILE if text is not None else TOML if toml is not None else None
    try:
        if text is not None:
            return read(text)
        return (None if toml is None else tomllib.loads(toml)), Lines()
    except JsonError as error:
        said.findings.append(Finding(Place(FILE, error.line, "JSON"), f"it is no JSON: {error}{_REFUSED}"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said.findings.append(Finding(Place(TOML, 0, "TOML"), f"it is no TOML: {error}{_REFUSED}"))
    return None, Lines()


def _entries(kind: str, entries: object, lines: Lines, said: VercelConfig) -> None:
    if not isinstance(entries, list):
        place = Place(said.file or FILE, lines.of(kind), kind)
        said.findings.append(Finding(place, f"`{kind}` must be a list{_REFUSED}"))
        return
    said.limits.append(Limit(kind, len(entries), MOST))
    for number, entry in enumerate(entries):
        name = entry.get("source") if isinstance(entry, dict) else None
        entry_name = f"{kind} {name}"[:200] if isinstance(name, str) else f"{kind}[{number}]"
        place = Place(said.file or FILE, lines.of(kind, number), entry_name)
        rule = rules.read(kind, place, entry)
        if isinstance(rule, str):
            said.findings.append(Finding(place, rule + _REFUSED))
        else:
            getattr(said, kind).append(rule)


def _flag(document: dict[str, Any], key: str, lines: Lines, said: VercelConfig) -> bool | None:
    value = document.get(key)
    if value is None or isinstance(value, bool):
        return value
    place = Place(said.file or FILE, lines.of(key), key)
    said.findings.append(Finding(place, f"`{key}` must be true or false{_REFUSED}"))
    return None
