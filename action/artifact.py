"""The facts that a half without trust has collected: held against their shapes, and carried over one by one.

In: a folder that a stranger may have filled. Out: a run folder that holds facts and nothing else. Whatever judges or
decides in the stranger's folder (policies, findings, verdict, reports) stays behind, and so does its database.
Whatever is odd raises CannotMeasureError: forged facts are no pass.
"""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

from checks import run_folder, shapes
from checks.errors import CannotMeasureError, UserError
from checks.judge.evaluate import validator
from checks.report.escape import visible
from checks.report.words import clip
from checks.settings import from_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checks.run_folder import RunFolder

Document = dict[str, Any]
_MIB: Final = 1024 * 1024
_LONGEST_LINE: Final = 16 * _MIB


@dataclass(frozen=True, slots=True)
class _Kind:
    shape: str
    largest: int
    """Bytes of the file; a page takes about 90 kB."""


TAKEN: Final = {
    run_folder.RUN: _Kind("run", 4 * _MIB),
    run_folder.COVERAGE: _Kind("coverage", 256 * _MIB),
    run_folder.PAGES: _Kind("page", 2048 * _MIB),
    run_folder.SITE: _Kind("site", 256 * _MIB),
    run_folder.LIGHTHOUSE: _Kind("lighthouse", 256 * _MIB),
    run_folder.ANSWERS: _Kind("answer", 256 * _MIB),
    run_folder.FILES: _Kind("file", 256 * _MIB),
}
LEFT_BEHIND: Final = frozenset(
    {
        run_folder.ADOPTED,
        run_folder.AGES,
        run_folder.BASELINE,  # what is live excuses what it holds: nobody takes a stranger's word for it
        run_folder.CHANGES,
        run_folder.COURSE,
        run_folder.DELIVERED,
        run_folder.FIXED,
        run_folder.FINDINGS,
        run_folder.MEASURED,  # of a part, which is no whole run
        run_folder.OUTLINES,
        run_folder.POLICIES,
        run_folder.PUBLISHED,  # as with the baseline
        run_folder.RULES_CHANGE,
        run_folder.SIGN_OFFS,
        run_folder.SCREENS,
        run_folder.SNIPPETS,
        run_folder.SOURCES,
        run_folder.VERDICT,
        *run_folder.FILE_BY_FORMAT.values(),
    }
)
"""What a run writes beside its facts; anything else in the folder is nobody's."""
_FOLDERS: Final = frozenset({run_folder.BASELINE, run_folder.SCREENS})


def admit(facts: Path, run: RunFolder, commit: str) -> None:
    """Carry the facts in the folder `facts`, which must be about `commit`, over to `run`, which is cleared first.

    Raises CannotMeasureError where one document is not what its shape says, or not about this commit.
    """
    if facts.absolute().resolve() == run.path.absolute().resolve():
        raise UserError("is `run` too", where="input `facts`", remedy="Name two folders, such as `facts: facts`.")
    _hold(facts)
    about = _about(facts, commit)
    run.clear()
    run.drop_scratch()
    measured: set[str] = set()
    run.write_lines(run_folder.COVERAGE, _ledger(facts, measured))
    run.write_lines(run_folder.PAGES, _pages(facts, measured))
    run.write(run_folder.SITE, _whole(facts, run_folder.SITE))
    if (facts / run_folder.LIGHTHOUSE).exists():  # where there is none, what reads it cannot tell
        run.write_lines(run_folder.LIGHTHOUSE, _lines(facts, run_folder.LIGHTHOUSE))
    for name in (run_folder.ANSWERS, run_folder.FILES):
        if (facts / name).exists():  # likewise
            run.write_lines(name, _lines(facts, name))
    run.write(run_folder.POLICIES, {})
    run.write(run_folder.ADOPTED, {"findings": []})
    run.write(run_folder.RUN, about)


def _hold(facts: Path) -> None:
    """Refuse a folder in which anything is no plain file of a run, or larger than it can be."""
    if facts.is_symlink() or not facts.is_dir():
        raise CannotMeasureError("is not a folder", where=str(facts), remedy="Download the artifact of the first half.")
    with os.scandir(facts) as entries:
        for entry in entries:
            _hold_file(facts, entry)


def _hold_file(facts: Path, entry: os.DirEntry[str]) -> None:
    if entry.name not in LEFT_BEHIND and entry.name not in TAKEN:
        _refuse(facts, entry.name, "no run writes a file of this name")
    if entry.name in _FOLDERS and entry.is_dir(follow_symlinks=False):
        return
    about = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(about.st_mode):
        _refuse(facts, entry.name, "is not a plain file")
    if entry.name in TAKEN and about.st_size > TAKEN[entry.name].largest:
        _refuse(facts, entry.name, f"has {about.st_size:,} bytes")


def _about(facts: Path, commit: str) -> Document:
    about = _whole(facts, run_folder.RUN)
    if about["commit"] != commit:
        said = clip(str(about["commit"]), 12)
        _refuse(facts, run_folder.RUN, f"is about commit {said}, and the pull request stands at {commit[:12]}")
    try:
        from_document(about["settings"])
    except (UserError, RecursionError) as error:
        _refuse(facts, run_folder.RUN, f"settings: {error}")
    # Whose rules decide, and what is live, is not for the facts to say; what judges them again writes it.
    return {name: value for name, value in about.items() if name not in {"trust", "baseline"}}


def _ledger(facts: Path, measured: set[str]) -> Iterator[Document]:
    for line in _lines(facts, run_folder.COVERAGE):
        if line["kind"] == "page" and line["state"] == "measured":
            if line["path"] in measured:
                _refuse(facts, run_folder.COVERAGE, f"{clip(line['path'], 100)} is listed twice")
            measured.add(line["path"])
        yield line


def _pages(facts: Path, measured: set[str]) -> Iterator[Document]:
    """Give the documents of pages; each page of the ledger has one, and no other has."""
    for page in _lines(facts, run_folder.PAGES):
        if page["path"] not in measured:
            _refuse(
                facts, run_folder.PAGES, f"{clip(page['path'], 100)} is not measured by the ledger, or is here twice"
            )
        measured.discard(page["path"])
        yield page
    if measured:
        _refuse(facts, run_folder.PAGES, f"{clip(min(measured), 100)} is measured, and has no document")


def _whole(facts: Path, name: str) -> Document:
    with os.fdopen(_open(facts, name), "rb") as stream:
        document = _document(facts, name, stream.read(TAKEN[name].largest + 1))
    _valid(facts, name, document, validator(shapes.load(TAKEN[name].shape)))
    return document


def _lines(facts: Path, name: str) -> Iterator[Document]:
    holds = validator(shapes.load(TAKEN[name].shape))
    with os.fdopen(_open(facts, name), "rb") as stream:
        while line := stream.readline(_LONGEST_LINE + 1):
            if len(line) > _LONGEST_LINE:
                _refuse(facts, name, f"has a line of more than {_LONGEST_LINE:,} bytes")
            document = _document(facts, name, line)
            _valid(facts, name, document, holds)
            yield document


def _open(facts: Path, name: str) -> int:
    try:
        # O_NOFOLLOW: nothing may have become a link since the folder was looked at.
        return os.open(facts / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        _refuse(facts, name, error.strerror or "can't be read")


def _document(facts: Path, name: str, data: bytes) -> Document:
    try:
        document = json.loads(data.decode("utf-8"), parse_constant=_no_number)
        # What was written with lone surrogates was not written by a run, and could not be written again.
        json.dumps(document, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        _refuse(facts, name, f"is not JSON: {type(error).__name__}")
    if not isinstance(document, dict):
        _refuse(facts, name, "holds something else than an object")
    return document


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _valid(facts: Path, name: str, document: Document, holds: Any) -> None:
    try:
        failed = next(iter(holds.iter_errors(document)), None)
    except (ValueError, RecursionError) as error:
        _refuse(facts, name, f"can't be held against its shape: {type(error).__name__}")
    if failed is not None:
        _refuse(facts, name, f"is not of its shape at /{'/'.join(map(str, failed.instance_path))}: {failed.message}")


def _refuse(facts: Path, name: str, why: str) -> NoReturn:
    raise CannotMeasureError(
        f"{clip(visible(name), 60)}: {clip(visible(why), 300)}",
        where=str(facts),
        remedy="These facts are not judged. Both halves must use the same gonogo, and the first upload its run whole.",
    )
