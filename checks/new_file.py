"""Write what a project is given to begin with: files that are not there yet, and never over one that is.

In: a path, a text. Out: the file, or an error that says what stands in its way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.errors import CannotMeasureError, UserError

if TYPE_CHECKING:
    from pathlib import Path


def require_folder(folder: Path) -> None:
    """Raise UserError where there is no such folder."""
    if not folder.is_dir():
        raise UserError("there is no such folder", where=str(folder), remedy="Name the folder of the project.")


def require_new(file: Path) -> None:
    """Raise UserError where a file is there already, or a link in its place."""
    if file.exists() or file.is_symlink():
        raise _there(file)


def create(file: Path, text: str) -> Path:
    """Write a file that is not there yet, and return its path.

    Raises UserError where it is there already, CannotMeasureError where it can't be written.
    """
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise _there(file) from error
    except OSError as error:
        raise _refused(file, f"it can't be written: {error.strerror}") from error
    return file


def make_folder(folder: Path) -> None:
    """Make a folder where there is none, with those that it lies in. Raises CannotMeasureError where it can't be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(folder, f"it can't be made: {error.strerror}") from error


def _there(file: Path) -> UserError:
    remedy = "Change it, or remove it to begin anew."
    return UserError("it is there already, and is not overwritten", where=str(file), remedy=remedy)


def _refused(path: Path, what: str) -> CannotMeasureError:
    remedy = "Make room, or give the user that runs gonogo the right to write there."
    return CannotMeasureError(what, where=str(path), remedy=remedy)
