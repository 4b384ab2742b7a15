"""How alike two texts are, told by small sketches of them (MinHash with one hash, of which the least values are kept).

In: a text. Out: its sketch: the least digests of the runs of four words in it that begin with a word of four letters.
That choice depends on the words alone, so two texts choose the same runs where they are the same. The share of what two
sketches have in common estimates the Jaccard index of all runs (A. Broder, "On the resemblance and containment of
documents", 1997).
"""

from __future__ import annotations

import re
from typing import Final
from zlib import crc32

KEPT: Final = 64
"""Digests of a sketch: what they tell is right to a few hundredths."""
FEWEST: Final = 16
"""Runs below which chance decides; such a text has no sketch."""
_RUN = re.compile(r"\b\w{4} \S+ \S+ \S+")
_READ = 30_000
"""Characters that are looked at."""


def sketch(text: str) -> frozenset[int]:
    """Return the sketch of a text whose white space is collapsed; empty for one that is too short."""
    digests = {crc32(run.encode("utf-8", "replace")) for run in _RUN.findall(text[:_READ].lower())}
    return frozenset(sorted(digests)[:KEPT]) if len(digests) >= FEWEST else frozenset()


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Estimate how much of two texts is the same, 0 to 1; 0 where one of them has no sketch."""
    if not one or not other:
        return 0.0
    least = sorted(one | other)[: max(len(one), len(other))]
    return sum(digest in one and digest in other for digest in least) / len(least)
