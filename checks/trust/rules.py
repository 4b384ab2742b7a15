"""The rules that decide: those of the base of a change, of a folder, or of the working tree.

In: a repository and the ref of the base, or a folder; what the command line says. Out: frozen `Rules`, with a `Trust`
that says where they came from. Keys that say where something is come from the change itself, keys that say what is
right from the base; beside a base that decides, the command line may only tighten.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks import settings
from checks.errors import UserError
from checks.trust import root, snapshot
from checks.trust.entries import at_commit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from checks.judge.policy import Policy
    from checks.settings import Settings
    from checks.signoff.adopted import Adopted
    from checks.signoff.people import Authority
    from checks.trust.git import Repository
    from checks.trust.snapshot import Snapshot

BASE: Final = "base"
WORKING_TREE: Final = "working-tree"
FIRST_RUN: Final = "first-run"
FOLDER: Final = "folder"
WHERE: Final = ("preview", "sources")
"""Keys that say where something is; every other key says what is right."""
_LEFT_OPEN: Final[dict[str, tuple[Any, ...]]] = {"site": (None,), "host": ("auto",), "baseline": ()}
"""What the command line may say where the base has one of these values; a baseline would excuse what it holds."""
_ASKED: Final = "the command line"
_REMEDY: Final = "Leave it out: the rules of the base decide. Change it there, in a pull request of its own."


@dataclass(frozen=True, slots=True)
class Trust:
    """Where the rules that decide came from: `trust` in run.json."""

    root: str
    """`base`, `working-tree`, `first-run` or `folder`."""
    ref: str | None
    """The ref, or the folder, as it was named."""
    commit: str | None
    """The commit that the ref was resolved to, once."""
    said: str
    """One sentence for people."""

    def to_document(self) -> dict[str, Any]:
        """Return it as run.json keeps it."""
        return {"root": self.root, "ref": self.ref, "commit": self.commit, "said": self.said}


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides."""

    settings: Settings
    policies: tuple[Policy, ...]
    adopted: Mapping[str, Adopted]
    """By fingerprint."""
    trust: Trust
    authority: Authority | None = None
    """Who may sign."""


def from_folder(config: Path | None, overrides: Mapping[str, Any], today: date, base: Path = Path()) -> Rules:
    """Return the rules of the working tree, or of the folder `base`, which stands for it.

    `config` is the settings file as seen from there, `overrides` as in `settings.load`. Raises UserError with
    everything that is wrong.
    """
    found = snapshot.of_folder(base, config, overrides, today)
    if base == Path():
        said = "The rules of the working tree decide; nothing keeps a change from them."
        return _rules(found, Trust(WORKING_TREE, None, None, said))
    asked = settings.from_bytes(b"{}", _ASKED, {**overrides, "set": None}, today)
    decided = _settings(found)
    placed = replace(decided, **_where(decided, asked, _told_by_change(Path(), config, today)))
    said = f"The rules of the folder {base} decide, which nobody vouches for (untrusted root)."
    return _rules(replace(found, settings=placed), Trust(FOLDER, str(base), None, said))


def from_commit(
    repository: Repository, ref: str, config: Path | None, overrides: Mapping[str, Any], today: date
) -> Rules:
    """Return the rules of the commit that `ref` names; where it has none at all, those of the working tree.

    Raises UserError for rules of the base that are broken, for an override that would replace what the base says, and
    as `Repository` does.
    """
    commit = repository.resolve(ref)
    name = config.as_posix() if config else None
    if not root.deciding(repository, commit, name):
        said = f"first run, unprotected: {ref[:40]} has no {settings.FILE_NAME} yet, so the change's own rules decide."
        found = snapshot.of_folder(repository.path, config, overrides, today)
        return _rules(found, Trust(FIRST_RUN, ref, commit, said))
    base = snapshot.of_commit(repository, commit, name, {}, today)
    asked = settings.from_bytes(b"{}", _ASKED, {**overrides, "set": None}, today)
    decided = _settings(base)
    tighter = _tightened(decided, asked, overrides, at_commit(base.config or settings.FILE_NAME, commit))
    if tighter:
        base = snapshot.of_commit(repository, commit, name, tighter, today)
    placed = replace(_settings(base), **_where(decided, asked, _told_by_change(repository.path, config, today)))
    named = f"commit {commit[:12]}" if ref == commit else f"{ref} ({commit[:12]})"
    said = f"The rules of {named} decide, not those of the change."
    return _rules(replace(base, settings=placed), Trust(BASE, ref, commit, said))


def _rules(found: Snapshot, trust: Trust) -> Rules:
    return Rules(_settings(found), found.policies, found.adopted, trust, found.authority)


def _settings(found: Snapshot) -> Settings:
    if found.settings is None:
        raise TypeError("only a snapshot that was read strictly decides")
    return found.settings


def _tightened(decided: Settings, asked: Settings, overrides: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return what of `overrides` is laid over the base's own settings: more sets, and what the base leaves open."""
    sets = overrides.get("set") or ()
    more = [name for name in ([sets] if isinstance(sets, str) else sets) if name not in decided.policies.use]
    tighter: dict[str, Any] = {"set": [*decided.policies.use, *more]} if more else {}
    if overrides.get("lighthouse") and not decided.lighthouse:
        tighter["lighthouse"] = True
    for key, left_open in _LEFT_OPEN.items():
        here, there = getattr(asked, key), getattr(decided, key)
        if overrides.get(key) is None or here == there:
            continue
        if there not in left_open:
            raise UserError(f"`{key}` is {there} there, and {here} was asked for", where=where, remedy=_REMEDY)
        tighter[key] = here
    return tighter


def _told_by_change(place: Path, config: Path | None, today: date) -> Settings | None:
    """Return the settings of the change; None where they are broken, which the comparison of both sides tells."""
    if (place / (config or settings.FILE_NAME)).is_symlink():
        return None
    try:
        return snapshot.settings_of_folder(place, config, {}, today)[1]
    except snapshot.UNREADABLE:
        return None


def _where(decided: Settings, asked: Settings, change: Settings | None) -> dict[str, Any]:
    """Return the values of the keys that say where something is: as asked for, as in the change, as in the base."""
    sides = [side for side in (asked, change) if side is not None]
    return {
        key: next((value for side in sides if (value := getattr(side, key))), getattr(decided, key)) for key in WHERE
    }
