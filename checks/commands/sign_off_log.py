"""sign-off log: every sign-off that there ever was, and figures from them.

In: parsed arguments, the history of the folder in git, saved runs. Out: what is printed, an exit code.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from checks import errors, run_folder
from checks.commands.finished import today
from checks.commands.printing import print_json, print_lines
from checks.judge.override import of_owner
from checks.run_folder import RunFolder
from checks.signing import figures, git_history
from checks.signing.figures import Logged
from checks.signoff import names, statement
from checks.trust import snapshot

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence


def run(parsed: argparse.Namespace) -> int:
    """Print the log and its figures. Raises UserError outside a repository, and for runs that are none."""
    verdicts = [RunFolder(path).read(run_folder.VERDICT) for path in parsed.runs]
    log = list(_logged(parsed.folder))
    found = figures.figures(log, _owners(), verdicts)
    if parsed.json:
        print_json(found.to_document())
    else:
        print_lines("\n".join(figures.told(log, found)))
    return errors.EXIT_GO


def _logged(where: Path) -> Iterator[Logged]:
    """Give every statement that was ever committed; what is no statement was listed as malformed in its day."""
    for past in git_history.added(where):
        if not past.path.endswith(".json") or past.path.endswith(names.REQUEST_SUFFIX):
            continue
        try:
            said = statement.parse(past.data, past.path)
        except statement.MalformedError:
            continue
        yield Logged(statement.id_of(past.data), past.when, past.by, said)


def _owners() -> Mapping[str, Sequence[str]]:
    """Return policy -> who must sign, by the rules of the working tree; those of other days may have said otherwise."""
    in_force = snapshot.of_folder(Path(), None, {}, today(), strict=False).policies
    return {one.id: (one.override or of_owner(one.owner)).owners for one in in_force}
