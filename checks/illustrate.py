"""What makes a finding easier to see, once the verdict is there: snippets of the delivered HTML, and pictures of pages.

In: a run that was judged. Out: snippets.jsonl and screens/ in its folder. None of this changes a verdict.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from checks import run_folder
from checks.collect.wanted_pictures import Element, Wanted
from checks.delivered import Delivered
from checks.report import snippet
from checks.report.result import OUTLINED
from checks.settings import from_document

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from bs4.element import Tag

    from checks.run_folder import Document, RunFolder

SECRETS = frozenset({"leak/secrets", "leak/test-keys", "leak/url-credentials"})
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


def with_pictures(run: RunFolder) -> None:
    """Take a picture of the first pages of each cause, but of no page that shows a secret."""
    from checks.collect import browser, pictures

    about = run.read(run_folder.RUN)
    secret = {one.get("page") for one in run.lines(run_folder.FINDINGS) if one["policy"] in SECRETS}
    delivered = Delivered(run.file(run_folder.DELIVERED))
    try:
        wanted = dict(_wanted(run, delivered, about["site"], secret))
    finally:
        delivered.close()
    settings = replace(from_document(about["settings"]), site=about["site"])
    with run_folder.writing(run.path):
        run.file(run_folder.SCREENS).mkdir(exist_ok=True)
        asyncio.run(
            pictures.take(settings, Path(about["preview"]), browser.find(), wanted, run.file(run_folder.SCREENS))
        )


def _wanted(
    run: RunFolder, delivered: Delivered, origin: str, secret: Container[object]
) -> Iterator[tuple[str, list[Wanted]]]:
    """Give the pictures that are wanted of each page; what is outlined is found in the HTML that was kept."""
    first = (one for one in first_of_each_cause(run) if one.get("page") and one["reads"] == "page")
    left = BYTES_ILLUSTRATED
    for page, findings in groupby(first, key=lambda finding: str(finding["page"])):
        if page in secret:
            continue
        kept = delivered.get(page)
        source = snippet.read(kept.body, origin + page, kept.charset) if kept and len(kept.body) <= left else None
        left -= len(kept.body) if kept and source else 0
        yield page, [_picture(one, source) for one in findings]


def _picture(finding: Document, source: snippet.Source | None) -> Wanted:
    name = finding["fingerprint"].replace(":", "-")
    return Wanted(f"{name}.png", f"{name}{OUTLINED}.png", _element(source.element(finding)) if source else None)


def _element(found: tuple[Tag, list[Tag]] | None) -> Element | None:
    if found is None:
        return None
    tag, alike = found
    attributes = tuple(
        (key, " ".join(value) if isinstance(value, list) else str(value)) for key, value in tag.attrs.items()
    )
    return Element(tag.name, attributes, next(at for at, one in enumerate(alike) if one is tag), len(alike))


def first_of_each_cause(run: RunFolder) -> Iterator[Document]:
    """Give the findings of the first pages of each cause."""
    seen: dict[str, int] = {}
    for finding in run.lines(run_folder.FINDINGS):
        seen[finding["cause"]] = seen.get(finding["cause"], 0) + 1
        if seen[finding["cause"]] <= SNIPPETS_PER_CAUSE:
            yield finding
