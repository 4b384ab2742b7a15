"""Is this the build that got GO? For the job that deploys: what was judged is what ships.

In: a folder, and the verdict and record of a run. Out: nothing where the folder is, byte for byte, the one that got GO;
else an error that says why not. Any doubt is a refusal.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TextIO

from checks import run_folder, verdict
from checks.collect import hosts
from checks.errors import EXIT_GO, EXIT_NO_GO, EXIT_WEAKENED, CannotMeasureError, GonogoError, UserError
from checks.report.escape import terminal
from checks.run_folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SHOWN = 12  # hex digits of a digest, as git shows them
_NAMED = 3


class NoGoError(GonogoError):
    """This folder may not ship (exit 1)."""

    exit_code = EXIT_NO_GO


class WeakenedError(GonogoError):
    """The run's change weakened its own rules (exit 4)."""

    exit_code = EXIT_WEAKENED


def seal(folder: Path, run: Path, out: TextIO | None = None) -> int:
    """Say in one line that `folder` is the build that got GO in the run folder `run`, and return 0: `seal verify`.

    Raises what `verify` raises, and UserError where `run` holds no verdict.
    """
    finished = RunFolder(run)
    said, about = finished.read(run_folder.VERDICT), finished.read(run_folder.RUN)
    verify(folder, said, about)
    (out or sys.stdout).write(
        f"GO: {terminal(str(folder))} is the build that was judged ({said['build_digest'][:_SHOWN]})\n"
    )
    return EXIT_GO


def verify(folder: Path, said: Mapping[str, Any], about: Mapping[str, Any]) -> None:
    """Return where `folder` is the build that got GO; `said` is verdict.json and `about` is run.json of the run.

    Raises NoGoError where the verdict is NO-GO or spoke of another build, WeakenedError where the change weakened its
    rules, CannotMeasureError where there was no verdict on a whole folder or the folder can't be read, and UserError
    where it is not there.
    """
    _got_go(said)
    _on_a_whole_folder(said, about)
    files = hosts.scan(folder)
    if files.refused:
        names = ", ".join(f"{one.path} ({one.why})" for one in files.refused[:_NAMED])
        raise NoGoError(
            f"holds what was not judged: {names}",
            where=str(folder),
            remedy="Copy what the links lead to into the build, and check it again.",
        )
    digest = _digest(folder, files)
    if digest != said["build_digest"]:
        raise NoGoError(
            f"is not the build that got GO: it has the digest {digest[:_SHOWN]}, and {said['build_digest'][:_SHOWN]} "
            "was judged. A file was changed, added, removed or renamed",
            where=str(folder),
            remedy="Deploy the very folder that was judged, or check this one; a second build is another build.",
        )


def _got_go(said: Mapping[str, Any]) -> None:
    """Raise unless the verdict is a plain GO. Each part must be there: what is missing was not said."""
    if said.get("weakened") is not False:
        raise WeakenedError("the change weakened its own rules, and that is no GO", remedy="See the report of the run.")
    if said.get("verdict") == verdict.NO_GO:
        raise NoGoError("the verdict is NO-GO", remedy="See the report of the run.")
    if said.get("verdict") == verdict.GO_FOR_REVIEW:
        raise CannotMeasureError(
            "the run passed the review gate, which renders some pages only: that is no GO for a deploy",
            remedy="Check with the launch gate: leave `--gate review` out.",
        )
    if said.get("verdict") != verdict.GO:
        raise CannotMeasureError("there is no GO: the verdict is CANNOT TELL", remedy="See the report of the run.")
    if said.get("advisory") is not False:
        raise NoGoError("the run was advisory, and its GO lets nothing ship", remedy="Check without `--advisory`.")
    if said.get("exit_code") != EXIT_GO:
        raise NoGoError("the run says GO, but did not end with it", remedy="Run `gonogo check` again.")


def _on_a_whole_folder(said: Mapping[str, Any], about: Mapping[str, Any]) -> None:
    if said.get("gate", verdict.LAUNCH) != verdict.LAUNCH or about.get("gate", verdict.LAUNCH) != verdict.LAUNCH:
        raise CannotMeasureError("the run did not pass the launch gate", remedy="Leave `--gate review` out.")
    if about.get("only"):
        raise CannotMeasureError("only a part of the build was judged", remedy="Check without `--only`.")
    digest = said.get("build_digest")
    if not isinstance(digest, str) or not digest:
        raise CannotMeasureError(
            "the run judged no folder, so there is nothing to compare with",
            remedy="Check the folder of the build, and deploy that.",
        )
    if about.get("build_digest") != digest:
        raise UserError(
            "verdict.json and run.json speak of different builds",
            remedy="Run `gonogo check` again, and keep its folder.",
        )


def _digest(folder: Path, files: hosts.BuildFiles) -> str:
    try:
        return hosts.build_digest(folder, files)
    except OSError as error:
        raise CannotMeasureError(
            f"can't be read: {error.strerror}",
            where=str(folder),
            remedy="Give the user that runs gonogo the right to read it.",
        ) from error
