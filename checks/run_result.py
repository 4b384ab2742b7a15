"""A finished run as the reports read it.

In: a run folder. Out: a `Result`, and the report files.
"""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from checks import run_folder
from checks.errors import CannotMeasureError
from checks.remembered import Remembered
from checks.report.formats import WRITERS
from checks.report.outline import is_outline
from checks.report.result import BEFORE, OUTLINED, PageLine, Result
from checks.run_folder import document_of
from checks.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from checks.cache.store import Store
    from checks.report.formats import Writer
    from checks.run_folder import Document, RunFolder

_BLOCK: Final = 1 << 20
_PAGE: Final = "html"
_NOTHING: Final = Remembered(None, b"")
_MANY: Final = 16_000_000
"""Bytes of findings, some 17,000, from which on another process saves more than its start takes: half a second."""


def result_of(run: RunFolder) -> Result:
    """Return the run as the reports read it."""
    snippets, sources = (_by_fingerprint(run, name) for name in (run_folder.SNIPPETS, run_folder.SOURCES))
    screens = {
        file.stem.removesuffix(OUTLINED): f"{run_folder.SCREENS}/{file.name}"
        for file in sorted(run.file(run_folder.SCREENS).glob("*.png"))
    }

    def picture(fingerprint: str) -> str | None:
        return screens.get(fingerprint.replace(":", "-"))

    def picture_before(fingerprint: str) -> str | None:
        return screens.get(fingerprint.replace(":", "-") + BEFORE)

    def read_picture(name: str) -> bytes | None:
        file = run.path / name
        return file.read_bytes() if file.is_file() else None

    return Result(
        verdict=run.read(run_folder.VERDICT),
        run=run.read(run_folder.RUN),
        findings=lambda: run.lines(run_folder.FINDINGS),
        coverage=lambda: run.lines(run_folder.COVERAGE),
        pages=lambda: run.lines(run_folder.PAGES),
        outlines=partial(_outlines, run) if run.file(run_folder.OUTLINES).is_file() else None,
        read_at=partial(_pages_at, run),
        changes=lambda: run.documents("change"),
        lighthouse=lambda: run.lines(run_folder.LIGHTHOUSE) if run.file(run_folder.LIGHTHOUSE).is_file() else iter(()),
        fixed=lambda: run.lines(run_folder.FIXED) if run.file(run_folder.FIXED).is_file() else iter(()),
        site=run.read_or(run_folder.SITE, {}),
        course=run.read_or(run_folder.COURSE, {}),
        policies=run.read(run_folder.POLICIES),
        snippets=snippets.get,
        sources=sources.get,
        screens=picture,
        screens_before=picture_before,
        read_screen=read_picture,
        folder=str(run.path),
        report=str(run.file("report.html")),
    )


def _outlines(run: RunFolder) -> Iterator[Document]:
    for number, line in enumerate(run.lines(run_folder.OUTLINES), start=1):
        if not is_outline(line):
            where = f"{run.file(run_folder.OUTLINES)}:{number}"
            raise CannotMeasureError("is no outline of a page", where=where, remedy="Run `gonogo judge` again.")
        yield line


def _pages_at(run: RunFolder, places: Collection[int]) -> Iterator[PageLine]:
    file = run.file(run_folder.PAGES)
    for place, line in lines_at(file, places):
        yield PageLine(place, line, partial(document_of, line, f"{file}:{place + 1}"))


def lines_at(file: Path, places: Collection[int]) -> Iterator[tuple[int, bytes]]:
    """Give the lines at these places (from 0) with their places; the others are counted, and not taken apart."""
    left, number, begun = sorted(places, reverse=True), 0, b""
    with file.open("rb") as stream:
        while left and (block := stream.read(_BLOCK)):
            ends = block.count(b"\n")
            if left[-1] < number + ends:
                *whole, begun = (begun + block).split(b"\n")
                while left and left[-1] < number + ends:
                    yield left[-1], whole[left[-1] - number]
                    left.pop()
            else:
                begun = block[block.rfind(b"\n") + 1 :] if ends else begun + block
            number += ends
    if left and begun and left[-1] == number:
        yield number, begun


def _by_fingerprint(run: RunFolder, name: str) -> dict[str, dict[str, Any]]:
    """Return the lines of a file that need not be there; both have an upper limit."""
    return {one["fingerprint"]: one for one in run.lines(name)} if run.file(name).is_file() else {}


def write_reports(
    run: RunFolder,
    variants: Mapping[str, Writer] | None = None,
    carried: Path | None = None,
    store: Store | None = None,
) -> None:
    """Write every report that has a file into the run folder; `variants` take the place of the usual writers.

    `carried` is the HTML report of a run with the very same documents and findings, where there is one; `store` keeps
    what it tells of single pages. Of a run with many findings the page is written while another process writes the
    others.
    """
    writers = {**WRITERS, **(variants or {})}
    by_name = {name: writers[name] for name in run_folder.FILE_BY_FORMAT}
    remembered = Remembered(store, b"report part")
    if run.file(run_folder.FINDINGS).stat().st_size < _MANY:
        _write(run, by_name, carried, remembered)
        return
    others = {name: by_name[name] for name in by_name if name != _PAGE}
    with Workers(1) as workers:
        writing = workers.start(_write, run, others)
        _write(run, {_PAGE: by_name[_PAGE]}, carried, remembered)
        try:
            writing.result()
        except BrokenProcessPool:  # somebody ended it, or the machine did for lack of memory
            _write(run, others)


def _write(
    run: RunFolder, writers: Mapping[str, Writer], carried: Path | None = None, remembered: Remembered = _NOTHING
) -> None:
    result = replace(result_of(run), carried=carried, remembered=remembered.of)
    for name, write in writers.items():
        file = run.file(run_folder.FILE_BY_FORMAT[name])
        with run_folder.writing(run.path), file.open("w", encoding="utf-8") as out:
            write(result, out)
