"""Filler and residue of templates that nobody replaced.

In: texts and the kind of place they stand in. Out: `text.placeholder_hits`. Code is no place: what documentation shows
is meant. English has its own `undefined` and `TODO`, so a word only counts where a value should have stood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.texts import around

if TYPE_CHECKING:
    from collections.abc import Iterable

_BEFORE = (
    r"(?:^|[|:=€£$#]\s*|\s[\u2013\u2014-]\s+|,\s+|(?:^|\s)(?i:by|costs?|dear|from|hello|hey|hi|only|price|save|since|total|"
    r"welcome|welcome back)[,:]?\s+)"
)
_NOT_QUOTED = r"(?<![\"'\u2018\u201c\u201e\u00ab])"
"""Who puts the word in quotation marks speaks of it."""
_NOTE = r"(?:^|(?<=[.!?:;/([\u2013\u2014-])|(?<=[.!?:;/([\u2013\u2014-]\s))"
"""Where a note to oneself begins; within a sentence ("the TODO list", "marked with TODO") the word is spoken of."""
_AFTER = r"(?:\s*(?:$|[|!€£%])|[,;.](?:\s|$)|\s+[\u2013\u2014-]\s|\s+(?:each|EUR|GBP|items?|per|results?|USD)\b|px\b)"

_PATTERNS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    # word, pattern, a part of the text (lower case) without which the pattern cannot match
    ("lorem ipsum", re.compile(rf"{_NOT_QUOTED}\blorem ipsum\b", re.IGNORECASE), "lorem ipsum"),
    ("TODO", re.compile(rf"{_NOT_QUOTED}(?:{_NOTE}\bTODO\b|\bTODO\b(?=\s*[:(!]))"), "todo"),
    ("FIXME", re.compile(r"\bFIXME\b"), "fixme"),
    ("TBD", re.compile(r"\bTBD\b"), "tbd"),
    ("TKTK", re.compile(r"\bTKTK\b"), "tktk"),
    ("{{…}}", re.compile(r"\{\{[^{}\n]{1,80}\}\}"), "{{"),
    ("${…}", re.compile(r"\$\{[^{}\n]{1,80}\}"), "${"),
    ("[object Object]", re.compile(r"\[object Object\]"), "[object object]"),
    ("undefined", re.compile(rf"(?!^undefined\.\s){_BEFORE}(undefined){_AFTER}"), "undefined"),
    ("NaN", re.compile(rf"{_BEFORE}(NaN){_AFTER}|[€£$]\s?NaN\b|\bNaN\s?(?:%|€|£|px\b)"), "nan"),
    ("Hello world!", re.compile(r"^\s*Hello world!\s*$"), "hello world!"),
    (
        "Your title here",
        re.compile(r"\byour (?:title|headline|heading|text|description|tagline) (?:goes )?here\b", re.IGNORECASE),
        "here",
    ),
)


def placeholder_hits(places: Iterable[tuple[str, Iterable[str]]]) -> list[dict[str, str]]:
    """Return one hit for each word in each kind of place; `places` gives kinds of place with their texts."""
    hits: dict[str, dict[str, str]] = {}
    for where, gathered in places:
        texts = list(gathered)
        whole = "\n".join(texts).lower()
        for word, pattern, needle in _PATTERNS:
            found = _first(pattern, needle, texts) if needle in whole else None
            if found:
                hits[f"{where}:{word}"] = {"key": f"{where}:{word}", "word": word, "where": where, "text": found}
    return [hits[key] for key in sorted(hits)]


def _first(pattern: re.Pattern[str], needle: str, texts: list[str]) -> str | None:
    """Return the first place that matches, with its surroundings."""
    for text in texts:
        match = pattern.search(text) if needle in text.lower() else None
        if match:
            return around(text, match.start(), match.end())
    return None
