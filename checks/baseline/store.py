"""A folder of saved baselines: the facts of runs, each page document stored once however many runs have it.

In: a finished run, or the folder. Out: files, or a run folder that holds facts again. `objects/` holds documents under
the digest of their bytes, compressed; `runs/` a folder for each run, with a manifest of its pages and a list that dates
its findings (`ages.py`); `latest` names one; `published/` is the ledger of every address ever published
(`published.py`).
What differs from visit to visit (`vitals`) stands in the manifest, so that it keeps no document from being shared.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from checks import json_bytes, run_folder
from checks.baseline import ages, ledger_file, objects, published
from checks.baseline.launched import expected_status, verdict_of
from checks.run_folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Document = dict[str, Any]
LATEST: Final = "latest"
RUNS: Final = "runs"
_MANIFEST: Final = "manifest.jsonl"
_SAVING: Final = "saving"
"""Where a run lies until all of it is saved."""
_WHOLE: Final = (run_folder.RUN, run_folder.SITE, run_folder.COVERAGE)
"""Files of a run that are kept as they are."""
_CHANGING: Final = "vitals"
_NO_NAME: Final = re.compile("[^0-9A-Za-z-]")
_DIGEST: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving came to."""

    name: str
    pages: int
    added: int
    """Documents that were not there yet."""
    published: int
    """Addresses in the ledger of all that was ever published."""


def save(run: RunFolder, folder: Path) -> Saved:
    """Add the facts of a finished run to a folder, and make them its latest; raises UserError where there are none."""
    name = _name(run.read(run_folder.RUN), run)
    there, beside = folder / RUNS / name, folder / _SAVING
    with run_folder.writing(folder):
        # What is saved a second time goes on from its own ledger: it stays until the new one is whole.
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        pages = added = 0
        not_there: list[str] = []
        with (beside / _MANIFEST).open("wb") as manifest:
            for page in run.lines(run_folder.PAGES):
                changing = page.pop(_CHANGING, None)
                digest, is_new = objects.put(folder, json_bytes.encode(page))
                line = {"path": page["path"], "digest": digest, _CHANGING: changing}
                manifest.write(json_bytes.encode(line) + b"\n")
                pages, added = pages + 1, added + is_new
                not_there += [page["path"]] if published.is_not_there(page) else []
        for file in _WHOLE:
            shutil.copyfile(run.file(file), beside / file)
        if run.file(run_folder.FILES).is_file():
            shutil.copyfile(run.file(run_folder.FILES), beside / run_folder.FILES)
        ages.carry(_former_ages(folder), run, beside)
        addresses = ledger_file.write(folder, beside, _published(folder, beside, run, not_there), verdict_of(run))
        shutil.rmtree(there, ignore_errors=True)
        there.parent.mkdir(exist_ok=True)
        beside.replace(there)
        objects.replace(folder / LATEST, f"{name}\n".encode())
        (folder / ages.FILE).unlink(missing_ok=True)  # where a former gonogo kept it
        ledger_file.tidy(folder, (folder / RUNS / one for one in names(folder)))
    return Saved(name, pages, added, addresses)


def _published(folder: Path, beside: Path, run: RunFolder, not_there: list[str]) -> Iterator[Document]:
    """Give the ledger of published addresses as it is with this run, which lies at `beside` already."""
    about = run.read(run_folder.RUN)
    own = published.own(RunFolder(beside), not_there)
    answers = run.lines_or_none(run_folder.ANSWERS)
    return published.merged(_former_ledger(folder), own, answers, published.day(about), expected_status(about))


def _former_ledger(folder: Path) -> Iterator[Document]:
    """Give the ledger of the latest baseline; of a folder of before there was one, what its runs published.

    Raises CannotMeasureError for one that is not there any more.
    """
    if not (folder / LATEST).is_file():
        return iter(())
    last = folder / RUNS / latest(folder)
    if ledger_file.has(last) or any(ledger_file.has(folder / RUNS / name) for name in names(folder)):
        return ledger_file.read(folder, last)
    return _of_each(folder, names(folder))


def _former_ages(folder: Path) -> Path | None:
    """Return the list of ages of the latest baseline; None where there is none."""
    return ledger_file.aged(folder, folder / RUNS / latest(folder)) if (folder / LATEST).is_file() else None


def _of_each(folder: Path, saved: list[str]) -> Iterator[Document]:
    ledger: Iterable[Document] = ()
    for name in saved:
        there = folder / RUNS / name
        not_there = [page["path"] for page in _pages(folder, there / _MANIFEST) if published.is_not_there(page)]
        own = published.own(RunFolder(there), not_there)
        ledger = published.merged(ledger, own, (), published.day(about(folder, name)), lambda _path: None)
    return iter(ledger)


def load(folder: Path, run: RunFolder) -> None:
    """Fill a run folder with the facts of the latest baseline.

    Raises CannotMeasureError for a folder that can't be believed, or not be read.
    """
    there = folder / RUNS / latest(folder)
    with run_folder.writing(run.path):
        run.path.mkdir(parents=True, exist_ok=True)
        for file in _WHOLE:
            if (there / file).is_symlink() or not (there / file).is_file():
                objects.refuse(there / file, "is no plain file, or is missing")
            shutil.copyfile(there / file, run.file(file))
        run.write_lines(run_folder.PAGES, _pages(folder, there / _MANIFEST))
        ages.load(_former_ages(folder), run)
        files = ledger_file.files(there)
        if files is not None:
            shutil.copyfile(files, run.file(run_folder.FILES))
        run.write_lines(run_folder.PUBLISHED, _former_ledger(folder))


def latest(folder: Path) -> str:
    """Return the name of the latest baseline. Raises CannotMeasureError where the folder names none."""
    try:
        name = (folder / LATEST).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        objects.refuse(folder / LATEST, f"can't be read: {error}")
    if name not in names(folder):
        objects.refuse(folder / LATEST, "names no baseline that is there")
    return name


def names(folder: Path) -> list[str]:
    """Return the names of the baselines in a folder, the oldest first."""
    return sorted(entry.name for entry in (folder / RUNS).iterdir()) if (folder / RUNS).is_dir() else []


def about(folder: Path, name: str) -> Document:
    """Return run.json of a baseline. Raises CannotMeasureError where it can't be read."""
    file = file_of(folder, name, run_folder.RUN)
    try:
        document: Document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        objects.refuse(file, f"can't be read: {error}")
    return document


def file_of(folder: Path, name: str, file: str) -> Path:
    """Return where a file of a saved run lies."""
    return folder / RUNS / name / file


def verdict(folder: Path, name: str) -> str | None:
    """Return what the run that was saved came to; None where nobody judged it, or wrote it down."""
    return ledger_file.verdict(folder / RUNS / name)


def pages_of(folder: Path, name: str) -> int:
    """Return how many pages a baseline has."""
    with (folder / RUNS / name / _MANIFEST).open("rb") as manifest:
        return sum(1 for _ in manifest)


def _name(about: Document, run: RunFolder) -> str:
    """Return the moment of the run, which sorts, and a digest that tells two runs of one second apart."""
    moment = _NO_NAME.sub("", str(about.get("started", ""))[:19])
    return f"{moment}-{hashlib.sha256(run.file(run_folder.RUN).read_bytes()).hexdigest()[:8]}"


def _pages(folder: Path, manifest: Path) -> Iterator[Document]:
    if not manifest.is_file():
        objects.refuse(manifest, "is missing")
    with manifest.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                entry = json_bytes.decode(line)
                digest, changing = str(entry["digest"]), entry[_CHANGING]
            except (ValueError, KeyError, TypeError):
                objects.refuse(manifest, f"line {number} can't be read")
            if not _DIGEST.fullmatch(digest):
                objects.refuse(manifest, f"line {number} names no digest")
            page = objects.get(folder, digest)
            yield page if changing is None else {**page, _CHANGING: changing}
