"""Whether a run folder holds the verdict that a check ended with.

In: a run folder and an exit code. Out: the verdict document, or None where the two do not belong together: the folder
may be an older run's, or its check may have died after it wrote the verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from checks import errors, run_folder

if TYPE_CHECKING:
    from checks.run_folder import Document, RunFolder

WITH_VERDICT: Final = frozenset(
    {errors.EXIT_GO, errors.EXIT_NO_GO, errors.EXIT_CANNOT_TELL, errors.EXIT_WEAKENED, errors.EXIT_REVIEWED}
)


def verdict_of(run: RunFolder, code: int) -> Document | None:
    """Return the verdict in `run` if a check that exited with `code` has written it, else None."""
    if code not in WITH_VERDICT:
        return None
    try:
        verdict = run.read(run_folder.VERDICT)
    except errors.UserError:
        return None
    return verdict if verdict.get("exit_code") == code else None
