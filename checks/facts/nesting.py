"""How deep a document nests its elements, told without parsing it: parsers take the square of it.

In: documents. Out: why one of them is not parsed, or None. Browsers nest 512 levels and no more; what is far beyond
that is no page that somebody wrote, and would keep a parser busy for hours.
"""

from __future__ import annotations

import re

DEEPEST = 20_000
"""Levels that a parser takes in less than a second."""
# Their end tags may be left out, or they have none: a row of them is no nesting.
_FLAT = frozenset(
    b"p li dt dd tr td th thead tbody tfoot colgroup col option optgroup rt rp area base br embed hr img input link"
    b" meta param source track wbr".split()
)
_TAGS = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b.*?(?:</\1|\Z)|<(/?)([a-z][^\s/>]*)", re.IGNORECASE | re.DOTALL
)


def too_deep(*documents: bytes | str | None) -> str | None:
    """Return why these documents are not parsed, in words for the coverage ledger; None where they can be."""
    for document in documents:
        if document is None or (document.count("<") if isinstance(document, str) else document.count(b"<")) <= DEEPEST:
            continue
        body = document.encode("utf-8", "replace") if isinstance(document, str) else document
        if _depth(body.replace(b"\0", b"")) > DEEPEST:  # UTF-16, too
            return f"its elements are nested more than {DEEPEST} deep"
    return None


def _depth(body: bytes) -> int:
    deepest = depth = 0
    for match in _TAGS.finditer(body):
        tag = match[3]
        if tag is None or tag.lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if match[2] else depth + 1
        deepest = max(deepest, depth)
    return deepest
