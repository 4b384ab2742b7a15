"""What is asked of the gate: who asks and when, and whose rules decide.

In: what the command was told. Out: two frozen records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks import merging, verdict
from checks.baseline.launch import Launch
from checks.trust.review import Review

if TYPE_CHECKING:
    from pathlib import Path

    from checks.collect.cluster.driver import Cluster
    from checks.sharding import Shard
    from checks.trust.rules import Rules

Progress = Callable[[int, int], None]
Document = dict[str, Any]
UNTOLD = Launch()


@dataclass(frozen=True, slots=True)
class Invocation:
    """Who asked for the run and when: the moment is taken once, so that a run has one idea of now."""

    command: str
    started: dt.datetime
    cache: Path | None = None
    """Where measurements are kept between runs; None: the usual place."""
    no_cache: bool = False
    gate: str = verdict.LAUNCH
    launch: Launch = UNTOLD
    """Where the last launch lies, for settings that compare with it."""
    only: tuple[str, ...] = ()
    """Patterns of the pages that are judged; none: all of them."""
    shard: Shard | None = None
    """Which part of the pages to measure."""
    parts: tuple[merging.Part, ...] = ()
    """What other machines have measured: all pages."""
    cluster: Cluster | None = None
    """Who measures all pages."""

    @classmethod
    def now(
        cls,
        command: str,
        cache: Path | None = None,
        *,
        no_cache: bool = False,
        gate: str = verdict.LAUNCH,
        launch: Launch = UNTOLD,
        only: tuple[str, ...] = (),
    ) -> Invocation:
        """Return an invocation at the present moment, in UTC."""
        return cls(command, dt.datetime.now(dt.UTC), cache, no_cache, gate, launch, only)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whose rules decide, and what the change does to its own."""

    rules: Rules
    review: Review = field(default_factory=Review)
    merged: bool = False
    """Whether the change is merged already: then what it weakened is told, and blocks nothing."""
    files: tuple[str, ...] = ()
    """Files that the change touches, from the root of the repository; none on a desk."""
