"""What a page says: headings and text.

In: the reading of a document. Out: the groups `headings` and `text` of the page document, and the digest by which pages
with the same main text are known.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from checks.facts.reading import ALT, ARTICLE, BLOCK, CHROME, CODE, HIDDEN, MAIN
from checks.facts.secrets import masked
from checks.facts.texts import around, clip, collapse, count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.reading import Reading

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MAX_HEADING = 500
MAX_PLACES = 20
MAX_SPOKEN = 100_000
"""Characters of text that are kept; pages with more of it say that it is cut."""
LEAST_STRETCH = 40
"""Characters from which on a block may hold a sentence, and not a label."""
MIN_WORDS_TO_COMPARE = 20
"""Pages with less text than this are alike by chance, not by mistake."""

_PIECES_OF_HEADING = 400
_NO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphens and their like, which stand within words and are not seen."""
_EMPTY = " \u200b\u200c\u200d\u2060\ufeff"
_PERMALINKS = ("¶", "🔗", "🔗\ufe0f")
_MOJIBAKE = re.compile(
    "\ufffd"
    "|\u00c3[\u0080-\u00bf\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d"
    "\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
    "|\u00e2\u20ac[\u0080-\u009f\u2122\u0153\u02dc\u201c\u201d\u00a6\u00a2]"
    "|\u00c2[\u00a0-\u00bf](?=\\W|$)"
)
_REPLACEMENT = re.compile(r"replacement character|U\+FFFD", re.IGNORECASE)
_LOCAL = re.compile(
    r"\b(?:https?|wss?)://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?![\w-]|\.\w)(?::\d{2,5})?"
    r"|(?<![\w.@/-])(?:localhost|127\.0\.0\.1|0\.0\.0\.0):\d{2,5}(?!\d)"
)
"""An address, not the word: text that explains what listens on localhost is no leftover."""


@dataclass(frozen=True, slots=True)
class Words:
    """How much text there is, and the main text's digest."""

    words: int
    main_words: int
    digest: str | None


def words(reading: Reading) -> Words:
    """Count the words of a document."""
    main = reading.main_text()
    main_words = count_words(main)
    digest = hashlib.sha256(collapse(main).encode()).hexdigest() if main_words >= MIN_WORDS_TO_COMPARE else None
    return Words(count_words(reading.text()), main_words, digest)


def spoken(reading: Reading) -> dict[str, Any]:
    """Return the text itself, in two parts that overlap nowhere: the main text, and everything around it."""
    present = reading.present()
    part = next((one for one in (MAIN, ARTICLE) if present & one), 0)
    outside = HIDDEN | ALT if part else HIDDEN | ALT | CHROME
    main = _spoken(reading.text(without=outside, only=part))
    # What is hidden within a line would run into what is hidden next to it.
    others = [
        f" {piece} " if flags & HIDDEN else piece
        for piece, flags in zip(reading.pieces, reading.flags, strict=True)
        if flags & outside or flags & part != part
    ]
    rest = _spoken("".join(others))
    is_cut = max(len(main), len(rest)) > MAX_SPOKEN
    return {"main": main[:MAX_SPOKEN], "rest": rest[:MAX_SPOKEN], "is_cut": is_cut}


def _spoken(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", _NO_WIDTH.sub("", text))
    return masked(collapse(text))


def headings(reading: Reading) -> dict[str, Any]:
    """Return the group `headings`."""
    found = [(int(one.tag[1]), _heading_text(reading, one.start, one.end)) for one in reading.all(*HEADINGS)]
    h1 = [text for level, text in found if level == 1 and text]
    return {
        "items": [{"level": level, "text": clip(text, MAX_HEADING)} for level, text in found],
        "h1": [clip(text, MAX_HEADING) for text in h1],
        "h1_count": len(h1),
        "empty": sum(1 for _, text in found if not text),
        "max_length": max((len(text) for _, text in found), default=0),
        "skips": [
            {"from": before, "to": after, "text": clip(text, MAX_HEADING)}
            for (before, _), (after, text) in pairwise(found)
            if after > before + 1
        ],
    }


def heading_prose(reading: Reading) -> list[str]:
    """Return the texts of the headings without what they show as code."""
    ranges = ((one.start, min(one.end, one.start + _PIECES_OF_HEADING)) for one in reading.all(*HEADINGS))
    found = (collapse(reading.text(start, end, without=CODE | HIDDEN | ALT)) for start, end in ranges)
    return [text for text in found if text]


def prose(reading: Reading) -> list[str]:
    """Return the running text, a stretch for each block; code in it is left out and shown as an ellipsis."""
    skipped = _heading_pieces(reading)
    stretches: list[str] = []
    current: list[str] = []
    for index, (piece, flags) in enumerate(zip(reading.pieces, reading.flags, strict=True)):
        if piece == BLOCK or index in skipped:
            if current:
                stretches.append(collapse("".join(current)))
                current = []
        elif flags & CODE:
            current.append(" … ")
        elif not flags & (HIDDEN | ALT):
            current.append(piece)
    if current:
        stretches.append(collapse("".join(current)))
    return stretches


def prose_of_main(reading: Reading, most: int) -> str:
    """Return up to `most` characters of the main running text: stretches that may be sentences, without code."""
    present = reading.present()
    part = next((one for one in (MAIN, ARTICLE) if present & one), 0)
    without = CODE | HIDDEN | ALT | (0 if part else CHROME)
    found: list[str] = []
    current: list[str] = []
    length = 0
    for piece, flags in zip(reading.pieces, reading.flags, strict=True):
        if piece is not BLOCK and flags & part == part and not flags & without:
            current.append(piece)
        elif piece is BLOCK and current:
            stretch = collapse("".join(current))
            current = []
            if len(stretch) >= LEAST_STRETCH:
                found.append(stretch)
                length += len(stretch)
                if length >= most:
                    break
    return "\n".join(found)[:most]


def mojibake_hits(stretches: list[str]) -> list[dict[str, str]]:
    """Return places with U+FFFD or with UTF-8 that was read as something else; who speaks of U+FFFD may show it."""
    return _places(_MOJIBAKE, [text for text in stretches if not ("\ufffd" in text and _REPLACEMENT.search(text))])


def localhost_mentions(stretches: list[str]) -> list[dict[str, str]]:
    """Return places where prose names an address on the local machine."""
    return _places(_LOCAL, stretches)


def _heading_text(reading: Reading, start: int, end: int) -> str:
    """Return what stands there; where nothing does, what is only read out, such as the text of an image."""
    end = min(end, start + _PIECES_OF_HEADING)
    written = collapse(reading.text(start, end, without=HIDDEN | ALT)).strip(_EMPTY)
    for mark in _PERMALINKS:
        written = written.removesuffix(mark).rstrip(_EMPTY)
    return written or collapse(reading.text(start, end, without=HIDDEN))


def _heading_pieces(reading: Reading) -> set[int]:
    found: set[int] = set()
    done = 0
    for one in reading.all(*HEADINGS):
        found.update(range(max(one.start, done), one.end))
        done = max(done, one.end)
    return found


def _places(pattern: re.Pattern[str], stretches: list[str]) -> list[dict[str, str]]:
    texts = sorted(set(_found(pattern, stretches)))
    return [{"text": text} for text in texts[:MAX_PLACES]]


def _found(pattern: re.Pattern[str], stretches: list[str]) -> Iterator[str]:
    for stretch in stretches:
        match = pattern.search(stretch)
        if match:
            yield around(stretch, match.start(), match.end()) or collapse(match.group())
