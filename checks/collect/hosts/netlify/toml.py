"""`netlify.toml`, as far as it says how the site is served.

In: the text. Out: redirects, header blocks, and what is rejected. Pure.
TOML is read by the standard library, which tells no lines; they are found by the headings of the tables.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.collect.hosts.about import Finding, NotEmulated, Place
from checks.collect.hosts.fields import is_name, is_value
from checks.collect.hosts.header_blocks import Block
from checks.collect.hosts.netlify.redirects import checked

if TYPE_CHECKING:
    from checks.collect.hosts.netlify.rule import NetlifyRule

FILE = "netlify.toml"
_EDGE = "an edge function"


@dataclass(slots=True)
class NetlifyToml:
    """What the file says."""

    rules: list[NetlifyRule] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    edge_functions: list[NotEmulated] = field(default_factory=list)
    pretty_urls: bool = True


def read(text: str) -> NetlifyToml:
    """Return what a netlify.toml says; where it is no TOML, that, and nothing else."""
    said = NetlifyToml()
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = Place(FILE, int(line[1]) if line else 0, "TOML")
        said.findings.append(Finding(place, f"it is no TOML, and the build fails: {error}"))
        return said
    except RecursionError:
        said.findings.append(Finding(Place(FILE, 0, "TOML"), "it is nested too deeply to be read"))
        return said
    for place, entry in _tables(document, text, "redirects", said):
        _redirect(place, entry, said)
    for place, entry in _tables(document, text, "headers", said):
        _header(place, entry, said)
    for place, entry in _tables(document, text, "edge_functions", said):
        path = entry.get("path")
        if isinstance(path, str):
            said.edge_functions.append(NotEmulated(path.removesuffix("*"), f"{_EDGE} ({place})"))
    _contexts(document, said)
    said.pretty_urls = _pretty_urls(document)
    return said


def _tables(document: dict[str, Any], text: str, name: str, said: NetlifyToml) -> list[tuple[Place, dict[str, Any]]]:
    entries = document.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        said.findings.append(Finding(Place(FILE, 0, name), f"`{name}` must be tables: `[[{name}]]`"))
        return []
    heading = re.compile(rf"[ \t]*\[\[[ \t]*{name}[ \t]*\]\]")
    found = [number for number, line in enumerate(text.split("\n"), 1) if heading.match(line)]
    places = found if len(found) == len(entries) else [0] * len(entries)
    return [
        (Place(FILE, line, _entry(name, entry, number)), entry)
        for number, (line, entry) in enumerate(zip(places, entries, strict=True))
    ]


def _entry(name: str, entry: dict[str, Any], number: int) -> str:
    of = entry.get("from", entry.get("for", entry.get("path")))
    return f"{name} {of}"[:200] if isinstance(of, str) else f"{name}[{number}]"


def _redirect(place: Place, entry: dict[str, Any], said: NetlifyToml) -> None:
    fields = {
        "from": entry.get("from", entry.get("origin")),
        "to": entry.get("to", entry.get("destination")),
        "query": entry.get("query", entry.get("params", entry.get("parameters", {}))),
        "status": entry.get("status"),
        "force": entry.get("force", False),
        "conditions": entry.get("conditions", {}),
    }
    texts = isinstance(fields["from"], str) and isinstance(fields["to"], str | None)
    if not texts or not isinstance(fields["query"], dict) or not isinstance(fields["conditions"], dict):
        said.findings.append(Finding(place, "it needs `from` and `to` as texts, `query` and `conditions` as tables"))
        return
    fields["to"] = fields["to"].strip() if fields["to"] else None
    rule = checked(place, fields)
    if isinstance(rule, str):
        said.findings.append(Finding(place, rule))
    else:
        said.rules.append(rule)


def _header(place: Place, entry: dict[str, Any], said: NetlifyToml) -> None:
    path, values = entry.get("for"), entry.get("values")
    if not isinstance(path, str) or not isinstance(values, dict) or not values:
        said.findings.append(Finding(place, "it needs `for` as a text and `values` as a table, and is ignored"))
        return
    block = Block(place, path.strip())
    for name, value in values.items():
        one = ", ".join(value) if isinstance(value, list) and all(isinstance(v, str) for v in value) else value
        line = re.sub(r"\s*,\s*", ", ", " ".join(one.split())) if isinstance(one, str) else None
        if line is None or not is_name(name.strip()) or not is_value(line):
            said.findings.append(Finding(place, f"`{name[:60]}` and its value can't be a header"))
            continue
        block.set(name.strip(), line)
    if block.headers:
        said.blocks.append(block)


def _contexts(document: dict[str, Any], said: NetlifyToml) -> None:
    contexts = document.get("context")
    for name, context in contexts.items() if isinstance(contexts, dict) else ():
        for key in ("headers", "redirects"):
            if isinstance(context, dict) and key in context:
                place = Place(FILE, 0, f"context.{name}.{key}")
                said.findings.append(Finding(place, f"the host has no `{key}` for one context, and ignores them"))


def _pretty_urls(document: dict[str, Any]) -> bool:
    section: Any = document
    for key in ("build", "processing", "html", "pretty_urls"):
        section = section.get(key) if isinstance(section, dict) else None
    return section is not False
