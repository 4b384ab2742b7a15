"""The closed vocabulary of policies: sets, keywords and what each can apply to, and why some are refused.

Tables only; data in one place, read by `policies.py`, `walk.py` and `strictness.py`.
"""

from __future__ import annotations

from typing import Final

SEVERITIES: Final = ("error", "warning", "info")
"""The worst first."""
LAUNCH_BLOCKER: Final = "launch-blocker"

LIGHTHOUSE: Final = "lighthouse"
WORTH: Final = "worth"
FIELD: Final = "field"
ADVICE: Final = "advice"
TARGETS: Final = "targets"
ON_DEMAND: Final = frozenset({LIGHTHOUSE, WORTH, FIELD, ADVICE, TARGETS})
"""Sets that are in force only where they are named. A section of the config of the same name adds the first three, for
their facts must be asked for. Advice is about length, style and scores, and blocks nothing; targets are what a project
sets itself.
"""

SETS: Final[dict[str, frozenset[str] | None]] = {
    "launch-blocker": frozenset({LAUNCH_BLOCKER}),
    "recommended": frozenset({"recommended", LAUNCH_BLOCKER}),
    "strict": None,
    LIGHTHOUSE: frozenset({LIGHTHOUSE}),
    WORTH: frozenset({WORTH}),
    FIELD: frozenset({FIELD}),
    ADVICE: frozenset({ADVICE}),
    TARGETS: frozenset({TARGETS}),
}
"""What `use:` names -> the `x-set` names that it takes; None takes every shipped policy but those on demand."""

DATED_SETS: Final = {"recommended-2026-11": "recommended", "strict-2026-11": "strict"}
"""A set as it was in a month -> the name of the set, which follows with each release."""

ALWAYS_THERE: Final = frozenset({"kind", "scope", "url", "path", "page_type", "measured", "config", "expect"})
"""Top-level properties that every document of a kind has; all others are groups, which may be unmeasured."""

APPLIES_TO_TYPE: Final[dict[str, str]] = {
    **dict.fromkeys(("minLength", "maxLength", "pattern"), "string"),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), "number"),
    **dict.fromkeys(("items", "prefixItems", "contains", "minContains", "maxContains"), "array"),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems"), "array"),
    **dict.fromkeys(("properties", "patternProperties", "additionalProperties", "propertyNames"), "object"),
    **dict.fromkeys(("required", "minProperties", "maxProperties"), "object"),
    **dict.fromkeys(("dependentRequired", "dependentSchemas"), "object"),
}
"""Keyword -> the JSON type it judges. On every other type JSON Schema lets it pass, so it would judge nothing."""

NEEDS: Final = {
    "then": ("if",),
    "else": ("if",),
    "if": ("then", "else"),
    "minContains": ("contains",),
    "maxContains": ("contains",),
}
"""Keyword -> keywords of which one must stand beside it, or it does nothing."""

WHOLE_MAP: Final = ("patternProperties", "additionalProperties", "propertyNames", "minProperties", "maxProperties")
"""Keywords that read every member of an object; at the top level that would be every fact there is."""

UNCHECKABLE: Final = {
    "$dynamicRef": "what it refers to is not known before it runs",
    "$dynamicAnchor": "what refers to it is not known before it runs",
    "$anchor": "a rule is referred to as `#/$defs/NAME`",
    "$id": "a policy's id is its path",
    "$vocabulary": "the vocabulary of policies is fixed",
    "unevaluatedProperties": "what it judges depends on everything around it",
    "unevaluatedItems": "what it judges depends on everything around it",
    "multipleOf": "its answer depends on how fractions are rounded",
    "format": "JSON Schema lets every value pass it; use `pattern`",
    "contentEncoding": "it judges nothing",
    "contentMediaType": "it judges nothing",
    "contentSchema": "it judges nothing",
    "definitions": "its name is `$defs`",
    "dependencies": "its name is `dependentRequired` or `dependentSchemas`",
    "default": "it judges nothing",
}
"""Keyword of JSON Schema that a policy may not use -> why."""

MISSING: Final = {
    "title": "Say in one sentence what must hold.",
    "description": "Say in one or two sentences why it matters.",
    "x-reads": "Say what is judged: `page`, `site`, `change` or `lighthouse`.",
    "x-severity": "Say what a failure means: `error` (blocks), `warning` or `info`.",
    "x-owner": "Name the team that the policy belongs to.",
    "x-fix": "Say in one sentence how to mend it.",
    "examples": "Give at least one part of a document that satisfies the policy.",
    "x-counterexamples": "Give at least one part of a document that does not: a policy must be able to fail.",
}
"""Key that every policy has -> what to do where it is missing."""
