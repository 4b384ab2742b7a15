"""What the rules of one side say: of a commit, or of a folder.

In: a repository and a commit, or a folder. Out: a frozen `Snapshot` of settings, policies, adopted findings and who may
sign. The side that decides is read strictly: the first fault in it is a `UserError`. The other side may be hostile, and
is read as far as it goes: what is wrong with it is told in the snapshot.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from checks import settings
from checks.errors import UserError
from checks.judge import policies
from checks.judge.vocabulary import FIELD, LIGHTHOUSE, WORTH
from checks.signoff import adopted, people
from checks.trust import root
from checks.trust.entries import at_commit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from checks.judge.policy import Policy
    from checks.settings import Settings
    from checks.signoff.adopted import Adopted
    from checks.signoff.people import Authority
    from checks.trust.git import Repository

POLICIES_FOLDER: Final = f"{root.FOLDER}/policies"
"""The project's own policies, read where the folder is there without being named."""
EXPECTATIONS: Final = f"{root.FOLDER}/expectations.csv"
"""Rules from a sheet, read where the file is there."""
ADOPTED_FOLDER: Final = f"{root.FOLDER}/adopted"
SIGN_OFFS_FOLDER: Final = f"{root.FOLDER}/sign-offs"
_NO_CONFIG: Final = "the command line"
UNREADABLE: Final = (UserError, ValueError, RecursionError)
"""What hostile files come to: our own errors, and what parsers raise for numbers of 5,000 digits or endless nesting."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Broken:
    """A part that could not be read."""

    part: str
    """`settings`, `policies`, `adopted` or `people`."""
    file: str
    what: str
    """What is wrong; empty where the part is only unknown because of another one."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the rules of one side say. A part that is `broken` is None, or empty, and means nothing."""

    config: str | None
    """The settings file, as seen from the working directory; None where there is none, and the defaults hold."""
    settings: Settings | None
    policies: tuple[Policy, ...]
    adopted: Mapping[str, Adopted]
    authority: Authority | None
    """Who may sign; None where none of the three files is there."""
    broken: tuple[Broken, ...] = ()
    revocations: frozenset[str] = frozenset()
    """Ids of the statements that take sign-offs or keys back."""

    def knows(self, part: str) -> bool:
        """Say whether this part could be read."""
        return all(one.part != part for one in self.broken)


def of_folder(
    base: Path, config: Path | None, overrides: Mapping[str, Any], today: date, *, strict: bool = True
) -> Snapshot:
    """Return what the files below `base` say; `config` is the settings file as seen from there, else gonogo.yaml.

    Raises UserError for what is wrong with them, unless not `strict`.
    """
    reading = _Reading(strict)
    nothing: tuple[str | None, Settings | None] = (None, None)
    name, found = reading.part(
        "settings",
        str(config or settings.FILE_NAME),
        lambda: settings_of_folder(base, config, overrides, today),
        nothing,
    )
    return reading.rest(name, found, Path(), base)


def settings_of_folder(
    base: Path, config: Path | None, overrides: Mapping[str, Any], today: date
) -> tuple[str | None, Settings]:
    """Return the settings of a folder and the name of their file, None where the defaults hold. Raises UserError."""
    file = base / (config or settings.FILE_NAME)
    there = file.exists() or file.is_symlink()
    if base == Path():
        return (str(file) if there else None), settings.load(config, overrides, today)
    if not config and not there:
        return None, settings.from_bytes(b"{}", _NO_CONFIG, overrides, today)
    return str(file), settings.load(file, overrides, today)


def of_commit(
    repository: Repository,
    commit: str,
    config: str | None,
    overrides: Mapping[str, Any],
    today: date,
    *,
    strict: bool = True,
) -> Snapshot:
    """Return what the files of `commit` say; `config` as in `root.config_at`.

    Raises UserError for what is wrong with them, unless not `strict`; CannotMeasureError for what git can't give.
    """
    reading = _Reading(strict)
    with tempfile.TemporaryDirectory(prefix="gonogo-") as place, root.told_at(commit, Path(place)):
        into = Path(place)
        name = reading.part(
            "settings", config or settings.FILE_NAME, lambda: root.config_at(repository, commit, config), None
        )
        folder = None
        if not reading.broken:
            folder = reading.part("settings", root.FOLDER, lambda: root.export(repository, commit, name, into), None)
        if folder is None:
            unknown = tuple(Broken(part, "", "") for part in ("policies", "adopted", "people"))
            return Snapshot(config, None, (), {}, None, (*reading.broken, *unknown))
        data = (folder / name).read_bytes() if name else b"{}"
        source = at_commit(name, commit) if name else _NO_CONFIG

        def told() -> Settings:
            return settings.from_bytes(data, source, overrides, today)

        found = reading.part("settings", name or settings.FILE_NAME, told, None)
        sources = {each: at_commit(f"{root.FOLDER}/{each}", commit) for each in people.FILES}
        snapshot = reading.rest(name, found, folder, folder, sources)
        return replace(
            snapshot,
            policies=tuple(replace(one, path=one.path.removeprefix(f"{folder}/")) for one in snapshot.policies),
            broken=tuple(
                replace(one, what=root.renamed(one.what, commit, into), file=one.file.removeprefix(f"{folder}/"))
                for one in snapshot.broken
            ),
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads the parts one after the other; strict: up to the first fault."""

    strict: bool
    broken: list[Broken] = field(default_factory=list)

    def part(self, name: str, file: str, read: Callable[[], _T], otherwise: _T) -> _T:
        """Return what `read` does, or `otherwise` where the files are wrong and that is to be told."""
        try:
            return read()
        except UNREADABLE as error:
            if self.strict:
                raise
            self.broken.append(Broken(name, file, str(error).partition("\n")[0]))
            return otherwise

    def rest(
        self,
        config: str | None,
        found: Settings | None,
        place: Path,
        base: Path,
        sources: Mapping[str, str] | None = None,
    ) -> Snapshot:
        """Return the snapshot; folders of the settings are seen from `place`, `gonogo/` stands below `base`."""
        in_force: tuple[Policy, ...] = ()
        if found is None:
            self.broken.append(Broken("policies", "", ""))
        else:
            in_force = self.part("policies", POLICIES_FOLDER, lambda: policies_of(found, place, base, config), ())
        owners = found.owners if found else None
        return Snapshot(
            config=config,
            settings=found,
            policies=in_force,
            adopted=self.part("adopted", ADOPTED_FOLDER, lambda: adopted.load(base / ADOPTED_FOLDER), {}),
            authority=self.part("people", root.FOLDER, lambda: people.load(base / root.FOLDER, owners, sources), None),
            broken=tuple(self.broken),
            revocations=frozenset(_revocations(base / SIGN_OFFS_FOLDER)),
        )


def _revocations(folder: Path) -> Iterator[str]:
    """Give the ids of revocations; whether they are signed is asked where they are applied."""
    for file in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            stated = json.loads(file.read_bytes())
        except (OSError, ValueError, RecursionError):
            continue
        if isinstance(stated, dict) and stated.get("action") == "revoke":
            yield file.stem


def policies_of(found: Settings, place: Path, base: Path, config: str | None) -> tuple[Policy, ...]:
    """Return the policies in force; folders of the settings are seen from `place`, `gonogo/` stands below `base`.

    Raises UserError with everything that is wrong with them; `config` is the file of the settings, where there is one.
    """
    folders = [place / folder for folder in found.policies.folders]
    own = base / POLICIES_FOLDER
    if own.is_dir() and own not in folders:
        folders.append(own)
    sheet = base / EXPECTATIONS
    if sheet.exists() or sheet.is_symlink():
        folders.append(sheet)
    asked = {LIGHTHOUSE: found.lighthouse is not None, WORTH: bool(found.exports.worth), FIELD: found.exports.has_field}
    use = (*found.policies.use, *(name for name, wanted in asked.items() if wanted))
    named = config or "the config"
    return policies.load(folders, use, found.policies.change, owners=found.owners, config=named)
