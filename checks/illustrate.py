"""What makes a finding easier to see, once the verdict is there: snippets of the delivered HTML.

In: a run that was judged. Out: snippets.jsonl in its folder. None of this changes a verdict; nor do the pictures of
`picturing.py`.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from checks import run_folder
from checks.delivered import Delivered
from checks.report import snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.run_folder import Document, RunFolder

SNIPPETS_PER_CAUSE = 3
BYTES_ILLUSTRATED = 1_500_000
"""HTML that is parsed once more for snippets, about two seconds; `gonogo explain` cuts out the others when asked."""


def with_snippets(run: RunFolder) -> None:
    """Cut out of the delivered HTML where the first findings of each cause stand; this never changes a verdict."""
    delivered = Delivered(run.file(run_folder.DELIVERED))
    origin = run.read(run_folder.RUN)["site"]
    pages: set[str] = set()

    def snippets() -> Iterator[Document]:
        left = BYTES_ILLUSTRATED
        # The findings of one page stand next to each other, so each page is parsed once.
        for page, findings in groupby(first_of_each_cause(run), key=lambda finding: finding.get("page")):
            kept = delivered.get(page) if page else None
            if kept is None:
                continue
            pages.add(page)
            source = snippet.read(kept.body, origin + page, kept.charset) if len(kept.body) <= left else None
            left -= len(kept.body) if source is not None else 0
            for finding in findings:
                if source is not None and (found := source.find(finding)):
                    yield {"fingerprint": finding["fingerprint"], **found.to_document()}

    try:
        run.write_lines(run_folder.SNIPPETS, snippets())
        delivered.keep_only(pages)
    finally:
        delivered.close()


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
