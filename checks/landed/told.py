"""How what is live compares with what was judged, as lines of text.

In: an `Outcome`. Out: lines; they may hold text of the live site, and whoever prints them escapes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import errors
from checks.landed.check import DIFFERS, KINDS, NOT_MEASURED, SAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.landed.check import Outcome

_VERDICTS = {
    errors.EXIT_GO: "LANDED  What is live is what was judged.",
    errors.EXIT_NO_GO: "DIFFERS  What is live is not what was judged: roll back, or check it and sign for it.",
    errors.EXIT_CANNOT_TELL: "CANNOT TELL  Not everything could be compared.",
}
_SHOWN = 40


def lines(outcome: Outcome, live: str, run: str) -> Iterator[str]:
    """Give the lines of the report."""
    yield f"gonogo landed: {live} against {run}"
    yield ""
    for kind, about in KINDS.items():
        count = outcome.counts[kind]
        said = [f"{count[state]:,} {name}" for state, name in _NAMES.items() if count[state]]
        yield f"  {kind.ljust(11)}  {', '.join(said) or 'not asked'} ({about})"
    yield ""
    yield _VERDICTS[outcome.exit_code]
    for state, title in ((DIFFERS, "Differs"), (NOT_MEASURED, "Not measured")):
        told = [one for one in outcome.told if one.state == state]
        if not told:
            continue
        yield ""
        yield f"{title} ({outcome.total(state):,})"
        for one in told[:_SHOWN]:
            yield f"  {one.about}  {one.said}"
        if outcome.total(state) > min(len(told), _SHOWN):
            yield f"  and {outcome.total(state) - min(len(told), _SHOWN):,} more"
    if outcome.notes:
        yield ""
        yield "Notes"
        yield from (f"  {note}" for note in outcome.notes)


_NAMES = {SAME: "as judged", DIFFERS: "differ", NOT_MEASURED: "not measured"}
