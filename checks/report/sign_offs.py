"""The sign-offs in words: who signed, for what reason, how long still, and why a sign-off did not count.

In: verdict.json, findings. Out: titles and sentences as plain strings, not yet escaped for any medium. The same words
in every report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from checks.report.words import clip, count, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.result import Document

SOON: Final = 14
"""Days before the last one from which a sign-off is told first: mending takes longer than signing."""
SHOWN: Final = 20
"""Of each kind; whoever adds a hundred files must not push the findings out of sight."""
OFFERED: Final = 50
NAMED: Final = 3
_LONGEST: Final = 300
_HOLDS: Final = frozenset({"applied", "partly-applied"})
_TITLES: Final = {
    "soon": f"Signed off, and ending within {SOON} days",
    "holds": "Signed off",
    "would-apply": "Sign-offs that would count in CI; on a desk none does",
    "expired": "Sign-offs that have ended",
    "rejected": "Sign-offs that do not count",
    "unused": "Sign-offs that nothing was found for",
}
ASKED: Final = "Asked for, and not signed yet"


HOW_TO_SIGN: Final = "To sign for what blocks, approve the pull request with a review that says this, and why"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a pull-request review can say to sign for what blocks."""

    lines: tuple[str, ...]
    """To be pasted as they are; the reason is left to who signs."""
    left_out: int


def ledger(verdict: Document) -> Iterator[tuple[str, list[str]]]:
    """Yield each kind of sign-off that there is: a title, and a sentence for each."""
    by_kind: dict[str, list[Document]] = {}
    for one in verdict.get("sign_offs") or ():
        by_kind.setdefault(_kind(one), []).append(one)
    for kind, title in _TITLES.items():
        told = sorted(by_kind.get(kind, ()), key=lambda one: (one.get("until") or "", str(one.get("id"))))
        if told:
            more = [f"and {len(told) - SHOWN:,} more"] if len(told) > SHOWN else []
            yield title, [*(sentence(one) for one in told[:SHOWN]), *more]
    if asked := verdict.get("requests") or ():
        more = [f"and {len(asked) - SHOWN:,} more"] if len(asked) > SHOWN else []
        yield ASKED, [*(request(one) for one in asked[:SHOWN]), *more]


def request(one: Document) -> str:
    """Return what is asked for, by whom and of whom; `one` is a member of `requests` of verdict.json."""
    asked = f"{count(int(one['findings']), 'finding')} of {listed(*map(str, one['owners']))}"
    return f"{asked}: {clip(str(one['by']), 100)} asked on {str(one['at'])[:10]} [{clip(str(one['id']), 100)}]"


def waiting(verdict: Document) -> str:
    """Return "waiting for the sign-off of marketing" where that is all that is missing to a GO, else nothing."""
    if not verdict.get("waiting"):
        return ""
    owners = dict.fromkeys(str(owner) for one in verdict.get("requests") or () for owner in one["owners"])
    return f"waiting for the sign-off of {names(list(owners))}"


def sentence(one: Document) -> str:
    """Return what became of a sign-off, as one sentence; `one` is a member of `sign_offs` of verdict.json."""
    by, owners = names(one.get("by") or ()), listed(*map(str, one.get("owners") or ()))
    parts = [
        f"{by or 'nobody who is known'}{f' for {owners}' if owners else ''}{_decided(one)}",
        count(int(one["applied"]), "finding") if one.get("applied") else "",
        _until(one),
        f"{one['outcome']}: {one['why']}" if one.get("why") else _unsaid(str(one.get("outcome"))),
    ]
    reason = f' "{clip(str(one["reason"]), _LONGEST)}"' if one.get("reason") else ""
    kind = f" ({one['reason_code']})" if one.get("reason_code") else ""
    said = "; ".join(clip(part, 2 * _LONGEST) for part in parts if part)
    return f"{said}{kind}{reason} [{clip(str(one.get('where') or one.get('id')), _LONGEST)}]"


def exceptions(verdict: Document) -> str:
    """Return "with 2 exceptions signed by Ana Silva"; empty where nothing is signed off."""
    findings = int((verdict.get("counts") or {}).get("signed_off") or 0)
    signed = findings + len(verdict.get("weakenings_signed") or ())
    return f"with {count(signed, 'exception')} signed {_by(_in_force(verdict))}" if signed else ""


def exceptions_of(verdict: Document, owner: str) -> str:
    """Return the same for what belongs to one owner."""
    own = [one for one in _in_force(verdict) if owner in (one.get("owners") or ())]
    signed = int(((verdict.get("owners") or {}).get(owner) or {}).get("signed_off") or 0)
    return f"with {count(signed, 'exception')} signed {_by(own)}" if signed else ""


def of_finding(finding: Document) -> str:
    """Return "signed off by Ana Silva until 2026-12-01: reason", or that this has ended; empty where nobody signed."""
    told = finding.get("sign_off")
    if not told:
        return ""
    by = names(told.get("by") or ()) or "somebody"
    decided = f", decided by {told['decided_by']}" if told.get("decided_by") else ""
    reason = f"{told.get('until', '')}{decided}: {clip(str(told.get('reason', '')), _LONGEST)}"
    if str(finding.get("state")) == "expired":
        roles = listed(*map(str, told.get("roles") or ()))
        return f"expired override of {roles or finding.get('owner', '')}: signed by {by} until {reason}"
    return f"signed off by {by} until {reason}"


def offer(verdict: Document) -> Offer | None:
    """Return the text by which a review signs for what blocks, or None where there is nothing to sign for."""
    told = verdict.get("offer") or {}
    lines = [str(line) for line in told.get("lines") or ()]
    if not lines:
        return None
    shown = lines[:OFFERED]
    head, foot = ([str(line) for line in told.get(part) or ()] for part in ("head", "foot"))
    return Offer((*head, *shown, *foot), len(lines) - len(shown))


def code(verdict: Document, finding: Document) -> str:
    """Return the code by which a review names a finding, or what it has in common with others; empty without one."""
    codes = (verdict.get("offer") or {}).get("codes") or {}
    cause = str(finding.get("cause", "")).rpartition("\n")[2]
    return str(codes.get(str(finding.get("fingerprint"))) or codes.get(cause) or "")


def names(people: object) -> str:
    """Return the first names of a list and how many there are beside them."""
    known = [str(one) for one in people] if isinstance(people, list | tuple) else []
    rest = len(known) - NAMED
    shown = known[:NAMED] if rest > 0 else known[:-1]
    last = f"{rest} more" if rest > 0 else "".join(known[-1:])
    return " and ".join(part for part in (", ".join(clip(one, 100) for one in shown), clip(last, 100)) if part)


def _kind(one: Document) -> str:
    outcome, left = str(one.get("outcome")), one.get("days_left")
    if outcome in _HOLDS:
        return "soon" if left is not None and int(left) <= SOON else "holds"
    return outcome if outcome in _TITLES else "rejected"


def _decided(one: Document) -> str:
    deciders = names(one.get("decided_by") or ())
    return f", decided by {deciders}" if deciders else ""


def _until(one: Document) -> str:
    if not one.get("until"):
        return ""
    left = one.get("days_left")
    if left is None or str(one.get("outcome")) not in _HOLDS:
        return f"until {one['until']}"
    return f"until {one['until']}, {count(int(left), 'day')} left" if left else f"until {one['until']}, its last day"


def _unsaid(outcome: str) -> str:
    return "" if outcome in {"applied", "unused"} else outcome


def _in_force(verdict: Document) -> list[Document]:
    return [one for one in verdict.get("sign_offs") or () if one.get("applied") and one.get("outcome") in _HOLDS]


def _by(sign_offs: list[Document]) -> str:
    people = list(dict.fromkeys(str(name) for one in sign_offs for name in one.get("by") or ()))
    return f"by {names(people)}" if people else "off"
