"""Whether the HTML of a page can run anything by itself, so that its load event may not be the end.

In: the bytes of a page. Out: a yes or a no, which errs on the side of yes.
"""

from __future__ import annotations

import re

_NAME = rb"""[^\s"'<>/=]+"""
_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)
_PLAIN = re.compile(rb"""((?:\s+%b(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+))?)*)\s*/?>""" % _NAME)
"""What stands behind `<script` where it can be read in one way only."""
_ATTRIBUTE = re.compile(rb"""\s+(%b)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+)))?""" % _NAME)
_DATA_TYPES = (
    b"application/ld+json",
    b"application/json",
    b"importmap",
    b"speculationrules",
    b"text/template",
    b"text/x-template",
)
_OTHERS = re.compile(
    rb"<(?:iframe|frame|object|embed)\b|<meta[^>]{0,500}refresh|javascript:|<[\w-]+:script\b|<\?xml-stylesheet",
    re.IGNORECASE,
)
_BY_VISITOR = rb"click|dblclick|mouse[a-z]{2,5}|key(?:down|press|up)|submit|change|contextmenu"
"""Events that come of a visitor's hand alone: nobody touches a page while it is measured."""
_HANDLER = re.compile(rb"[\s\"'/]on(?!(?:%b)\s*=)[a-z]{3,40}\s*=" % _BY_VISITOR, re.IGNORECASE)
_START = 4096


def runs_anything(body: bytes) -> bool:
    """Return whether this HTML can run a script by itself or load a frame.

    Bytes that are no ASCII-like text are taken for a yes.
    """
    if b"\0" in body[:_START]:
        return True
    if any(_type_of(body, script.end()) not in _DATA_TYPES for script in _SCRIPT.finditer(body)):
        return True
    # Last, for it is slow on a long page, and most pages have a script.
    return _OTHERS.search(body) is not None or _HANDLER.search(body) is not None


def _type_of(body: bytes, start: int) -> bytes | None:
    """Return the type of the script whose attributes begin at `start`; of two, browsers take the first."""
    tag = _PLAIN.match(body, start)
    for one in _ATTRIBUTE.finditer(tag[1]) if tag else ():
        if one[1].lower() == b"type":
            return (one[2] or one[3] or one[4] or b"").strip().lower()
    return None
