"""The last launch, which an earlier run of a workflow has kept as an artifact: found, fetched, and believed or not.

In: the API, the site, a folder. Out: what `--launch` of the command takes: the folder with the facts of the last
launch, the word for "none yet", or a file that says why it can't be had.

Anybody whose workflow runs in this repository can upload an artifact of any name. So one counts only where GitHub says
of its run that it was started by a push to the default branch (or by hand, or by the clock, there), for a commit that
this branch holds, and for no fork. A tag may bear the name of the branch, and a pull request may come from it: the
event and the commit tell them apart. Caches are not used: a pull request reads what it has itself written before what
its base has, and can't be told where an entry came from.
https://docs.github.com/rest/actions/artifacts
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from action import archive
from action.transport import ForbiddenError, GithubError
from checks.baseline.launch import NONE_YET
from checks.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from action.github import Github

Document = dict[str, Any]
NAME: Final = "gonogo-baseline"
EVENTS: Final = frozenset({"push", "schedule", "workflow_dispatch"})
"""What starts a run on a branch, with the workflow that stands there."""
LARGEST: Final = 4 * 1024**3
"""Bytes of an artifact, packed as well as unpacked."""
_MOST_LISTED: Final = 2000
_MOST_ASKED: Final = 20
"""Runs that GitHub is asked about; each costs two requests."""
_REMEDY: Final = "Launch again, or compare with the address of the live site until then: see docs/baseline.md."


@dataclass(frozen=True, slots=True)
class Kept:
    """An artifact of a run on the default branch."""

    id: int
    size: int
    digest: str
    commit: str
    is_expired: bool
    expires: str


def name_of(site_id: str) -> str:
    """Return the name of the artifact for a site; two sites of one repository have two."""
    return f"{NAME}-{re.sub('[^0-9A-Za-z.-]', '-', site_id)}" if site_id else NAME


def bring(github: Github, name: str, folder: Path, file: Path) -> str:
    """Put the last launch into `folder`, and return what `--launch` takes; `file` is for the reason why there is none.

    Nothing of an earlier job is left in `folder`.
    """
    shutil.rmtree(folder, ignore_errors=True)
    file.unlink(missing_ok=True)
    try:
        found = find(github, name)
        if found is None:
            return NONE_YET
        archive.fetch(github, found.id, found.digest, folder, LARGEST)
    except ForbiddenError:
        why = "this job may not read artifacts: give it the permission `actions: read`"
    except CannotMeasureError as error:
        why = f"{error.where}: {error.what}" if error.where else error.what
    else:
        return str(folder)
    shutil.rmtree(folder, ignore_errors=True)
    file.write_text(why, encoding="utf-8")
    return str(file)


def find(github: Github, name: str) -> Kept | None:
    """Return the last launch that was kept, None where none ever was.

    One for a commit that the branch does not hold is passed over for another; alone, it is no proof that there is none.

    Raises CannotMeasureError where one was kept and is no longer there, or where it can't be told.
    """
    about = github.about()
    branch = str(about["default_branch"])
    listed = list(islice(github.artifacts(name), _MOST_LISTED + 1))
    ours = [one for one in listed if _may_be(one, branch, about["id"])]
    ours.sort(key=lambda one: (str(one.get("created_at")), one["id"]), reverse=True)
    found = _first(github, ours, branch, about["id"])
    if found is None and (len(listed) > _MOST_LISTED or len(ours) > _MOST_ASKED):
        raise CannotMeasureError(
            "there are more artifacts of this name than can be looked at, and none of a launch is among the newest",
            where=f"artifact {name}",
            remedy="Delete those that no launch has left.",
        )
    if found is not None and found.is_expired:
        raise CannotMeasureError(
            f"it has expired ({found.expires[:10]}), and nothing was launched since commit {found.commit[:12]}",
            where=f"artifact {name}",
            remedy=_REMEDY,
        )
    if found is not None and found.size > LARGEST:
        raise CannotMeasureError(f"it has {found.size:,} bytes", where=f"artifact {name}", remedy=_REMEDY)
    return found


def _may_be(artifact: Document, branch: str, repository: int) -> bool:
    """Whether an artifact may be a launch's, by what the list says of its run."""
    run = artifact.get("workflow_run") or {}
    return (run.get("head_branch"), run.get("repository_id"), run.get("head_repository_id")) == (
        branch,
        repository,
        repository,
    )


def _first(github: Github, artifacts: Sequence[Document], branch: str, repository: int) -> Kept | None:
    """Return the first of some artifacts that a launch has left, as far as GitHub is asked about them."""
    if not artifacts:
        return None
    tip, strange = github.tip(branch), ""
    for artifact in artifacts[:_MOST_ASKED]:
        run = _run_of(github, artifact)
        if not _is_launch(run, branch, repository):
            continue
        if github.holds(tip, str(run["head_sha"])):
            return _kept(artifact, str(run["head_sha"]))
        strange = strange or str(run["head_sha"])
    if strange:
        raise CannotMeasureError(
            f"the only ones are of commits that {branch} does not hold, such as {strange[:12]}: a tag bears its name, "
            "or its history was rewritten",
            where=f"artifact {artifacts[0].get('name')}",
            remedy="Delete what no launch has left, or launch again.",
        )
    return None


def _run_of(github: Github, artifact: Document) -> Document:
    try:
        return github.workflow_run(int(artifact["workflow_run"]["id"]))
    except GithubError as error:
        raise CannotMeasureError(
            f"whose it is can't be told: {error.what}", where=f"artifact {artifact['id']}"
        ) from error


def _kept(artifact: Document, commit: str) -> Kept:
    return Kept(
        int(artifact["id"]),
        int(artifact.get("size_in_bytes") or 0),
        str(artifact.get("digest") or ""),
        commit,
        bool(artifact.get("expired")),
        str(artifact.get("expires_at") or ""),
    )


def _is_launch(run: Document, branch: str, repository: int) -> bool:
    """Whether a run was started on the branch itself, by the workflow that stands there."""
    of_fork = (run.get("head_repository") or {}).get("id") != repository
    return run.get("event") in EVENTS and run.get("head_branch") == branch and not of_fork
