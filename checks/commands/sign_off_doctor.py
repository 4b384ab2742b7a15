"""doctor --trust: whether people, keys and roles are in order, before somebody needs them.

In: the working tree, or a commit. Out: what is printed, an exit code: 2 for files that can't be used, 4 for exceptions
that the rules allow and that nobody could sign for, else 0.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from checks import errors
from checks.commands.finished import today
from checks.commands.printing import print_lines
from checks.commands.sign_off_shared import GONOGO
from checks.signing import git_history
from checks.signoff import lint, people
from checks.trust import snapshot
from checks.trust.git import Repository
from checks.verdict import first_of

if TYPE_CHECKING:
    import argparse

    from checks.signoff.people import Authority
    from checks.trust.snapshot import Snapshot

_CODES: Final = {
    lint.BROKEN: errors.EXIT_WRONG_USE,
    lint.UNMEETABLE: errors.EXIT_WEAKENED,
    lint.DOUBTFUL: errors.EXIT_GO,
}
_WORDS: Final = {lint.BROKEN: "WRONG  ", lint.UNMEETABLE: "STUCK  ", lint.DOUBTFUL: "note   "}


def doctor_trust(parsed: argparse.Namespace) -> int:
    """Say what is wrong with people, keys and roles: in the working tree, or at `--trust-ref`.

    Raises UserError for settings and policies that are broken.
    """
    seen = _seen(parsed)
    about = seen.settings
    if about is None or not seen.knows("policies"):
        remedy = "`gonogo policy list` says what is wrong."
        raise errors.UserError("config and policies can't be read", where=str(GONOGO), remedy=remedy)
    authors = git_history.authors(parsed.trust_ref or "HEAD")
    found = lint.lint(_authority(seen, parsed), seen.policies, about, authors)
    for one in found:
        print_lines(f"{_WORDS[one.kind]}  {one.where}: {one.what}")
        print_lines(f"         {one.remedy}")
    if not found:
        print_lines("ok       people, keys and roles: every exception that the rules allow can be signed for")
    return first_of([errors.EXIT_GO, *(_CODES[one.kind] for one in found)])


def _seen(parsed: argparse.Namespace) -> Snapshot:
    if not parsed.trust_ref:
        return snapshot.of_folder(Path(), parsed.config, {}, today(), strict=False)
    repository = Repository(Path())
    name = parsed.config.as_posix() if parsed.config else None
    return snapshot.of_commit(repository, repository.resolve(parsed.trust_ref), name, {}, today(), strict=False)


def _authority(seen: Snapshot, parsed: argparse.Namespace) -> Authority | errors.UserError | None:
    """Return who may sign, or why that can't be read."""
    broken = next((one for one in seen.broken if one.part == "people"), None)
    if broken is None:
        return seen.authority
    if parsed.trust_ref:
        return errors.UserError(broken.what, where=broken.file, remedy="Mend it there, in a pull request of its own.")
    try:
        return people.load(GONOGO, seen.settings.owners if seen.settings else None)
    except errors.UserError as error:
        return error
