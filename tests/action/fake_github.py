"""A GitHub API on loopback that holds callers to the documented limits and permissions, and records what they ask.

https://docs.github.com/rest: commits/statuses, issues/comments, pulls/pulls, pulls/reviews, commits/commits, rate
limits, pagination; of GraphQL the few queries that the action asks, known by a word in them.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

Document = dict[str, Any]
TOKEN = "ghs_only-for-the-api"
REPOSITORY = "bakery/site"
REPOSITORY_ID = 1001
STATES = {"error", "failure", "pending", "success"}
LONGEST_DESCRIPTION = 140
LONGEST_COMMENT = 65_536
MOST_COMMITS = 250
PER_PAGE, MOST_PER_PAGE = 30, 100
BOT = {"login": "github-actions[bot]", "id": 41898282, "type": "Bot"}


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class FakeGithub:
    """What GitHub knows; `url` is where it answers."""

    url: str = ""
    user: Document = field(default_factory=lambda: dict(BOT))
    """Whose token it is."""
    may_write: set[str] = field(default_factory=lambda: {"statuses", "comments"})
    requests: list[Request] = field(default_factory=list)
    statuses: dict[str, list[Document]] = field(default_factory=dict)
    """Commit -> statuses, the oldest first."""
    comments: dict[int, list[Document]] = field(default_factory=dict)
    pulls: list[Document] = field(default_factory=list)
    commits: dict[int, list[Document]] = field(default_factory=dict)
    """Pull request -> its commits."""
    files: dict[str, list[Document]] = field(default_factory=dict)
    """Commit -> the files that it changes."""
    reviews: dict[int, list[Document]] = field(default_factory=dict)
    """Pull request -> its reviews, the oldest first."""
    edited: dict[str, str] = field(default_factory=dict)
    """Node id of a review -> when its text was edited."""
    activity: list[Document] = field(default_factory=list)
    """What was done to the branches, the last first."""
    queue: list[int] = field(default_factory=list)
    """Pull requests in the merge queue."""
    refuses: dict[str, Answer] = field(default_factory=dict)
    """A word in a GraphQL query -> what is answered to it."""
    compared: dict[str, Document] = field(default_factory=dict)
    """`base...head` -> what the comparison says."""
    artifacts: list[Document] = field(default_factory=list)
    """Of all runs, in no order; see `artifact`."""
    runs: dict[int, Document] = field(default_factory=dict)
    """Run of a workflow -> what the API tells of it."""
    tips: dict[str, str] = field(default_factory=dict)
    """Branch -> the commit at its tip."""
    archives: dict[int, bytes] = field(default_factory=dict)
    """Artifact -> what lies where its download leads."""
    may_read_artifacts: bool = True
    next: deque[Answer | Callable[[], None]] = field(default_factory=deque)
    """Answers that are given, one each, before anything is done; a call happens after the request was carried out."""

    def __post_init__(self) -> None:
        self._ids = iter(range(1, 1_000_000))
        self._lock = threading.Lock()

    def comment(self, number: int, body: str, user: Document | None = None) -> Document:
        made = {"id": next(self._ids), "body": body, "user": user or self.user}
        self.comments.setdefault(number, []).append(made)
        return made

    def review(self, number: int, user: int, body: str, commit: str, **more: Any) -> Document:
        """Add a review of a pull request, as the REST API tells it."""
        made: Document = {
            "id": next(self._ids),
            "user": {"login": f"user{user}", "id": user, "type": "User"},
            "state": "APPROVED",
            "body": body,
            "commit_id": commit,
            "submitted_at": "1970-01-12T00:00:00Z",
            **more,
        }
        made["node_id"] = f"PRR_{made['id']}"
        self.reviews.setdefault(number, []).append(made)
        return made

    def artifact(self, name: str, archive: bytes, *, run: Document | None = None, **more: Any) -> int:
        """Add an artifact of a run, which is a push to main unless `run` says otherwise, and return its number."""
        of = {
            "id": next(self._ids),
            "event": "push",
            "head_branch": "main",
            "head_sha": "a" * 40,
            "repository": {"id": REPOSITORY_ID},
            "head_repository": {"id": REPOSITORY_ID},
            **(run or {}),
        }
        self.runs[of["id"]] = of
        told = {
            "id": of["id"],
            "repository_id": REPOSITORY_ID,
            "head_repository_id": of["head_repository"]["id"],
            "head_branch": of["head_branch"],
            "head_sha": of["head_sha"],
        }
        number = next(self._ids)
        self.artifacts.append(
            {
                "id": number,
                "name": name,
                "size_in_bytes": len(archive),
                "digest": f"sha256:{hashlib.sha256(archive).hexdigest()}",
                "expired": False,
                "created_at": f"2026-11-01T00:00:{number % 60:02d}Z",
                "expires_at": "2027-01-30T00:00:00Z",
                "workflow_run": told,
                **more,
            }
        )
        self.archives[number] = archive
        return number

    def asked(self, method: str) -> list[Request]:
        return [request for request in self.requests if request.method == method]

    def last_status(self, commit: str) -> Document | None:
        posted = self.statuses.get(commit)
        return posted[-1] if posted else None

    def answer(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            if self.next:
                planned = self.next.popleft()
                if isinstance(planned, Answer):
                    return planned
                self._carry_out(request)
                planned()
            return self._carry_out(request)

    def _carry_out(self, request: Request) -> Answer:
        if found := re.fullmatch(r"/storage/(\d+)", request.path):
            # The address is the key: GitHub's storage refuses a token that it was not asked to know.
            has_token = "authorization" in request.headers
            return Answer(400, {}) if has_token else Answer(200, self.archives[int(found[1])])
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer(401, {"message": "Bad credentials"})
        if not request.headers.get("user-agent"):
            return Answer(403, {"message": "Request forbidden by administrative rules."})
        for method, pattern, name in _ROUTES:
            found = re.fullmatch(pattern, request.path)
            if found and method == request.method:
                route: Callable[..., Answer] = getattr(self, f"_{name}")
                return route(request, *found.groups())
        return Answer(404, {"message": "Not Found"})

    def _user(self, _: Request) -> Answer:
        if self.user["type"] == "Bot":
            return Answer(403, {"message": "Resource not accessible by integration"})
        return Answer(200, self.user)

    def _graphql(self, request: Request) -> Answer:
        query, variables = request.body.get("query", ""), request.body.get("variables", {})
        if refused := next((answer for word, answer in self.refuses.items() if word in query), None):
            return refused
        if "viewer" in query:
            return Answer(200, {"data": {"viewer": {"login": self.user["login"]}}})
        if "lastEditedAt" in query:
            nodes = [self._node(one) for one in variables["ids"]]
            return Answer(200, {"data": {"nodes": nodes}})
        if "mergeQueue" in query:
            entries = [{"pullRequest": {"number": number}} for number in self.queue]
            return Answer(200, {"data": {"repository": {"mergeQueue": {"entries": {"nodes": entries}}}}})
        if "MERGED" in query:
            nodes = [self._merged(one) for one in self.pulls if one.get("merged_at")]
            page = {"pageInfo": {"hasNextPage": False, "endCursor": None}, "nodes": nodes}
            return Answer(200, {"data": {"repository": {"pullRequests": page}}})
        return Answer(200, {"errors": [{"message": "unknown query"}]})

    def _node(self, node_id: str) -> Document | None:
        known = any(one["node_id"] == node_id for reviews in self.reviews.values() for one in reviews)
        edited = self.edited.get(node_id)
        return {"id": node_id, "lastEditedAt": edited, "includesCreatedEdit": False} if known else None

    def _merged(self, pull: Document) -> Document:
        bodies = [{"body": one["body"]} for one in self.reviews.get(pull["number"], [])]
        return {"number": pull["number"], "updatedAt": pull["merged_at"], "reviews": {"nodes": bodies}}

    def _list_commits(self, request: Request, number: str) -> Answer:
        return self._page(request, self.commits.get(int(number), [])[:MOST_COMMITS])

    def _commit(self, _: Request, commit: str) -> Answer:
        known = commit in self.files
        return Answer(200, {"sha": commit, "files": self.files[commit]}) if known else Answer(404, {})

    def _list_reviews(self, request: Request, number: str) -> Answer:
        return self._page(request, self.reviews.get(int(number), []))

    def _pulls_of(self, request: Request, commit: str) -> Answer:
        return self._page(request, [one for one in self.pulls if one.get("merge_commit_sha") == commit])

    def _list_activity(self, request: Request, repository: str) -> Answer:
        ref = request.query.get("ref")
        return self._page(
            request, [one for one in self.activity if (one["repository"], one["ref"]) == (repository, ref)]
        )

    def _compare(self, _: Request, basehead: str) -> Answer:
        found = self.compared.get(unquote(basehead))
        return Answer(200, found) if found else Answer(404, {"message": "Not Found"})

    def _create_status(self, request: Request, commit: str) -> Answer:
        if "statuses" not in self.may_write:
            return Answer(403, {"message": "Resource not accessible by integration"})
        body = request.body
        if body.get("state") not in STATES:
            return _invalid("state is not included in the list")
        if len(body.get("description", "")) > LONGEST_DESCRIPTION:
            return _invalid("description is too long (maximum is 140 characters)")
        posted = self.statuses.setdefault(commit, [])
        posted.append(body)
        return Answer(201, body)

    def _list_comments(self, request: Request, number: str) -> Answer:
        return self._page(request, self.comments.get(int(number), []))

    def _create_comment(self, request: Request, number: str) -> Answer:
        refused = self._refused(request)
        return refused or Answer(201, self.comment(int(number), request.body["body"]))

    def _update_comment(self, request: Request, number: str) -> Answer:
        if refused := self._refused(request):
            return refused
        for one in (comment for comments in self.comments.values() for comment in comments):
            if one["id"] == int(number):
                one["body"] = request.body["body"]
                return Answer(200, one)
        return Answer(404, {"message": "Not Found"})

    def _refused(self, request: Request) -> Answer | None:
        if "comments" not in self.may_write:
            return Answer(403, {"message": "Resource not accessible by integration"})
        if len(request.body["body"]) > LONGEST_COMMENT:
            return _invalid("body is too long (maximum is 65536 characters)")
        return None

    def _list_pulls(self, request: Request) -> Answer:
        owner, _, branch = request.query.get("head", ":").partition(":")
        found = [
            one
            for one in self.pulls
            if one["state"] == request.query.get("state", "open")
            and (
                not owner or (one["head"]["repo"]["full_name"].partition("/")[0], one["head"]["ref"]) == (owner, branch)
            )
        ]
        return self._page(request, found)

    def _pull(self, _: Request, number: str) -> Answer:
        found = next((one for one in self.pulls if one["number"] == int(number)), None)
        return Answer(200, found) if found else Answer(404, {"message": "Not Found"})

    def _about(self, _: Request) -> Answer:
        return Answer(200, {"id": REPOSITORY_ID, "full_name": REPOSITORY, "default_branch": "main"})

    def _list_artifacts(self, request: Request) -> Answer:
        if not self.may_read_artifacts:
            return Answer(403, {"message": "Resource not accessible by integration"})
        found = [one for one in self.artifacts if one["name"] == request.query.get("name", one["name"])]
        page = self._page(request, found)
        return Answer(200, {"total_count": len(found), "artifacts": page.body}, page.headers)

    def _download(self, _: Request, number: str) -> Answer:
        found = next((one for one in self.artifacts if one["id"] == int(number)), None)
        if found is None or found["expired"]:
            return Answer(410 if found else 404, {"message": "Artifact has expired"})
        return Answer(302, {}, {"Location": f"{self.url}/storage/{number}?sig=s3cret"})

    def _run(self, _: Request, number: str) -> Answer:
        found = self.runs.get(int(number))
        return Answer(200, found) if found else Answer(404, {"message": "Not Found"})

    def _ref(self, _: Request, branch: str) -> Answer:
        tip = self.tips.get(unquote(branch))
        return Answer(200, {"object": {"sha": tip}}) if tip else Answer(404, {"message": "Not Found"})

    def _page(self, request: Request, members: list[Document]) -> Answer:
        size = min(int(request.query.get("per_page", PER_PAGE)), MOST_PER_PAGE)
        page = int(request.query.get("page", 1))
        more = len(members) > page * size
        following = f'<{self.url}{request.path}?per_page={size}&page={page + 1}>; rel="next", <{self.url}>; rel="last"'
        return Answer(200, members[(page - 1) * size : page * size], {"Link": following} if more else {})


_HERE = f"/repos/{REPOSITORY}"
_ROUTES = (
    ("GET", r"/user", "user"),
    ("POST", r"/graphql", "graphql"),
    ("POST", rf"{_HERE}/statuses/([0-9a-f]{{40}})", "create_status"),
    ("GET", rf"{_HERE}/issues/(\d+)/comments", "list_comments"),
    ("POST", rf"{_HERE}/issues/(\d+)/comments", "create_comment"),
    ("PATCH", rf"{_HERE}/issues/comments/(\d+)", "update_comment"),
    ("GET", rf"{_HERE}/pulls", "list_pulls"),
    ("GET", rf"{_HERE}/pulls/(\d+)", "pull"),
    ("GET", rf"{_HERE}/pulls/(\d+)/commits", "list_commits"),
    ("GET", rf"{_HERE}/pulls/(\d+)/reviews", "list_reviews"),
    ("GET", rf"{_HERE}/commits/([0-9a-f]{{40}})/pulls", "pulls_of"),
    ("GET", rf"{_HERE}/commits/([0-9a-f]{{40}})", "commit"),
    ("GET", r"/repos/([\w.-]+/[\w.-]+)/activity", "list_activity"),
    ("GET", rf"{_HERE}/compare/([^/]+)", "compare"),
    ("GET", _HERE, "about"),
    ("GET", rf"{_HERE}/actions/artifacts", "list_artifacts"),
    ("GET", rf"{_HERE}/actions/artifacts/(\d+)/zip", "download"),
    ("GET", rf"{_HERE}/actions/runs/(\d+)", "run"),
    ("GET", rf"{_HERE}/git/ref/heads/(.+)", "ref"),
)


def _invalid(why: str) -> Answer:
    return Answer(422, {"message": "Validation Failed", "errors": [{"message": why}]})


@contextmanager
def serving(github: FakeGithub) -> Iterator[FakeGithub]:
    """Answer on a port of loopback while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Keep quiet: every request is recorded."""

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = github.answer(
                Request(
                    self.command, parts.path, dict(parse_qsl(parts.query)), headers, json.loads(data) if data else None
                )
            )
            body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in {**answer.headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = _serve  # noqa: N815 - the names that http.server looks for

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        github.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield github
        finally:
            server.shutdown()
            thread.join()
