"""What must hold of one fact, said in words: `at most 65`, `is one of en, de`, `contains Product`.

In: the words, and the fact that they are about. Out: the part of a JSON Schema that says the same, or a `UserError`
with all that can be said. The list of phrases is closed: what is not understood is never guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from checks.errors import UserError
from checks.judge.wordlike import literal
from checks.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.judge.shape import Fact

Schema = dict[str, Any]
_YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False}
_NOTHING: Final = frozenset({"none", "null", "nothing"})


def demand(words: str, fact: Fact) -> Schema:
    """Return the schema that `fact` must satisfy. Raises UserError for words that say nothing, or not of this fact."""
    said = " ".join(words.split())
    for pattern, build, _ in _PHRASES:
        found = re.fullmatch(pattern, said, re.IGNORECASE)
        if found:
            return build(fact, *found.groups())
    examples = [example for _, _, example in _PHRASES]
    close = nearest(said, examples)
    remedy = f"It can be: {'; '.join(examples)}."
    raise UserError(f"`{said[:80]}` says nothing that can be checked{close}", where="what must hold", remedy=remedy)


def phrases() -> list[str]:
    """Return an example of everything that can be said."""
    return [example for _, _, example in _PHRASES]


def looked_for(words: str) -> str:
    """Return the text that the words say a fact contains, or does not contain; empty where they say something else."""
    found = re.fullmatch(r"(?:contains|does not contain) (.+)", " ".join(words.split()), re.IGNORECASE)
    return found[1].strip("\"'") if found else ""


def value_of(text: str, fact: Fact) -> Any:
    """Return what a word stands for where this fact is meant: a number, yes or no, nothing, or the text itself."""
    bare = text.strip().strip("\"'")
    if "boolean" in fact.types and bare.lower() in _YES_NO:
        return _YES_NO[bare.lower()]
    if "null" in fact.types and bare.lower() in _NOTHING:
        return None
    if {"number", "integer"} & fact.types:
        return _number(bare)
    return bare


def _number(text: str) -> int | float:
    try:
        number = float(text.replace(",", "").replace("_", ""))
        if abs(number) < 1e15:  # noqa: PLR2004  # beyond, not every whole number is one
            return int(number) if number.is_integer() else number
    except ValueError:
        pass
    raise UserError(f"`{text[:40]}` is no number", where="what must hold", remedy="Write it as 65 or 0.1.")


def _bounds(fact: Fact, least: str | None, most: str | None) -> Schema:
    low, high = _keywords(fact)
    schema: Schema = {}
    if least is not None:
        schema[low] = _number(least)
        if "null" in fact.types:  # a limit says nothing about nothing
            schema["type"] = next(kind for kind in ("number", "array", "string") if kind in _kinds(fact))
    if most is not None:
        schema[high] = _number(most)
    return schema


def _keywords(fact: Fact) -> tuple[str, str]:
    """Return the keywords that say how much of this fact there is at least, and at most."""
    for kind, keywords in _LIMITS.items():
        if kind in _kinds(fact):
            return keywords
    raise UserError("this fact has no size", where="what must hold", remedy="Say what it is: `is yes`, `is en`.")


_LIMITS: Final = {
    "number": ("minimum", "maximum"),
    "array": ("minItems", "maxItems"),
    "string": ("minLength", "maxLength"),
}


def _kinds(fact: Fact) -> frozenset[str]:
    return fact.types | ({"number"} if "integer" in fact.types else frozenset())


def _is(fact: Fact, word: str) -> Schema:
    return {"const": value_of(word, fact)}


def _is_not(fact: Fact, word: str) -> Schema:
    return {"not": {"const": value_of(word, fact)}}


def _one_of(fact: Fact, words: str) -> Schema:
    return {"enum": [value_of(word, fact) for word in words.split(",") if word.strip()]}


def _there(fact: Fact) -> Schema:
    if "array" in fact.types:
        return {"minItems": 1}
    if "string" in fact.types:
        return {"type": "string", "minLength": 1}
    if "boolean" in fact.types:
        return {"const": True}
    return {"type": "object" if "object" in fact.types else "number"}


def _empty(fact: Fact) -> Schema:
    if "array" in fact.types:
        return {"maxItems": 0}
    if "boolean" in fact.types:
        return {"const": False}
    return {"enum": [value for value in (None, "") if fact.allows(value)]}


def _contains(fact: Fact, word: str) -> Schema:
    if "array" in fact.types:
        return {"contains": _member(fact, word)}
    return {"type": "string", "pattern": literal(word.strip("\"'"))}


def _lacks(fact: Fact, word: str) -> Schema:
    if "array" in fact.types:
        return {"items": {"not": _member(fact, word)}}
    return {"not": {"type": "string", "pattern": literal(word.strip("\"'"))}}


def _member(fact: Fact, word: str) -> Schema:
    member = fact.member()
    if member is None or "object" not in member.types:
        return {"const": value_of(word, member) if member else word}
    name = fact.identity or next(iter(sorted(member.names)))
    named = member.property(name)
    return {"properties": {name: {"const": value_of(word, named) if named else word}}, "required": [name]}


def _matches(_: Fact, pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


_PHRASES: Final[tuple[tuple[str, Callable[..., Schema], str], ...]] = (
    (r"at most (\S+)", lambda fact, most: _bounds(fact, None, most), "at most 65"),
    (r"at least (\S+)", lambda fact, least: _bounds(fact, least, None), "at least 10"),
    (r"(?:from )?([\d.,_]+) to ([\d.,_]+)", _bounds, "10 to 65"),
    (r"is there", _there, "is there"),
    (r"is (?:empty|not there)", _empty, "is empty"),
    (r"is one of (.+)", _one_of, "is one of en, de"),
    (r"is not (.+)", _is_not, "is not Home"),
    (r"is (.+)", _is, "is yes"),
    (r"contains (.+)", _contains, "contains Product"),
    (r"does not contain (.+)", _lacks, "does not contain 2025"),
    (r"matches (.+)", _matches, "matches ^[A-Z]"),
)
"""What can be said, in the order in which it is tried: a pattern, what it means, an example."""
