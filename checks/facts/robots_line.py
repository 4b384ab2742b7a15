"""One line of robots.txt -> its field and its value, with the forgiveness of Google's parser.

In: the text of a line, without its end. Out: field, value, and the field as written; or None where crawlers read
nothing. Rules: https://developers.google.com/crawling/docs/robots-txt/robots-txt-spec and RFC 9309, section 2.2; the
misspelled fields are those that Google's published parser takes (https://github.com/google/robotstxt).
"""

from __future__ import annotations

import re
from typing import NamedTuple

BEGINNINGS_BY_FIELD = {
    "user-agent": ("user-agent", "useragent", "user agent"),
    "allow": ("allow",),
    "disallow": ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"),
    "sitemap": ("sitemap", "site-map"),
}
"""Field -> how a line may begin to be taken for it, in lower case."""
_WHITE = " \t\n\r\v\f"
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


class Field(NamedTuple):
    """What a line says."""

    field: str
    """One of `BEGINNINGS_BY_FIELD`, or the field as written in lower case."""
    value: str
    """Without white space around it; of a pattern, with its escapes in one form."""
    name: str
    """The field as written."""


def read(text: str) -> Field | None:
    """Return what the line says, or None: it is empty, a comment, or has nothing before the colon.

    A missing colon is forgiven where the line is just two words.
    """
    content = text.split("#", 1)[0].strip(_WHITE)
    name, colon, value = content.partition(":")
    if not colon:
        words = re.split(r"[ \t]+", content)
        if len(words) != 2:  # noqa: PLR2004 - a field and its value
            return None
        name, value = words
    name, value = name.strip(_WHITE), value.strip(_WHITE)
    if not name:
        return None
    field = _field(name.lower())
    return Field(field, escaped(value) if field not in {"user-agent", "sitemap"} else value, name)


def _field(name: str) -> str:
    for field, beginnings in BEGINNINGS_BY_FIELD.items():
        if name.startswith(beginnings):
            return field
    return name


def escaped(pattern: str) -> str:
    """Return `pattern` with its escapes in upper case, and what is beyond ASCII escaped as UTF-8."""
    upper = _ESCAPE.sub(lambda escape: escape[0].upper(), pattern)
    return _BEYOND_ASCII.sub(lambda run: "".join(f"%{byte:02X}" for byte in run[0].encode("utf-8", "replace")), upper)
