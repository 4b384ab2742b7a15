"""The GitHub API: the only module that speaks to GitHub.

In: a repository, a token, and what is to be posted or found. Out: documents as GitHub answers them, or one of four
errors. The token goes in one header to one origin, and into no message.
https://docs.github.com/rest
"""

from __future__ import annotations

import http.client
import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode, urljoin, urlsplit

from action import retry
from checks import __version__
from checks.errors import CannotMeasureError, UserError
from checks.report.escape import visible
from checks.report.words import clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Document = dict[str, Any]
API: Final = "https://api.github.com"
TIMEOUT: Final = 20.0
_LARGEST: Final = 16 * 1024 * 1024
_PAGE: Final = 100
_AT_ONCE: Final = 1024 * 1024
_REDIRECTS: Final = 3
_MOVED: Final = frozenset({301, 302, 307, 308})
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_NEXT = re.compile(r'<([^<>]*)>\s*;[^<]*\brel="?next"?')
ACTIONS_BOT: Final = "github-actions[bot]"
"""Who comments with the token that a workflow is given (user 41898282 on github.com)."""


class GithubError(CannotMeasureError):
    """GitHub could not be asked, or has refused (exit 3)."""


class ForbiddenError(GithubError):
    """The token may not do this: that of a fork, or a permission that the job lacks."""


class MissingError(GithubError):
    """GitHub does not know it, or does not show it to this token."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass(slots=True)
class Github:
    """One repository, asked with one token."""

    repository: str
    token: str = field(repr=False)
    now: Callable[[], float]
    sleep: Callable[[float], None]
    url: str = API
    waited: float = 0.0
    """Seconds that were waited so far; see `retry.LONGEST_WAIT`."""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise UserError("is not https", where="GITHUB_API_URL", remedy="A token is sent over https only.")

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
        return _object(self._ask("GET", f"/repos/{self.repository}/pulls/{number}"))

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
        return _object(self._ask("GET", f"/repos/{self.repository}/commits/{commit}"))

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
        return _object(self._ask("GET", f"/repos/{self.repository}/compare/{base}...{head}"))

    def graphql(self, query: str, **variables: object) -> Document:
        """Return the data that answers a query. Raises GithubError where any part of it is missing.

        https://docs.github.com/graphql/guides/forming-calls-with-graphql
        """
        answer = _object(
            self._ask("POST", graphql_address(self.url), {"query": query, "variables": variables}, again=True)
        )
        if answer.get("errors") or not isinstance(answer.get("data"), dict):
            what = f"GraphQL: {clip(visible(json.dumps(answer.get('errors'))), 300)}"
            raise GithubError(what, where="GitHub", remedy="May this token read pull requests?")
        return _object(answer["data"])

    # ------------------------------------------------------------------------------------------------- kept by runs

    def about(self) -> Document:
        """Return the repository. https://docs.github.com/rest/repos/repos#get-a-repository."""
        return _object(self._ask("GET", f"/repos/{self.repository}"))

    def artifacts(self, name: str) -> Iterator[Document]:
        """Give the artifacts called `name`, whatever run has left them; those that have expired are among them.

        https://docs.github.com/rest/actions/artifacts#list-artifacts-for-a-repository
        """
        return self._all(f"/repos/{self.repository}/actions/artifacts", within="artifacts", name=name)

    def workflow_run(self, run: int) -> Document:
        """Return a run of a workflow. https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run."""
        return _object(self._ask("GET", f"/repos/{self.repository}/actions/runs/{run}"))

    def tip(self, branch: str) -> str:
        """Return the commit at the tip of a branch; a tag of the same name is not meant.

        https://docs.github.com/rest/git/refs#get-a-reference
        """
        found = _object(self._ask("GET", f"/repos/{self.repository}/git/ref/heads/{quote(branch)}"))
        return str(_object(found.get("object"))["sha"])

    def holds(self, tip: str, commit: str) -> bool:
        """Return whether `commit` is `tip` or was built upon by it.

        The second page is asked for, since the first one lists files. A commit that GitHub can't compare is not held.
        https://docs.github.com/rest/commits/commits#compare-two-commits
        """
        try:
            found = self._ask("GET", f"/repos/{self.repository}/compare/{commit}...{tip}?per_page=1&page=2")
        except MissingError:
            return False
        return _object(found).get("status") in {"identical", "ahead"}

    def download(self, artifact: int, file: Path, largest: int) -> None:
        """Write the archive of an artifact, of at most `largest` bytes, to `file`.

        https://docs.github.com/rest/actions/artifacts#download-an-artifact
        """
        path = f"/repos/{self.repository}/actions/artifacts/{artifact}/zip"
        tried = 0
        while True:
            tried += 1
            answer = self._send("GET", self._address(path), None)
            if answer.status in _MOVED:
                # Where it lies opens by its address alone: the token does not go there.
                answer = _saved(answer.headers.get("location", ""), file, largest)
            if answer.status == 200:  # noqa: PLR2004 - OK
                return
            pause = retry.wait(answer.status, answer.headers, answer.text, tried, self.now())
            if pause is None or self.waited + pause > retry.LONGEST_WAIT:
                raise self._error("GET", path, answer)
            self.waited += pause
            self.sleep(pause)

    # ------------------------------------------------------------------------------------------------------ transport

    def _all(self, path: str, *, within: str = "", **query: str) -> Iterator[Document]:
        """Give the members of a list, page by page as the `Link` header leads; some lists lie `within` an object.

        https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
        """
        address: str | None = f"{path}?{urlencode({**query, 'per_page': str(_PAGE)})}"
        while address:
            answer = self._answer("GET", address)
            members = _object(_json(answer)).get(within) if within else _json(answer)
            if not isinstance(members, list):
                raise GithubError("GitHub answered with something else than a list", remedy="Run the job again.")
            yield from (_object(member) for member in members)
            following = _NEXT.search(answer.headers.get("link", ""))
            address = following[1] if following else None

    def _ask(self, method: str, path: str, body: Document | None = None, *, again: bool = True) -> Any:
        return _json(self._answer(method, path, body, again=again))

    def _answer(self, method: str, path: str, body: Document | None = None, *, again: bool = True) -> _Answer:
        """Return a good answer. Raises GithubError for what stays bad after the tries that `retry` allows."""
        tried = 0
        while True:
            tried += 1
            answer = self._follow(method, self._address(path), body)
            if 200 <= answer.status < 300:  # noqa: PLR2004 - what HTTP calls successful
                return answer
            pause = retry.wait(answer.status, answer.headers, answer.text, tried, self.now())
            unheard = answer.status == 0 or answer.status >= 500  # noqa: PLR2004 - a fault of the server
            if pause is None or self.waited + pause > retry.LONGEST_WAIT or (unheard and not again):
                raise self._error(method, path, answer)
            self.waited += pause
            self.sleep(pause)

    def _follow(self, method: str, address: str, body: Document | None) -> _Answer:
        """Ask, and follow a renamed repository; to another origin the token does not go, nor does the question."""
        for _ in range(_REDIRECTS):
            answer = self._send(method, address, body)
            if answer.status not in _MOVED:
                return answer
            address = self._address(urljoin(address, answer.headers.get("location", "")))
        raise GithubError("GitHub redirects without end", where=method, remedy="Run the job again.")

    def _address(self, path: str) -> str:
        """Return the whole address of `path`, which must stay on the origin of the API."""
        address = path if "://" in path else self.url.rstrip("/") + path
        if urlsplit(address)[:2] != urlsplit(self.url)[:2]:
            raise GithubError(
                f"the API leads to another origin: {clip(visible(address), 100)}",
                remedy="The token is sent to GITHUB_API_URL only. Ask whoever runs this GitHub.",
            )
        return address

    def _send(self, method: str, address: str, body: Document | None) -> _Answer:
        request = urllib.request.Request(  # noqa: S310 - the address was held against the origin of the API
            address,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "User-Agent": f"gonogo/{__version__}",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        try:
            with _OPENER.open(request, timeout=TIMEOUT) as answer:
                return _Answer(answer.status, _lower(answer.headers), answer.read(_LARGEST))
        except urllib.error.HTTPError as error:
            with error:
                return _Answer(error.code, _lower(error.headers), error.read(_LARGEST))
        except (OSError, http.client.HTTPException) as error:
            return _Answer(0, {}, str(error).encode())

    def _error(self, method: str, path: str, answer: _Answer) -> GithubError:
        what = f"{method} {clip(visible(urlsplit(path).path), 100)}: {clip(visible(_message(answer)), 300)}"
        if answer.status == 404:  # noqa: PLR2004 - Not Found
            return MissingError(what, where="GitHub", remedy="May this token read the repository?")
        if answer.status == 403 and retry.limited(403, answer.headers, answer.text, 0) is None:  # noqa: PLR2004 - Forbidden
            return ForbiddenError(what, where="GitHub", remedy="Give the job `statuses: write, pull-requests: write`.")
        return GithubError(what, where="GitHub", remedy="Run the job again; https://www.githubstatus.com says more.")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Hands a redirect over instead of following it, which would take the token along."""

    def redirect_request(self, *_: object) -> None:
        return


_OPENER = urllib.request.build_opener(_NoRedirect)


def graphql_address(url: str) -> str:
    """Return the address of the GraphQL API that belongs to a REST API: on a server of one's own it lies beside it."""
    return f"{url.rstrip('/').removesuffix('/v3')}/graphql"


def _saved(address: str, file: Path, largest: int) -> _Answer:
    """Write what lies at an address to `file`, and return how it was answered, without the body where that is good."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise GithubError("an artifact is kept where it can't be fetched over https", where="GitHub")
    request = urllib.request.Request(address, headers={"User-Agent": f"gonogo/{__version__}"})  # noqa: S310 - held above
    left = largest
    try:
        with _OPENER.open(request, timeout=TIMEOUT) as answer, file.open("wb") as stream:
            while part := answer.read(_AT_ONCE):
                left -= len(part)
                if left < 0:
                    raise GithubError(f"an artifact has more than {largest:,} bytes", where="GitHub")
                stream.write(part)
            return _Answer(answer.status, _lower(answer.headers), b"")
    except urllib.error.HTTPError as error:
        with error:
            return _Answer(error.code, _lower(error.headers), error.read(_LARGEST))
    except (OSError, http.client.HTTPException) as error:
        return _Answer(0, {}, str(error).encode())


def _lower(headers: Any) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in headers.items()}


def _json(answer: _Answer) -> Any:
    try:
        return json.loads(answer.body or b"null")
    except (ValueError, RecursionError):
        raise GithubError("GitHub answered with something else than JSON", remedy="Run the job again.") from None


def _object(member: Any) -> Document:
    if not isinstance(member, dict):
        raise GithubError("GitHub answered with something else than an object", remedy="Run the job again.")
    return member


def _message(answer: _Answer) -> str:
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        said = None
    told = str(said.get("message", "")) if isinstance(said, dict) else answer.text if answer.status == 0 else ""
    return f"{answer.status or 'no answer'} {told}".strip()
