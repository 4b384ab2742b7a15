"""Counts, tallies and circumstances -> the document verdict.json.

In: what was counted. Out: the document; each of its sentences comes from reasons.py, and what decides from codes.py.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from checks import errors
from checks.verdict import left_out, review_gate
from checks.verdict.circumstances import LAUNCH, REVIEW
from checks.verdict.codes import CANNOT_TELL, GO, GO_FOR_REVIEW, NO_GO, undecided, verdict, waiting
from checks.verdict.reasons import all_well, notes, reasons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checks.judge.evaluate import Tally
    from checks.verdict.circumstances import Circumstances
    from checks.verdict.counting import Counting


def decide(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> dict[str, Any]:
    """Return the verdict document for everything that was counted."""
    said, code = verdict(counting, tallies, about)
    return {
        "verdict": said,
        "exit_code": errors.EXIT_GO if about.advisory else code,
        "gate": REVIEW if review_gate.reviewed(counting, about) else LAUNCH,
        "reasons": list(reasons(counting, tallies, about))
        or [*review_gate.reasons(counting, about), all_well(counting, tallies, about)],
        "counts": _counts(counting, tallies),
        "owners": {name: _owner(name, counting, tallies, about) for name in _owners(counting, tallies, about)},
        "policies": [_policy(tally) for tally in tallies],
        "notes": list(notes(counting, tallies, about)),
        "site": about.site,
        "origin_known": about.origin_known,
        "build_digest": about.build_digest,
        "advisory": about.advisory,
        "at_risk": {name: round(value) for name, value in counting.at_risk.items()},
        "escalating": counting.escalating.told(),
        "while_here": [dict(one) for one in about.while_here],
        "weakened": about.weakened,
        "weakenings": [dict(one) for one in about.weakenings],
        "weakenings_signed": [dict(one) for one in about.weakenings_signed],
        "rules_preview": [dict(one) for one in about.rules_preview],
        "workflows": [dict(one) for one in about.workflows],
        "sign_offs": [dict(one) for one in about.sign_offs],
        "requests": [dict(one) for one in about.requests],
        "waiting": waiting(counting, tallies, about),
        "offer": dict(about.offer),
        "compared": dict(about.compared) if about.compared else None,
        "reuse": {**about.reuse, "why": [dict(one) for one in about.reuse["why"]]},
    }


def _counts(counting: Counting, tallies: Sequence[Tally]) -> dict[str, int]:
    coverage = ("pages", "measured", "represented", "failed", "excluded")
    findings = ("findings", "blocking", "errors", "warnings", "infos", "proposed", "new", "existing")
    return {
        **{name: counting.totals[name] for name in (*coverage, *findings)},
        "left_out": counting.totals["left-out"],
        "signed_off": counting.totals["signed-off"],
        "expired": counting.totals["expired"],
        "causes": len(counting.causes),
        "policies": len(tallies),
        "cannot_tell": sum(1 for tally in tallies if tally.cannot_tell),
    }


def _owners(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> list[str]:
    others = {*counting.by_owner, *counting.failed_by_owner, *(tally.policy.owner for tally in tallies)}
    return [*about.owners, *sorted(others - set(about.owners))]


def _owner(name: str, counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> dict[str, Any]:
    """Return what one owner says. Nobody says GO for pages that were not measured, except who has no policy at all."""
    own = [tally for tally in tallies if tally.policy.owner == name]
    counts = counting.by_owner.get(name, Counter())
    lacking = len(undecided(own))
    gaps = counting.totals["failed"] or not counting.totals["measured"] or left_out.is_partial(counting, about)
    go = GO_FOR_REVIEW if review_gate.reviewed(counting, about) else GO
    otherwise = CANNOT_TELL if lacking or counting.failed_by_owner[name] or (own and gaps) else go
    return {
        "verdict": NO_GO if counts["blocking"] else otherwise,
        **{key: counts[key] for key in ("blocking", "warnings", "infos", "existing")},
        "signed_off": counts["signed-off"] + sum(1 for one in about.weakenings_signed if one["owner"] == name),
        "cannot_tell": lacking,
    }


def _policy(tally: Tally) -> dict[str, Any]:
    policy = tally.policy
    return {
        "id": policy.id,
        "title": policy.title,
        "severity": policy.severity,
        "owner": policy.owner,
        "set": list(policy.sets),
        "proposed": policy.proposed,
        "applied": tally.applied,
        "passed": tally.passed,
        "failed": tally.failed,
        "inapplicable": tally.inapplicable,
        "cannot_tell": tally.cannot_tell,
        "represented": tally.represented,
        "why": f"not measured: {', '.join(sorted(tally.lacked))}" if tally.lacked else "",
    }
