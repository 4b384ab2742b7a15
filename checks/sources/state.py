"""What the files of a repository hold, as one digest: where a finding can be mended is read from them.

In: a `Repository`. Out: a digest that is another one when a file that git tracks, or its name, has changed; None where
git does not say so.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from checks.sources.repository import asked

if TYPE_CHECKING:
    from pathlib import Path

    from checks.sources.repository import Repository

_LOOKED_AT = b"H "
"""How `git ls-files -v` marks a file whose changes git looks for; it was told not to with all others."""


def of(repository: Repository) -> str | None:
    """Return the digest; that of nothing where there is no repository."""
    return "" if repository.root is None else _of(repository.root)


def _of(root: Path) -> str | None:
    listed, marked = asked(root, "ls-files", "--stage", "-z"), asked(root, "ls-files", "-v", "-z")
    # It compares bytes where times leave a doubt (https://git-scm.com/docs/racy-git).
    changed = asked(root, "diff-files", "--name-only", "--no-ext-diff", "-z")
    if listed is None or marked is None or changed is None:
        return None
    if any(not entry.startswith(_LOOKED_AT) for entry in marked.split(b"\0") if entry):
        return None
    whole = hashlib.sha256(listed)
    for name in sorted(filter(None, changed.split(b"\0"))):
        whole.update(name + b"\0" + _content(root / os.fsdecode(name)))
    return whole.hexdigest()


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        return b"not there"
