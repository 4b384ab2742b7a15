"""Gaps in the coverage as findings, so that they can be seen by owner and signed like any other.

In: lines of the coverage ledger. Out: a finding for each address that should have been measured and was not.
They do not block by themselves: the verdict that they call for is CANNOT TELL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks.judge.finding import MISSING, Finding, cause, clipped, fingerprint, identified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

POLICY: Final = "coverage"
TITLE: Final = "Every address that was discovered is measured"
FIX: Final = (
    "Make the page load, give it more time (`render: {time-limit: 60s}`), or exclude it in the config with a reason, "
    "an owner and a last day."
)
OWNER: Final = "engineering"
LAB: Final = "lighthouse"
"""Kind of the ledger's lines about pages that were chosen for Lighthouse."""
BASELINE: Final = "baseline"
"""Kind of the ledger's line about a baseline that could not be had."""


def coverage_findings(lines: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """Yield a finding for each line of coverage.jsonl whose state is `failed`."""
    return (gap(line) for line in lines if line["state"] == "failed")


def gap(line: Mapping[str, Any]) -> Finding:
    """Return the finding that a line of the ledger is, if what it is about was not measured."""
    path, why = str(line["path"]), line["why"] or "for an unknown reason"
    kind = str(line.get("kind"))
    by = " by Lighthouse" if kind == LAB else ""
    # A page can be measured by the browser, and not by the lab or in the baseline: these are several gaps.
    what = identified({LAB: f"Lighthouse {path}", BASELINE: "baseline"}.get(kind, path))
    return Finding(
        policy=POLICY,
        title=TITLE,
        severity="error",
        owner=line.get("owner", OWNER),
        reads="coverage",
        page=path,
        what=what,
        value=clipped(why),
        limit=MISSING,
        message=clipped(why) if kind == BASELINE else f"{clipped(path)} was not measured{by}: {clipped(why)}",
        fix=FIX,
        reference=(),
        fingerprint=fingerprint(POLICY, path, what),
        cause=cause(POLICY, why),
        state="new",
        blocking=False,
        launch_blocker=False,
        pointer="",
        proposed=False,
    )
