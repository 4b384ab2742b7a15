"""The tables of policies/README.md: every shipped policy, and every fact that a policy can speak about.

In: the policies by id and the shapes of the documents by kind, both as plain JSON, and the text of the README.
Out: that text, with what stands between the markers replaced. Pure; `tools/tables.py` reads and writes the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

Document = Mapping[str, Any]

FAMILIES: Final = {
    "change": "What this release would change, where there is a baseline",
    "ai": "AI search: which crawlers may read the site",
    "crawl": "Indexability: may search engines fetch and keep the page",
    "i18n": "Languages and their versions",
    "lh": "What Lighthouse says, where it is asked for",
    "leak": "What should not have been published",
    "links": "Links and redirects",
    "perf": "Speed and weight",
    "privacy": "Other companies on the pages",
    "render": "What a visitor sees",
    "sd": "Structured data",
    "sec": "Security of pages and transport",
    "seo": "Content and metadata",
    "site": "The site as a whole",
    "social": "Shared links and icons",
    "target": "Targets: shares of pages to reach, where a project asks for them",
}
"""Family (the folder of a policy) -> its heading; a family that is not here is headed by its own name."""

TYPES: Final = {
    "array": "list",
    "boolean": "yes or no",
    "integer": "whole number",
    "null": "none",
    "number": "number",
    "object": "group",
    "string": "text",
}
"""Type of JSON Schema -> the word that marketers read."""


def readme(text: str, policies: Mapping[str, Document], shapes: Mapping[str, Document]) -> str:
    """Return the README `text` with both tables written anew; raises ValueError where a marker is missing."""
    text = between(text, "policies", policy_tables(policies))
    return between(text, "facts", fact_tables(shapes))


def between(text: str, name: str, content: str) -> str:
    """Return `text` with `content` between the comments `name` and `/name`; raises ValueError where one is missing."""
    start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, found, rest = text.partition(start)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"the README has no block between {start.strip()} and {end}")
    return f"{before}{start}\n{content}\n{end}{after}"


def policy_tables(policies: Mapping[str, Document]) -> str:
    """Return one table for each family of `policies` (id -> policy), with its heading."""
    families = groupby(sorted(policies), key=lambda policy: policy.partition("/")[0])
    return "\n".join(_family(name, list(ids), policies) for name, ids in families)


def _family(name: str, ids: list[str], policies: Mapping[str, Document]) -> str:
    heading = f"### `{name}/` {FAMILIES.get(name, '')}".rstrip()
    rows = (_policy_row(policy, policies[policy]) for policy in ids)
    return f"{heading}\n\n{_table(['policy', 'what must hold', 'limits', 'severity', 'owner', 'set'], rows)}"


def _policy_row(policy_id: str, policy: Document) -> list[str]:
    link = f"[{policy_id}]({policy_id}.json)"
    sets = ", ".join(policy["x-set"])
    return [link, policy["title"], "; ".join(limits(policy)), policy["x-severity"], policy["x-owner"], sets]


def limits(schema: Document, path: str = "") -> Iterator[str]:
    """Yield the numbers that a policy sets, each with its fact: what a project is most likely to change."""
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        yield f"`{path}` {least:,} to {most:,}"
    elif least is not None:
        yield f"`{path}` at least {least:,}"
    elif most:  # none at all needs no number: the title says it
        yield f"`{path}` at most {most:,}"
    for name, part in schema.get("properties", {}).items():
        yield from limits(part, f"{path}.{name}".lstrip("."))
    if isinstance(schema.get("items"), Mapping):
        yield from limits(schema["items"], f"{path}[]")
    for part in (*([schema["then"]] if "then" in schema else []), *schema.get("allOf", ()), *schema.get("anyOf", ())):
        yield from limits(part, path)
    for name, part in schema.get("$defs", {}).items():
        yield from (f"{name}: {limit}" for limit in limits(part, path))


def fact_tables(shapes: Mapping[str, Document]) -> str:
    """Return one table for each kind of document (kind -> its shape): path, meaning and type of every fact."""
    return "\n".join(_kind(kind, shapes[kind]) for kind in sorted(shapes))


def _kind(kind: str, shape: Document) -> str:
    rows = ([f"`{path}`", meaning, types] for path, meaning, types in facts(shape))
    return f"### Facts of a `{kind}`\n\n{_table(['fact', 'meaning', 'type'], rows)}"


def facts(shape: Document) -> Iterator[tuple[str, str, str]]:
    """Yield path, meaning and type of every fact of a document with this shape; `[]` is each member of a list."""
    for name, fact in shape.get("properties", {}).items():
        yield from _below(name, _resolved(fact, shape), shape)


def _below(path: str, fact: Document, shape: Document) -> Iterator[tuple[str, str, str]]:
    yield path, fact.get("description", ""), _type(fact)
    for part in (fact, *_alternatives(fact, shape)):
        for name, child in part.get("properties", {}).items():
            yield from _below(f"{path}.{name}", _resolved(child, shape), shape)
        if isinstance(part.get("additionalProperties"), Mapping):
            yield from _below(f"{path}.*", _resolved(part["additionalProperties"], shape), shape)
        yield from _members(path, part, shape)


def _members(path: str, fact: Document, shape: Document) -> Iterator[tuple[str, str, str]]:
    """Yield what the members of a list have; a member itself needs no row, for the list has one."""
    member = _resolved(fact.get("items", {}), shape)
    for part in (member, *_alternatives(member, shape)):
        for name, child in part.get("properties", {}).items():
            yield from _below(f"{path}[].{name}", _resolved(child, shape), shape)


def _alternatives(fact: Document, shape: Document) -> list[Document]:
    return [_resolved(part, shape) for part in (*fact.get("anyOf", ()), *fact.get("oneOf", ()))]


def _resolved(fact: Document, shape: Document) -> Document:
    """Follow a reference within the shape; what stands beside it comes first."""
    while "$ref" in fact:
        target: Any = shape
        for segment in str(fact["$ref"]).removeprefix("#/").split("/"):
            target = target[segment]
        fact = {**target, **{key: value for key, value in fact.items() if key != "$ref"}}
    return fact


def _type(fact: Document) -> str:
    values = [fact["const"]] if "const" in fact else fact.get("enum", [])
    if values:
        return ", ".join("none" if value is None else f"`{value}`" for value in values)
    declared = fact.get("type", [])
    names = [declared] if isinstance(declared, str) else list(declared)
    names += [_type(part) for part in (*fact.get("anyOf", ()), *fact.get("oneOf", ()))]
    return " or ".join(TYPES.get(name, name) for name in names)


def _table(heading: list[str], rows: Iterable[list[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *([_cell(text) for text in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    """Return `text` so that Markdown shows it as it is: no column ends in it, and no markup begins outside code."""
    parts = " ".join(text.split()).replace("|", "\\|").split("`")
    return "`".join(part if index % 2 else part.replace("<", "\\<") for index, part in enumerate(parts))
