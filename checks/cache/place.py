"""Where measurements are kept between runs, and the secret by which they are known to be ours.

In: the flag, the environment. Out: a folder, and 32 bytes. The secret does not lie beside what it protects: a cache
that came from somewhere else, or that somebody else could write to, was not sealed with it, and is not believed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = "GONOGO_CACHE"
"""Names the folder; `off`: nothing is kept, and nothing is reused."""
OFF: Final = "off"
KEY: Final = "GONOGO_CACHE_KEY"
"""Holds the secret, for machines that keep nothing between runs; the browser never sees it."""
_SECRET_BYTES = 32
_SHORTEST = 16


class NoPlaceError(Exception):
    """Nothing can be kept, in words for the report."""


def folder(asked: Path | None, environ: Mapping[str, str]) -> Path | None:
    """Return the folder that was asked for, or the usual one; None where the cache is off.

    In CI it is off unless somebody names a folder: a machine that builds for everybody has one user, so that a change
    from outside could read the secret there, and write for those that come after it.
    Raises NoPlaceError where nobody says what the usual one is.
    """
    if asked is not None:
        return asked
    named = environ.get(FOLDER)
    if named == OFF:
        return None
    if not named and environ.get("CI", "false") not in {"", "0", "false"}:
        return None
    return Path(named) if named else _usual(environ, "XDG_CACHE_HOME", ".cache")


def secret(environ: Mapping[str, str]) -> bytes:
    """Return the secret of the environment, or that of this user, which is made where there is none.

    Raises NoPlaceError where it can't be read or written, or is too short to be one.
    """
    told = environ.get(KEY)
    if told is not None:
        if len(told) < _SHORTEST:
            raise NoPlaceError(f"{KEY} is shorter than {_SHORTEST} characters")
        return hashlib.sha256(told.encode("utf-8", "surrogateescape")).digest()
    # https://specifications.freedesktop.org/basedir-spec/latest/: state is kept between runs and is not to be shared
    file = _usual(environ, "XDG_STATE_HOME", ".local/state") / "cache-key"
    try:
        if not file.exists():
            _make(file)
        found = file.read_bytes()
    except OSError as error:
        raise NoPlaceError(f"{file}: {error.strerror}") from None
    if len(found) != _SECRET_BYTES:
        raise NoPlaceError(f"{file} is not a key of {_SECRET_BYTES} bytes; remove it")
    return found


def _make(file: Path) -> None:
    """Write a new secret that only this user can read; of several processes at once, the first one's counts."""
    file.parent.mkdir(parents=True, exist_ok=True)
    ours = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(ours, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(secrets.token_bytes(_SECRET_BYTES))
    try:
        with contextlib.suppress(FileExistsError):
            os.link(ours, file)
    finally:
        ours.unlink()


def _usual(environ: Mapping[str, str], variable: str, otherwise: str) -> Path:
    base, home = environ.get(variable, ""), environ.get("HOME")
    if base.startswith("/"):
        return Path(base) / "gonogo"
    if not home:
        raise NoPlaceError(f"neither {variable} nor HOME is set")
    return Path(home) / otherwise / "gonogo"
