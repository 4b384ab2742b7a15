"""Facts -> findings -> verdict. What each finding passes by on its way is in passing.py.

In: a run folder with facts and rules. Out: findings.jsonl, outlines.jsonl, fixed.jsonl, sources.jsonl, verdict.json,
course.json.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checks import course, exceptions, kept_facts, rules_change, run_folder, verdict
from checks.against import telling
from checks.gate.findings import findings_of
from checks.gate.judgements import Judgements
from checks.gate.passing import Passing
from checks.judge import policies
from checks.judge.evaluate import Judge
from checks.settings import from_document
from checks.signoff.verified import UNUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.cache.store import Store
    from checks.gate.asked import Document
    from checks.judge.policy import Policy
    from checks.run_folder import RunFolder
    from checks.settings import Settings
    from checks.sources.repository import Repository


def judge(
    run: RunFolder,
    *,
    advisory: bool,
    strict: bool = False,
    sources: Repository | None = None,
    store: Store | None = None,
) -> Document:
    """Judge the facts in `run`, write findings.jsonl, sources.jsonl and verdict.json, and return the verdict.

    By the rules that the run holds; the day that decides what has ended is the run's own. `sources` is the repository
    that the site is made from; `strict` lets expired and unused sign-offs fail the run; `store` keeps what policies
    said of documents. Raises CannotMeasureError for facts that are not of their shape, or not all there; then no
    verdict is left, not even an older one.
    """
    run.file(run_folder.VERDICT).unlink(missing_ok=True)
    settings = from_document(run.read(run_folder.RUN)["settings"])
    in_force = tuple(_in_force(run, settings))
    change = run.read_or(run_folder.RULES_CHANGE, rules_change.NONE)
    preview, judging = rules_change.Preview(change), Judge(in_force)
    with Passing(run, settings, in_force, change.get("files", ()), sources) as passing:
        kept = Judgements.by(store, in_force) if store is not None else None
        with run.writer(run_folder.OUTLINES) as outline:
            found = findings_of(run, judging, preview, outline, kept)
            run.write_lines(run_folder.FINDINGS, (passing.told(document, finding) for document, finding in found))
        fixed = run.write_lines(run_folder.FIXED, passing.known.fixed(judging.tallies))
    run.write_lines(run_folder.SOURCES, passing.located.lines)
    passing.count(kept_facts.coverage(run))
    # First the rules: a sign-off of a weakening is used by that, and told as such.
    rules = _rules(change, preview, passing)
    about = replace(_circumstances(run, settings, passing), advisory=advisory, strict=strict, **rules)
    about = replace(about, compared=telling.told(run, fixed))
    said = verdict.decide(passing.counting, judging.tallies, about)
    run.write(run_folder.VERDICT, said)
    before = run.baseline.read_or(run_folder.COURSE, {"points": []})["points"]
    run.write(run_folder.COURSE, course.to_document(before, course.of_run(run), in_force))
    return said


def _in_force(run: RunFolder, settings: Settings) -> Iterator[Policy]:
    """Give the policies that judge; those about changes only where there is something to compare with."""
    compared = run.read(run_folder.RUN).get("baseline")
    for policy in policies.from_documents(run.read(run_folder.POLICIES)):
        if policy.reads != "change" or compared:
            yield replace(policy, fail_on=settings.fail_on)


def _circumstances(run: RunFolder, settings: Settings, passing: Passing) -> verdict.Circumstances:
    """Return what the verdict must know of the run and of who signed."""
    about = run.read(run_folder.RUN)
    return verdict.Circumstances(
        site=about["site"],
        origin_known=about["origin_known"],
        build_digest=about["build_digest"],
        owners=settings.owners,
        sign_offs=tuple(_sign_offs(passing, about)),
        requests=tuple(passing.asking.told()),
        asked=passing.asking.findings,
        while_here=tuple(passing.while_here.told()),
        offer=run.read_or(run_folder.SIGN_OFFS, exceptions.NONE)["offer"],
        notes=(*about["notes"], *telling.notes(run), *passing.known.notes(), *_trust_note(about)),
        reuse=about.get("reuse", verdict.NOTHING_REUSED),
        gate=about.get("gate", verdict.LAUNCH),
        only=tuple(about.get("only", ())),
        rendered=about["browser"] is not None,
    )


def _sign_offs(passing: Passing, about: Document) -> Iterator[Document]:
    """Give what became of each sign-off; of one that found nothing among some pages, that nobody looked further."""
    for told in passing.signing.told():
        idle = told["outcome"] == UNUSED and about.get("only")
        yield {**told, "why": "nothing was found that it is about, in the pages that were judged"} if idle else told


def _rules(change: Document, preview: rules_change.Preview, passing: Passing) -> Document:
    """Return what the verdict must know of what the change does to its own rules."""
    accepted = tuple(one for one in change["weakenings"] if passing.signing.weakening(one))
    return {
        "weakenings": tuple(one for one in change["weakenings"] if one not in accepted),
        "weakenings_signed": accepted,
        "merged": change["merged"],
        "rules_preview": tuple(preview.told()),
        "workflows": tuple(change.get("workflows", ())),
    }


def _trust_note(about: Document) -> list[str]:
    """Return what has to be said of the rules; on a desk, that its own decide goes without saying."""
    trust = about.get("trust")
    return [trust["said"]] if trust and trust["root"] != "working-tree" else []
