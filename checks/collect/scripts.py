"""The scripts that are asked inside a page, one question a file in `in_page/`.

In: nothing. Out: their text.
"""

from __future__ import annotations

from importlib import resources

_FOLDER = resources.files("checks.collect") / "in_page"
(
    _LISTEN,
    _LARGEST,
    _ACCESSIBILITY,
    _HIDDEN,
    BUSY,
    COLLECT,
    PERMISSIONS,
    NAVIGATION,
    OUTLINE,
    READ_ON,
    DIFFERENCE,
    WORDLESS,
    OWED,
) = (
    (_FOLDER / f"{name}.js").read_text(encoding="utf-8")
    for name in (
        *("document_start", "largest", "accessibility", "hidden", "busy", "collect"),
        *("permissions", "navigation", "outline", "read_on", "difference", "wordless", "owed"),
    )
)
DOCUMENT_START = f"{_LISTEN}\n{_LARGEST}\n{_ACCESSIBILITY}\n{_HIDDEN}"
"""Runs in every frame; functions that nobody calls there are not even compiled."""
