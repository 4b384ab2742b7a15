"""Where the repository of a site is published, so that a report can lead to the page where a file of it is written.

In: what is known of the repository, and what a CI system told of the change. Out: the member `published` of run.json,
or None. Pure. It decides nothing: whoever follows the link writes on the forge, with the rights that they have there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.sources.tree import Tree


def published(tree: Tree, context: Mapping[str, Any] | None) -> dict[str, str] | None:
    """Return the host, the path of the repository, the branch that changes go to, and the folder of the settings."""
    if tree.remote is None:
        return None
    branch = str((context or {}).get("base_branch") or "") or tree.branch
    return {"host": tree.remote.host, "path": tree.remote.path, "branch": branch, "folder": tree.project}
