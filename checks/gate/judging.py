"""Facts -> findings -> verdict: each finding passes by what was adopted, what was there before, and who signed.

In: a run folder with facts and rules. Out: findings.jsonl, fixed.jsonl, sources.jsonl, verdict.json, course.json.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from checks import course, exceptions, kept_facts, rules_change, run_folder, verdict
from checks.against import telling
from checks.gate.findings import findings_of
from checks.judge import age, policies
from checks.judge.evaluate import Judge
from checks.judge.gaps import gap
from checks.known import Known
from checks.located import Located
from checks.settings import Settings, from_document
from checks.signoff import adopted
from checks.signoff.asked import Asked
from checks.signoff.roles import required
from checks.while_here import WhileHere

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.gate.asked import Document
    from checks.judge.finding import Finding
    from checks.run_folder import RunFolder
    from checks.sources.repository import Repository


def judge(run: RunFolder, *, advisory: bool, strict: bool = False, sources: Repository | None = None) -> Document:
    """Judge the facts in `run`, write findings.jsonl, sources.jsonl and verdict.json, and return the verdict.

    By the rules that the run holds; the day that decides what has ended is the run's own. `sources` is the repository
    that the site is made from; `strict` lets expired and unused sign-offs fail the run. Raises CannotMeasureError for
    facts that are not of their shape, or not all there; then no verdict is left, not even an older one.
    """
    run.file(run_folder.VERDICT).unlink(missing_ok=True)
    about = run.read(run_folder.RUN)
    settings = from_document(about["settings"])
    in_force = tuple(
        replace(policy, fail_on=settings.fail_on)
        for policy in policies.from_documents(run.read(run_folder.POLICIES))
        if policy.reads != "change" or about.get("baseline")
    )
    change = run.read_or(run_folder.RULES_CHANGE, rules_change.NONE)
    preview = rules_change.Preview(change)
    judging, counting = Judge(in_force), verdict.Counting()
    by_id, debt = {policy.id: policy for policy in in_force}, _debt(run)
    signed = run.read_or(run_folder.SIGN_OFFS, exceptions.NONE)
    signing = exceptions.applying(signed, by_id, settings.today)
    asking = Asked(signed["requests"])
    gaps: set[str] = set()
    """What the findings of gaps that somebody signed for are about."""
    located = Located(run, replace(settings, site=about["site"]), sources)
    while_here = WhileHere(change.get("files", ()))
    known = Known(run, in_force, lambda found: _owned(found, settings))

    def findings() -> Iterator[Document]:
        for document, found in findings_of(run, judging, preview):
            policy = by_id.get(found.policy)
            own = _owned(found, settings)
            existing = known.finding(adopted.apply(known.placed(own), debt))
            finding = age.counted(existing, policy, settings.today)
            if settings.gate == "all" and finding.state == "existing":
                finding = replace(finding, blocking=finding.blocking or own.blocking)
            finding = signing.finding(finding, policy)
            asking.look(finding, policy, required(finding, policy))
            if finding.reads == "coverage" and finding.state == "signed-off":
                gaps.add(finding.fingerprint)
            counting.finding(finding)
            told = finding.to_document()
            while_here.look(told, located.look(told, document))
            yield told

    try:
        run.write_lines(run_folder.FINDINGS, findings())
        fixed = run.write_lines(run_folder.FIXED, known.fixed(judging.tallies))
    finally:
        located.close()
        known.close()
    run.write_lines(run_folder.SOURCES, located.lines)
    for line in kept_facts.coverage(run):
        # A gap that somebody answers for is left out knowingly, as one that the config excludes.
        signed_for = gap(line).fingerprint in gaps if gaps else False
        counting.coverage({**line, "state": "excluded"} if signed_for else line)
    accepted = tuple(one for one in change["weakenings"] if signing.weakening(one))
    said = verdict.decide(
        counting,
        judging.tallies,
        verdict.Circumstances(
            site=about["site"],
            origin_known=about["origin_known"],
            build_digest=about["build_digest"],
            owners=settings.owners,
            compared=telling.told(run, fixed),
            advisory=advisory,
            weakenings=tuple(one for one in change["weakenings"] if one not in accepted),
            weakenings_signed=accepted,
            merged=change["merged"],
            rules_preview=tuple(preview.told()),
            workflows=tuple(change.get("workflows", ())),
            sign_offs=tuple(signing.told()),
            requests=tuple(asking.told()),
            asked=asking.findings,
            while_here=tuple(while_here.told()),
            strict=strict,
            offer=signed["offer"],
            notes=(*about["notes"], *telling.notes(run), *known.notes(), *_trust_note(about)),
            reuse=about.get("reuse", verdict.NOTHING_REUSED),
            gate=about.get("gate", verdict.LAUNCH),
            rendered=about["browser"] is not None,
        ),
    )
    run.write(run_folder.VERDICT, said)
    before = run.baseline.read_or(run_folder.COURSE, {"points": []})["points"]
    run.write(run_folder.COURSE, course.to_document(before, course.of_run(run), in_force))
    return said


def _owned(finding: Finding, settings: Settings) -> Finding:
    """Return `finding` as one of whom its page belongs to, where the settings give the page to somebody."""
    owner = settings.owner_of(finding.page) if finding.page else None
    return replace(finding, owner=owner) if owner else finding


def _trust_note(about: Document) -> list[str]:
    """Return what has to be said of the rules; on a desk, that its own decide goes without saying."""
    trust = about.get("trust")
    return [trust["said"]] if trust and trust["root"] != "working-tree" else []


def _debt(run: RunFolder) -> Mapping[str, adopted.Adopted]:
    kept = run.read(run_folder.ADOPTED)["findings"]
    return {
        one["fingerprint"]: adopted.Adopted(**{**one, "adopted": dt.date.fromisoformat(one["adopted"])}) for one in kept
    }
