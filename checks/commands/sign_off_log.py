"""sign-off log: every sign-off that there ever was, and figures from them.

In: parsed arguments, the history of the folder in git, saved runs, which alone hold what reviews have signed. Out: what
is printed, an exit code.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checks import errors, exceptions, run_folder
from checks.commands.finished import today
from checks.commands.printing import print_json, print_lines
from checks.judge.override import of_owner
from checks.run_folder import RunFolder
from checks.signing import figures, git_history
from checks.signing.figures import Logged
from checks.signoff import names, statement
from checks.signoff.verified import Verified
from checks.trust import snapshot

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence


def run(parsed: argparse.Namespace) -> int:
    """Print the log and its figures. Raises UserError outside a repository, and for runs that are none."""
    runs = [RunFolder(path) for path in parsed.runs]
    verdicts = [run.read(run_folder.VERDICT) for run in runs]
    log = [*_committed(parsed.folder, needed=not runs), *(one for run in runs for one in _reviewed(run))]
    found = figures.figures(log, _owners(), verdicts)
    if parsed.json:
        print_json(found.to_document())
    else:
        print_lines("\n".join(figures.told(log, found)))
    return errors.EXIT_GO


def _committed(where: Path, *, needed: bool) -> Iterator[Logged]:
    """Give every statement that was ever committed; what is no statement was listed as malformed in its day.

    Raises UserError outside a repository, where one is `needed`.
    """
    try:
        history = git_history.added(where)
    except errors.UserError:
        if needed:
            raise
        return
    for past in history:
        if not past.path.endswith(".json") or past.path.endswith(names.REQUEST_SUFFIX):
            continue
        try:
            said = statement.parse(past.data, past.path)
        except statement.MalformedError:
            continue
        yield Logged(statement.id_of(past.data), past.when, past.by, said)


def _reviewed(run: RunFolder) -> Iterator[Logged]:
    """Give what reviews have signed for in a saved run: no file of the repository holds it."""
    for document in run.read_or(run_folder.SIGN_OFFS, exceptions.NONE)["verified"]:
        one = Verified.from_document(document)
        if one.statement is not None and one.statement.of_review:
            by = ", ".join(signer.name for signer in one.signers)
            yield Logged(one.id, one.statement.issued_at, by, one.statement)


def _owners() -> Mapping[str, Sequence[str]]:
    """Return policy -> who must sign, by the rules of the working tree; those of other days may have said otherwise."""
    in_force = snapshot.of_folder(Path(), None, {}, today(), strict=False).policies
    return {one.id: (one.override or of_owner(one.owner)).owners for one in in_force}
