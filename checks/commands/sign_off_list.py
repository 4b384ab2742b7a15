"""sign-off list: every sign-off of the folder and every open request.

In: parsed arguments, the folder. Out: what is printed, an exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import errors
from checks.commands.sign_off_shared import now, tell, tell_one
from checks.commands.sign_off_verify import examined
from checks.report.escape import terminal
from checks.signing import examining, folder, requests

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterator
    from pathlib import Path


def run(parsed: argparse.Namespace) -> int:
    """List what is signed, and what is asked for."""
    verified = examined(parsed, folder.statements(parsed.folder))
    for one in verified:
        tell(examining.told(one, now()))
        tell_one("")
    answered = {one.statement.request_id for one in verified if one.statement is not None}
    open_requests = list(_open(parsed.folder, answered))
    tell(open_requests)
    if not verified and not open_requests:
        tell_one(f"There are no sign-offs in {terminal(str(parsed.folder))}.")
    return errors.EXIT_GO


def _open(where: Path, answered: Collection[str]) -> Iterator[str]:
    for file in folder.requests(where):
        document = requests.read_request(file, folder.read(file))
        if document["request_id"] not in answered:
            yield f"open     {examining.asked(document)}"
