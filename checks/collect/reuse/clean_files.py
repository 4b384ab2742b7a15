"""Files of a build in which nothing was found that must not be published: they are not looked through again.

In: what is the site's own, for what is found depends on it. Out: digests of files, by name and bytes; and those of this
run, kept for the next one. Of a file in which something was found nothing is kept.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from checks.cache.store import Trace
from checks.collect.digests import united
from checks.collect.reuse.circumstances import digest, program

if TYPE_CHECKING:
    from checks.cache.store import Store
    from checks.facts.host_mentions import Own

_MANY = 2
"""So many times the files of this build may be kept: a baseline and a preview share most of theirs."""


class CleanFiles:
    """What `store` knows of files, for a site whose own things are `own`; without a store, nothing."""

    def __init__(self, store: Store | None, own: Own) -> None:
        self._store = store
        self._key = bytes.fromhex(digest(["clean files", program(), dataclasses.asdict(own)]))
        self.known: bytes = (store.body(self._key) if store is not None else None) or b""
        """Digests of files, one behind the other."""

    def keep(self, clean: bytes) -> None:
        """Keep the digests of the files of this build in which nothing was found, likewise."""
        if self._store is None or clean == self.known:
            return
        both = united(self.known, clean)
        kept = both if len(both) <= _MANY * len(clean) else clean
        if kept != self.known:
            self._store.put(self._key, Trace(self._key, b""), kept)
