"""The trust root: the files that decide, taken out of one commit into a folder, so that the ordinary loaders read them.

In: a repository, a commit, the name of the config. Out: a folder that stands for the working directory and holds the
config, `gonogo/` and the folders of policies that the config names, as they are at that commit; nothing else.
What is no plain file, leads out of the repository or is too large is refused (UserError), never passed over.
"""

from __future__ import annotations

import posixpath
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from checks.errors import GonogoError, UserError
from checks.judge.policy_files import LARGEST as LARGEST_POLICY
from checks.judge.policy_files import NOT_POLICIES
from checks.settings import FILE_NAME
from checks.settings.yaml_text import LARGEST, parse
from checks.trust.entries import Entry, at_commit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checks.trust.git import Repository

FOLDER: Final = "gonogo"
"""Where a project keeps what decides, beside its config: policies, adopted findings, people, keys, sign-offs."""
DATA: Final = f"{FOLDER}/data/"
"""Where exports of other tools may lie: they are no rules, and read one by one where the config names them."""
LARGEST_FILE: Final = 16 * 1024 * 1024
"""The adopted findings of a large legacy site take some megabytes."""
MOST_FILES: Final = 10_000
MOST_BYTES: Final = 64 * 1024 * 1024
_ADOPTED: Final = f"{FOLDER}/adopted/"


def export(repository: Repository, commit: str, config: str | None, into: Path) -> Path:
    """Write what decides at `commit` below `into`; return the folder there that stands for the working directory.

    `config` is the settings file as seen from the working directory; None where the commit has none. Raises UserError
    for links, submodules, LFS pointers, files and folders that are too large, and paths that lead elsewhere.
    """
    here = repository.prefix()
    found = _found(repository, commit, config)
    exports = _joined(here, DATA)
    for path in found:  # a folder in which nothing decides is there all the same
        (into / path).parent.mkdir(parents=True, exist_ok=True)
    entries_that_decide = [entry for entry, under in found.values() if _decides(entry, under, exports)]
    size = sum(entry.size for entry in entries_that_decide)
    if len(entries_that_decide) > MOST_FILES or size > MOST_BYTES:
        what = f"{len(entries_that_decide):,} files of {size:,} bytes decide"
        remedy = f"At most {MOST_FILES:,} files and {MOST_BYTES:,} bytes are read: keep only policies in their folders."
        raise UserError(what, where=at_commit(config or FOLDER, commit), remedy=remedy)
    for limit, entries in _by_limit(entries_that_decide, _joined(here, _ADOPTED)):
        for path, data in repository.contents(commit, entries, limit).items():
            (into / path).write_bytes(data)
    folder = into / here
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def deciding(repository: Repository, commit: str, config: str | None) -> tuple[Entry, ...]:
    """Return the files that decide at `commit`: where two commits have the same, they have the same rules."""
    found = _found(repository, commit, config_at(repository, commit, config))
    exports = _joined(repository.prefix(), DATA)
    return tuple(entry for entry, under in found.values() if _decides(entry, under, exports))


def _found(repository: Repository, commit: str, config: str | None) -> dict[str, tuple[Entry, str]]:
    """Return what stands in the places that decide: path -> entry, and the place."""
    here = repository.prefix()
    wanted = [_joined(here, FOLDER)]
    if config is not None:
        file = within(here, config)
        wanted += [file, *_folders(repository.read(commit, file, LARGEST) or b"", file, commit)]
    return {entry.path: (entry, under) for under in wanted for entry in repository.entries(commit, under)}


def config_at(repository: Repository, commit: str, config: str | None) -> str | None:
    """Return the settings file that decides at `commit`, as seen from the working directory; None where there is none.

    It is the one that was named; where the commit does not have that one, gonogo.yaml: naming a file that is not there
    yet must not get rid of the rules that are.
    """
    here = repository.prefix()
    for name in dict.fromkeys((config or FILE_NAME, FILE_NAME)):
        if repository.read(commit, within(here, name), LARGEST) is not None:
            return name
    return None


def within(here: str, path: str) -> str:
    """Return `path`, seen from the folder `here`, from the root of the repository; UserError where it leads out."""
    found = posixpath.normpath(_joined(here, path))
    if path.startswith("/") or found == ".." or found.startswith("../"):
        raise UserError(
            "the path leads out of the repository", where=path, remedy="Name a file of the repository, from here."
        )
    return found


@contextmanager
def told_at(commit: str, folder: Path) -> Iterator[None]:
    """Let errors about files below `folder` name them as files of `commit`: `gonogo/people.yaml at 0123456789ab`."""
    try:
        yield
    except GonogoError as error:
        what, where, remedy = (renamed(text, commit, folder) for text in (error.what, error.where, error.remedy))
        raise type(error)(what, where=where, remedy=remedy) from error


def renamed(text: str, commit: str, folder: Path) -> str:
    """Return `text` with every file below `folder` named as a file of `commit`."""
    # A file's name ends at the colon before a line, or with its line; names of files have no colon in our messages.
    pattern = re.escape(f"{folder}/") + r"(?P<path>[^:\n(]*?)(?=:|\n| \(| as the config |$)"
    return re.sub(pattern, lambda found: at_commit(found["path"], commit), text)


def _folders(data: bytes, file: str, commit: str) -> Iterator[str]:
    """Give the folders that the config names, from the root of the repository; a config of another shape names none."""
    source = at_commit(file, commit)
    document, places = parse(data, source)
    policies = document.get("policies") if isinstance(document, dict) else None
    named = policies.get("folders") if isinstance(policies, dict) else None
    for index, name in enumerate(named if isinstance(named, list) else ()):
        if not isinstance(name, str):
            continue
        if name.startswith("/") or ".." in name.split("/"):
            where = places.of("policies", "folders", index)
            remedy = "Name a folder of the repository, without `..`."
            raise UserError(f"`policies.folders` leads elsewhere: {name}", where=where, remedy=remedy)
        found = posixpath.normpath(_joined(posixpath.dirname(file), name))
        yield "" if found == "." else found


def _decides(entry: Entry, under: str, exports: str) -> bool:
    """Notes, hidden files and exports are read by no loader of rules; a file that is named itself always is."""
    if entry.path.startswith(exports):
        return False
    inner = entry.path.removeprefix(under)
    return not inner.endswith(tuple(NOT_POLICIES)) and not any(part.startswith(".") for part in inner.split("/"))


def _by_limit(entries: list[Entry], adopted: str) -> Iterator[tuple[int, list[Entry]]]:
    yield LARGEST_FILE, [entry for entry in entries if entry.path.startswith(adopted)]
    yield LARGEST_POLICY, [entry for entry in entries if not entry.path.startswith(adopted)]


def _joined(here: str, name: str) -> str:
    return f"{here}/{name}" if here else name
