"""One call of the Lighthouse CI command: one page, one profile, some runs -> its reports, or why there are none.

In: the tools, the browser, where the site's host leads, and what to measure. Out: `Outcome`. The configuration is
written for each call, the reports are read from the command's own output folder; what it prints is only looked at to
say why it failed.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks.cache.place import KEY
from checks.collect.browser import LAUNCH_ARGUMENTS, can_sandbox
from checks.collect.lighthouse import processes
from checks.collect.programs import OUT_OF_TIME
from checks.settings.remote import SECRETS_BEGIN_WITH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.collect.browser import Browser
    from checks.collect.lighthouse.profiles import Profile
    from checks.collect.lighthouse.tools import Tools
    from checks.collect.ways import Ways

Report = dict[str, Any]

REPORT_FOLDER: Final = ".lighthouseci"
LARGEST_REPORT: Final = 50_000_000
TIMINGS: Final = (
    *("largest-contentful-paint", "first-contentful-paint", "total-blocking-time", "cumulative-layout-shift"),
    "interactive",
)
"""All that a comparison needs: a run of these takes about half as long as one of everything."""
UNREAD: Final = ("screenshot-thumbnails", "final-screenshot", "script-treemap-data", "full-page-screenshot")
"""Audits that only make pictures for Lighthouse's own page."""
_AMBIENT: Final = re.compile(
    rf"{SECRETS_BEGIN_WITH}|{KEY}|LHCI|LIGHTHOUSE|NODE_OPTIONS$|CHROME_PATH$|PLAYWRIGHT|PUPPETEER"
)
"""Variables by which the surroundings would change what is measured, or replace a report; and what opens a preview."""
_WHY: Final = re.compile(r"^(?:Runtime error encountered: |\w*Error: |Unable to connect to Chrome).*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What to measure."""

    url: str
    profile: Profile
    slowdown: float
    runs: int
    audits: tuple[str, ...] = ()
    """Lighthouse's audits; all of them where none is named."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reports of one call, or why they do not count."""

    reports: tuple[Report, ...]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """The command, ready to be called for pages of one served build."""

    tools: Tools
    browser: Browser
    ways: Ways
    run_limit_s: float
    """How long one run may take."""

    async def measure(self, asked: Asked, limit_s: float = float("inf")) -> Outcome:
        """Measure as often as asked, in at most `limit_s` seconds. Nothing of a call that went wrong counts."""
        limit = min(limit_s, self.run_limit_s * asked.runs)
        with tempfile.TemporaryDirectory(prefix="gonogo-lighthouse-", ignore_cleanup_errors=True) as scratch:
            folder = Path(scratch)
            (folder / "tmp").mkdir()
            (folder / "lighthouserc.json").write_text(json.dumps(self.configuration(asked)), encoding="utf-8")
            command = [str(self.tools.node.path), str(self.tools.command), "collect", "--config=lighthouserc.json"]
            ended = await processes.run(command, folder, self._environment(folder), limit)
            if ended.code == OUT_OF_TIME:
                return Outcome((), f"Lighthouse did not end within {limit:.0f} s")
            if ended.code != 0:
                return Outcome((), f"Lighthouse failed: {_why(ended)}")
            return _read(folder / REPORT_FOLDER, asked)

    def configuration(self, asked: Asked) -> dict[str, Any]:
        """Return the configuration of the command (https://github.com/GoogleChrome/lighthouse-ci/blob/main/docs/configuration.md)."""
        settings = {
            **asked.profile.settings(asked.slowdown),
            "chromeFlags": " ".join(_flag(one) for one in self._flags()),
            "disableFullPageScreenshot": True,
            **({} if asked.audits else {"skipAudits": list(UNREAD)}),
            "enableErrorReporting": False,
            **({"onlyAudits": list(asked.audits)} if asked.audits else {}),
        }
        collect = {
            "url": [asked.url],
            "numberOfRuns": asked.runs,
            "chromePath": str(self.browser.path),
            "settings": settings,
        }
        return {"ci": {"collect": collect}}

    def _flags(self) -> Iterator[str]:
        yield from LAUNCH_ARGUMENTS
        yield from self.ways.arguments()
        if not can_sandbox():
            yield "--no-sandbox"

    def _environment(self, folder: Path) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not _AMBIENT.match(name)}
        return {**self.tools.node.first(kept), "TMPDIR": str(folder / "tmp"), "CI": "1"}


def _flag(argument: str) -> str:
    """Return a switch of Chromium as Lighthouse takes it apart again: quotes stand around the value alone."""
    name, given, value = argument.partition("=")
    return f'{name}="{value}"' if given and " " in value else argument


def _read(folder: Path, asked: Asked) -> Outcome:
    files = sorted(folder.glob("lhr-*.json")) if folder.is_dir() else []
    reports = []
    for file in files:
        report, problem = _report(file, asked)
        if report is None:
            return Outcome((), problem)
        reports.append(report)
    if len(reports) < asked.runs:
        return Outcome((), f"Lighthouse ended well, but left {len(reports)} of {asked.runs} reports")
    return Outcome(tuple(reports))


def _report(file: Path, asked: Asked) -> tuple[Report | None, str]:
    if file.stat().st_size > LARGEST_REPORT:
        return None, f"a report of Lighthouse is larger than {LARGEST_REPORT} bytes"
    try:
        report: Mapping[str, Any] = json.loads(file.read_bytes())
        problem = _wrong(report, asked)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None, "a report of Lighthouse can't be read"
    return (None, problem) if problem else (dict(report), "")


def _wrong(report: Mapping[str, Any], asked: Asked) -> str:
    """Return why a report does not count; empty where it does."""
    error = report.get("runtimeError")
    if error:
        return f"Lighthouse could not measure the page: {error.get('code')}: {str(error.get('message'))[:300]}"
    if not all("numericValue" in report["audits"].get(name, {}) for name in TIMINGS):
        return "a report of Lighthouse lacks timings"
    if not asked.audits and not report["categories"]:
        return "a report of Lighthouse lacks its categories"
    final = str(report["finalDisplayedUrl"]).partition("#")[0]
    return "" if final == asked.url else f"the page led Lighthouse away, to {final[:300]}"


def _why(ended: processes.Ended) -> str:
    """Return the sentence by which Lighthouse says what went wrong, else the last that it said."""
    found = _WHY.search(ended.said)
    lines = [line.strip() for line in ended.said.splitlines() if line.strip()]
    said = found.group(0) if found else lines[-1] if lines else ""
    return f"{said[:300] or 'it does not say why'} (exit code {ended.code})"
