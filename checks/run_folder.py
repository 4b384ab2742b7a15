"""The run folder: where each document of a run lies. The only module that knows the names of its files.

In: a folder. Out: readers and writers of its documents. JSON Lines are streamed, one document at a time.
"""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks import json_bytes
from checks.errors import CannotMeasureError, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

DEFAULT_NAME = "gonogo-run"
Document = dict[str, Any]

RUN, COVERAGE, PAGES, SITE = "run.json", "coverage.jsonl", "pages.jsonl", "site.json"
FINDINGS, VERDICT, POLICIES, ADOPTED = "findings.jsonl", "verdict.json", "policies.json", "adopted.json"
RULES_CHANGE, SIGN_OFFS, SOURCES = "rules-change.json", "sign-offs.json", "sources.jsonl"
LIGHTHOUSE = "lighthouse.jsonl"
MEASURED = "measured.jsonl"
"""What a shard has measured of its pages; such a folder has no documents of its own."""
CHANGES, ANSWERS, FIXED = "changes.jsonl", "answers.jsonl", "fixed.jsonl"
AGES, COURSE = "ages.jsonl", "course.json"
OUTLINES = "outlines.jsonl"
"""What reports say of every page, so that they need not read all of its facts."""
FILES, PUBLISHED = "files.jsonl", "published.jsonl"
SNIPPETS, SCREENS, DELIVERED, SCRATCH = "snippets.jsonl", "screens", "delivered.sqlite", "scratch"
BASELINE = "baseline"
"""The folder in which a run keeps the facts of what it is compared with: a run folder of its own."""
DOCUMENTS = {"page": PAGES, "site": SITE, "change": CHANGES, "lighthouse": LIGHTHOUSE}
"""Kind of document -> the file that holds it."""
FILE_BY_FORMAT = {"html": "report.html", "junit": "junit.xml", "sarif": "gonogo.sarif", "markdown": "summary.md"}
_BUFFER = 1 << 18
_FULL_OR_CLOSED = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG})
_OURS = (
    RUN,
    COVERAGE,
    PAGES,
    MEASURED,
    SITE,
    LIGHTHOUSE,
    CHANGES,
    ANSWERS,
    FILES,
    PUBLISHED,
    FINDINGS,
    OUTLINES,
    FIXED,
    AGES,
    COURSE,
    VERDICT,
    POLICIES,
    ADOPTED,
    RULES_CHANGE,
    SIGN_OFFS,
    SOURCES,
    SNIPPETS,
    DELIVERED,
    *FILE_BY_FORMAT.values(),
)


@dataclass(frozen=True, slots=True)
class RunFolder:
    """One run; `path` is its folder."""

    path: Path

    def clear(self) -> None:
        """Make the folder, without anything of an earlier run, so that no stale GO survives.

        Raises UserError where the folder holds something that is not ours, CannotMeasureError where it can't be
        written.
        """
        with writing(self.path):
            if self.path.exists() and not self.path.is_dir():
                raise UserError("is not a folder", where=str(self.path), remedy="Choose another one with `--run`.")
            foreign = self._foreign()
            if foreign:
                raise UserError(
                    f"holds `{foreign}`, which no run has written",
                    where=str(self.path),
                    remedy="Choose an empty folder, or one of an earlier run, with `--run`.",
                )
            self.path.mkdir(parents=True, exist_ok=True)
            for name in _OURS:
                self.file(name).unlink(missing_ok=True)
            for name in (SCREENS, BASELINE):
                shutil.rmtree(self.file(name), ignore_errors=True)
            self.drop_scratch()
            self.scratch.mkdir()

    def _foreign(self) -> str | None:
        known = {*_OURS, SCREENS, SCRATCH, BASELINE}
        return next((name for name in self.left() if name.removesuffix("-journal") not in known), None)

    def left(self) -> list[str]:
        """Return the names of all that lies in the folder, sorted; none where there is no folder."""
        return sorted(entry.name for entry in self.path.iterdir()) if self.path.is_dir() else []

    def file(self, name: str) -> Path:
        """Return the path of the file called `name`."""
        return self.path / name

    @property
    def scratch(self) -> Path:
        """A folder for what is needed only while the run collects."""
        return self.path / SCRATCH

    def drop_scratch(self) -> None:
        """Remove the scratch folder, or what lies in its place."""
        if self.scratch.is_symlink() or self.scratch.is_file():
            self.scratch.unlink()
        shutil.rmtree(self.scratch, ignore_errors=True)

    @contextlib.contextmanager
    def scratching(self) -> Iterator[None]:
        """Remove the scratch folder in the end, however that comes."""
        try:
            yield
        finally:
            self.drop_scratch()

    @property
    def baseline(self) -> RunFolder:
        """The facts that this run is compared with, as a run folder of their own."""
        return RunFolder(self.path / BASELINE)

    def exists(self) -> bool:
        """Return whether somebody has collected into this folder."""
        return self.file(RUN).is_file() and self.file(PAGES).is_file()

    def read(self, name: str) -> Document:
        """Return the JSON document `name`. Raises UserError where it is missing or no JSON object."""
        file = self.file(name)
        try:
            document = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UserError("is missing", where=str(file), remedy="Name the folder of a finished run.") from None
        except (ValueError, OSError, RecursionError) as error:
            raise UserError(f"can't be read: {error}", where=str(file), remedy="Run `gonogo check` again.") from None
        if not isinstance(document, dict):
            raise UserError("is not a JSON object", where=str(file), remedy="Run `gonogo check` again.")
        return document

    def read_or(self, name: str, otherwise: Document) -> Document:
        """Return the JSON document `name`, or `otherwise` where there is none."""
        return self.read(name) if self.file(name).is_file() else otherwise

    def lines(self, name: str) -> Iterator[Document]:
        """Give the documents of the JSON Lines file `name`, one at a time.

        Raises UserError where there is no such file, CannotMeasureError that names the line that is broken.
        """
        file = str(self.file(name))
        for number, line in enumerate(self.raw_lines(name), start=1):
            yield document_of(line, f"{file}:{number}")

    def raw_lines(self, name: str) -> Iterator[bytes]:
        """Give the lines of the file `name` as they are, without their ends. Raises UserError where there is none."""
        file = self.file(name)
        if not file.is_file():
            raise UserError("is missing", where=str(file), remedy="Name the folder of a finished run.")
        # A page document has 50 KB: Python's own buffer is filled many times for it, and takes four times as long.
        with file.open("rb", buffering=_BUFFER) as stream:
            for line in stream:
                yield line.removesuffix(b"\n")

    def lines_or_none(self, name: str) -> Iterator[Document]:
        """Give the documents of the JSON Lines file `name`, none where there is no such file."""
        return self.lines(name) if self.file(name).is_file() else iter(())

    def documents(self, kind: str) -> Iterator[Document]:
        """Give the documents of facts of one kind, one at a time; none where the run has none of that kind."""
        name = DOCUMENTS.get(kind)
        if name is None or not self.file(name).is_file():
            return
        if name.endswith(".jsonl"):
            yield from self.lines(name)
        else:
            yield self.read(name)

    def write(self, name: str, document: Document) -> None:
        """Write one JSON document, keys sorted, for people to read too."""
        with writing(self.path), self.file(name).open("w", encoding="utf-8") as stream:
            json.dump(document, stream, indent=2, sort_keys=True, ensure_ascii=False)
            stream.write("\n")

    def write_lines(self, name: str, documents: Iterable[Mapping[str, Any] | bytes], *, after: bool = False) -> int:
        """Write JSON Lines as they come, keys sorted, `after` those that are there; return how many there were.

        A document may come as the bytes of its line, from whoever has them.
        """
        count = 0
        with self.writer(name, after=after) as write:
            for document in documents:
                write(document)
                count += 1
        return count

    @contextlib.contextmanager
    def writer(self, name: str, *, after: bool = False) -> Iterator[Callable[[Mapping[str, Any] | bytes], None]]:
        """Give what writes JSON Lines one by one, likewise."""
        with writing(self.path), self.file(name).open("ab" if after else "wb") as stream:

            def write(document: Mapping[str, Any] | bytes) -> None:
                stream.write((document if isinstance(document, bytes) else json_bytes.encode(document)) + b"\n")

            yield write


def document_of(line: bytes, where: str) -> Document:
    """Return the document that a line holds. Raises CannotMeasureError for what is none."""
    try:
        document = json_bytes.decode(line)
    except ValueError as error:
        raise CannotMeasureError(f"is not JSON: {error}", where=where, remedy="Run `gonogo check` again.") from None
    if not isinstance(document, dict):
        raise CannotMeasureError("is not a JSON object", where=where, remedy="Run `gonogo check` again.")
    return document


@contextlib.contextmanager
def writing(where: Path) -> Iterator[None]:
    """Turn a full or read-only disk into an error that says so (exit 3): what could not be written is no pass."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        reason = _reason(error)
        if reason is not None:
            raise CannotMeasureError(
                f"can't be written: {reason}",
                where=str(where),
                remedy="Make room, or choose another folder with `--run`.",
            ) from error
        raise


def _reason(error: OSError | sqlite3.OperationalError) -> str | None:
    """Return why something could not be written, or None where that is not what is wrong."""
    if isinstance(error, OSError):
        return error.strerror if error.errno in _FULL_OR_CLOSED else None
    return str(error) if any(word in str(error) for word in ("disk", "readonly", "unable to open")) else None
