"""What may be the name and the value of a header (https://www.rfc-editor.org/rfc/rfc9110#section-5).

In: texts, as a project wrote them or as a request filled them in. Out: whether they can be sent. Pure.
"""

from __future__ import annotations

import re

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")


def is_name(text: str) -> bool:
    """Return whether a text can be a header's name."""
    return _NAME.fullmatch(text) is not None


def is_value(text: str) -> bool:
    """Return whether a text can be a header's value: no line breaks, no other control characters."""
    return _FORBIDDEN.search(text) is None


def without_controls(text: str) -> str:
    """Return a value that a request has filled in without what no value may hold."""
    return _FORBIDDEN.sub("", text)
