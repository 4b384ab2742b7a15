"""What is wrong with a redirect map, as lines of text.

In: a `Judgement`. Out: lines; they may hold text of the map, and whoever prints them escapes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import errors
from checks.plan.fault import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.plan.judging import Clicks, Judgement

_SHOWN = 10
_VERDICTS = {
    errors.EXIT_GO: "GO  The map can be made into rules.",
    errors.EXIT_NO_GO: "NO-GO  Mend the map before anybody writes it as rules.",
    errors.EXIT_CANNOT_TELL: "CANNOT TELL  Not every target could be looked at.",
}


def lines(judgement: Judgement, name: str, against: str) -> Iterator[str]:
    """Give the lines of the report."""
    yield f"gonogo plan: {name}, {judgement.lines:,} redirects{f' into {against}' if against else ''}"
    if judgement.clicks is not None:
        yield ""
        yield from _clicks(judgement.clicks, checked=judgement.checked)
    yield ""
    alone = judgement.exit_code == errors.EXIT_GO and not judgement.checked
    yield "GO  Nothing is wrong with the map by itself." if alone else _VERDICTS[judgement.exit_code]
    if not judgement.checked:
        yield "Targets were not looked at: `--build FOLDER` or `--run RUN` says what is there."
    for kind, (severity, about) in KINDS.items():
        count = judgement.counts[kind]
        if not count:
            continue
        yield ""
        yield f"{severity}  {kind} ({count:,}): {about}"
        told = [one for one in judgement.faults if one.kind == kind][:_SHOWN]
        for one in told:
            line = f"line {one.line}: " if one.line else ""
            worth = f" ({one.clicks:,.0f} clicks)" if round(one.clicks) else ""
            yield f"  {line}{one.url}{worth}  {one.said}"
        if count > len(told):
            yield f"  and {count - len(told):,} more"
    if judgement.notes:
        yield ""
        yield from (f"note: {note}" for note in judgement.notes)
    if judgement.elsewhere:
        yield ""
        yield f"{judgement.elsewhere:,} targets are on other sites, and were not looked at"


def _clicks(clicks: Clicks, *, checked: bool) -> Iterator[str]:
    share = f" ({clicks.in_map / clicks.total:.1%})" if clicks.total else ""
    yield f"  {clicks.in_map:,.0f} of {clicks.total:,.0f} clicks{share} come by addresses of this map"
    if checked:
        lost = clicks.total - clicks.in_map - clicks.stay
        yield f"  {clicks.stay:,.0f} come by addresses that stay, {max(0.0, lost):,.0f} by addresses that lead nowhere"
    yield f"  {clicks.covered:,} of {clicks.addresses:,} known addresses are covered"
