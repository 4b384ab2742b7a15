"""Commits and pushes that make nobody an author of a change: the base merged in, or nothing but files of sign-offs.

In: the API, commits. Out: yes or no; no where it can't be told. So whoever signs may upload the signature, and whoever
presses "update branch" may still sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from action.transport import MissingError
from checks.signoff.names import is_sign_off, only_sign_offs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from action.github import Document, Github

ALL_FILES: Final = 300
"""Where GitHub lists as many files, there may be more."""


def commit(github: Github, sha: str) -> bool:
    """Return whether a commit only adds files of sign-offs."""
    try:
        return _only_sign_offs(github.commit(sha).get("files"))
    except MissingError:
        return False


def push(github: Github, branch: str, before: str, after: str) -> bool:
    """Return whether a push brought nothing but a merge of `branch`, or files of sign-offs.

    Whether the merge is a clean one is seen in the clone.
    """
    try:
        compared = github.compare(before, after)
        # Where `after` does not stand on `before`, more was pushed than the comparison lists.
        if compared.get("status") == "ahead" and _only_sign_offs(compared.get("files")):
            return True
        return _is_update(github, branch, before, after, (compared.get("commits") or [{}])[-1])
    except MissingError:
        return False


def is_added_sign_off(file: Document) -> bool:
    """Return whether a file of a comparison is one that belongs to a sign-off, and new."""
    return file.get("status") == "added" and is_sign_off(str(file.get("filename")))


def _only_sign_offs(files: Any) -> bool:
    listed: Sequence[Document] = files or ()
    if len(listed) >= ALL_FILES or not all(one.get("status") == "added" for one in listed):
        return False
    return only_sign_offs([str(one.get("filename")) for one in listed])


def _is_update(github: Github, branch: str, before: str, after: str, last: Document) -> bool:
    parents = [str(one.get("sha")) for one in last.get("parents") or ()]
    if last.get("sha") != after or len(parents) != 2 or parents[0] != before:  # noqa: PLR2004 - a merge has two
        return False
    return int(github.compare(quote(branch, safe=""), parents[1]).get("ahead_by", 1)) == 0
