"""What a run that is saved as launched says of itself: its verdict, and which addresses are meant to be gone.

In: a run folder, or its run.json. Out: a word, or a function of an address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks import run_folder
from checks.errors import UserError
from checks.settings import from_document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from checks.run_folder import RunFolder

GO: Final = "GO"


def verdict_of(run: RunFolder) -> str | None:
    """Return what the run came to; None where nobody judged it."""
    if not run.file(run_folder.VERDICT).is_file():
        return None
    return str(run.read(run_folder.VERDICT).get("verdict"))


def expected_status(about: Mapping[str, Any]) -> Callable[[str], int | None]:
    """Return the status that the settings of a run declare for an address; none, where nobody can read them."""
    try:
        settings = from_document(about["settings"])
    except (KeyError, UserError):
        return lambda _path: None
    return lambda path: settings.expected(path.partition("?")[0])["status"]
