"""How often Python looks for circles of garbage: rarely, for documents are trees, and go when nobody holds them.

In: nothing. Out: a setting of this process. Looking after every 700 new objects, as is the default, was a seventh of
the time that the facts of a page take.
"""

from __future__ import annotations

import gc

_YOUNG, _MIDDLE, _OLD = 50_000, 20, 20


def look_rarely() -> None:
    """Look after tens of thousands of new objects (https://docs.python.org/3/library/gc.html#gc.set_threshold)."""
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
