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


def coverage_findings(lines: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """Yield a finding for each line of coverage.jsonl whose state is `failed`."""
    return (_finding(line) for line in lines if line["state"] == "failed")


def _finding(line: Mapping[str, Any]) -> Finding:
    path, why = line["path"], line["why"] or "for an unknown reason"
    what = identified(path)
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
        message=f"{clipped(path)} was not measured: {clipped(why)}",
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
