"""JSON as bytes, quickly: facts pass through several files on their way, and a page's links alone fill 100 KB.

In: a document, or its bytes. Out: the other one. The same document gives the same bytes on every machine.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping


def encode(document: Mapping[str, Any]) -> bytes:
    """Return `document` on one line, keys sorted, in UTF-8; a lone surrogate, which UTF-8 can't hold, as U+FFFD."""
    try:
        return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        # A lone surrogate, or a number of more than 64 bits: rare, and the standard library takes both.
        text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def decode(line: bytes | str) -> Any:
    """Return what `line` holds; a whole number of more than 64 bits comes as a float.

    Raises ValueError for what is not JSON (RFC 8259), NaN and Infinity among it.
    """
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        if "\\u" not in (line if isinstance(line, str) else line.decode("utf-8", "replace")):
            raise
    # The escape of a lone surrogate is allowed, and the fast library refuses it.
    try:
        return json.loads(line, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")
