"""What somebody asks to be signed for: open requests, held against what blocks.

In: requests as a run keeps them, findings one at a time as signatures have left them. Out: how many of those that block
could be signed for as they are asked for, and by whom. Pure. Nobody vouches for a request: it accepts nothing, it only
says that somebody is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.judge.vocabulary import SEVERITIES
from checks.signoff import bounds
from checks.signoff.entries import FindingEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from checks.judge.finding import Finding
    from checks.judge.override import Override
    from checks.judge.policy import Policy

_Key = tuple[str, str]


@dataclass(slots=True)
class _Open:
    """One request, and what it was found to be about."""

    request: Mapping[str, Any]
    entries: Mapping[_Key, FindingEntry]
    findings: int = 0
    owners: dict[str, None] = field(default_factory=dict)

    def asks_for(self, finding: Finding, policy: Policy | None) -> bool:
        """Return whether a signature for what it asks would accept the finding as it is now."""
        keys = ((finding.policy, finding.fingerprint), (finding.policy, finding.cause))
        named = (self.entries[key] for key in keys if key in self.entries)
        return any(bounds.refusal(entry, finding, policy) is None for entry in named)


class Asked:
    """Counts what is asked for, finding by finding."""

    def __init__(self, requests: Iterable[Mapping[str, Any]]) -> None:
        self._open = [_Open(one, dict(_entries(one["entries"]))) for one in requests]
        self.findings = 0
        """Findings that block and are asked for."""

    def look(self, finding: Finding, policy: Policy | None, by: Override) -> None:
        """Count a finding that blocks; `by` says whose signature it needs."""
        if not finding.blocking:
            return
        asking = [one for one in self._open if one.asks_for(finding, policy)]
        self.findings += bool(asking)
        for one in asking:
            one.findings += 1
            one.owners.update(dict.fromkeys(by.owners))

    def told(self) -> list[dict[str, Any]]:
        """Return the requests by which something that blocks is asked for: the member `requests` of verdict.json."""
        return [
            {
                **{key: one.request[key] for key in ("id", "by", "at")},
                "findings": one.findings,
                "owners": list(one.owners),
            }
            for one in self._open
            if one.findings
        ]


def to_document(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a run keeps of a request, as `requests.read_request` has read it."""
    entries = [{key: one.get(key) for key in _KEPT} for one in (*request["findings"], *request["causes"])]
    return {
        "id": request["request_id"],
        "by": request["requested_by"],
        "at": request["requested_at"],
        "entries": entries,
    }


_KEPT = ("policy_id", "policy_digest", "fingerprint", "cause", "severity", "not_worse_than")


def _entries(kept: Iterable[Mapping[str, Any]]) -> Iterator[tuple[_Key, FindingEntry]]:
    """Give what is asked for, by policy and fingerprint or cause; what could not be signed is left out."""
    for one in kept:
        name, bound = one["fingerprint"] or one["cause"], bounds.number(one["not_worse_than"])
        texts = (one["policy_id"], name, one["policy_digest"])
        if one["severity"] in SEVERITIES and all(isinstance(each, str) for each in texts):
            yield (
                (one["policy_id"], name),
                FindingEntry(
                    policy_id=one["policy_id"],
                    policy_digest=one["policy_digest"],
                    fingerprint=name,
                    url_path="",
                    severity=one["severity"],
                    title="",
                    not_worse_than=bound,
                ),
            )
