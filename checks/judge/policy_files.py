"""The files that policies stand in, read: JSON, YAML, and sheets whose lines are policies.

In: paths. Out: `File`s, each with its document or with what is wrong with it. The only module of `judge` that reads
files. What they hold may be hostile: sizes are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from checks.errors import UserError
from checks.judge import expectations, merge_patch
from checks.judge.policy import Policy
from checks.judge.problems import Problem
from checks.judge.refit import refitted
from checks.judge.source import JSON_SUFFIXES, YAML_SUFFIXES, Source, parse
from checks.judge.strictness import ShapeOf, problems

ID_PART: Final = "abcdefghijklmnopqrstuvwxyz0123456789-"
LARGEST: Final = 256 * 1024
"""Bytes of one file. A policy is a few kilobytes; the YAML parser takes about 6 seconds for a megabyte."""
SHEET_SUFFIX: Final = ".csv"
NOT_POLICIES: Final = frozenset({".md", ".txt"})
RESERVED: Final = "coverage"
"""Findings about addresses that could not be measured have this as their policy."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that holds a policy, or a line of a sheet that is one."""

    id: str
    path: str
    shipped: bool
    source: Source
    compiled: bool = False
    """Whether it is a line of a sheet, and no file of its own."""

    def accepted(self, change: Mapping[str, Any], shape_of: ShapeOf) -> Policy | list[Problem]:
        """Return the policy as the project changes it, or what is wrong with it: nothing where it is dropped."""
        wrong = list(self.source.problems) or [
            self.source.located(each) for each in problems(self.id, self.source.document, shape_of)
        ]
        patch = change.get(self.id, {})
        if wrong or patch is None:
            return wrong
        if not patch or not isinstance(patch, Mapping):
            return Policy.of(self.id, self.source.document, self.path)
        document = refitted(self.id, merge_patch.merged(self.source.document, patch), patch, shape_of)
        at = f"{self.path} as the config changes it"
        wrong = [replace(each, path=at) for each in problems(self.id, document, shape_of)]
        return wrong or Policy.of(self.id, document, self.path)


def files_of(folder: Path, *, shipped: bool = False) -> Iterator[File]:
    """Give every file of a folder that is no note and not hidden. Raises UserError where there is no such folder."""
    if not folder.is_dir():
        raise UserError("no such folder of policies", where=str(folder), remedy="Mend policies.folders in the config.")
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if path.is_dir() or path.suffix in NOT_POLICIES or any(part.startswith(".") for part in inner.parts):
            continue
        yield file_at(path, inner.with_suffix("").as_posix(), shipped=shipped)


def file_at(path: Path, policy_id: str, *, shipped: bool = False) -> File:
    """Return one file; what keeps it from being read is among its problems."""
    data = _bytes(path, LARGEST)
    if isinstance(data, Problem):
        return File(policy_id, str(path), shipped, Source(str(path), "", None, (data,)))
    try:
        source = parse(str(path), data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        source = Source(str(path), "", None, (Problem("not UTF-8", path=str(path)),))
    return File(policy_id, str(path), shipped, source)


def _bytes(path: Path, largest: int) -> bytes | Problem:
    """Return what a file holds, or why it can't be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(largest + 1)
    except OSError as error:
        return Problem(f"cannot be read: {error.strerror}", path=str(path))
    if len(data) > largest:
        return Problem("it is too large", path=str(path), remedy=f"At most {largest:,} bytes are read: split it.")
    return data


def lines_of(path: Path) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    """Return the lines of a sheet as if each were a file, and what is wrong with the others."""
    data = _bytes(path, expectations.LARGEST)
    if isinstance(data, Problem):
        return (), (data,)
    found, wrong = expectations.compiled(data)
    problems = tuple(replace(problem, path=str(path)) for problem in wrong)
    sources = ((one.id, Source(f"{path}:{one.line}", "", one.document)) for one in found)
    return tuple(File(name, str(path), shipped=False, source=each, compiled=True) for name, each in sources), problems


def is_policy(file: File) -> bool:
    """Say whether it can be one, by its name."""
    return file.compiled or Path(file.path).suffix in JSON_SUFFIXES | YAML_SUFFIXES


def is_sheet(path: Path) -> bool:
    """Say whether a path is that of a sheet, and not of a folder of policies."""
    return path.suffix == SHEET_SUFFIX and not path.is_dir()


def is_id(name: str) -> bool:
    """Say whether a policy can have this id."""
    parts = name.split("/")
    return parts[0] != RESERVED and all(part.strip("-") and set(part) <= set(ID_PART) for part in parts)
