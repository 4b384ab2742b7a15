"""The requests that wait for somebody: those of which no statement was made that is void.

In: a folder, the statements that were found. Out: requests as `requests.read_request` reads them. Anybody can put a
file there, so one that can't be read is left out: a request accepts nothing. One that is signed well stays, for a
second owner may have to sign as well; what is accepted does not block, and waits for nobody.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from checks.errors import UserError
from checks.signing import folder, requests
from checks.signoff.verified import UNUSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from checks.signoff.verified import Verified

MOST: Final = 100
"""Requests that are looked at."""


def open_requests(where: Path, statements: Iterable[Verified]) -> tuple[dict[str, Any], ...]:
    """Return the requests in `where` that were not answered by one of `statements` that does not count."""
    void = {one.statement.request_id for one in statements if one.statement is not None and one.outcome != UNUSED}
    return tuple(one for one in islice(_read(where), MOST) if one["request_id"] not in void)


def _read(where: Path) -> Iterator[dict[str, Any]]:
    for file in folder.requests(where):
        try:
            yield requests.read_request(file, folder.plain(file))
        except UserError:
            continue
