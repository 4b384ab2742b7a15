"""In which language a page is written: by its script, and by the function words of its language.

In: the reading of a document, and the declared language. Out: `language` of the group `text`. Only running text counts:
no code, no names alone, nothing short. Every language has a few dozen words that make up a third of any text in it
(Grefenstette 1995); a text in which those of another language are at home, and hardly any of its own, is not in the
declared one. Nothing is said where that is not clear, both at the beginning and at the end of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from checks.facts.content import prose_of_main
from checks.facts.reference import reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checks.facts.reading import Reading

LEAST_LETTERS = 300
MOST_LETTERS = 3000
LEAST_WORDS = 40
"""In each half of the text."""
CLEAR = 0.2
"""Share of function words from which on a text is in a language; its own language has a third or more."""
TIMES = 3
"""How much rarer those of the declared language must be."""
MOSTLY = 0.6
"""Share of letters that makes a script that of the text."""
_ELSEWHERE = 0.2
"""Share of the page that may be marked as being in another language."""
_DATA = reference("languages")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_LATIN = "Latn"
Found = tuple[str | None, float, bool | None]


def language(reading: Reading, declared: str | None) -> dict[str, Any]:
    """Return in which language the main text is, and whether that is the declared one."""
    text = prose_of_main(reading, MOST_LETTERS)
    if len(text) < LEAST_LETTERS or _speaks_others(reading, declared):
        return _said((None, 0.0, None))
    return _said(written_in(text, _primary(declared)))


def written_in(text: str, declared: str | None) -> Found:
    """Return the language or script of a text, the share that speaks for it, and whether `declared` is that.

    >>> written_in("the bread that you have bought is from the oven of this house and not of that one " * 9, "de")[0]
    'en'
    """
    script, share = _script(text)
    others: Mapping[str, str] = _DATA["scripts"].get(script, {})
    words = _WORD.findall(text.lower())
    middle = len(words) // 2
    halves = [_by_words(half) for half in (words[:middle], words[middle:])]
    found = halves[0][0] if middle >= LEAST_WORDS and halves[0][0] == halves[1][0] else None
    if script != _LATIN:
        own = others.get("languages", "").split()
        found = found if found in own else own[0] if len(own) == 1 else script
        if declared is None:
            return found, share, None
        # A language that is at home in another script is not this one; those that share it are told by words.
        agrees = declared in own and not (found in _DATA["words"] and _is_clear(halves, declared))
        return found, share, agrees
    lowest = min(scores[found] for _, scores in halves) if found is not None else 0.0
    if found is None or lowest < CLEAR:
        return None, 0.0, None
    if declared is None:
        return found, lowest, None
    return found, lowest, True if _are_near(found, declared) else False if _is_clear(halves, declared) else None


def _is_clear(halves: Iterable[tuple[str | None, Mapping[str, float]]], declared: str) -> bool:
    """Whether both halves are in one language that is neither the declared one nor close to it."""
    return all(
        best is not None
        and not _are_near(best, declared)
        and scores[best] >= CLEAR
        and scores[best] >= TIMES * scores.get(declared, 0.0)
        for best, scores in halves
    )


def _script(text: str) -> tuple[str, float]:
    """Return the script of most letters, and its share; Latin where no other is in the majority."""
    letters = Counter(text)
    every = sum(count for char, count in letters.items() if char.isalpha()) or 1
    for name, pattern in _scripts():
        share = sum(count for char, count in letters.items() if pattern.match(char)) / every
        # Japanese is mostly ideographs, and no other language has kana between them.
        if share >= (_ELSEWHERE if name == "Kana" else MOSTLY):
            return name, share
    return _LATIN, 1.0


def _by_words(words: list[str]) -> tuple[str | None, dict[str, float]]:
    """Return the language with most function words among `words`, and the share of them in each language."""
    if not words:
        return None, {}
    scores = dict.fromkeys(_DATA["words"], 0.0)
    at_home = _at_home()
    for word, times in Counter(words).items():
        for name in at_home.get(word, ()):
            scores[name] += times / len(words)
    best = max(scores, key=lambda name: scores[name])
    return (best if scores[best] else None), scores


def _speaks_others(reading: Reading, declared: str | None) -> bool:
    """Whether much of the page is marked as being in another language than the page itself."""
    if reading.source.count("lang=") <= 1:
        return False
    own = _primary(declared)
    nodes = (node for node in reading.parser.css("body [lang]") if _primary(node.attributes.get("lang")) != own)
    length = sum(len(node.text()) for node in nodes)
    return length > _ELSEWHERE * sum(map(len, reading.pieces))


def _are_near(one: str, other: str) -> bool:
    return one == other or any({one, other} <= group for group in _near())


def _primary(tag: str | None) -> str | None:
    return tag.strip().replace("_", "-").partition("-")[0].lower() or None if tag else None


def _said(found: Found) -> dict[str, Any]:
    return {"found": found[0], "share": round(found[1], 3), "agrees": found[2]}


@cache
def _at_home() -> dict[str, tuple[str, ...]]:
    """Return in which languages each function word is one."""
    every: Mapping[str, str] = _DATA["words"]
    found: dict[str, tuple[str, ...]] = {}
    for name, words in every.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), name)
    return found


@cache
def _near() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group.split()) for group in _DATA["near"])


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = ((name, re.compile(f"[{one['letters']}]")) for name, one in _DATA["scripts"].items())
    return tuple(sorted(found, key=lambda one: one[0] != "Kana"))
