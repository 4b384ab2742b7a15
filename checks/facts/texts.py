"""Small tools for texts that come from pages.

In: any string, also broken ones. Out: strings that can be written as UTF-8, white space collapsed, of bounded length;
and the number of words in a text.
"""

from __future__ import annotations

import re

# Scripts that put no space between words: kana, ideographs, Thai. Each character counts as a word.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ALPHANUMERIC = re.compile(r"[^\W_]")


def well_formed(text: str) -> str:
    """Replace lone surrogates, which no UTF-8 file can hold, by U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def collapse(text: str) -> str:
    """Collapse white space as a browser does when it shows the text."""
    return " ".join(text.split())


def clip(text: str, length: int) -> str:
    """Cut a text that is longer than `length` code points, and show that it was cut."""
    return text if len(text) <= length else text[: length - 1] + "…"


def around(text: str, start: int, end: int, length: int = 120) -> str:
    """Return the place in a text, with as much of its surroundings as `length` allows, on one line."""
    room = max(0, length - (end - start)) // 2
    left, right = max(0, start - room), min(len(text), end + room)
    return clip(collapse(text[left:right]), length)


def count_words(text: str) -> int:
    """Count the words of a text; what holds no letter and no digit is none."""
    unspaced = 0
    if not text.isascii() and _UNSPACED.search(text):
        text, unspaced = _UNSPACED.subn(" ", text)
    return unspaced + len([word for word in text.split() if word[0].isalnum() or _ALPHANUMERIC.search(word)])


def tokens(value: str) -> list[str]:
    """Return the space-separated tokens of an attribute, lower case."""
    return value.lower().split()
