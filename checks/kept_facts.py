"""The facts of a run as they are read to be judged: each document of its shape, and none missing or doubled.

In: a run folder. Out: its documents, one at a time; CannotMeasureError for a folder that can't be believed. It may have
lain about, or come from another machine. What is not of its shape would match no policy, and pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from checks import run_folder, shapes
from checks.errors import CannotMeasureError
from checks.judge.evaluate import validator
from checks.judge.gaps import LAB
from checks.report.words import clip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.run_folder import Document, RunFolder

_READ = frozenset({"measured", "represented"})
_LONGEST = 200  # characters of what is wrong, or of a path


def pages(run: RunFolder) -> Iterator[Document]:
    """Give the documents of pages: one for each that the ledger calls measured or represented, in the same order."""
    yield from _as_in_ledger(run, _of_shape(run, run_folder.PAGES, "page"))


def _as_in_ledger(run: RunFolder, documents: Iterator[Document]) -> Iterator[Document]:
    measured = (line["path"] for line in coverage(run) if line["kind"] == "page" and line["state"] in _READ)
    for document in documents:
        expected = next(measured, None)
        if document["path"] != expected:
            named = f"{clip(expected, _LONGEST)} is measured" if expected else "no other page is measured"
            _refuse(run, run_folder.PAGES, f"holds {clip(document['path'], _LONGEST)} where {named}")
        yield document
    for left in measured:
        _refuse(run, run_folder.PAGES, f"has no document for {clip(left, _LONGEST)}, which is measured")


def lighthouse(run: RunFolder) -> Iterator[Document]:
    """Give the documents of Lighthouse: each page that the ledger calls measured by it has one."""
    left = {line["path"] for line in coverage(run) if line["kind"] == LAB and line["state"] == "measured"}
    there = run.file(run_folder.LIGHTHOUSE).is_file()
    for document in _of_shape(run, run_folder.LIGHTHOUSE, "lighthouse") if there else ():
        if document["measured"]:
            left.discard(document["path"])
        yield document
    if left:
        _refuse(run, run_folder.LIGHTHOUSE, f"has no document for {clip(min(left), _LONGEST)}, which is measured")


def site(run: RunFolder) -> Document:
    """Return the document of the site."""
    document = run.read(run_folder.SITE)
    if wrong := _wrong("site", document):
        _refuse(run, run_folder.SITE, wrong)
    return document


def changes(run: RunFolder) -> Iterator[Document]:
    """Give the documents about changes; that of the site comes last, so that a list which was cut is noticed."""
    scope = None
    for document in _of_shape(run, run_folder.CHANGES, "change"):
        scope = document["scope"]
        yield document
    if scope != "site":
        _refuse(run, run_folder.CHANGES, "does not end with the document of the site")


def former(baseline: RunFolder) -> Iterator[Document]:
    """Give the page documents of a baseline, which another version of gonogo may have written, then that of its site.

    A group that is not of its shape today counts as not measured. Raises CannotMeasureError for a document that is of
    no use at all.
    """
    yield from former_pages(baseline)
    yield former_site(baseline)


def former_pages(baseline: RunFolder) -> Iterator[Document]:
    """Give the page documents of a baseline, likewise: one for each page that its ledger calls measured."""
    readable = (
        _readable(baseline, f"{run_folder.PAGES}:{number}", "page", document)
        for number, document in enumerate(baseline.lines(run_folder.PAGES), start=1)
    )
    yield from _as_in_ledger(baseline, readable)


def former_site(baseline: RunFolder) -> Document:
    """Return the site document of a baseline, likewise."""
    return _readable(baseline, run_folder.SITE, "site", baseline.read(run_folder.SITE))


def _readable(run: RunFolder, name: str, shape: str, document: Document) -> Document:
    holds = validator(shapes.load(shape))
    if holds.is_valid(document):
        return document
    measured = document.get("measured")
    if not isinstance(measured, list) or not all(isinstance(group, str) for group in measured):
        _refuse(run, name, _wrong(shape, document))
    wrong = {str(next(iter(error.instance_path), "")) for error in holds.iter_errors(document)}
    unknown = set(document) - set(shapes.load(shape)["properties"])
    kept = {key: value for key, value in document.items() if key not in (wrong & set(measured)) | unknown}
    kept["measured"] = [group for group in measured if group in kept]
    if not holds.is_valid(kept):
        _refuse(run, name, _wrong(shape, kept))
    return kept


def coverage(run: RunFolder) -> Iterator[Document]:
    """Give the lines of the ledger."""
    return _of_shape(run, run_folder.COVERAGE, "coverage")


def _of_shape(run: RunFolder, name: str, shape: str) -> Iterator[Document]:
    holds = validator(shapes.load(shape))
    for number, document in enumerate(run.lines(name), start=1):
        if not holds.is_valid(document):
            _refuse(run, f"{name}:{number}", _wrong(shape, document))
        yield document


def _wrong(shape: str, document: Document) -> str:
    failed = next(iter(validator(shapes.load(shape)).iter_errors(document)), None)
    if failed is None:
        return ""
    return clip(f"is not of its shape at /{'/'.join(map(str, failed.instance_path))}: {failed.message}", _LONGEST)


def _refuse(run: RunFolder, name: str, what: str) -> NoReturn:
    remedy = "These facts are not judged: run `gonogo check` again, with this version of gonogo."
    raise CannotMeasureError(what, where=str(run.path / name), remedy=remedy)
