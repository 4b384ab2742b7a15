"""The published shapes of every document that other programs may rely on, as JSON Schemas (draft 2020-12).

In: the name of a document (`page`, `site`, `finding`, ...). Out: its schema, read from the file beside this one.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """Return the schema of the document called `name`; treat it as read-only, for it is shared.

    Raises FileNotFoundError for a name that has no shape.
    """
    schema: dict[str, Any] = json.loads((_HERE / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema
