"""Findings as annotations of GitHub Actions: workflow commands for the log of a step.

In: a `Result`. Out: lines to print. A step shows 10 annotations of a kind and drops the rest in silence, so there are
at most 9 causes, worst first, and one line that says how many more there are. All text that came from a page is
escaped: printed raw, a title could switch off the commands that follow, or mask half the log.
https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from checks.report import causes
from checks.report.escape import terminal
from checks.report.words import clip, count, listed, prefix

if TYPE_CHECKING:
    from checks.report.causes import Cause
    from checks.report.result import Result

SHOWN = 9
_PAGES = 3
_LONGEST = 1000  # characters of one text; the runner cuts a message at 4,096
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def write(result: Result, out: TextIO) -> None:
    """Write the commands, one a line, for `gonogo report RUN --format annotations` in a step."""
    out.writelines(f"{line}\n" for line in lines(result))


def lines(result: Result, *, shown: int = SHOWN) -> list[str]:
    """Return one line for each of the worst causes, at most `shown`, and one for how many more there are."""
    found = causes.collect(result.findings, limit=shown, pages=_PAGES, gaps=True)
    made = [_annotation(cause) for cause in found.shown]
    if found.left_out:
        blocking = found.blocking - sum(1 for cause in found.shown if cause.rank == 0)
        also = f", {blocking:,} of them blocking" if blocking else ""
        more = f"{count(found.left_out, 'more cause')}{also}: see the summary of this job."
        made.append(command("error" if blocking else "notice", "gonogo", more))
    return made


def _annotation(cause: Cause) -> str:
    finding = cause.first
    # What does not block is not shown as an error, whatever its severity: it may be signed off, or old debt.
    severity = (
        "error"
        if cause.rank == 0 or causes.is_gap(finding)
        else min(str(finding.get("severity")), "warning", key=_weight)
    )
    more = f" and {cause.more_pages:,} more" if cause.more_pages else ""
    where = f"On {listed(*(clip(page, 200) for page in cause.pages))}{more}." if cause.pages else ""
    parts = [clip(str(finding.get("message", "")), _LONGEST), where]
    if finding.get("fix"):
        parts.append(f"Fix: {clip(str(finding['fix']), _LONGEST)}")
    parts.append(f"gonogo explain {prefix(str(finding.get('fingerprint', '')))}")
    title = clip(f"{finding.get('policy', '')}: {finding.get('title', '')}", 200)
    return command(_COMMANDS.get(severity, "notice"), title, " ".join(part for part in parts if part))


def _weight(severity: str) -> int:
    return {"error": 2, "warning": 1}.get(severity, 0)


def command(name: str, title: str, message: str) -> str:
    """Return the workflow command `name` (error, warning, notice) with `title` and `message`, as one line."""
    return f"::{name} title={escaped_property(title)}::{escaped_data(message)}"


def escaped_data(text: str) -> str:
    """Return `text` for the message of a workflow command."""
    # The percent sign first: it is what the others are written with.
    return terminal(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    """Return `text` for a property of a workflow command."""
    return escaped_data(text).replace(":", "%3A").replace(",", "%2C")
