"""Findings as annotations of GitHub Actions: workflow commands for the log of a step.

In: a `Result`. Out: lines to print. A step shows 10 annotations of a kind and drops the rest in silence, so there are
at most 9 causes, worst first, and one line that says how many more there are. All text that came from a page is
escaped: printed raw, a title could switch off the commands that follow, or mask half the log. Where the source file of
a finding is known, the annotation stands in it.
https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from checks.report import causes
from checks.report.escape import terminal
from checks.report.words import clip, count, listed, prefix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checks.report.causes import Cause
    from checks.report.result import Document, Result

SHOWN = 9
WEAKENINGS_SHOWN = 3
_PAGES = 3
_LONGEST = 1000  # characters of one text; the runner cuts a message at 4,096
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def write(result: Result, out: TextIO) -> None:
    """Write the commands, one a line, for `gonogo report RUN --format annotations` in a step."""
    out.writelines(f"{line}\n" for line in lines(result))


def lines(result: Result, *, shown: int = SHOWN) -> list[str]:
    """Return the worst that there is to say, at most `shown` lines, and one for how many more there are.

    A change that weakens its own rules is worse than anything on a page.
    """
    weakenings = result.verdict.get("weakenings") or []
    made = [_weakening(one) for one in weakenings[:WEAKENINGS_SHOWN]]
    made += _workflows(result.verdict.get("workflows") or [])
    found = causes.collect(result.findings, limit=shown - len(made), pages=_PAGES, gaps=True)
    hidden = max(0, len(weakenings) - WEAKENINGS_SHOWN)
    made += [_annotation(cause, result) for cause in found.shown]
    if found.left_out or hidden:
        blocking = found.blocking - sum(1 for cause in found.shown if cause.rank == 0)
        also = f", {blocking:,} of them blocking" if blocking else ""
        causes_left = f"{count(found.left_out, 'more cause')}{also}" if found.left_out else ""
        weakened = f"{count(hidden, 'more weakened rule')}" if hidden else ""
        more = f"{listed(weakened, causes_left)}: see the summary of this job."
        made.append(command("error" if blocking or hidden else "notice", "gonogo", more))
    return made


def _weakening(weakening: Document) -> str:
    said = str(weakening.get("said") or f"{weakening.get('kind', '')}: {weakening.get('what', '')}")
    return command("error", "This change weakens its own rules", clip(said, _LONGEST), weakening)


def _workflows(told: Sequence[Document]) -> list[str]:
    """Return one line for all files that say how this very change is checked, on the first of them."""
    if not told:
        return []
    more = f" So do {len(told) - 1:,} more." if len(told) > 1 else ""
    message = f"{clip(str(told[0].get('said', '')), _LONGEST)}{more}"
    return [command("warning", "This change alters how it is checked itself", message, told[0])]


def _annotation(cause: Cause, result: Result) -> str:
    finding = cause.first
    # What does not block is not shown as an error, whatever its severity: it may be signed off, or old debt.
    severity = (
        "error"
        if cause.rank == 0 or (causes.is_gap(finding) and causes.state(finding) != "signed-off")
        else min(str(finding.get("severity")), "warning", key=_weight)
    )
    more = f" and {cause.more_pages:,} more" if cause.more_pages else ""
    where = f"On {listed(*(clip(page, 200) for page in cause.pages))}{more}." if cause.pages else ""
    parts = [
        clip(str(finding.get("message", "")), _LONGEST),
        where,
        *(f"{said[:1].upper()}{said[1:]}." for said in cause.signed),
    ]
    if finding.get("fix"):
        parts.append(f"Fix: {clip(str(finding['fix']), _LONGEST)}")
    parts.append(f"gonogo explain {prefix(str(finding.get('fingerprint', '')))}")
    title = clip(f"{finding.get('policy', '')}: {finding.get('title', '')}", 200)
    source = result.sources(str(finding.get("fingerprint", "")))
    return command(_COMMANDS.get(severity, "notice"), title, " ".join(part for part in parts if part), source)


def _weight(severity: str) -> int:
    return {"error": 2, "warning": 1}.get(severity, 0)


def command(name: str, title: str, message: str, source: Document | None = None) -> str:
    """Return the workflow command `name` (error, warning, notice) as one line; `source` has `file`, perhaps `line`."""
    properties = {"title": title}
    if source and source.get("file"):
        properties["file"] = str(source["file"])
        if isinstance(source.get("line"), int):
            properties["line"] = str(source["line"])
    written = ",".join(f"{key}={escaped_property(value)}" for key, value in properties.items())
    return f"::{name} {written}::{escaped_data(message)}"


def escaped_data(text: str) -> str:
    """Return `text` for the message of a workflow command."""
    # The percent sign first: it is what the others are written with.
    return terminal(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    """Return `text` for a property of a workflow command."""
    return escaped_data(text).replace(":", "%3A").replace(",", "%2C")
