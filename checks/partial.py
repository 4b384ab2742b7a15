"""A run of some pages only (`check --only GLOB`): what its patterns may be, and what of its facts is judged.

In: patterns; a run folder. Out: an error for a pattern that can match no page; `Asked`, which says of a document
whether it is judged. The facts of the other pages are there, for what those that are judged are told of them.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from checks import run_folder
from checks.errors import UserError
from checks.settings.globs import matches_any
from checks.settled import settled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from checks.run_folder import RunFolder
    from checks.settled import Settled

_BEGINNINGS: Final = ("/", "**")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for of a run: all of it, or some pages."""

    patterns: tuple[str, ...]
    left_out: Settled

    @property
    def is_whole(self) -> bool:
        """Whether it was for the whole site; a page that was left out tells that it was not, whatever the run says."""
        return not self.patterns and self.left_out.is_empty

    def takes(self, document: Mapping[str, Any]) -> bool:
        """Whether a document about a page, or about what became of one, is judged."""
        path = str(document["path"])
        return self.is_whole or (matches_any(self.patterns, path) and path not in self.left_out)


@contextmanager
def asked(run: RunFolder) -> Iterator[Asked]:
    """Give what was asked for of `run`."""
    with settled(run, "left-out") as left_out:
        yield Asked(tuple(run.read(run_folder.RUN).get("only", ())), left_out)


def require(patterns: Sequence[str]) -> None:
    """Raise UserError for a pattern that no page can match."""
    for pattern in patterns:
        if not pattern.startswith(_BEGINNINGS):
            raise UserError(
                f"`{pattern}` begins with neither / nor **, so that no page has such an address",
                where="--only",
                remedy="Write paths of pages: `/shop/*` for those in one folder, `/shop/**` for all below.",
            )
