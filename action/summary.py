"""The summary of the job: summary.md of the run, and below it what the change does to its own rules.

In: a `Result`, or the exit code of a check that left none. Out: Markdown for GITHUB_STEP_SUMMARY. GitHub drops one
of more than 1 MiB whole, so it ends before 900 KiB, at the boundary of a finding.
https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from action import rule_changes, status
from action.markup import code
from checks.report import markdown as report
from checks.report.escape import markdown
from checks.trust import rules

if TYPE_CHECKING:
    from checks.report.result import Result


def text(result: Result, *, size: int = report.BYTES) -> str:
    """Return the summary of a finished check, of at most `size` bytes of UTF-8."""
    parts = (rule_changes.weakenings, rule_changes.signed, rule_changes.workflows, rule_changes.previews)
    changes = "".join(block for part in parts for block in part(result.verdict))
    room = size - _bytes(changes)
    text = _written(result, room)
    if _bytes(text) > room:
        text = _written(result, room - (_bytes(text) - room))
    return text + changes


def _written(result: Result, size: int) -> str:
    out = io.StringIO()
    # Policies that the base has not reviewed may link to anything.
    reviewed = (result.run.get("trust") or {}).get("root") == rules.BASE
    report.write(result, out, size=size, references=reviewed)
    # A line that begins with a slash is a command to many bots; one that begins with a space looks the same to people.
    return re.sub("(?m)^/", " /", out.getvalue())


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def without_verdict(exit_code: int, said: str) -> str:
    """Return the summary of a check that ended without a verdict; `said` is what it had to say."""
    lines = "".join(f"{code(line)}<br>\n" for line in said.splitlines() if line.strip())
    return f"# ⚠️ {markdown(status.why_none(exit_code))}\n\n{lines}"
