"""How many pages a run says it looked at, read from what the tool itself wrote.

In: the folder that the run worked in, and the pages. Out: a number; None where the output does not tell, which is
never taken for all of them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from benchmarks.peers.served import file_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PROOFER: Final = re.compile(r"^Ran on (\d+) files?!", re.MULTILINE)
_LOADED: Final = re.compile(r"^ok \d+ load (\S+\.html)$", re.MULTILINE)


def gonogo(folder: Path, pages: Iterable[str]) -> int | None:
    """Pages that the ledger calls measured; targets of links are in it too."""
    try:
        lines = (folder / "run" / "coverage.jsonl").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    entries = map(json.loads, lines)
    return len({file_of(each["path"]) for each in entries if each["state"] == "measured"}.intersection(pages))


def lighthouse_ci(folder: Path, _: Iterable[str]) -> int | None:
    """Reports without a runtime error."""
    reports = [read(path) for path in (folder / ".lighthouseci").glob("lhr-*.json")]
    return sum(isinstance(report, dict) and not report.get("runtimeError") for report in reports)


def unlighthouse(folder: Path, _: Iterable[str]) -> int | None:
    """Pages with a score."""
    found = read(folder / "out" / "ci-result.json")
    return sum("score" in page for page in found) if isinstance(found, list) else None


def pa11y_ci(folder: Path, _: Iterable[str]) -> int | None:
    """Pages whose result is a list of issues; a page that could not be opened has an error without a code."""
    found = read(folder / "stdout")
    if not isinstance(found, dict):
        return None
    return sum(all("code" in issue for issue in issues) for issues in found["results"].values())


def sitespeed(folder: Path, _: Iterable[str]) -> int | None:
    """Pages with a summary of what the browser measured."""
    return sum(1 for _ in (folder / "out").rglob("browsertime.pageSummary.json"))


def linkinator(folder: Path, _: Iterable[str]) -> int | None:
    """Pages that answered, of those that were named: they have no parent."""
    found = read(folder / "stdout")
    if not isinstance(found, dict):
        return None
    return len({link["url"] for link in found["links"] if link["state"] == "OK" and link["url"].endswith(".html")})


def html_proofer(folder: Path, _: Iterable[str]) -> int | None:
    """Files that it says it ran on."""
    said = _PROOFER.search((folder / "stdout").read_text(encoding="utf-8", errors="replace"))
    return int(said.group(1)) if said else None


def hyperlink(folder: Path, _: Iterable[str]) -> int | None:
    """Pages that it says it loaded, whatever else it loaded."""
    return len(set(_LOADED.findall((folder / "stdout").read_text(encoding="utf-8", errors="replace"))))


def lychee(folder: Path, _: Iterable[str]) -> int | None:
    """Files that hold the links it lists: one without any is not told."""
    found = read(folder / "stdout")
    if not isinstance(found, dict):
        return None
    maps = [value for name, value in found.items() if name.endswith("_map") and isinstance(value, dict)]
    return len({source for each in maps for source in each if source.endswith(".html")})


def read(path: Path) -> Any:
    """Return a JSON document; None where there is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
