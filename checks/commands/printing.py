"""What commands print: lines and JSON, in which nothing speaks to a terminal or to a CI system.

In: text that may hold words from a page or a config. Out: stdout.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from checks.report import escape

if TYPE_CHECKING:
    from collections.abc import Mapping


def print_lines(text: str) -> None:
    """Print lines that may hold words from a page or a config; indents and columns stay."""
    print("\n".join(escape.terminal_line(line) for line in text.split("\n")))


def print_json(document: Mapping[str, Any]) -> None:
    """Print JSON in ASCII, so that nothing in it speaks to a terminal; and no `##[`, which a CI system would obey."""
    print(json.dumps(document, indent=2).replace("##", "#\\u0023"))
