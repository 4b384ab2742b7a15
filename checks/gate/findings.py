"""Documents -> findings: page by page, then the laboratory, the changes, the site, and what was not measured.

In: the documents of a run, and its policies. Out: what failed, and in which document.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from checks import kept_facts, partial, run_folder, verdict
from checks.judge.gaps import coverage_findings
from checks.judge.worth import worth_of
from checks.report.outline import outlined
from checks.settled import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from checks import rules_change
    from checks.gate.asked import Document
    from checks.gate.judgements import Judgements
    from checks.judge.evaluate import Judge
    from checks.judge.finding import Finding
    from checks.run_folder import RunFolder
    from checks.settled import Settled

    Outline = Callable[[Mapping[str, Any]], None]


def findings_of(
    run: RunFolder, judging: Judge, preview: rules_change.Preview, outline: Outline, kept: Judgements | None = None
) -> Iterator[tuple[Mapping[str, Any] | None, Finding]]:
    """Give what failed and in which document: page by page, then for the site, then what was not measured.

    `outline` is told the outline of each page; `kept` knows what the same policies said of the same documents before.
    Of a run of some pages only, nothing else is judged than these: what the site is as a whole, a few do not tell.
    """
    with settled(run, "represented") as represented, partial.asked(run) as asked:
        # A page that others stand for is judged by less, and rules that a change wants look at every document.
        fits = preview.is_empty and run.read(run_folder.RUN).get("gate", verdict.LAUNCH) == verdict.LAUNCH
        known = kept.judged(run, judging, outline) if kept is not None and fits and asked.is_whole else None
        yield from known or _of_pages(run, judging, preview, represented, asked, outline)
        yield from _of_others(run, judging, preview, represented, asked)
        site = kept_facts.site(run)
        if asked.is_whole:
            preview.look(site)
            for found in _weighed(judging, site):
                yield None, found
    for found in coverage_findings(kept_facts.coverage(run)):
        yield None, found


def _of_pages(
    run: RunFolder,
    judging: Judge,
    preview: rules_change.Preview,
    represented: Settled,
    asked: partial.Asked,
    outline: Outline,
) -> Iterator[tuple[Mapping[str, Any], Finding]]:
    for document in kept_facts.pages(run):
        outline(outlined(document))
        if not asked.takes(document):
            continue
        preview.look(document)
        for finding in _weighed(judging, document, represented=document["path"] in represented):
            yield document, finding


def _of_others(
    run: RunFolder, judging: Judge, preview: rules_change.Preview, represented: Settled, asked: partial.Asked
) -> Iterator[tuple[Mapping[str, Any] | None, Finding]]:
    """Give what failed in the laboratory and of the changes."""
    for document in _measured_in_the_lab(run, judging) if asked.is_whole else ():
        preview.look(document)
        for finding in judging.document(document):
            yield document, finding
    if run.read(run_folder.RUN).get("baseline"):
        for document in kept_facts.changes(run):
            is_page = document["scope"] == "page"
            if not (asked.is_whole or (is_page and asked.takes(document))):
                continue
            preview.look(document)
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
