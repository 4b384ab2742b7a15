"""What `gonogo explain FINDING` says: the policy, the fact, what was measured, where it stands, how to mend it.

In: a finding, its policy, the document it was found in, its snippet, the pages of its cause. Out: plain text for a
terminal, lines not wrapped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from checks.report.causes import state
from checks.report.escape import terminal, visible_lines
from checks.report.words import count, listed, opened, place, short_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checks.report.result import Document

PAGES_SHOWN = 20
_LONGEST = 400  # characters of one value


def explain(
    finding: Document,
    policy: Document,
    document: Document | None = None,
    snippet: Document | None = None,
    pages: Sequence[str] = (),
) -> str:
    """Return what there is to know about `finding`; `pages` are those of its cause. Each of the others may be empty."""
    proposed = "proposed" if finding.get("proposed") else ""
    blocks = "blocks the launch" if finding.get("blocking") else "does not block"
    about = listed(str(finding.get("severity", "")), state(finding), str(finding.get("owner", "")), proposed, blocks)
    parts = [
        [terminal(f"{finding.get('policy', '')}: {about}"), terminal(str(finding.get("title", "")))],
        _pairs(finding, policy, document),
        _snippet(snippet),
        _pages(pages),
        [terminal(f"fingerprint {finding.get('fingerprint', '')}")],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _pairs(finding: Document, policy: Document, document: Document | None) -> list[str]:
    references = finding.get("reference") or policy.get("x-reference") or ()
    pairs = [
        ("what", finding.get("message")),
        ("where", place(finding)),
        ("open", opened(finding.get("since"), error=finding.get("severity") == "error")),
        ("fact", _fact(finding, document)),
        ("found", short_json(finding["value"], _LONGEST) if finding.get("value") is not None else ""),
        ("limit", short_json(finding["limit"], _LONGEST) if finding.get("limit") is not None else ""),
        ("why", policy.get("description")),
        ("fix", finding.get("fix") or policy.get("x-fix")),
        *(("see", address) for address in references),
    ]
    return [f"{name:<7}{terminal(str(value))}" for name, value in pairs if value]


def _fact(finding: Document, document: Document | None) -> str:
    """The name of the failing fact; and the whole member of a list that it belongs to, where the document is there."""
    segments = _segments(str(finding.get("pointer") or ""))
    name = ".".join(segment for segment in segments if not segment.isdigit())
    member = _member(document or {}, segments)
    return f"{name}, in {short_json(member, _LONGEST)}" if member is not None else name


def _segments(pointer: str) -> list[str]:
    return [segment.replace("~1", "/").replace("~0", "~") for segment in pointer.split("/")[1:]]


def _member(document: Any, segments: list[str]) -> Any:
    """Return the innermost member of a list on the way that `segments` lead, or None."""
    here, found = document, None
    for segment in segments:
        if isinstance(here, Mapping):
            here = here.get(segment)
        elif isinstance(here, list) and segment.isdigit() and int(segment) < len(here):
            here = found = here[int(segment)]
        else:
            break
    return found


def _snippet(snippet: Document | None) -> list[str]:
    if not snippet:
        return []
    code = [f"    {terminal(line)}" for line in visible_lines(str(snippet.get("text", ""))).split("\n")]
    return [f"In the delivered HTML, line {snippet.get('line')}, column {snippet.get('column')}:", *code]


def _pages(pages: Sequence[str]) -> list[str]:
    if len(pages) < 2:  # noqa: PLR2004 - one page has been named already
        return []
    more = [f"    and {len(pages) - PAGES_SHOWN:,} more"] if len(pages) > PAGES_SHOWN else []
    return [
        f"The same cause on {count(len(pages), 'page')}:",
        *(f"    {terminal(page)}" for page in pages[:PAGES_SHOWN]),
        *more,
    ]
