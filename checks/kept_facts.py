"""The facts of a run as they are read to be judged: each document of its shape, and none missing or doubled.

In: a run folder. Out: its documents, one at a time; CannotMeasureError for a folder that can't be believed. It may have
lain about, or come from another machine. What is not of its shape would match no policy, and pass.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from checks import run_folder, shapes
from checks.errors import CannotMeasureError
from checks.former_shape import fitted, fitted_line
from checks.judge.evaluate import validator
from checks.judge.gaps import LAB
from checks.report.words import clip
from checks.shapes.lines import of_today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import jsonschema_rs

    from checks.former_shape import Fitted
    from checks.run_folder import Document, RunFolder

_READ = frozenset({"measured", "represented", "left-out"})
Read = TypeVar("Read")
_LONGEST = 200  # characters of what is wrong, or of a path


def pages(run: RunFolder) -> Iterator[Document]:
    """Give the documents of pages: one for each that the ledger calls measured or read, in the same order."""
    yield from _as_in_ledger(
        run, coverage(run), _of_shape(run, run_folder.PAGES, "page"), lambda page: str(page["path"])
    )


class Line(Mapping[str, Any]):
    """A page document that is read when somebody wants to know what it says."""

    def __init__(self, run: RunFolder, number: int, text: bytes) -> None:
        self._run = run
        self._number = number
        self._document: Document | None = None
        self.text = text

    def __getitem__(self, name: str) -> Any:
        return self.read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.read())

    def __len__(self) -> int:
        return len(self.read())

    def read(self) -> Document:
        """Return the document. Raises CannotMeasureError where it is none of its shape."""
        if self._document is None:
            document = run_folder.document_of(self.text, f"{self._run.file(run_folder.PAGES)}:{self._number}")
            if not _holds("page").is_valid(document):
                _refuse(self._run, f"{run_folder.PAGES}:{self._number}", _wrong("page", document))
            self._document = document
        return self._document


def page_lines(run: RunFolder, path_of: Callable[[Line], str]) -> Iterator[Line]:
    """Give the documents of pages, likewise, but unread; `path_of` says which page a line is."""
    found = (Line(run, number, text) for number, text in enumerate(run.raw_lines(run_folder.PAGES), start=1))
    yield from _as_in_ledger(run, coverage(run), found, path_of)


def _as_in_ledger(
    run: RunFolder, ledger: Iterator[Document], documents: Iterator[Read], path_of: Callable[[Read], str]
) -> Iterator[Read]:
    measured = (line["path"] for line in ledger if line["kind"] == "page" and line["state"] in _READ)
    for document in documents:
        expected, path = next(measured, None), path_of(document)
        if path != expected:
            named = f"{clip(expected, _LONGEST)} is measured" if expected else "no other page is measured"
            _refuse(run, run_folder.PAGES, f"holds {clip(path, _LONGEST)} where {named}")
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


def former(baseline: RunFolder) -> Iterator[Fitted]:
    """Give the page documents of a baseline, which another version of gonogo may have written, then that of its site.

    What is not of today's shape counts as not measured. Raises CannotMeasureError for a document that is of no use.
    """
    yield from _former_pages(baseline)
    yield _fitted(baseline, run_folder.SITE, "site", baseline.read(run_folder.SITE))


def former_pages(baseline: RunFolder) -> Iterator[Document]:
    """Give the page documents of a baseline, likewise: one for each page that its ledger calls measured.

    Without what was filled in: it is compared, and what was not said then is not another thing now.
    """
    return (page.as_written() for page in _former_pages(baseline))


def former_site(baseline: RunFolder) -> Document:
    """Return the site document of a baseline, likewise."""
    return _fitted(baseline, run_folder.SITE, "site", baseline.read(run_folder.SITE)).document


def _former_pages(baseline: RunFolder) -> Iterator[Fitted]:
    pages = (
        _fitted(baseline, f"{run_folder.PAGES}:{number}", "page", document)
        for number, document in enumerate(baseline.lines(run_folder.PAGES), start=1)
    )
    yield from _as_in_ledger(baseline, former_coverage(baseline), pages, lambda page: str(page.document["path"]))


def _fitted(run: RunFolder, name: str, shape: str, document: Document) -> Fitted:
    found = fitted(document, shape)
    if found is None:
        _refuse(run, name, _wrong(shape, document))
    return found


def former_coverage(baseline: RunFolder) -> Iterator[Document]:
    """Give the lines of a baseline's ledger, likewise: of kinds that are known today, without what is not known."""
    for number, line in enumerate(baseline.lines(run_folder.COVERAGE), start=1):
        known = fitted_line(line)
        if known is None:
            _refuse(baseline, f"{run_folder.COVERAGE}:{number}", _wrong("coverage", line))
        if known:
            yield known


def files(run: RunFolder) -> Iterator[Document] | None:
    """Give the files that a run serves beside its pages; None for a run that did not write them down."""
    return _of_today(run, run_folder.FILES, "file") if run.file(run_folder.FILES).is_file() else None


def published(baseline: RunFolder) -> Iterator[Document] | None:
    """Give the ledger of published addresses; None for a baseline that keeps none."""
    there = baseline.file(run_folder.PUBLISHED).is_file()
    return _of_today(baseline, run_folder.PUBLISHED, "published") if there else None


def _of_today(run: RunFolder, name: str, shape: str) -> Iterator[Document]:
    """Give lines that another version of gonogo may have written."""
    for number, line in enumerate(run.lines(name), start=1):
        known = of_today(line, shape)
        if known is None:
            _refuse(run, f"{name}:{number}", _wrong(shape, line))
        yield known


def coverage(run: RunFolder) -> Iterator[Document]:
    """Give the lines of the ledger."""
    return _of_shape(run, run_folder.COVERAGE, "coverage")


def _of_shape(run: RunFolder, name: str, shape: str) -> Iterator[Document]:
    holds = _holds(shape)
    for number, document in enumerate(run.lines(name), start=1):
        if not holds.is_valid(document):
            _refuse(run, f"{name}:{number}", _wrong(shape, document))
        yield document


@cache
def _holds(shape: str) -> jsonschema_rs.Draft202012Validator:
    """Return the engine for a published shape; to make one costs more than to hold documents against it."""
    return validator(shapes.load(shape))


def _wrong(shape: str, document: Document) -> str:
    failed = next(iter(_holds(shape).iter_errors(document)), None)
    if failed is None:
        return ""
    return clip(f"is not of its shape at /{'/'.join(map(str, failed.instance_path))}: {failed.message}", _LONGEST)


def _refuse(run: RunFolder, name: str, what: str) -> NoReturn:
    remedy = "These facts are not judged: run `gonogo check` again, with this version of gonogo."
    raise CannotMeasureError(what, where=str(run.path / name), remedy=remedy)
