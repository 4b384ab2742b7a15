"""Reference data that lies beside the code: read once, never changed.

In: the name of a file in `data/`. Out: what it holds; every file says where it comes from and of what day it is.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


@cache
def reference(name: str) -> dict[str, Any]:
    """Return the reference data called `name`; treat it as read-only, for it is shared."""
    data: dict[str, Any] = json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
    return data
