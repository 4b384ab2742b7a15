"""What takes long to make, and is a function of some bytes and this program: made once, and kept in the cache.

In: the bytes, and how to make it of them. Out: what was made, by an earlier run or now.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.cache.store import Trace
from checks.collect.reuse.circumstances import program

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.cache.store import Store


@dataclass(frozen=True, slots=True)
class Remembered:
    """Things of one kind in `store`; without one, each is made when it is asked for."""

    store: Store | None
    kind: bytes
    """At most 16 bytes. All of a kind lie in one place: they are looked up by their key alone."""

    def of(self, material: bytes, make: Callable[[], bytes]) -> bytes:
        """Return what `make` makes, which must depend on `material` and on this program alone."""
        if self.store is None:
            return make()
        key = hashlib.sha256(b"%b %b " % (self.kind, program().encode()) + material).digest()
        known = self.store.body(key)
        if known is not None:
            return known
        made = make()
        self.store.put(self.kind.ljust(16, b"\0"), Trace(key, b""), made)
        return made
