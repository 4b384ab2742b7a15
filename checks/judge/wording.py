"""A failure as one plain sentence: what was found, and what is expected.

In: a failure and its policy. Out: text. A policy's own `x-message` is preferred; this is what is said without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from checks.judge.finding import MISSING
from checks.judge.templates import filled, plain

if TYPE_CHECKING:
    from checks.judge.failures import Failure
    from checks.judge.policy import Policy
    from checks.judge.shape import Fact

SENTENCES: Final = {
    "maximum": "{name} is {value}; at most {limit} is allowed",
    "minimum": "{name} is {value}; at least {limit} is needed",
    "exclusiveMaximum": "{name} is {value}; it must be less than {limit}",
    "exclusiveMinimum": "{name} is {value}; it must be more than {limit}",
    "maxLength": "{name} is longer than {limit} characters: {value}",
    "minLength": "{name} is shorter than {limit} characters: {value}",
    "minItems": "{name} has too few members; at least {limit} are needed",
    "maxItems": "{name} holds {what}; at most {limit} are allowed",
    "maxItems 0": "{name} holds {what}; it must be empty",
    "const": "{name} is {value}; it must be {limit}",
    "enum": "{name} is {value}; it must be one of {limit}",
    "pattern": "{name} is {value}; it must match {limit}",
    "type": "{name} is {value}; its type must be {limit}",
    "required": "{name} is missing",
    "additionalProperties": "{name} must not be there",
    "falseSchema": "{name} must not be there",
    "uniqueItems": "{name} holds the same member twice",
    "contains": "{name} lacks a member that it must have: {title}",
}
"""Keyword -> what to say of its failure."""
OTHERWISE: Final = "{name} is {value}, which does not hold: {title}"
OTHERWISE_UNSEEN: Final = "{name} does not hold: {title}"


def message(policy: Policy, failure: Failure, document: Mapping[str, Any], shape: Fact) -> str:
    """Return the sentence about `failure`: the policy's own words, else plain ones; `shape` is the document's."""
    of_finding = {"what": failure.what, "value": failure.value, "limit": failure.limit}
    if policy.message is not None:
        return filled(policy.message, failure.member, document, of_finding, shape=shape)
    return filled(_sentence(failure), {**of_finding, "name": _name(failure), "title": policy.title})


def _sentence(failure: Failure) -> str:
    if failure.keyword == "maxItems" and failure.limit == 0:
        return SENTENCES["maxItems 0"]
    unseen = failure.value is MISSING or isinstance(failure.value, Mapping | list)
    return SENTENCES.get(failure.keyword, OTHERWISE_UNSEEN if unseen else OTHERWISE)


def _name(failure: Failure) -> str:
    """Return the fact's name, with the member that failed where it is not the whole sentence's subject anyway."""
    if failure.keyword == "maxItems" or failure.member is MISSING:
        return failure.name
    return f"{failure.name} of {plain(failure.what)}"
