"""Which shard measures which page: the same on every machine, balanced by cost, and mostly the same as last time.

In: the pages with what each costs, and the number of shards. Out: the shard of each page. A page goes to the shard that
a hash of its path names, or to the next one that has room (consistent hashing with bounded loads,
https://arxiv.org/abs/1608.01350), so that a page which comes, goes or grows moves few others, and what each machine has
cached stays of use.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 1000
"""Shards; GitHub starts at most 256 jobs of one matrix."""
ROOM = 1.02
"""How many times its fair share a shard may get."""


def divided(costs: Mapping[str, float], shards: int) -> dict[str, int]:
    """Return the number of the shard of each page, those that cost most first."""
    room, loads, shard_of = sum(costs.values()) / shards * ROOM, [0.0] * shards, dict[str, int]()
    for path in sorted(costs, key=lambda one: (-costs[one], one)):
        first = int.from_bytes(hashlib.blake2b(path.encode("utf-8", "replace"), digest_size=8).digest(), "big")
        asked = ((first + step) % shards for step in range(shards))
        chosen = next((one for one in asked if loads[one] + costs[path] <= room), None)
        if chosen is None:
            chosen = loads.index(min(loads))
        loads[chosen] += costs[path]
        shard_of[path] = chosen + 1
    return shard_of


def digest(shard_of: Mapping[str, int]) -> str:
    """Return a digest of who measures what; machines that agree on it neither miss nor double a page."""
    whole = hashlib.blake2b(digest_size=16)
    for path in sorted(shard_of):
        whole.update(f"{shard_of[path]} {path}\n".encode("utf-8", "replace"))
    return whole.hexdigest()


def by_bytes(sizes: Iterable[tuple[str, int]]) -> dict[str, float]:
    """Return what pages cost as far as the size of their HTML tells."""
    return {path: float(SAME_FOR_ALL + size) for path, size in sizes}


SAME_FOR_ALL = 50_000
"""What a page costs beside its HTML, in bytes of HTML: to open it, to load what it asks for, to ask it."""


def by_last_time(guessed: Mapping[str, float], took: Mapping[str, float]) -> dict[str, float]:
    """Return what pages cost by what an earlier run took for them; of the others a guess, in the same unit."""
    known = {path: took[path] for path in guessed if path in took}
    if not known:
        return dict(guessed)
    unit = sum(known.values()) / sum(guessed[path] for path in known)
    return {path: known.get(path, guess * unit) for path, guess in guessed.items()}
