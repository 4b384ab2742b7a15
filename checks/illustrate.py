"""What makes a finding easier to see, once the verdict is there: snippets of the delivered HTML.

In: a run that was judged. Out: snippets.jsonl in its folder. None of this changes a verdict; nor do the pictures of
`picturing.py`.
"""

from __future__ import annotations

from contextlib import closing
from itertools import groupby
from typing import TYPE_CHECKING

from checks import json_bytes, run_folder
from checks.delivered import Delivered
from checks.remembered import Remembered
from checks.report import snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.cache.store import Store
    from checks.delivered import Page
    from checks.run_folder import Document, RunFolder

SNIPPETS_PER_CAUSE = 3
BYTES_ILLUSTRATED = 1_500_000
"""HTML that is parsed once more for snippets, about two seconds; `gonogo explain` cuts out the others when asked."""


def with_snippets(run: RunFolder, store: Store | None = None) -> None:
    """Cut out of the delivered HTML where the first findings of each cause stand; this never changes a verdict.

    `store` keeps what was cut out of a page for the same findings before: to parse it takes longer.
    """
    origin, remembered = run.read(run_folder.RUN)["site"], Remembered(store, b"snippets")
    pages: set[str] = set()

    def snippets() -> Iterator[Document]:
        left = BYTES_ILLUSTRATED
        # The findings of one page stand next to each other, so each page is parsed once.
        for page, findings in groupby(first_of_each_cause(run), key=lambda finding: finding.get("page")):
            kept = delivered.get(page) if page else None
            if kept is None:
                continue
            pages.add(page)
            if len(kept.body) <= left:
                cut = _cut_out(kept, origin + page, list(findings), remembered)
                left -= len(kept.body) if cut is not None else 0
                yield from cut or ()

    with run.scratching(), closing(Delivered(run.file(run_folder.DELIVERED))) as delivered:
        run.write_lines(run_folder.SNIPPETS, snippets())
        with run_folder.writing(run.path):
            run.drop_scratch()  # what lies there is not ours
            run.scratch.mkdir()
            delivered.keep_only(pages, run.scratch)


def _cut_out(page: Page, url: str, findings: list[Document], remembered: Remembered) -> list[Document] | None:
    """Return the snippets of the findings of one page; None where the page can't be parsed."""

    def cut() -> bytes:
        source = snippet.read(page.body, url, page.charset)
        return json_bytes.encode({"cut": None if source is None else list(_found(source, findings))})

    asked = json_bytes.encode({"url": url, "charset": page.charset, "findings": findings})
    found: list[Document] | None = json_bytes.decode(remembered.of(asked + b"\n" + page.body, cut))["cut"]
    return found


def _found(source: snippet.Source, findings: list[Document]) -> Iterator[Document]:
    for finding in findings:
        if found := source.find(finding):
            yield {"fingerprint": finding["fingerprint"], **found.to_document()}


def snippet_of(run: RunFolder, finding: Document) -> Document | None:
    """Return where one finding stands in the delivered HTML, or None where that was not kept or says nothing."""
    page = finding.get("page")
    delivered = Delivered(run.file(run_folder.DELIVERED))
    try:
        kept = delivered.get(page) if page else None
    finally:
        delivered.close()
    if kept is None:
        return None
    source = snippet.read(kept.body, run.read(run_folder.RUN)["site"] + page, kept.charset)
    found = source.find(finding) if source is not None else None
    return found.to_document() if found is not None else None


def first_of_each_cause(run: RunFolder) -> Iterator[Document]:
    """Give the findings of the first pages of each cause."""
    seen: dict[str, int] = {}
    for finding in run.lines(run_folder.FINDINGS):
        seen[finding["cause"]] = seen.get(finding["cause"], 0) + 1
        if seen[finding["cause"]] <= SNIPPETS_PER_CAUSE:
            yield finding
