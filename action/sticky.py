"""Posting: the status of a commit, and the one comment that is found again by its marker *and* its author.

In: the API and what is to stand there. Out: requests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from action.comment import is_ours
from action.transport import ForbiddenError, GithubError

if TYPE_CHECKING:
    from collections.abc import Callable

    from action.github import Document, Github
    from action.status import Status


def post_status(github: Github, commit: str, status: Status, target: str) -> None:
    """Set a status on a commit; the newest of a context counts."""
    github.post_status(commit, status.state, status.context, status.description, target)


def find(github: Github, number: int, site_id: str) -> Document | None:
    """Return our comment about a site on a pull request, the oldest of several, or None."""
    login = github.login()
    return next((one for one in github.comments(number) if is_ours(one, login, site_id)), None)


def amend(github: Github, number: int, site_id: str, change: Callable[[str], str]) -> None:
    """Change the text of our comment where there is one."""
    if found := find(github, number, site_id):
        github.update_comment(int(found["id"]), change(str(found["body"])))


def put(github: Github, number: int, site_id: str, body: str) -> None:
    """Make `body` the text of our comment, a new one only where there is none."""
    found = find(github, number, site_id)
    if found is None:
        try:
            github.create_comment(number, body)
            return
        except ForbiddenError:
            raise
        except GithubError:
            # The answer was lost, the comment perhaps not: look again before making a second one.
            found = find(github, number, site_id)
            if found is None:
                github.create_comment(number, body)
                return
    github.update_comment(int(found["id"]), body)
