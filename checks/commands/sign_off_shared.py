"""What the actions of sign-off share: questions on a terminal, what was said by options, whose key it is.

In: parsed arguments, the terminal. Out: answers, records, lines.
"""

from __future__ import annotations

import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checks import errors
from checks.report.escape import terminal, visible
from checks.report.words import clip
from checks.signing import asking, git_history, terms
from checks.signing.terms import Said
from checks.signoff import people

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from checks.signoff.people import Authority

GONOGO: Final = Path("gonogo")
LONGEST_NAME: Final = 100
UPLOAD: Final = "They count once they are in the pull request, in gonogo/sign-offs: upload them, or send them back."
_KEYS: Final = ("id_ed25519_sk", "id_ed25519", "id_ecdsa_sk", "id_ecdsa", "id_rsa")


def said(parsed: argparse.Namespace) -> Said:
    """Return what the options say. Raises UserError for a day that is none."""
    until = terms.day(parsed.until) if parsed.until else None
    return Said(parsed.reason_code, parsed.reason, until, parsed.ticket)


def interactive() -> bool:
    """Return whether somebody sits at a terminal and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str) -> str:
    """Return what somebody types. Raises UserError where nobody does any more."""
    try:
        return input(question)
    except EOFError:
        remedy = "Say it with options; `--help` lists them."
        raise errors.UserError("nobody answers", where="terminal", remedy=remedy) from None


def tell(lines: Iterable[str]) -> None:
    """Print lines that are harmless already."""
    for line in lines:
        print(line)


def tell_one(line: str) -> None:
    """Print one line that is harmless already."""
    print(line)


def now() -> datetime:
    """Return the moment, in UTC and whole seconds, as statements hold it."""
    return datetime.now(UTC).replace(microsecond=0)


def complete(open_terms: Said, moment: datetime, why: str = asking.WHY) -> Said:
    """Return the terms with the answers to what they leave open, asked on a terminal; elsewhere as they are."""
    if not interactive():
        return open_terms
    return asking.complete(open_terms, moment.date(), ask, tell_one, why)


def confirmed(parsed: argparse.Namespace) -> bool:
    """Return whether this is to be signed. Raises UserError where nobody can be asked."""
    if parsed.yes:
        return True
    if not interactive():
        remedy = "Run it on a terminal; or add --yes, once you have read the lines above."
        raise errors.UserError("nobody is there to say yes", where="terminal", remedy=remedy)
    return asking.really(ask)


def key_of(parsed: argparse.Namespace) -> Path:
    """Return the key to sign with. Raises UserError where it is not there, or none or several could be meant."""
    if parsed.key is not None:
        named: Path = parsed.key
        if not named.is_file():
            raise errors.UserError("there is no such key", where=str(named), remedy="Name the file with --key.")
        return named
    folder = Path.home() / ".ssh"
    found = [file for name in _KEYS if (file := folder / name).is_file()]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(str(file) for file in found)
        raise errors.UserError(f"there are several keys: {names}", where="--key", remedy="Name one with --key.")
    remedy = "Make one: ssh-keygen -t ed25519 (docs/sign-off.md); or name it with --key."
    raise errors.UserError("there is no key to sign with", where=str(folder), remedy=remedy)


def who_asks(parsed: argparse.Namespace) -> str:
    """Return the name of whoever sits here, as far as it is known."""
    name: str = parsed.by or git_history.user_name() or os.environ.get("USER", "") or _login()
    return clip(visible(name), LONGEST_NAME)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


def authority() -> Authority | None:
    """Return who may sign by the working tree; what is broken in it is told, and decides nothing here."""
    try:
        return people.load(GONOGO)
    except errors.UserError as error:
        print(f"note: {terminal(str(error))}")
        return None
