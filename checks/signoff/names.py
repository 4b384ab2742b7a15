"""How the files of sign-offs are called, and where they lie: `gonogo/sign-offs/`.

In: paths. Out: whether each is one of them. Pure. A change that adds nothing else has changed nothing of the site.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

FOLDER: Final = "gonogo/sign-offs"
REQUEST_SUFFIX: Final = ".request.json"
STATEMENT: Final = re.compile(r"(?P<id>[a-z2-7]{26})\.json")
SIGNATURE: Final = re.compile(r"(?P<id>[a-z2-7]{26})\.(?P<number>[1-9][0-9]{0,2})\.sig")
_PAGES: Final = re.compile(r"[a-z2-7]{26}\.pages")
_REQUEST: Final = re.compile(r"[0-9a-f-]{8,40}\.request\.json")


def is_sign_off(path: str, prefix: str = "") -> bool:
    """Return whether a path is that of a file of a sign-off, or of a request for one.

    The path is from the root of the repository, in which the project lies at `prefix`.
    """
    folder, _, name = path.rpartition("/")
    if folder != (f"{prefix}/{FOLDER}" if prefix else FOLDER):
        return False
    return any(pattern.fullmatch(name) for pattern in (STATEMENT, SIGNATURE, _PAGES, _REQUEST))


def only_sign_offs(added: Collection[str], prefix: str = "") -> bool:
    """Return whether what was added is something, and nothing but files of sign-offs."""
    return bool(added) and all(is_sign_off(path, prefix) for path in added)
