"""The GitHub API: the only module that speaks to GitHub, over `transport.py`.

In: a repository, a token, and what is to be posted or found. Out: documents as GitHub answers them, or one of four
errors.
https://docs.github.com/rest
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from action.transport import ForbiddenError, GithubError, MissingError, Transport, as_object
from checks.report.escape import visible
from checks.report.words import clip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Document = dict[str, Any]
ACTIONS_BOT: Final = "github-actions[bot]"
"""Who comments with the token that a workflow is given (user 41898282 on github.com)."""


@dataclass(slots=True)
class Github(Transport):
    """One repository, asked with one token."""

    # ------------------------------------------------------------------------------------------------------- statuses

    def post_status(self, commit: str, state: str, context: str, description: str, target: str) -> None:
        """Set the status `context` of `commit`.

        https://docs.github.com/rest/commits/statuses#create-a-commit-status
        """
        told = {"state": state, "context": context, "description": description}
        self._ask(
            "POST", f"/repos/{self.repository}/statuses/{commit}", told | ({"target_url": target} if target else {})
        )

    # ------------------------------------------------------------------------------------------------------- comments

    def comments(self, number: int) -> Iterator[Document]:
        """Give the comments of a pull request, the oldest first.

        https://docs.github.com/rest/issues/comments#list-issue-comments
        """
        return self._all(f"/repos/{self.repository}/issues/{number}/comments")

    def create_comment(self, number: int, body: str) -> None:
        """Comment on a pull request. Not tried again by itself: a lost answer may hide a comment that was made.

        https://docs.github.com/rest/issues/comments#create-an-issue-comment
        """
        self._ask("POST", f"/repos/{self.repository}/issues/{number}/comments", {"body": body}, again=False)

    def update_comment(self, comment: int, body: str) -> None:
        """Replace the text of a comment.

        https://docs.github.com/rest/issues/comments#update-an-issue-comment
        """
        self._ask("PATCH", f"/repos/{self.repository}/issues/comments/{comment}", {"body": body})

    def login(self) -> str:
        """Return the login that this token comments under.

        `GET /user` is closed to the tokens of Apps, and so to that of a workflow; the viewer of the GraphQL API is
        open to each kind of token. Where even that is closed, it is the workflow's own token.
        https://docs.github.com/graphql/reference/queries#viewer
        """
        try:
            answer = self._ask("POST", graphql_address(self.url), {"query": "query{viewer{login}}"})
        except (ForbiddenError, MissingError):
            return ACTIONS_BOT
        viewer = (answer.get("data") or {}).get("viewer") if isinstance(answer, dict) else None
        return str(viewer["login"]) if viewer and viewer.get("login") else ACTIONS_BOT

    # -------------------------------------------------------------------------------------------------- pull requests

    def pull_request(self, number: int) -> Document:
        """Return a pull request. https://docs.github.com/rest/pulls/pulls#get-a-pull-request."""
        return as_object(self._ask("GET", f"/repos/{self.repository}/pulls/{number}"))

    def open_pull_requests(self, owner: str, branch: str) -> Iterator[Document]:
        """Give the open pull requests from `branch` of `owner`.

        https://docs.github.com/rest/pulls/pulls#list-pull-requests
        """
        return self._all(f"/repos/{self.repository}/pulls", state="open", head=f"{owner}:{branch}")

    def commits_of(self, number: int) -> Iterator[Document]:
        """Give the commits of a pull request, at most 250.

        https://docs.github.com/rest/pulls/pulls#list-commits-on-a-pull-request
        """
        return self._all(f"/repos/{self.repository}/pulls/{number}/commits")

    def commit(self, commit: str) -> Document:
        """Return a commit, with at most 300 of the files that it changes.

        https://docs.github.com/rest/commits/commits#get-a-commit
        """
        return as_object(self._ask("GET", f"/repos/{self.repository}/commits/{commit}"))

    def pull_requests_of(self, commit: str) -> Iterator[Document]:
        """Give the pull requests that brought a commit.

        https://docs.github.com/rest/commits/commits#list-pull-requests-associated-with-a-commit
        """
        return self._all(f"/repos/{self.repository}/commits/{commit}/pulls")

    def reviews(self, number: int) -> Iterator[Document]:
        """Give the reviews of a pull request in the order of time. It does not say which were edited.

        https://docs.github.com/rest/pulls/reviews#list-reviews-for-a-pull-request
        """
        return self._all(f"/repos/{self.repository}/pulls/{number}/reviews")

    def activity(self, repository: str, branch: str) -> Iterator[Document]:
        """Give what was done to a branch, the last first: each with who did it, and the commits before and after.

        https://docs.github.com/rest/repos/repos#list-repository-activities
        """
        return self._all(f"/repos/{repository}/activity", ref=f"refs/heads/{branch}")

    def compare(self, base: str, head: str) -> Document:
        """Return what is in `head` and not in `base`, with at most 300 files.

        https://docs.github.com/rest/commits/commits#compare-two-commits
        """
        return as_object(self._ask("GET", f"/repos/{self.repository}/compare/{base}...{head}"))

    def graphql(self, query: str, **variables: object) -> Document:
        """Return the data that answers a query. Raises GithubError where any part of it is missing.

        https://docs.github.com/graphql/guides/forming-calls-with-graphql
        """
        answer = as_object(
            self._ask("POST", graphql_address(self.url), {"query": query, "variables": variables}, again=True)
        )
        if answer.get("errors") or not isinstance(answer.get("data"), dict):
            what = f"GraphQL: {clip(visible(json.dumps(answer.get('errors'))), 300)}"
            raise GithubError(what, where="GitHub", remedy="May this token read pull requests?")
        return as_object(answer["data"])

    # ------------------------------------------------------------------------------------------------- kept by runs

    def about(self) -> Document:
        """Return the repository. https://docs.github.com/rest/repos/repos#get-a-repository."""
        return as_object(self._ask("GET", f"/repos/{self.repository}"))

    def artifacts(self, name: str) -> Iterator[Document]:
        """Give the artifacts called `name`, whatever run has left them; those that have expired are among them.

        https://docs.github.com/rest/actions/artifacts#list-artifacts-for-a-repository
        """
        return self._all(f"/repos/{self.repository}/actions/artifacts", within="artifacts", name=name)

    def workflow_run(self, run: int) -> Document:
        """Return a run of a workflow. https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run."""
        return as_object(self._ask("GET", f"/repos/{self.repository}/actions/runs/{run}"))

    def tip(self, branch: str) -> str:
        """Return the commit at the tip of a branch; a tag of the same name is not meant.

        https://docs.github.com/rest/git/refs#get-a-reference
        """
        found = as_object(self._ask("GET", f"/repos/{self.repository}/git/ref/heads/{quote(branch)}"))
        return str(as_object(found.get("object"))["sha"])

    def holds(self, tip: str, commit: str) -> bool:
        """Return whether `commit` is `tip` or was built upon by it.

        The second page is asked for, since the first one lists files. A commit that GitHub can't compare is not held.
        https://docs.github.com/rest/commits/commits#compare-two-commits
        """
        try:
            found = self._ask("GET", f"/repos/{self.repository}/compare/{commit}...{tip}?per_page=1&page=2")
        except MissingError:
            return False
        return as_object(found).get("status") in {"identical", "ahead"}

    def download(self, artifact: int, file: Path, largest: int) -> None:
        """Write the archive of an artifact, of at most `largest` bytes, to `file`.

        https://docs.github.com/rest/actions/artifacts#download-an-artifact
        """
        self._download(f"/repos/{self.repository}/actions/artifacts/{artifact}/zip", file, largest)


def graphql_address(url: str) -> str:
    """Return the address of the GraphQL API that belongs to a REST API: on a server of one's own it lies beside it."""
    return f"{url.rstrip('/').removesuffix('/v3')}/graphql"
