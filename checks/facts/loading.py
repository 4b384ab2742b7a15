"""How a page loaded: its times, what moved, and what of its code was used.

In: nothing; the collector fills these records. Out: `Loading`, a part of a visit, and `Covered`, of which a closer look
makes facts. Times are milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Covered:
    """What of a script or a style sheet was used; offsets are characters, and an inner range overrules an outer one."""

    url: str
    type: str
    """script or style."""
    length: int
    ranges: tuple[tuple[int, int, bool], ...]
    """From, to, and whether it was used; what no range speaks of was not."""


@dataclass(frozen=True, slots=True)
class Loading:
    """How the page loaded this time. All of it may be different the next time."""

    times: Mapping[str, float | None] = field(default_factory=dict)
    """By the names of the document's `vitals`: lcp_ms, fcp_ms, ttfb_ms, load_ms, settle_ms."""
    cls: float | None = None
    tasks: tuple[tuple[float, float], ...] = ()
    """Long tasks of the main thread: start and duration."""
    moved: Mapping[str, float] = field(default_factory=dict)
    """For each element that a layout shift moved, the sum of those shifts."""
    scripts: Mapping[str, float] = field(default_factory=dict)
    """For each address of a script, how long it ran in frames that took too long."""
    lcp: tuple[str | None, str | None] | None = None
    """Selector and address (for an image) of the element that the browser reported last as the largest paint."""
    alone: bool = False
    """Whether no other page was loading meanwhile, and nothing was in the cache."""
