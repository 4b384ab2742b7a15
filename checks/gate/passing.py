"""The way of one finding: whose it is, whether it was adopted or was there before, how old it is, who signed for it.

In: what the run holds of rules, debt and sign-offs; then findings one at a time. Out: each as it is told, and at the
end what they came to together.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from checks import exceptions, run_folder, verdict
from checks.judge import age
from checks.judge.gaps import gap
from checks.known import Known
from checks.located import Located
from checks.signoff import adopted
from checks.signoff.asked import Asked
from checks.signoff.roles import required
from checks.while_here import WhileHere

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checks.gate.asked import Document
    from checks.judge.finding import Finding
    from checks.judge.policy import Policy
    from checks.run_folder import RunFolder
    from checks.settings import Settings
    from checks.sources.repository import Repository


class Passing:
    """All that a finding passes by, and what it leaves there. To be closed."""

    def __init__(
        self,
        run: RunFolder,
        settings: Settings,
        in_force: Iterable[Policy],
        changed: Iterable[str],
        sources: Repository | None,
    ) -> None:
        """`changed` are the files of the change under judgement; `sources` is what the site is made from."""
        self._settings = settings
        self._policies = {policy.id: policy for policy in in_force}
        self._debt = _debt(run)
        signed = run.read_or(run_folder.SIGN_OFFS, exceptions.NONE)
        self.signing = exceptions.applying(signed, self._policies, settings.today)
        self.asking = Asked(signed["requests"])
        self.counting = verdict.Counting()
        self.while_here = WhileHere(changed)
        self._gaps: set[str] = set()
        """What the findings of gaps that somebody signed for are about."""
        self.located = Located(run, replace(settings, site=run.read(run_folder.RUN)["site"]), sources)
        self.known = Known(run, self._policies.values(), self._owned)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.located.close()
        self.known.close()

    def told(self, document: Mapping[str, Any] | None, found: Finding) -> Document:
        """Return a finding as it is told: in its state, with its age, and whether it blocks."""
        policy = self._policies.get(found.policy)
        finding = self._dated(found, policy)
        finding = self.signing.finding(finding, policy)
        self.asking.look(finding, policy, required(finding, policy))
        if finding.reads == "coverage" and finding.state == "signed-off":
            self._gaps.add(finding.fingerprint)
        self.counting.finding(finding)
        told = finding.to_document()
        self.while_here.look(told, self.located.look(told, document))
        return told

    def count(self, coverage: Iterable[Mapping[str, object]]) -> None:
        """Count the lines of the ledger, once all findings have passed.

        A gap that somebody answers for is left out knowingly, as one that the config excludes.
        """
        for line in coverage:
            signed_for = gap(line).fingerprint in self._gaps if self._gaps else False
            self.counting.coverage({**line, "state": "excluded"} if signed_for else line)

    def _dated(self, found: Finding, policy: Policy | None) -> Finding:
        own = self._owned(found)
        existing = self.known.finding(adopted.apply(self.known.placed(own), self._debt))
        finding = age.counted(existing, policy, self._settings.today)
        if self._settings.gate == "all" and finding.state == "existing":
            return replace(finding, blocking=finding.blocking or own.blocking)
        return finding

    def _owned(self, finding: Finding) -> Finding:
        """Return a finding as one of whom its page belongs to, where the settings give the page to somebody."""
        owner = self._settings.owner_of(finding.page) if finding.page else None
        return replace(finding, owner=owner) if owner else finding


def _debt(run: RunFolder) -> Mapping[str, adopted.Adopted]:
    kept = run.read(run_folder.ADOPTED)["findings"]
    return {
        one["fingerprint"]: adopted.Adopted(**{**one, "adopted": dt.date.fromisoformat(one["adopted"])}) for one in kept
    }
