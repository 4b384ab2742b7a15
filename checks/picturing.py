"""Pictures of pages for people, once the verdict is there: as this build shows them, and as what is live does.

In: a run that was judged. Out: screens/ in its folder, for the first findings of each cause. A page that holds a
credential has none. What is live is shown where it can be opened: the build or the address that the run was
compared with, read from where the rules that decide came from.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checks import interrupted, run_folder
from checks.baseline import kinds
from checks.collect.wanted_pictures import Element, Wanted
from checks.delivered import Delivered
from checks.illustrate import BYTES_ILLUSTRATED, first_of_each_cause
from checks.report import snippet
from checks.report.result import BEFORE, OUTLINED
from checks.settings import from_document
from checks.trust import live
from checks.trust.rules import Trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bs4.element import Tag

    from checks.run_folder import Document, RunFolder
    from checks.settings import Settings

_CREDENTIALS: Final = "leak/url-credentials"
_SHOWN: Final = frozenset({"page", "change"})
"""Kinds of documents whose findings are about a page."""


@dataclass(slots=True)
class _Albums:
    """The pictures that are wanted, by production path."""

    now: dict[str, list[Wanted]] = field(default_factory=dict)
    before: dict[str, list[Wanted]] = field(default_factory=dict)


def with_pictures(run: RunFolder) -> None:
    """Take a picture of the first pages of each cause, and of the same pages as they are live."""
    from checks.collect import browser, pictures

    about = run.read(run_folder.RUN)
    found = browser.find()
    settings = replace(from_document(about["settings"]), site=about["site"])
    albums = _wanted(run, about["site"])
    folder = run.file(run_folder.SCREENS)
    with run_folder.writing(run.path), tempfile.TemporaryDirectory(prefix="gonogo-live-") as scratch:
        folder.mkdir(exist_ok=True)
        interrupted.run(pictures.take(settings, Path(about["preview"]), found, albums.now, folder))
        former = _live(about, settings, Path(scratch)) if albums.before else None
        if former is not None:
            interrupted.run(pictures.take(*former, found, albums.before, folder))


def _live(about: Document, settings: Settings, scratch: Path) -> tuple[Settings, Path] | None:
    """Return what is live, opened by the same settings, and its folder; None where only its facts are known."""
    baseline = about["baseline"]
    if baseline["why"] is not None or baseline["kind"] not in {kinds.ADDRESS, kinds.BUILD}:
        return None
    # What opens the preview is nobody else's business.
    named = replace(settings, preview=baseline["name"], access=None)
    if baseline["kind"] == kinds.ADDRESS:
        return named, Path()
    folder = live.folder(Trust(**about["trust"]), baseline["name"], scratch / "live")
    return replace(named, preview=str(folder)), folder


def _wanted(run: RunFolder, origin: str) -> _Albums:
    """Return the pictures that are wanted of each page; what is outlined is found in the HTML that was kept."""
    secret = _with_secrets(run)
    first = [one for one in first_of_each_cause(run) if one.get("page") and one["reads"] in _SHOWN]
    sides = dict(_sides(run, {str(one["page"]) for one in first}))
    albums = _Albums()
    delivered = Delivered(run.file(run_folder.DELIVERED))
    try:
        for finding, element in _with_elements(first, delivered, origin):
            now, before = sides.get(finding["page"], (finding["page"], None))
            if {now, before} & secret:
                continue
            name = finding["fingerprint"].replace(":", "-")
            if now is not None:
                albums.now.setdefault(now, []).append(Wanted(f"{name}.png", f"{name}{OUTLINED}.png", element))
            if before is not None:
                albums.before.setdefault(before, []).append(Wanted(f"{name}{BEFORE}.png", ""))
    finally:
        delivered.close()
    return albums


def _with_secrets(run: RunFolder) -> set[str | None]:
    """Return the pages with credentials in addresses, now or live; others are known when the page is shown."""
    files = [run_folder.FINDINGS, *([run_folder.FIXED] if run.file(run_folder.FIXED).is_file() else [])]
    return {one["page"] for file in files for one in run.lines(file) if one["policy"] == _CREDENTIALS}


def _sides(run: RunFolder, pages: set[str]) -> Iterator[tuple[str, tuple[str | None, str | None]]]:
    """Give for each of `pages` that the release changes its path in this build and live; None where there is none."""
    if not run.file(run_folder.CHANGES).is_file():
        return
    for change in run.lines(run_folder.CHANGES):
        path = change.get("path")
        if path not in pages or change.get("scope") == "site":
            continue
        elsewhere = (change.get("moved") or {}).get("path")
        now = {"removed": None, "moved": elsewhere}.get(change["state"], path)
        yield path, (now, {"added": elsewhere, "same": None}.get(change["state"], path))


def _with_elements(
    findings: Iterable[Document], delivered: Delivered, origin: str
) -> Iterator[tuple[Document, Element | None]]:
    """Give each finding with its element in the delivered HTML; the findings of one page stand next to each other."""
    left = BYTES_ILLUSTRATED
    for page, those in groupby(findings, key=lambda finding: str(finding["page"])):
        kept = delivered.get(page)
        source = snippet.read(kept.body, origin + page, kept.charset) if kept and len(kept.body) <= left else None
        left -= len(kept.body) if kept and source else 0
        for finding in those:
            yield finding, _element(source.element(finding)) if source else None


def _element(found: tuple[Tag, list[Tag]] | None) -> Element | None:
    if found is None:
        return None
    tag, alike = found
    attributes = tuple(
        (key, " ".join(value) if isinstance(value, list) else str(value)) for key, value in tag.attrs.items()
    )
    return Element(tag.name, attributes, next(at for at, one in enumerate(alike) if one is tag), len(alike))
