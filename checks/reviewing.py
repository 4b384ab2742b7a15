"""Who may ask for the review gate.

In: rules, and the gate that was asked for. Out: an error where the gate can't be had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks.errors import UserError
from checks.trust.rules import WORKING_TREE
from checks.verdict import LAUNCH, REVIEW

if TYPE_CHECKING:
    from checks.trust.rules import Rules

_WHERE: Final = "--gate review"


def require(rules: Rules, gate: str, *, render: bool = True) -> None:
    """Raise UserError where the review gate was asked for and the rules, the preview or another flag forbid it.

    Who judges others by it must have chosen so where the rules come from; on a desk, whoever asks may have it.
    """
    if gate == LAUNCH:
        return
    settings = rules.settings
    if rules.trust.root != WORKING_TREE and settings.pull_request_gate != REVIEW:
        raise UserError(
            "the rules that decide do not let a change pass by the review gate",
            where=_WHERE,
            remedy="Leave it out, or write `pull-request-gate: review` where they come from.",
        )
    if settings.preview_url is not None:
        raise UserError(
            "needs a folder: pages of a preview that is a URL are known when they are rendered",
            where=_WHERE,
            remedy="Check the folder that the build writes, or leave it out.",
        )
    if not render:
        raise UserError("renders some pages", where=f"{_WHERE}, --no-render", remedy="Leave one of them out.")
