"""sign-off revoke: take a sign-off back, or everything that a key has signed.

In: parsed arguments, the folder of the sign-offs. Out: a signed revocation in it, what is printed, an exit code.
"""

from __future__ import annotations

import json
import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from checks import errors
from checks.commands.sign_off_shared import (
    UPLOAD,
    authority,
    complete,
    confirmed,
    key_of,
    now,
    tell,
    tell_one,
    who_asks,
)
from checks.commands.sign_off_signing import signature_of, whose
from checks.report.escape import terminal
from checks.report.words import clip
from checks.signing import folder, statements, terms
from checks.signing.asking import WHY_BACK
from checks.signing.terms import Said
from checks.signoff import statement

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from checks.signoff.statement import Statement

_KEY: Final = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_CODE: Final = "not-applicable"
"""The list of reasons is one of exceptions; a revocation says in words why."""


def run(parsed: argparse.Namespace) -> int:
    """Write and sign a revocation."""
    key_named = _KEY.fullmatch(parsed.what)
    file = _any(parsed.folder) if key_named else folder.find(parsed.folder, parsed.what)
    data = folder.read(file)
    taken_back = statement.parse(data, str(file))
    document: dict[str, Any] = json.loads(data)
    revoked = parsed.what if key_named else statement.id_of(data)
    moment = now()
    until = _last_day(taken_back, moment.date(), every=bool(key_named))
    said = complete(Said(_CODE, parsed.reason, until), moment, WHY_BACK)
    terms.complain(said, moment.date())
    tell(_told(revoked, None if key_named else taken_back, said))
    if key_named:
        tell_one(f"note: it counts until {until}. Put the key into gonogo/revoked_keys as well: that counts for good.")
    parsed.by = ""
    made = statements.revocation(document, revoked, said, who_asks(parsed), secrets.token_hex(16), moment)
    if not confirmed(parsed):
        tell_one("Nothing was signed.")
        return errors.EXIT_GO
    signature = signature_of(made, key_of(parsed))
    for written in folder.write_statement(parsed.folder, statement.id_of(made), made, signature, None):
        tell_one(f"  {terminal(str(written))}")
    tell_one(whose(signature, authority()))
    tell_one(UPLOAD)
    return errors.EXIT_GO


def _last_day(of: Statement, today: date, *, every: bool) -> date:
    """Return how long it has to count: as long as what it takes back; for a key, as long as anything it signed can."""
    longest = today + timedelta(days=statement.LONGEST_DAYS)
    return longest if every else max(today, min(of.not_after.date(), longest))


def _told(revoked: str, of: Statement | None, said: Said) -> Iterator[str]:
    yield f"This takes back {terminal(revoked)}" + ("" if of else ": everything that this key has signed")
    if of is not None:
        yield from (f"  {terminal(clip(entry.title, 200))}" for entry in of.entries)
        yield f"  which was signed for because: {terminal(of.reason)}"
    yield f"  why      {terminal(said.reason or '')}"


def _any(where: Path) -> Path:
    """Return the newest statement of the folder: it says for which site and repository this counts."""
    found = folder.statements(where)
    if not found:
        remedy = "Nothing was signed yet: put the key into gonogo/revoked_keys."
        raise errors.UserError("there is no sign-off", where=str(where), remedy=remedy)
    return max((where / f"{one.id}.json" for one in found), key=lambda file: file.stat().st_mtime)
