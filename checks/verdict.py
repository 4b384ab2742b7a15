"""Findings, outcomes and coverage -> GO, NO-GO or CANNOT TELL, the exit code, the poll and the reasons.

In: the ledger's lines and the findings one at a time, and the tallies of the policies. Out: the document verdict.json.
Nothing is held of a finding but its counts and its cause.

What decides, in this order: a change that weakens its own rules, a blocking finding (NO-GO); nothing measured, an
address that was not measured, an error policy that could not be judged (CANNOT TELL); else GO, or GO FOR REVIEW where
the review gate rendered some pages for all: that is no GO for a deploy.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from checks import errors
from checks.judge.finding import Finding, clipped
from checks.judge.gaps import BASELINE, LAB, OWNER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from checks.judge.evaluate import Tally

GO: Final = "GO"
NO_GO: Final = "NO-GO"
CANNOT_TELL: Final = "CANNOT TELL"
GO_FOR_REVIEW: Final = "GO FOR REVIEW"
LAUNCH: Final = "launch"
REVIEW: Final = "review"

PRECEDENCE: Final = (
    errors.EXIT_OUR_ERROR,
    errors.EXIT_WRONG_USE,
    errors.EXIT_WEAKENED,
    errors.EXIT_NO_GO,
    errors.EXIT_CANNOT_TELL,
    errors.EXIT_REVIEWED,
    errors.EXIT_GO,
)
"""Of several exit codes, the one that stands first here is told."""
NAMED: Final = 3
"""How many of a kind a sentence names before it says how many more there are."""
NOT_COMPARED: Final = "not compared with what is live"

NOTHING_REUSED: Final[Mapping[str, Any]] = {"reused": 0, "measured": 0, "why": ()}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the verdict must know of the run beside its findings."""

    site: str
    """The production origin."""
    origin_known: bool
    build_digest: str | None
    """None where the preview is an address."""
    owners: tuple[str, ...]
    """The owners of the config; each is asked, even without findings."""
    compared: Mapping[str, Any] | None = None
    """With what the preview was compared, and what came of it, as verdict.json holds it; None: with nothing."""
    advisory: bool = False
    weakenings: tuple[Mapping[str, str], ...] = ()
    """In what the change weakens its own rules, as verdict.json holds it."""
    weakenings_signed: tuple[Mapping[str, str], ...] = ()
    """Those that their owners have signed for, likewise."""
    merged: bool = False
    """Whether that change is merged already: then this is told to the owners, and blocks nothing."""
    rules_preview: tuple[Mapping[str, Any], ...] = ()
    """What the rules that the change wants would find, likewise."""
    workflows: tuple[Mapping[str, str], ...] = ()
    """Files that say how this very change is checked, where it alters them, likewise."""
    sign_offs: tuple[Mapping[str, Any], ...] = ()
    """What became of each sign-off, as verdict.json holds it."""
    requests: tuple[Mapping[str, Any], ...] = ()
    """Who asks for a sign-off of what blocks, likewise."""
    asked: int = 0
    """How many of the findings that block are asked for."""
    strict: bool = False
    """Whether sign-offs that are expired or unused fail the run."""
    offer: Mapping[str, Any] = field(default_factory=dict)
    """The text by which a review signs, likewise."""
    notes: tuple[str, ...] = ()
    reuse: Mapping[str, Any] = field(default_factory=lambda: NOTHING_REUSED)
    """How many pages an earlier run had measured, and why others were measured, as verdict.json holds it."""
    gate: str = LAUNCH
    """`launch`, or `review`: then some pages may have been rendered for all."""

    @property
    def weakened(self) -> bool:
        """Whether the owners must sign before this may be merged."""
        return bool(self.weakenings) and not self.merged


@dataclass(slots=True)
class Counting:
    """Counts findings and coverage as they go by."""

    totals: Counter[str] = field(default_factory=Counter)
    by_owner: dict[str, Counter[str]] = field(default_factory=dict)
    blocking: dict[str, Counter[str]] = field(default_factory=dict)
    """Owner -> policy -> blocking findings."""
    causes: set[int] = field(default_factory=set)
    failed: dict[str, list[str]] = field(default_factory=dict)
    """Owner -> the first addresses that were not measured, each with why."""
    failed_by_owner: Counter[str] = field(default_factory=Counter)
    at_risk: dict[str, float] = field(default_factory=lambda: {"clicks": 0.0, "conversions": 0.0, "pages": 0})
    """What blocking findings put at risk in a month, each page or lost address counted once."""
    weighed: set[int] = field(default_factory=set)

    def finding(self, finding: Finding) -> None:
        """Count one finding, in the state that sign-offs and adoption left it in."""
        kind = "proposed" if finding.proposed else f"{finding.severity}s"
        counted = ["findings", kind, finding.state, *(["blocking"] if finding.blocking else [])]
        self.totals.update(counted)
        self.by_owner.setdefault(finding.owner, Counter()).update(counted)
        self.causes.add(int(finding.cause.removeprefix("c1:"), 16))
        if finding.blocking:
            self.blocking.setdefault(finding.owner, Counter())[finding.policy] += 1
            self._weigh(finding)

    def _weigh(self, finding: Finding) -> None:
        worth, of = finding.worth or {}, hash(finding.page or finding.what)
        if any(worth.values()) and of not in self.weighed:
            self.weighed.add(of)
            self.at_risk["pages"] += 1
            for name, value in worth.items():
                self.at_risk[name] += value

    def coverage(self, line: Mapping[str, Any]) -> None:
        """Count one line of the coverage ledger: every page, and every other address that failed."""
        if line["state"] == "failed":
            owner = line.get("owner", OWNER)
            self.failed_by_owner[owner] += 1
            named = self.failed.setdefault(owner, [])
            if len(named) < NAMED:
                lab = " (Lighthouse)" if line["kind"] == LAB else ""
                path = "" if line["kind"] == BASELINE else f"{clipped(line['path'])}{lab} "
                named.append(f"{path}{clipped(line['why']) or 'failed'}")
        elif line["kind"] != "page":
            return
        self.totals.update(["pages", line["state"]])


def reviewed(counting: Counting, about: Circumstances) -> bool:
    """Return whether this is no GO for a deploy; a page that was not rendered tells it, whatever the run says."""
    return about.gate != LAUNCH or bool(counting.totals["represented"])


def first_of(codes: Iterable[int]) -> int:
    """Return the exit code that is told where several apply."""
    return min(codes, key=PRECEDENCE.index)


def decide(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> dict[str, Any]:
    """Return the verdict document for everything that was counted."""
    verdict, code = _verdict(counting, tallies, about)
    return {
        "verdict": verdict,
        "exit_code": errors.EXIT_GO if about.advisory else code,
        "gate": REVIEW if reviewed(counting, about) else LAUNCH,
        "reasons": list(_reasons(counting, tallies, about))
        or [*_go_for_review(counting, about), _all_well(counting, tallies)],
        "counts": _counts(counting, tallies),
        "owners": {name: _owner(name, counting, tallies, about) for name in _owners(counting, tallies, about)},
        "policies": [_policy(tally) for tally in tallies],
        "notes": [
            *([] if about.compared else [NOT_COMPARED]),
            *_gate(counting, about),
            *about.notes,
            *_merged(about),
            *_idle(tallies),
        ],
        "site": about.site,
        "origin_known": about.origin_known,
        "build_digest": about.build_digest,
        "advisory": about.advisory,
        "at_risk": {name: round(value) for name, value in counting.at_risk.items()},
        "weakened": about.weakened,
        "weakenings": [dict(one) for one in about.weakenings],
        "weakenings_signed": [dict(one) for one in about.weakenings_signed],
        "rules_preview": [dict(one) for one in about.rules_preview],
        "workflows": [dict(one) for one in about.workflows],
        "sign_offs": [dict(one) for one in about.sign_offs],
        "requests": [dict(one) for one in about.requests],
        "waiting": _waiting(counting, tallies, about),
        "offer": dict(about.offer),
        "compared": dict(about.compared) if about.compared else None,
        "reuse": {**about.reuse, "why": [dict(one) for one in about.reuse["why"]]},
    }


def _verdict(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> tuple[str, int]:
    code = first_of(_codes(counting, tallies, about))
    named = {errors.EXIT_GO: GO, errors.EXIT_REVIEWED: GO_FOR_REVIEW, errors.EXIT_CANNOT_TELL: CANNOT_TELL}
    return named.get(code, NO_GO), code


def _waiting(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> bool:
    """Return whether signatures that somebody has asked for are all that is missing to a GO."""
    others = set(_codes(counting, tallies, about)) - {errors.EXIT_GO, errors.EXIT_REVIEWED, errors.EXIT_NO_GO}
    return 0 < counting.totals["blocking"] == about.asked and not others and not _idle_sign_offs(about)


def _codes(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> list[int]:
    """Return every exit code that applies."""
    codes = [errors.EXIT_REVIEWED if reviewed(counting, about) else errors.EXIT_GO]
    if about.weakened:
        codes.append(errors.EXIT_WEAKENED)
    if counting.totals["blocking"] or _idle_sign_offs(about):
        codes.append(errors.EXIT_NO_GO)
    if not counting.totals["measured"] or counting.totals["failed"] or _undecided(tallies):
        codes.append(errors.EXIT_CANNOT_TELL)
    return codes


def _undecided(tallies: Sequence[Tally]) -> list[Tally]:
    """Return the error policies that could not be judged on some document.

    A page that others stand for leaves a policy open where it applies to none of them.
    """
    return [one for one in tallies if one.policy.blocks and (one.cannot_tell or (one.unanswered and not one.applied))]


def _reasons(counting: Counting, tallies: Sequence[Tally], about: Circumstances) -> Iterator[str]:
    if about.weakened:
        yield f"The change weakens its own rules without the owners' sign-off: {_weakenings(about)}."
    for owner, policies in sorted(counting.blocking.items(), key=lambda each: (-each[1].total(), each[0])):
        many = policies.total()
        names = [f"{name} ({count})" for name, count in sorted(policies.items(), key=lambda each: (-each[1], each[0]))]
        yield f"{owner}: {_many(many, 'finding')} {'blocks' if many == 1 else 'block'} the launch: {_some(names)}."
    if at_risk := _at_risk(counting):
        yield at_risk
    if idle := _idle_sign_offs(about):
        yield f"{_many(len(idle), 'sign-off')} expired or unused, which `--strict-waivers` forbids: {_some(idle)}."
    if not counting.totals["measured"] and not counting.totals["failed"]:
        excluded = counting.totals["excluded"]
        beside = f" beside {excluded} that the config excludes" if excluded else ""
        yield f"No page was found{beside}; {OWNER}: is this the folder that the build writes?"
    for owner, count in sorted(counting.failed_by_owner.items()):
        yield f"{_many(count, 'page')} not measured; {owner}: {_some(counting.failed[owner], count)}."
    for tally in _undecided(tallies):
        policy, lacked = tally.policy, _some([f"`{name}`" for name in sorted(tally.lacked)])
        if not tally.cannot_tell:
            yield (
                f"{policy.owner}: {policy.id} applies to {_many(tally.unanswered, 'page')} of which none was rendered; "
                "name one of them in `key_pages`."
            )
            continue
        yield f"{policy.owner}: {policy.id} could not be judged on {_many(tally.cannot_tell, 'document')}: no {lacked}."


def _at_risk(counting: Counting) -> str:
    """Return what the findings that block put at risk; nothing where nobody said what pages are worth."""
    kinds = (("clicks", "click"), ("conversions", "conversion"))
    said = [
        f"{number:,} {noun if number == 1 else noun + 's'}"
        for name, noun in kinds
        if (number := round(counting.at_risk[name]))
    ]
    pages = int(counting.at_risk["pages"])
    return f"{' and '.join(said)} a month at risk, on {_many(pages, 'address', 'addresses')}." if said else ""


def _idle_sign_offs(about: Circumstances) -> list[str]:
    return [one["id"] for one in about.sign_offs if about.strict and one["outcome"] in {"expired", "unused"}]


def _weakenings(about: Circumstances) -> str:
    return _some([one["said"].removesuffix(".") for one in about.weakenings])


def _merged(about: Circumstances) -> Iterator[str]:
    if about.merged and about.weakenings:
        owners = ", ".join(sorted({one["owner"] for one in about.weakenings}))
        yield f"what was merged last weakened the rules ({owners}): {_weakenings(about)}"


def _go_for_review(counting: Counting, about: Circumstances) -> Iterator[str]:
    if reviewed(counting, about):
        said = _read_only(counting)
        yield f"{said[0].upper()}{said[1:]}. Only the launch gate says GO to a deploy."


def _gate(counting: Counting, about: Circumstances) -> Iterator[str]:
    if reviewed(counting, about):
        yield f"review gate: {_read_only(counting)}"


def _read_only(counting: Counting) -> str:
    pages, represented = counting.totals["pages"], counting.totals["represented"]
    if not represented:
        return f"all {_many(pages, 'page')} were rendered"
    was = "was" if represented == 1 else "were"
    return (
        f"{represented:,} of {_many(pages, 'page')} {was} read, not rendered; pages of the same template stand for them"
    )


def _all_well(counting: Counting, tallies: Sequence[Tally]) -> str:
    passed = sum(1 for tally in tallies if tally.applied and not tally.failed)
    measured = _many(counting.totals["measured"], "page")
    what = "What was rendered was measured" if counting.totals["represented"] else "All of it was measured"
    said = f"{what} ({measured}), nothing blocks, and {_many(passed, 'policy', 'policies')} passed"
    warnings = counting.totals["warnings"]
    return f"{said}; {_many(warnings, 'warning')} to look at." if warnings else f"{said}."


def _counts(counting: Counting, tallies: Sequence[Tally]) -> dict[str, int]:
    coverage = ("pages", "measured", "represented", "failed", "excluded")
    findings = ("findings", "blocking", "errors", "warnings", "infos", "proposed", "new", "existing")
    return {
        **{name: counting.totals[name] for name in (*coverage, *findings)},
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
    undecided = len(_undecided(own))
    gaps = counting.totals["failed"] or not counting.totals["measured"]
    go = GO_FOR_REVIEW if reviewed(counting, about) else GO
    verdict = CANNOT_TELL if undecided or counting.failed_by_owner[name] or (own and gaps) else go
    return {
        "verdict": NO_GO if counts["blocking"] else verdict,
        **{key: counts[key] for key in ("blocking", "warnings", "infos", "existing")},
        "signed_off": counts["signed-off"] + sum(1 for one in about.weakenings_signed if one["owner"] == name),
        "cannot_tell": undecided,
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


def _idle(tallies: Sequence[Tally]) -> Iterator[str]:
    names = [one.policy.id for one in tallies if not (one.applied or one.cannot_tell or one.unanswered)]
    if names:
        yield f"{_many(len(names), 'policy', 'policies')} applied to nothing: {', '.join(names)}"


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"


def _some(names: Sequence[str], count: int = 0) -> str:
    """Return the first of `names`, and how many more there are (of `count`, where not all were kept)."""
    rest = (count or len(names)) - min(len(names), NAMED)
    return ", ".join(names[:NAMED]) + (f", and {rest} more" if rest > 0 else "")
