"""Where in the repository a finding is shown: by SARIF, code quality and JUnit, which need a file, and to people.

In: a finding and what is known of its source. Out: a relative path and a line; where no source is known, the settings
file for those that need one, and nothing for people. What is known may have come with a run folder from elsewhere, so a
path that is none is not passed on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.sources.locate import UNKNOWN

if TYPE_CHECKING:
    from checks.report.causes import Cause
    from checks.report.result import Document, Result

CONFIG = "gonogo.yaml"
_LAST_LINE = 10_000_000
_LONGEST = 1000
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def place_of(finding: Document, result: Result) -> tuple[str, int]:
    """Return the file in which `finding` can be mended, as a relative path, and the line, from 1."""
    source = result.sources(str(finding.get("fingerprint", ""))) or {}
    file, line = source.get("file"), source.get("line")
    if not isinstance(file, str) or not _is_relative(file):
        return CONFIG, 1
    return file, line if type(line) is int and 1 <= line <= _LAST_LINE else 1


def files_of(cause: Cause, result: Result) -> list[str]:
    """Return where the first findings of a cause are written, each place once, such as `content/about.md:12`.

    Where no source is known there is none: the settings file stands in for it, and says nothing to a reader.
    """
    return list(dict.fromkeys(place for finding in cause.samples for place in files_of_finding(finding, result)))


def files_of_finding(finding: Document, result: Result) -> list[str]:
    """Return where one finding is written, or nothing where that is not known."""
    source = result.sources(str(finding.get("fingerprint", "")))
    if not source or not source.get("file") or source.get("why") == UNKNOWN:
        return []
    return [f"{source['file']}:{source['line']}" if source.get("line") else str(source["file"])]


def _is_relative(path: str) -> bool:
    odd = not path.isprintable() or "\\" in path or _SCHEME.match(path) or len(path) > _LONGEST
    return not odd and not {"", ".", ".."} & set(path.split("/"))
