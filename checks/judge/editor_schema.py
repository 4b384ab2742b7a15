"""A schema for policy files that knows the facts: editors complete their names, and show what each means.

In: the published schema of policies, and the shape of a kind of document. Out: one JSON Schema. It is a help for
writing; what a policy may say is decided by `strictness.py` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.judge.shape import Fact

Schema = dict[str, Any]
DEEPEST: Final = 12
"""Levels of facts that are written out; the shapes have fewer."""


def editor_schema(policy_schema: Mapping[str, Any], kind: str, shape: Fact) -> Schema:
    """Return the schema for policies that read documents of this kind."""
    facts = _rule(shape, "", 0)
    properties = {
        **policy_schema["properties"],
        "x-reads": {**policy_schema["properties"]["x-reads"], "const": kind},
        "x-applies-to": {"description": policy_schema["properties"]["x-applies-to"]["description"], **facts},
        "properties": {"description": "Facts by name, each with what it must satisfy.", **_named(shape, 0)},
    }
    title = f"A policy about a {kind}"
    return {**policy_schema, "title": title, "properties": properties}


def _rule(fact: Fact, description: str, depth: int) -> Schema:
    """Return the schema of a rule about `fact`: any rule, and within it the names that this fact has."""
    inner: Schema = {}
    if fact.names:
        inner["properties"] = _named(fact, depth)
    member = fact.member()
    if member is not None and depth < DEEPEST:
        inner |= dict.fromkeys(("items", "contains"), _rule(member, "What each member, or some member, is.", depth + 1))
    said = {"description": description} if description else {}
    return {**said, "allOf": [{"$ref": "#/$defs/rule"}], **({"properties": inner} if inner else {})}


def _named(fact: Fact, depth: int) -> Schema:
    if depth >= DEEPEST:
        return {"type": "object"}
    rules = {}
    for name in sorted(fact.names):
        inner = fact.property(name)
        if inner is not None:
            rules[name] = _rule(inner, _meaning(inner), depth + 1)
    return {"type": "object", "properties": rules, "additionalProperties": _is_map(fact)}


def _meaning(fact: Fact) -> str:
    kinds = ", ".join(sorted(fact.types - ({"integer"} if "number" in fact.types else set())))
    choices = [str(choice) for choice in fact.choices()]
    listed = f" One of: {', '.join(choices)}." if choices and "boolean" not in fact.types else ""
    return f"{fact.says} ({kinds}){listed}".strip()


def _is_map(fact: Fact) -> bool:
    return any(isinstance(node.get("additionalProperties"), dict) for node in fact.nodes)
