"""Which findings were there before: `existing` ones do not block, and those that are gone are `fixed`.

In: the facts of the baseline, the policies of the day, the `change` documents; then findings one at a time. Out: the
findings in their state, with their age, and at the end the fixed ones. The baseline is judged again, so that a rule
that is new finds there what it finds here. A finding is known by its fingerprint: a fix and a new fault never cancel
each other out. What was found on a page that has moved, and is still about the same, is looked for at its new address.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from checks import __version__, kept_facts, run_folder
from checks.baseline import ages
from checks.judge import age, reads
from checks.judge.evaluate import CANNOT_TELL, Judge
from checks.judge.finding import fingerprint
from checks.report.words import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from checks.former_shape import Fitted
    from checks.judge.evaluate import Tally
    from checks.judge.finding import Finding
    from checks.judge.policy import Policy
    from checks.run_folder import RunFolder

Document = dict[str, Any]
_JUDGED: Final = frozenset({"page", "site"})
"""Kinds that a baseline holds; what is said of a change was never there before."""
_ALIKE: Final = 0.3
"""As likeness is measured and limited by `change/redirect-relevance`."""
_TABLES: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -4000;  -- KiB: the same for a site of any size
CREATE TABLE moves (old TEXT PRIMARY KEY, new TEXT UNIQUE) WITHOUT ROWID;
CREATE TABLE ages (fingerprint TEXT PRIMARY KEY, day TEXT, at_least INTEGER) WITHOUT ROWID;
CREATE TABLE pages (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE known (
    fingerprint TEXT PRIMARY KEY, policy TEXT, page TEXT, body TEXT, former TEXT, seen INTEGER DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE untold (policy TEXT, page TEXT, PRIMARY KEY (policy, page)) WITHOUT ROWID;
"""
_AGE: Final = "SELECT day, at_least FROM known LEFT JOIN ages ON ages.fingerprint = former WHERE known.fingerprint = ?"
_DAY: Final = "SELECT day, at_least FROM ages WHERE fingerprint = ?"
_KNOW: Final = "INSERT OR IGNORE INTO known (fingerprint, policy, page, body, former) VALUES (?, ?, ?, ?, ?)"
_ADD_UNTOLD: Final = "INSERT OR IGNORE INTO untold VALUES (?, ?)"
_UNTOLD: Final = "SELECT 1 FROM untold WHERE policy = ? AND page = ?"
_FIXED: Final = """
SELECT policy, body FROM known
WHERE NOT seen AND (page IS NULL OR page IN (SELECT path FROM pages)) ORDER BY policy, page, fingerprint
"""


class Known:
    """What the baseline of a run was found guilty of; nothing, where the run has none."""

    def __init__(self, run: RunFolder, policies: Iterable[Policy], owned: Callable[[Finding], Finding]) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")
        self.untold = 0
        """Findings of which nobody can tell whether they are new, for another gonogo wrote the baseline."""
        self.is_empty = not has_baseline(run)
        self._day: dt.date | None = None
        if not self.is_empty:
            self._day = ages.day_of(run.read(run_folder.RUN)["baseline"])
            self._read(run)
            self._judge(run, Judge(tuple(one for one in policies if one.reads in _JUDGED)), owned)

    def placed(self, finding: Finding) -> Finding:
        """Return `finding` with what it was called before its page moved, where the page did."""
        if self.is_empty or finding.page is None:
            return finding
        row = self._db.execute("SELECT old FROM moves WHERE new = ?", (finding.page,)).fetchone()
        if row is None:
            return finding
        page = str(row[0])
        return replace(finding, former={"page": page, "fingerprint": fingerprint(finding.policy, page, finding.what)})

    def finding(self, finding: Finding) -> Finding:
        """Return `finding` as `existing` where the baseline has it, too; a launch blocker blocks all the same."""
        if self.is_empty:
            return finding
        found = self._db.execute("UPDATE known SET seen = 1 WHERE fingerprint = ?", (finding.fingerprint,))
        if found.rowcount:
            finding = self._aged(finding)
        elif finding.state == "new" and self._is_untold(finding):
            finding = self._dated(finding)
        else:
            return finding
        if finding.state != "new":
            return finding
        return replace(finding, state="existing", blocking=finding.blocking and finding.launch_blocker)

    def _aged(self, finding: Finding) -> Finding:
        """Return a finding of the baseline with the day since which it is known: at least that of the baseline."""
        day, at_least = self._db.execute(_AGE, (finding.fingerprint,)).fetchone()
        if day is not None:
            return age.since(finding, dt.date.fromisoformat(day), at_least=bool(at_least))
        return finding if self._day is None else age.since(finding, self._day, at_least=True)

    def _dated(self, finding: Finding) -> Finding:
        """Return a finding that nobody can look for in the baseline with the day that the launches before it told."""
        for called in (finding.fingerprint, (finding.former or {}).get("fingerprint")):
            row = self._db.execute(_DAY, (called,)).fetchone()
            if row is not None:
                return age.since(finding, dt.date.fromisoformat(row[0]), at_least=bool(row[1]))
        return finding

    def fixed(self, tallies: Iterable[Tally]) -> Iterator[Document]:
        """Give what the baseline has and the preview has not, of pages that are still there.

        A policy that could not be judged on some page of the preview, or was asked of nothing, has nothing fixed:
        nobody looked.
        """
        undecided = {one.policy.id for one in tallies if one.cannot_tell or not (one.applied or one.inapplicable)}
        for policy, body in self._db.execute(_FIXED):
            if policy not in undecided:
                yield {**json.loads(body), "state": "fixed", "blocking": False}

    def _is_untold(self, finding: Finding) -> bool:
        """Whether the baseline was written by a gonogo that did not write down what the finding is about."""
        if finding.reads not in _JUDGED:
            return False
        found = self._db.execute(_UNTOLD, (finding.policy, finding.page or "")).fetchone() is not None
        self.untold += found
        return found

    def notes(self) -> Iterator[str]:
        """Give what a reader must know of findings that nobody can call new."""
        if self.untold:
            yield (
                f"another gonogo saved the baseline, and did not write down all that today's rules read: "
                f"{count(self.untold, 'finding')} of theirs, on pages that it had, pass for existing; save it anew"
            )

    def close(self) -> None:
        """Let go of the tables."""
        self._db.close()

    def _read(self, run: RunFolder) -> None:
        moved = (
            (one["path"], one["moved"]["path"])
            for one in run.lines(run_folder.CHANGES)
            if one.get("state") == "moved" and one.get("moved") and _is_same_page(one)
        )
        self._db.executemany("INSERT OR REPLACE INTO moves VALUES (?, ?)", moved)
        known = ((one.fingerprint, one.day.isoformat(), one.at_least) for one in ages.of(run.baseline))
        self._db.executemany("INSERT OR REPLACE INTO ages VALUES (?, ?, ?)", known)
        measured = (
            (line["path"],)
            for line in run.lines(run_folder.COVERAGE)
            if line["kind"] == "page" and line["state"] == "measured"
        )
        self._db.executemany("INSERT OR IGNORE INTO pages VALUES (?)", measured)

    def _judge(self, run: RunFolder, judge: Judge, owned: Callable[[Finding], Finding]) -> None:
        former = _Former(run, judge)
        for fitted in kept_facts.former(run.baseline):
            findings, untold = former.judged(fitted)
            for finding in findings:
                self._add(owned(finding))
            page = fitted.document["path"] if fitted.document["kind"] == "page" else ""
            self._db.executemany(_ADD_UNTOLD, ((policy, self._now(page)) for policy in untold))

    def _now(self, page: str) -> str:
        """Return where a page of the baseline is now."""
        row = self._db.execute("SELECT new FROM moves WHERE old = ?", (page,)).fetchone()
        return page if row is None else str(row[0])

    def _add(self, finding: Finding) -> None:
        page, former = finding.page, finding.fingerprint
        page = self._now(page) if page else page
        if page and page != finding.page:
            finding = replace(finding, page=page, fingerprint=fingerprint(finding.policy, page, finding.what))
        told = json.dumps(finding.to_document(), ensure_ascii=True)
        values = (finding.fingerprint, finding.policy, page, told, former)
        self._db.execute(_KNOW, values)


class _Former:
    """Judges the documents of a baseline, which another gonogo may have written."""

    def __init__(self, run: RunFolder, judge: Judge) -> None:
        self._judge = judge
        wrote = run.read(run_folder.RUN)["baseline"].get("gonogo")
        # Without a browser a group is not there by choice, and not for the age of the gonogo.
        rendered = run.baseline.read(run_folder.RUN).get("browser") is not None
        self._is_other = rendered and wrote is not None and wrote != __version__
        policies = [tally.policy for tally in judge.tallies]
        self._paths = {
            one.id: frozenset(
                chain.from_iterable(reads.paths(schema, one.definitions) for schema in (one.schema, one.applies_to))
            )
            for one in policies
        }

    def judged(self, fitted: Fitted) -> tuple[list[Finding], list[str]]:
        """Return what fails, and the policies that speak of what the gonogo of that day did not write down."""
        if not (fitted.lacking or self._is_other):
            return self._judge.document(fitted.document), []
        findings: list[Finding] = []
        untold: list[str] = []
        for outcome in self._judge.each(fitted.document):
            lacks = fitted.lacks(self._paths[outcome.policy.id])
            if lacks or (self._is_other and outcome.outcome == CANNOT_TELL):
                untold.append(outcome.policy.id)
            else:
                findings.extend(outcome.findings)
        return findings, untold


def _is_same_page(change: Mapping[str, Any]) -> bool:
    """Whether a page that moved is still about the same: a redirect alone would excuse whatever it leads to."""
    if change["moved"]["by"] != "redirect":
        return True
    return (change.get("redirect", {}).get("similarity") or 0.0) >= _ALIKE


def has_baseline(run: RunFolder) -> bool:
    """Return whether a run has the facts of a baseline."""
    about: Mapping[str, Any] | None = run.read(run_folder.RUN).get("baseline")
    return about is not None and about["why"] is None
