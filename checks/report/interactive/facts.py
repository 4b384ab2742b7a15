"""All that is known of the worst pages: the facts of each as a part of its own, unpacked when somebody looks at it.

In: which pages; their findings, changes and documents. Out: markup.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from checks import json_bytes
from checks.report.html_cause import anchor
from checks.report.interactive import parts
from checks.report.location import files_of_finding
from checks.report.words import clip, prefix

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from checks.report.result import Document, PageLine, Result

_FINDINGS: Final = 100  # of one page
_LONGEST: Final = 500
_SAID: Final = ("policy", "message", "severity", "state", "owner", "fix")
_EVERYWHERE_ALIKE: Final = ("config", "kind")


def write(out: TextIO, result: Result, full: Mapping[str, int]) -> None:
    """Write the parts of the pages in `full`: path -> the number of its line."""
    findings: dict[str, list[dict[str, Any]]] = {path: [] for path in full}
    for finding in result.findings():
        told = findings.get(str(finding.get("page")))
        if told is not None and len(told) < _FINDINGS:
            told.append(_finding(finding, result))
    changes = {str(change["path"]): change for change in result.changes() if change.get("path") in findings}
    path_at = {number: path for path, number in full.items()}
    for line in result.pages_at(path_at.keys()):
        path = path_at[line.place]
        said = {"findings": findings[path], "change": changes.get(path)}
        # To read, write and compress 150 KB takes longer than all else that is told of a page.
        packed = result.remembered(json_bytes.encode(said) + b"\n" + line.text, partial(_packed, line, said))
        parts.element(out, f"page-{line.place}", packed)


def _packed(line: PageLine, said: Mapping[str, Any]) -> bytes:
    facts = {key: value for key, value in line.read().items() if key not in _EVERYWHERE_ALIKE}
    return parts.packed({"facts": facts, **said})


def _finding(finding: Document, result: Result) -> dict[str, Any]:
    fingerprint = str(finding.get("fingerprint", ""))
    snippet = result.snippets(fingerprint)
    return {
        **{key: clip(str(finding.get(key) or ""), _LONGEST) for key in _SAID},
        "blocking": bool(finding.get("blocking")),
        "pointer": clip(str(finding.get("pointer") or ""), _LONGEST),
        "explain": prefix(fingerprint),
        "cause": anchor(finding),
        "line": snippet.get("line") if snippet else None,
        "files": files_of_finding(finding, result),
    }
