"""Reviews that say that they are a sign-off: those of the pull request, of the merge queue, and of what was merged.

In: the API, the base branch, the pull request. Out: documents as the shape `context` holds them. What they are worth
is decided without the API, by the check.
The REST API tells of a review its author, state, commit and text, and not whether the text was edited: GraphQL does.
https://docs.github.com/graphql/reference/objects#pullrequestreview
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from action.harmless import ALL_FILES, is_added_sign_off
from action.transport import GithubError, MissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from action.context import Makers
    from action.github import Document, Github

MARK: Final = "gonogo sign-off for "
"""What the text of a review holds that is meant for the gate."""
DAYS: Final = 91
"""For so long a sign-off can hold; what was merged before needs no looking at."""
MOST: Final = 500
"""Reviews in a context."""
_PAGES: Final = 10
_LONGEST: Final = 100_000
_NO_COMMIT: Final = "0" * 40
_EDITED: Final = "query($ids:[ID!]!){nodes(ids:$ids){... on PullRequestReview{id lastEditedAt includesCreatedEdit}}}"
_QUEUE: Final = (
    "query($owner:String!,$name:String!,$branch:String!){repository(owner:$owner,name:$name){"
    "mergeQueue(branch:$branch){entries(first:100){nodes{pullRequest{number}}}}}}"
)
_MERGED: Final = (
    "query($owner:String!,$name:String!,$branch:String!,$after:String){repository(owner:$owner,name:$name){"
    "pullRequests(states:MERGED,baseRefName:$branch,first:50,after:$after,orderBy:{field:UPDATED_AT,direction:DESC}){"
    "pageInfo{hasNextPage endCursor} nodes{number updatedAt reviews(first:50,states:[APPROVED,DISMISSED]){nodes{body}}}"
    "}}}"
)


_QUERY_IDS: Final = 100
"""Nodes of one query."""


def collect(
    github: Github, branch: str, pull: Document | None, now: float, makers_of: Callable[[Document], Makers]
) -> list[Document]:
    """Return the reviews that may sign for something on `branch`. Raises GithubError where one can't be had."""
    settled = dict.fromkeys([*_queued(github, branch), *_merged(github, branch, now)])
    own = int(pull["number"]) if pull else None
    found: list[Document] = []
    for number in dict.fromkeys([*([own] if own else []), *settled]):
        said = list(github.reviews(number))
        meant = [one for one in said if _is_meant(one)]
        if meant:
            its = pull if pull and number == own else github.pull_request(number)
            is_settled = number in settled or bool(its.get("merged_at"))
            made_by = makers_of(its)
            # Of its own pull request the check reads every commit from the clone; of another one it can't.
            if made_by.complete or number == own:
                found += _documents(github, its, meant, said, made_by, settled=is_settled)
    return found[:MOST]


def _is_meant(review: Document) -> bool:
    """Return whether somebody who is there has submitted a review for the gate; of a draft nobody else is told."""
    told = MARK in str(review.get("body") or "") and review.get("submitted_at")
    return bool(told and (review.get("user") or {}).get("id"))


def _documents(
    github: Github,
    pull: Document,
    meant: Sequence[Document],
    said: Sequence[Document],
    made_by: Makers,
    *,
    settled: bool,
) -> Iterator[Document]:
    """Give what the context holds of those reviews of a pull request that are meant for the gate."""
    edited = _edited(github, [str(one.get("node_id")) for one in meant])
    changes: dict[str, str | None] = {}
    for one in meant:
        body = str(one["body"])[:_LONGEST]
        commit, user = str(one.get("commit_id") or _NO_COMMIT), int(one["user"]["id"])
        later = said[said.index(one) + 1 :]
        yield {
            "id": int(one["id"]),
            "pull_request": int(pull["number"]),
            "user_id": user,
            "state": str(one.get("state")),
            "commit_id": commit,
            "head": _head(github, pull, commit, changes) if one.get("state") == "APPROVED" else "other",
            "settled": settled,
            "edited": edited.get(str(one.get("node_id")), True),
            "superseded": any(
                each.get("state") == "CHANGES_REQUESTED" and (each.get("user") or {}).get("id") == user
                for each in later
            ),
            "submitted_at": str(one.get("submitted_at")),
            "body": body,
            "body_digest": hashlib.sha256(body.encode("utf-8", "replace")).hexdigest(),
            "github_ids": list(made_by.github_ids),
            "emails": list(made_by.emails),
        }


def _edited(github: Github, ids: Sequence[str]) -> dict[str, bool]:
    """Return of each review, by its node id, whether its text was edited; what is not told is not in it."""
    found: dict[str, bool] = {}
    for start in range(0, len(ids), _QUERY_IDS):
        for node in github.graphql(_EDITED, ids=list(ids[start : start + _QUERY_IDS])).get("nodes") or ():
            if node and "lastEditedAt" in node:
                found[str(node.get("id"))] = bool(node["lastEditedAt"] or node.get("includesCreatedEdit"))
    return found


def _queued(github: Github, branch: str) -> list[int]:
    """Return the pull requests in the merge queue of a branch; the commits of each hold those before it."""
    queue = _repository(github, _QUEUE, branch=branch).get("mergeQueue") or {}
    return [int(one["pullRequest"]["number"]) for one in (queue.get("entries") or {}).get("nodes") or ()]


def _merged(github: Github, branch: str, now: float) -> Iterator[int]:
    """Give the pull requests merged into a branch, the last first, in which a review says that it is a sign-off."""
    oldest = datetime.fromtimestamp(now, UTC) - timedelta(days=DAYS)
    after: str | None = None
    for _ in range(_PAGES):
        found = _repository(github, _MERGED, branch=branch, after=after)["pullRequests"]
        for one in found["nodes"]:
            if datetime.fromisoformat(str(one["updatedAt"])) < oldest:
                return
            if any(MARK in str(review.get("body") or "") for review in one["reviews"]["nodes"]):
                yield int(one["number"])
        if not found["pageInfo"]["hasNextPage"]:
            return
        after = found["pageInfo"]["endCursor"]


def _repository(github: Github, query: str, **variables: object) -> dict[str, Any]:
    owner, _, name = github.repository.partition("/")
    answer = github.graphql(query, owner=owner, name=name, **variables).get("repository")
    if not isinstance(answer, dict):
        raise GithubError("GitHub answered without a repository", where="GitHub", remedy="Run the job again.")
    return answer


def _head(github: Github, pull: Document, commit: str, changes: dict[str, str | None]) -> str:
    """Return how the commit of a review stands to the head of its pull request; see the shape `context`."""
    head, base = str(pull["head"]["sha"]), str(pull["base"]["sha"])
    if commit == head:
        return "same"
    for one in (commit, head):
        if one not in changes:
            changes[one] = _change(github, base, one)
    return "same-change" if changes[head] is not None and changes[head] == changes[commit] else "other"


def _change(github: Github, base: str, head: str) -> str | None:
    """Return a digest of what a commit changes against its base, wherever that stands; None where it can't be told.

    Lines added and taken away, file by file: a rebase moves them, and alters what is around them. Files of sign-offs
    that it adds are no part of it: the signature of another owner must not void a review.
    """
    try:
        files = github.compare(base, head).get("files") or []
    except MissingError:
        return None
    if not files or len(files) >= ALL_FILES:
        return None
    told = []
    for one in files:
        if is_added_sign_off(one):
            continue
        patch = one.get("patch")
        content = [line for line in str(patch).split("\n") if line[:1] in {"+", "-"}] if patch else one.get("sha")
        told.append([one.get("filename"), one.get("previous_filename"), one.get("status"), content])
    text = json.dumps(sorted(told, key=lambda one: str(one[0])), sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
