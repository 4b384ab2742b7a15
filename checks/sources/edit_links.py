"""The link "edit this page", which names the file of a page to whoever may change it.

In: the links of a page document, and the files of the repository. Out: the file that they name, or None. Pure. A page
is hostile: what it names counts only where it is a file of this repository.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from checks.sources.tree import Tree

# How forges address a file, to change it and to look at it. `rest` is the branch and then the path of the file.
# https://docs.github.com/repositories/working-with-files/managing-files/editing-files
# https://docs.gitlab.com/user/project/repository/web_editor/
# https://support.atlassian.com/bitbucket-cloud/docs/edit-a-file/
# https://docs.gitea.com/usage/permalinks
_TO_CHANGE = tuple(
    re.compile(shape)
    for shape in (
        r"/(?P<repository>[^/]+/[^/]+)/_?edit/(?P<rest>.+)",  # GitHub; Gitea and Forgejo
        r"/(?P<repository>.+?)/-/edit/(?P<rest>.+)",  # GitLab
        r"/-/ide/project/(?P<repository>.+?)/edit/(?P<rest>.+)",  # GitLab's Web IDE
        r"/(?P<repository>[^/]+/[^/]+)/src/(?P<rest>[^?]+)\?mode=edit",  # Bitbucket
    )
)
_TO_LOOK_AT = tuple(
    re.compile(shape)
    for shape in (
        r"/(?P<repository>[^/]+/[^/]+)/(?:blob|tree)/(?P<rest>.+)",  # GitHub
        r"/(?P<repository>.+?)/-/(?:blob|tree)/(?P<rest>.+)",  # GitLab
        r"/(?P<repository>[^/]+/[^/]+)/src/(?:(?:branch|tag|commit)/)?(?P<rest>.+)",  # Gitea, Forgejo; Bitbucket
    )
)
# A link to a file is a link to *this page's* file only where it says so; a link to change one is always.
_MEANT = re.compile(r"\b(?:edit|improve|suggest)|\b(?:view|show|page)\b.*\bsource\b", re.IGNORECASE)
_WORTH_A_LOOK = re.compile(r"/(?:_?edit|blob|tree|src)/")  # a page may have 20,000 links, and none of these
_LONGEST_BRANCH = 4  # parts; where a branch ends and a path begins, only the repository knows
_LONGEST = 2000


def file_named(links: Iterable[Mapping[str, Any]], tree: Tree) -> str | None:
    """Return the one file of the repository that the links of a page name as theirs, or None.

    `links` are the members of `links.items` of a page document.
    """
    to_change: set[str] = set()
    to_look_at: set[str] = set()
    for link in links:
        address = str(link.get("url") or "")
        to_change.update(_files(address, _TO_CHANGE, tree))
        if _MEANT.search(str(link.get("text") or "")) or "edit" in link.get("rel", ()):
            to_look_at.update(_files(address, _TO_LOOK_AT, tree))
    chosen = to_change or to_look_at
    return chosen.pop() if len(chosen) == 1 else None


def _files(address: str, shapes: Iterable[re.Pattern[str]], tree: Tree) -> Iterator[str]:
    if len(address) > _LONGEST or not _WORTH_A_LOOK.search(address):
        return
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return
    target = parts.path + ("?mode=edit" if "mode=edit" in parts.query.split("&") else "")
    for shape in shapes if parts.scheme in {"http", "https"} else ():
        found = shape.fullmatch(target)
        if found and _is_own(host, found["repository"], tree):
            yield from _first(unquote(found["rest"].partition("?")[0]), tree)


def _is_own(host: str, repository: str, tree: Tree) -> bool:
    own = tree.remote
    return own is None or (host.removeprefix("www."), unquote(repository).lower()) == (own.host, own.path)


def _first(rest: str, tree: Tree) -> Iterator[str]:
    """Yield the file that `rest` ends with, behind the name of a branch."""
    parts = rest.split("/")
    if ".." in parts:
        return
    for begin in range(1, min(_LONGEST_BRANCH + 1, len(parts))):
        path = "/".join(parts[begin:]).removeprefix("-/")
        if path in tree.files:
            yield path
            return
