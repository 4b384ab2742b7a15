"""One command at a time in a run folder: two that write into it would judge what neither of them has measured.

In: the folder. Out: a lock on it until the command is over, however that comes: the system lets go of it with the
process. Nothing is written for it.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from typing import TYPE_CHECKING, Final

from checks.errors import UserError
from checks.run_folder import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NO_LOCKS: Final = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL, errno.EBADF})
"""What file systems say that have none for folders: there nobody can tell."""


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep others out of the run folder `path`, which is made; one that stays empty does not stay.

    Raises UserError where another command is at work in it, CannotMeasureError where it can't be made.
    """
    with writing(path):
        found = _locked(path)
    if found is None:
        yield
        return
    folder, is_new = found
    try:
        yield
    finally:
        # While it is locked: whoever asks for it in between gets a folder that is there.
        if is_new:
            with contextlib.suppress(OSError):
                path.rmdir()
        os.close(folder)


def _locked(path: Path) -> tuple[int, bool] | None:
    """Return the folder, open and locked, and whether it was made for that; None for what is no folder."""
    while True:
        is_new = not path.exists()
        if not (is_new or path.is_dir()):  # whoever wants to write there says what is wrong with it
            return None
        path.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as stack:
            folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            stack.callback(os.close, folder)
            _lock(folder, path)
            # Whoever had it before may have taken its empty folder away meanwhile.
            if path.exists() and os.path.samestat(os.fstat(folder), path.stat()):
                stack.pop_all()
                return folder, is_new


def _lock(folder: int, path: Path) -> None:
    """Lock an open folder (https://man7.org/linux/man-pages/man2/flock.2.html)."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UserError(
            "another gonogo is at work in it",
            where=str(path),
            remedy="Wait until it is done, or choose another folder with `--run`.",
        ) from None
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
