"""What of a run can be signed for: what blocks, put together by its cause, with the entry that a statement gets for it.

In: the findings, policies and weakenings of a run, and what somebody wants of them. Out: frozen `Choice`s. Pure.
What blocks is held, for a cause is signed with the list of all its pages; the other findings go by.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from checks.judge import override
from checks.report.escape import visible
from checks.report.words import clip, prefix
from checks.signing import bounds
from checks.signoff.bounds import number
from checks.signoff.pages import pages_to_bytes
from checks.signoff.statement import NO_POLICY, weakening_fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from checks.judge.override import Override
    from checks.judge.policy import Policy

Document = dict[str, Any]
FINDING: Final = "findings"
CAUSE: Final = "causes"
WEAKENING: Final = "weakenings"
MOST: Final = {FINDING: 50, CAUSE: 10, WEAKENING: 50}
"""Member of a statement -> how many entries it may have."""
LONGEST_TITLE: Final = 500
_UNJUDGED: Final = ("coverage",)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to sign for; what is empty asks nothing."""

    owner: str = ""
    policy: str = ""
    page: str = ""
    finding: str = ""
    """The beginning of a fingerprint."""
    cause: str = ""
    """The beginning of a cause."""
    weakenings: bool = False
    """Whether only weakenings are wanted."""

    @property
    def singly(self) -> bool:
        """Whether findings are wanted one by one, and not with everything that has the same cause."""
        return bool(self.page or self.finding)

    def takes(self, finding: Mapping[str, Any]) -> bool:
        """Return whether a finding is wanted."""
        return (
            not self.weakenings
            and self.owner in {"", finding["owner"]}
            and self.policy in {"", finding["policy"]}
            and self.page in {"", finding.get("page")}
            and _begins(finding["fingerprint"], self.finding)
            and _begins(finding["cause"], self.cause)
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be signed for."""

    kind: str
    """FINDING, CAUSE or WEAKENING: the member of a statement that it goes into."""
    entry: Document
    """What a statement says of it."""
    by: Override
    """Who must sign."""
    refused: str
    """Why nobody can sign for it; empty where somebody can."""
    shown: Document = field(repr=False)
    """The first finding, or the weakening: what people are told."""
    pages: tuple[str, ...] = ()
    """Of a cause: all its pages, sorted."""

    @property
    def owners(self) -> tuple[str, ...]:
        """Everybody of whom a signature may count."""
        return self.by.owners

    @property
    def name(self) -> str:
        """What tells it from every other: a fingerprint, or a cause."""
        return str(self.entry["cause" if self.kind == CAUSE else "fingerprint"])


def choices(
    findings: Iterable[Document],
    policies: Mapping[str, Policy],
    weakenings: Iterable[Mapping[str, str]] = (),
    wanted: Wanted | None = None,
    *,
    singly: bool = False,
) -> tuple[Choice, ...]:
    """Return everything that is wanted of what blocks: weakenings first, then causes, what is on most pages first.

    `singly` gives each finding for itself, not with all those that have the same cause.
    """
    asked = wanted or Wanted()
    alone = singly or asked.singly
    groups: dict[tuple[str, ...], list[Document]] = {}
    for finding in findings:
        if blocks(finding) and asked.takes(finding):
            groups.setdefault(_key(finding, singly=alone), []).append(finding)
    sorted_groups = sorted(groups.values(), key=lambda group: -len(group))
    own = [_weakening(one) for one in weakenings if _takes_weakening(asked, one)]
    return (*own, *(choice for group in sorted_groups for choice in _choices(group, policies)))


def blocks(finding: Mapping[str, Any]) -> bool:
    """Return whether a finding keeps a run from GO: it blocks, or says that something was not measured."""
    return bool(finding["blocking"]) or (finding["reads"] in _UNJUDGED and finding["state"] != "signed-off")


def _begins(name: str, wanted: str) -> bool:
    return name.rpartition(":")[2].startswith(wanted.rpartition(":")[2])


def _key(finding: Document, *, singly: bool) -> tuple[str, ...]:
    """Return what findings that are signed as one have in common: gaps and faults of the site stand for themselves."""
    alone = singly or finding.get("page") is None or finding["reads"] in _UNJUDGED
    own = finding["fingerprint"] if alone else ""
    return finding["policy"], finding["cause"], finding["owner"], finding["severity"], own


def _choices(group: list[Document], policies: Mapping[str, Policy]) -> Iterator[Choice]:
    """Give the group as one; or one by one, where one bound can't hold for all of them."""
    policy = policies.get(group[0]["policy"])
    as_one = len(group) > 1 and len({bounds.direction(one) for one in group}) == 1
    if as_one:
        yield _cause(group, policy)
    else:
        yield from (_finding(one, policy) for one in group)


def _finding(finding: Document, policy: Policy | None) -> Choice:
    entry = {
        **_common(finding, policy, [finding]),
        "fingerprint": finding["fingerprint"],
        "url_path": finding.get("page") or "",
    }
    if (value := number(finding.get("value"))) is not None:
        entry["measured"] = value
    return Choice(FINDING, entry, _by(finding, policy), _refused(finding, policy), finding)


def _cause(group: list[Document], policy: Policy | None) -> Choice:
    first = group[0]
    pages = tuple(sorted({one["page"] for one in group}))
    entry = {
        **_common(first, policy, group),
        "cause": first["cause"],
        "pages": len(pages),
        "pages_digest": hashlib.sha256(pages_to_bytes(pages)).hexdigest(),
    }
    return Choice(CAUSE, entry, _by(first, policy), _refused(first, policy), first, pages)


def _common(finding: Document, policy: Policy | None, group: list[Document]) -> Document:
    bound = bounds.worst(group)
    return {
        "policy_id": finding["policy"],
        "policy_digest": policy.digest if policy else NO_POLICY,
        "severity": finding["severity"],
        "title": _title(finding["title"]),
        **({} if bound is None else {"not_worse_than": bound}),
    }


def _by(finding: Document, policy: Policy | None) -> Override:
    return (policy.override if policy else None) or override.of_owner(finding["owner"])


def _refused(finding: Document, policy: Policy | None) -> str:
    if _by(finding, policy).never and policy is not None:
        return f"nobody can sign for {policy.id}: the policy says never"
    if policy is None and finding["reads"] not in _UNJUDGED:
        return f"the policy {finding['policy']} is not in force any more"
    return ""


def _weakening(one: Mapping[str, str]) -> Choice:
    fingerprint = weakening_fingerprint(one["kind"], one["file"], one["what"], one["before"], one["after"])
    entry = {"fingerprint": fingerprint, "owner": one["owner"], "title": _title(one["said"])}
    return Choice(WEAKENING, entry, override.of_owner(one["owner"]), "", dict(one))


def _title(text: str) -> str:
    """Return a title as a statement may hold it: without characters that can't be seen."""
    return clip(visible(text), LONGEST_TITLE) or "-"


def _takes_weakening(wanted: Wanted, one: Mapping[str, str]) -> bool:
    if wanted.policy or wanted.page or wanted.finding or wanted.cause:
        return False
    return wanted.owner in {"", one["owner"]}


def code(choice: Choice) -> str:
    """Return the part of its name that a person types."""
    return prefix(choice.name)
