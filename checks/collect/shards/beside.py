"""What parts noted of the site beside their pages, summed up: for the shards of `merge` and the batches of a cluster.

In: `told` of each part, of its shape, one after the other. Out: their sum, which grows with what they differ in and not
with how many they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.collect.reuse.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class Beside:
    """The sum; its fields are described in `run.schema.json`."""

    missing: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    code: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    others: bool = False
    answer: bool = False
    restarts: int = 0
    reuse: Tally = field(default_factory=Tally)

    def add(self, told: Mapping[str, Any]) -> None:
        """Take what one part tells."""
        self.missing.update(told["missing"])
        self.outside.update(told["outside"])
        self.code.update(told["code"])
        self.unknown.update(told["unknown"])
        self.others = self.others or told["others"]
        self.answer = self.answer or told["answer"]
        self.restarts += told["restarts"]
        self.reuse.add(told["reuse"])
