"""Where the repository of a site is published, so that a report can lead to the page where a file of it is written.

In: what is known of the repository, what a CI system told of the change, and the environment. Out: the member
`published` of run.json, or None. Pure. It decides nothing: whoever follows the link writes on the forge, with the
rights that they have there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.sources.tree import Tree

_KNOWN: Final = {"github.com": "github", "gitlab.com": "gitlab"}
_NAMED: Final = {"GITHUB_SERVER_URL": "github", "CI_SERVER_URL": "gitlab"}
"""Where the runner of a forge says which server it works for.

https://docs.github.com/actions/reference/workflows-and-actions/variables
https://docs.gitlab.com/ci/variables/predefined_variables/
"""


def published(tree: Tree, context: Mapping[str, Any] | None, environ: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the host and its forge, the repository there, the branch for changes, and the folder of the settings."""
    if tree.remote is None:
        return None
    branch = str((context or {}).get("base_branch") or "") or tree.branch
    host = tree.remote.host
    return {
        "host": host,
        "forge": _forge(host, environ),
        "path": tree.remote.path,
        "branch": branch,
        "folder": tree.project,
    }


def _forge(host: str, environ: Mapping[str, str]) -> str | None:
    """Return the forge at `host`, or None: a name proves nothing, and what people write goes there."""
    if host in _KNOWN:
        return _KNOWN[host]
    servers = {environ[name].lower().rstrip("/"): forge for name, forge in _NAMED.items() if name in environ}
    return servers.get(f"https://{host}")
