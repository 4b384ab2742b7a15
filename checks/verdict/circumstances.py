"""What the verdict must know of the run beside its findings.

In: what the gate knows. Out: one frozen record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LAUNCH: Final = "launch"
REVIEW: Final = "review"
NOTHING_REUSED: Final[Mapping[str, Any]] = {"reused": 0, "measured": 0, "why": ()}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the verdict must know of the run beside its findings."""

    site: str
    """The production origin."""
    origin_known: bool
    build_digest: str | None
    """None where the preview is an address."""
    owners: tuple[str, ...]
    """The owners of the config; each is asked, even without findings."""
    compared: Mapping[str, Any] | None = None
    """With what the preview was compared, and what came of it, as verdict.json holds it; None: with nothing."""
    advisory: bool = False
    weakenings: tuple[Mapping[str, str], ...] = ()
    """In what the change weakens its own rules, as verdict.json holds it."""
    weakenings_signed: tuple[Mapping[str, str], ...] = ()
    """Those that their owners have signed for, likewise."""
    merged: bool = False
    """Whether that change is merged already: then this is told to the owners, and blocks nothing."""
    rules_preview: tuple[Mapping[str, Any], ...] = ()
    """What the rules that the change wants would find, likewise."""
    workflows: tuple[Mapping[str, str], ...] = ()
    """Files that say how this very change is checked, where it alters them, likewise."""
    sign_offs: tuple[Mapping[str, Any], ...] = ()
    """What became of each sign-off, as verdict.json holds it."""
    requests: tuple[Mapping[str, Any], ...] = ()
    """Who asks for a sign-off of what blocks, likewise."""
    asked: int = 0
    """How many of the findings that block are asked for."""
    while_here: tuple[Mapping[str, Any], ...] = ()
    """Existing findings that files of the change cause, likewise."""
    strict: bool = False
    """Whether sign-offs that are expired or unused fail the run."""
    offer: Mapping[str, Any] = field(default_factory=dict)
    """The text by which a review signs, likewise."""
    notes: tuple[str, ...] = ()
    reuse: Mapping[str, Any] = field(default_factory=lambda: NOTHING_REUSED)
    """How many pages an earlier run had measured, and why others were measured, as verdict.json holds it."""
    gate: str = LAUNCH
    """`launch`, or `review`: then some pages may have been rendered for all."""
    only: tuple[str, ...] = ()
    """Patterns of the pages that were judged; none: all of them were to be."""
    rendered: bool = True
    """Whether a browser took part; without one, pages were only read."""

    @property
    def weakened(self) -> bool:
        """Whether the owners must sign before this may be merged."""
        return bool(self.weakenings) and not self.merged
