"""The whole way, top to bottom: preview -> facts -> findings -> verdict -> reports. The file to read first.

In: rules and a folder. Out: the run folder, filled, and the verdict document. Each stage reads what the one before
has written, so that each can be run alone and a verdict can be reached again offline.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
import platform
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from checks import (
    __version__,
    against,
    course,
    exceptions,
    kept_facts,
    merging,
    reviewing,
    rules_change,
    run_folder,
    verdict,
)
from checks.baseline import kinds
from checks.baseline.launch import Launch
from checks.judge import age, policies
from checks.judge.evaluate import Judge
from checks.judge.gaps import coverage_findings, gap
from checks.judge.worth import worth_of
from checks.known import Known
from checks.located import Located
from checks.settings import Settings, from_document
from checks.signoff import adopted
from checks.signoff.asked import Asked
from checks.signoff.roles import required
from checks.trust import exports
from checks.trust.review import Review
from checks.while_here import WhileHere

if TYPE_CHECKING:
    from pathlib import Path

    from checks.collect.browser import Browser
    from checks.collect.cluster.driver import Cluster
    from checks.judge.finding import Finding
    from checks.judge.policy import Policy
    from checks.run_folder import RunFolder
    from checks.sharding import Shard
    from checks.sources.repository import Repository
    from checks.trust.rules import Rules

Progress = Callable[[int, int], None]
Document = dict[str, Any]
_UNTOLD = Launch()


@dataclass(frozen=True, slots=True)
class Invocation:
    """Who asked for the run and when: the moment is taken once, so that a run has one idea of now."""

    command: str
    started: dt.datetime
    cache: Path | None = None
    """Where measurements are kept between runs; None: the usual place."""
    no_cache: bool = False
    gate: str = verdict.LAUNCH
    launch: Launch = _UNTOLD
    """Where the last launch lies, for settings that compare with it."""
    shard: Shard | None = None
    """Which part of the pages to measure."""
    parts: tuple[merging.Part, ...] = ()
    """What other machines have measured: all pages."""
    cluster: Cluster | None = None
    """Who measures all pages."""

    @classmethod
    def now(
        cls,
        command: str,
        cache: Path | None = None,
        *,
        no_cache: bool = False,
        gate: str = verdict.LAUNCH,
        launch: Launch = _UNTOLD,
    ) -> Invocation:
        """Return an invocation at the present moment, in UTC."""
        return cls(command, dt.datetime.now(dt.UTC), cache, no_cache, gate, launch)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whose rules decide, and what the change does to its own."""

    rules: Rules
    review: Review = field(default_factory=Review)
    merged: bool = False
    """Whether the change is merged already: then what it weakened is told, and blocks nothing."""
    files: tuple[str, ...] = ()
    """Files that the change touches, from the root of the repository; none on a desk."""


def collect(
    ruling: Ruling,
    root: Path,
    run: RunFolder,
    asked: Invocation,
    progress: Progress,
    *,
    render: bool = True,
) -> None:
    """Fill the run folder with the facts of the build in `root`, and with what is needed to judge them again."""
    from checks import clustering
    from checks.collect import browser, stage
    from checks.collect.reuse.opening import Asked as CacheAsked
    from checks.collect.review import Before

    rules = ruling.rules
    settings = rules.settings
    reviewing.require(rules, asked.gate, render=render)
    found = browser.find() if render else None
    kinds.require_other(settings.baseline, settings.preview_url or root, run, asked.launch.folder)
    merged = merging.merged(asked.parts, settings, root, run, found) if asked.parts else None
    run.clear()
    with run_folder.writing(run.path):
        cache = CacheAsked(asked.cache, asked.no_cache)
        if asked.cluster is not None:
            merged = clustering.measured(asked.cluster, settings, root, run, found, progress)
        brought = against.bring(settings, run, against.Means(found, progress, cache), rules.trust, asked.launch)
        named = list(exports.files(rules.trust, settings.exports.files, run.scratch))
        review = None if asked.gate == verdict.LAUNCH else Before(brought.pages if brought.about else None)
        elsewhere = merged.elsewhere if merged else None
        beside = stage.Beside(named, brought.paths, brought.origin(), cache, elsewhere, review)
        collected = stage.collect(settings, root, run, found, progress, beside)
    about = {
        "site": collected.origin,
        "origin_known": collected.origin_known,
        "host": collected.host,
        "baseline": brought.about,
        "build_digest": collected.build_digest,
        "browser_restarts": collected.browser_restarts,
        "reuse": collected.reuse,
        "notes": [*collected.notes, *brought.notes, *(merged.notes if merged else ())],
    }
    run.write(run_folder.RUN, _record(ruling, root, asked, found, about))
    _keep(run, ruling)
    against.compare(run, settings)


def collect_shard(
    ruling: Ruling, root: Path, run: RunFolder, asked: Invocation, progress: Progress, *, render: bool
) -> Document:
    """Fill the run folder with the shard that was asked for; return `shard` of run.json.

    Such a folder gets no verdict: `collect` puts all parts together.
    """
    from checks import sharding
    from checks.collect import browser
    from checks.collect.reuse.opening import Asked as CacheAsked
    from checks.collect.shards import part

    found = browser.find() if render else None
    cache = CacheAsked(asked.cache, asked.no_cache)
    run.clear()
    with (
        run_folder.writing(run.path),
        part.opened(ruling.rules.settings, root, run.scratch, found, cache) as work,
    ):
        about = sharding.collect(work, run, asked.shard or sharding.ALL, progress)
    run.write(run_folder.RUN, _record(ruling, root, asked, found, about))
    run.drop_scratch()
    shard: Document = about["shard"]
    return shard


def _record(ruling: Ruling, root: Path, asked: Invocation, found: Browser | None, about: Document) -> Document:
    """Return run.json: what was judged, with what, and when; `about` is what the stage says of it."""
    finished = dt.datetime.now(dt.UTC)
    return {
        "schema": 1,
        "gonogo": __version__,
        "gate": asked.gate,
        "started": asked.started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "duration_s": round((finished - asked.started).total_seconds(), 1),
        "preview": asked.cluster.build if asked.cluster else ruling.rules.settings.preview_url or str(root),
        "commit": _commit(),
        "browser": f"{found.kind} {found.version}" if found else None,
        "python": platform.python_version(),
        "command": asked.command,
        **about,
        **_about(ruling.rules),
    }


def lab(run: RunFolder, say: Callable[[str], None]) -> None:
    """Measure chosen pages of a collected run with Lighthouse, where it was asked for: fill lighthouse.jsonl.

    A machine that lacks what the lab needs leaves a gap in the ledger, and is told once.
    """
    from checks import lab as measuring

    about = run.read(run_folder.RUN)
    settings = from_document(about["settings"])
    if settings.lighthouse is None:
        return
    with run_folder.writing(run.path):
        found = asyncio.run(measuring.measure(settings, about, lambda: run.lines(run_folder.PAGES), say))
    run.write_lines(run_folder.LIGHTHOUSE, found.documents)
    run.write_lines(run_folder.COVERAGE, found.ledger, after=True)
    now, begun = dt.datetime.now(dt.UTC), dt.datetime.fromisoformat(about["started"])
    took = {name: round(seconds, 1) for name, seconds in sorted(found.took.items())}
    times = {"finished": now.isoformat(timespec="seconds"), "duration_s": round((now - begun).total_seconds(), 1)}
    run.write(run_folder.RUN, {**about, **times, "lighthouse": {"runs": found.runs, "took_s": took}})


def rule(run: RunFolder, ruling: Ruling, launch: Launch = _UNTOLD) -> None:
    """Put other rules in force for a run that was collected before."""
    reviewing.require(ruling.rules, run.read(run_folder.RUN).get("gate", verdict.LAUNCH))
    run.write(run_folder.RUN, {**run.read(run_folder.RUN), **_about(ruling.rules)})
    _keep(run, ruling)
    against.follow(run, ruling.rules.settings, ruling.rules.trust, launch)


def _about(rules: Rules) -> Document:
    return {
        "config_digest": rules.settings.digest,
        "policies_digest": policies_digest(rules.policies),
        "settings": rules.settings.to_document(),
        "trust": rules.trust.to_document(),
    }


def _keep(run: RunFolder, ruling: Ruling) -> None:
    rules = ruling.rules
    run.write(run_folder.POLICIES, {policy.id: dict(policy.document) for policy in rules.policies})
    debt = [{**one.to_document(), "owner": one.owner} for one in rules.adopted.values()]
    run.write(run_folder.ADOPTED, {"findings": debt})
    change = rules_change.to_document(ruling.review, merged=ruling.merged)
    run.write(run_folder.RULES_CHANGE, {**change, "files": list(ruling.files)})


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
        for document, found in _findings(run, judging, preview):
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
            compared=against.told(run, fixed),
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
            notes=(*about["notes"], *against.notes(run), *known.notes(), *_trust_note(about)),
            reuse=about.get("reuse", verdict.NOTHING_REUSED),
            gate=about.get("gate", verdict.LAUNCH),
        ),
    )
    run.write(run_folder.VERDICT, said)
    before = run.baseline.read_or(run_folder.COURSE, {"points": []})["points"]
    run.write(run_folder.COURSE, course.to_document(before, course.of_run(run), in_force))
    return said


def _findings(
    run: RunFolder, judging: Judge, preview: rules_change.Preview
) -> Iterator[tuple[Document | None, Finding]]:
    """Give what failed and in which document: page by page, then for the site, then what was not measured."""
    with reviewing.represented(run) as represented:
        yield from _of_pages(run, judging, preview, represented)
    site = kept_facts.site(run)
    preview.look(site)
    for found in (*_weighed(judging, site), *coverage_findings(kept_facts.coverage(run))):
        yield None, found


def _of_pages(
    run: RunFolder, judging: Judge, preview: rules_change.Preview, represented: reviewing.Represented
) -> Iterator[tuple[Document | None, Finding]]:
    for document in kept_facts.pages(run):
        preview.look(document)
        for finding in _weighed(judging, document, represented=document["path"] in represented):
            yield document, finding
    for document in _measured_in_the_lab(run, judging):
        preview.look(document)
        for finding in judging.document(document):
            yield document, finding
    if run.read(run_folder.RUN).get("baseline"):
        for document in kept_facts.changes(run):
            preview.look(document)
            is_page = document["scope"] == "page"
            for finding in judging.document(document, represented=is_page and document["path"] in represented):
                yield None, finding


def _weighed(judging: Judge, document: Document, *, represented: bool = False) -> Iterator[Finding]:
    """Give the findings of a document with what each puts at risk."""
    for finding in judging.document(document, represented=represented):
        worth = worth_of(document, finding.pointer)
        yield finding if worth is None else replace(finding, worth=worth)


def _measured_in_the_lab(run: RunFolder, judging: Judge) -> Iterator[Document]:
    """Give what Lighthouse said; where nobody asked it, and a policy of the project reads it, that it said nothing."""
    yield from kept_facts.lighthouse(run)
    asked = any(tally.policy.reads == "lighthouse" for tally in judging.tallies)
    if asked and not run.file(run_folder.LIGHTHOUSE).is_file():
        yield {"kind": "lighthouse", "path": "/", "measured": []}


def _owned(finding: Finding, settings: Settings) -> Finding:
    """Return `finding` as one of whom its page belongs to, where the settings give the page to somebody."""
    owner = settings.owner_of(finding.page) if finding.page else None
    return replace(finding, owner=owner) if owner else finding


def _trust_note(about: Document) -> list[str]:
    """Return what has to be said of the rules; on a desk, that its own decide goes without saying."""
    trust = about.get("trust")
    return [trust["said"]] if trust and trust["root"] != "working-tree" else []


def policies_digest(in_force: tuple[Policy, ...]) -> str:
    """Return one SHA-256 for all policies in force."""
    return hashlib.sha256(json.dumps([[one.id, one.digest] for one in in_force]).encode()).hexdigest()


def _debt(run: RunFolder) -> Mapping[str, adopted.Adopted]:
    kept = run.read(run_folder.ADOPTED)["findings"]
    return {
        one["fingerprint"]: adopted.Adopted(**{**one, "adopted": dt.date.fromisoformat(one["adopted"])}) for one in kept
    }


def _commit() -> str | None:
    """Return the commit that the working directory is at, or None outside a repository."""
    try:
        command = ["git", "rev-parse", "HEAD"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None if done.returncode == 0 else None
