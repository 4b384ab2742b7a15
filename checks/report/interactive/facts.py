"""All that is known of the worst pages: the facts of each as a part of its own, unpacked when somebody looks at it.

In: which pages, their findings and changes, and page documents as they come. Out: markup. What was written waits in a
file, not in memory, until the line of every page stands before it.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from checks.report.html_cause import anchor
from checks.report.interactive import parts
from checks.report.location import files_of_finding
from checks.report.words import clip, prefix

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import TextIO

    from checks.report.result import Document, Result

_FINDINGS: Final = 100  # of one page
_LONGEST: Final = 500
_SAID: Final = ("policy", "message", "severity", "state", "owner", "fix")
_EVERYWHERE_ALIKE: Final = ("config", "kind")


@dataclass(frozen=True, slots=True)
class Facts:
    """The parts of pages, as far as they were looked at."""

    full: Collection[str]
    findings: dict[str, list[dict[str, Any]]]
    changes: dict[str, Document]
    waiting: TextIO
    written: list[int] = field(default_factory=list)

    def look(self, number: int, document: Document) -> None:
        """Write the part of a page, if it is one of those wanted; `number` is that of its line."""
        path = str(document.get("path", ""))
        if path not in self.full:
            return
        facts = {key: value for key, value in document.items() if key not in _EVERYWHERE_ALIKE}
        about = {"facts": facts, "findings": self.findings.get(path, []), "change": self.changes.get(path)}
        parts.document(self.waiting, f"page-{number}", about)

    def write(self, out: TextIO) -> None:
        """Write what was waiting."""
        self.waiting.seek(0)
        shutil.copyfileobj(self.waiting, out)


@contextmanager
def of(result: Result, full: Collection[str]) -> Iterator[Facts]:
    """Give what writes the parts of the pages in `full`."""
    findings: dict[str, list[dict[str, Any]]] = {path: [] for path in full}
    for finding in result.findings():
        told = findings.get(str(finding.get("page")))
        if told is not None and len(told) < _FINDINGS:
            told.append(_finding(finding, result))
    changes = {str(change["path"]): change for change in result.changes() if change.get("path") in findings}
    with tempfile.TemporaryFile("w+", encoding="ascii") as waiting:
        yield Facts(full, findings, changes, waiting)


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
