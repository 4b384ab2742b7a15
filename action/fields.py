"""What stands in the payload of an event, by its path: checked, or an error that names the path.

In: a payload document, which anybody may have sent, and the way to a field. Out: its value, of the form that it must
have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from checks.errors import UserError

Payload = Mapping[str, Any]
_COMMIT: Final = re.compile(r"[0-9a-f]{40}")
_REPOSITORY: Final = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_REF: Final = re.compile(r"[^\s\x00-\x1f\x7f~^:?*\[\\-][^\s\x00-\x1f\x7f~^:?*\[\\]*")


def at(payload: Payload, *path: str) -> Any:
    """Return what stands at a path; None where nothing does."""
    value: Any = payload
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def commit(payload: Payload, *path: str) -> str:
    """Return the commit at a path."""
    return _matching(payload, path, _COMMIT, "a commit of 40 hex digits")


def repository(payload: Payload, *path: str) -> str:
    """Return the repository at a path, as OWNER/NAME."""
    return _matching(payload, path, _REPOSITORY, "OWNER/NAME")


def branch(payload: Payload, *path: str) -> str:
    """Return the branch or the ref at a path."""
    return _matching(payload, path, _REF, "a ref")


def _matching(payload: Payload, path: tuple[str, ...], pattern: re.Pattern[str], what: str) -> str:
    value = at(payload, *path)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise _lacks(path, what)
    return value


def number(payload: Payload, *path: str) -> int:
    """Return the positive number at a path."""
    value = at(payload, *path)
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise _lacks(path, "a positive number")
    return value


def integer(text: str | None) -> int | None:
    """Return the number that an environment variable holds; None where it holds none."""
    return int(text) if text and re.fullmatch("[0-9]{1,18}", text) else None


def _lacks(path: tuple[str, ...], what: str) -> UserError:
    return UserError(
        f"`{'.'.join(path)}` is not {what}",
        where="the event's payload",
        remedy="Start the workflow by a trigger that docs/workflows/ shows.",
    )
