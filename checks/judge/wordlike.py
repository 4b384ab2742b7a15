"""A phrase as people write it -> the regular expression that finds it in a text as pages write it.

In: any text. Out: a pattern in the dialect of policies (linear time). Capitals, the form of quotes, apostrophes and
hyphens and the amount of white space make no difference; a phrase is found as whole words where its script has them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SPECIAL: Final = frozenset("\\^$.|?*+()[]{}")
_ALIKE: Final = ("'\u2018\u2019\u02bc`", '"\u201c\u201d\u201e\u00ab\u00bb', "-\u2010\u2011\u2013\u2014")
# Scripts that put no space between words: kana, ideographs, Thai; a word's end is nowhere to be seen in them.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)

# Soft hyphens and their like: the texts of pages are kept without them.
_NO_WIDTH: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")


def literal(phrase: str) -> str:
    """Return a pattern that finds `phrase`."""
    words = unicodedata.normalize("NFC", _NO_WIDTH.sub("", phrase)).split()
    inner = r"\s+".join("".join(_character(each) for each in word) for word in words)
    first, last = (words[0][0], words[-1][-1]) if words else ("", "")
    return f"(?i){_edge(first)}{inner}{_edge(last)}"


def _character(character: str) -> str:
    alike = next((group for group in _ALIKE if character in group), None)
    if alike:
        # The hyphen stands first, where it is no range.
        return f"[{alike}]"
    return f"\\{character}" if character in _SPECIAL else character


def _edge(character: str) -> str:
    wordlike = character.isalnum() or character == "_"
    return r"\b" if wordlike and not _UNSPACED.match(character) else ""
