"""GitHub as it is on a bad day: limits, errors, redirects; and the token that must not go anywhere else."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from action.github import Github, graphql_address
from action.transport import ForbiddenError, GithubError, MissingError
from checks.errors import UserError
from tests.action.conftest import HEAD, pull
from tests.action.fake_github import REPOSITORY, TOKEN, Answer, FakeGithub, serving

LIMITED = Answer(403, {"message": "You have exceeded a secondary rate limit."}, {"Retry-After": "7"})


class Client:
    """The API, with a clock that nobody has to wait for."""

    def __init__(self, github: FakeGithub, **more: Any) -> None:
        self.slept: list[float] = []
        how = {"url": github.url, "token": TOKEN, **more}
        self.api = Github(REPOSITORY, how["token"], now=lambda: 1000.0, sleep=self.slept.append, url=how["url"])

    def post(self) -> None:
        self.api.post_status(HEAD, "success", "gonogo", "GO", "")


def test_a_status_arrives_as_it_was_meant(github: FakeGithub) -> None:
    Client(github).api.post_status(HEAD, "failure", "gonogo", "NO-GO", "https://github.example/run")
    assert github.statuses[HEAD] == [
        {
            "state": "failure",
            "context": "gonogo",
            "description": "NO-GO",
            "target_url": "https://github.example/run",
        }
    ]
    headers = github.requests[0].headers
    assert (headers["accept"], headers["x-github-api-version"]) == ("application/vnd.github+json", "2022-11-28")


def test_every_page_of_a_list_is_read(github: FakeGithub) -> None:
    for number in range(250):
        github.comment(7, f"comment {number}")
    assert [one["body"] for one in Client(github).api.comments(7)] == [f"comment {number}" for number in range(250)]
    assert len(github.asked("GET")) == 3


def test_a_server_error_is_tried_again_a_little_later(github: FakeGithub) -> None:
    github.next.extend([Answer(502, {}), Answer(500, {})])
    client = Client(github)
    client.post()
    assert (client.slept, len(github.statuses[HEAD])) == ([1.0, 2.0], 1)


def test_a_server_that_stays_broken_is_given_up(github: FakeGithub) -> None:
    github.next.extend([Answer(503, {})] * 10)
    with pytest.raises(GithubError, match="503"):
        Client(github).post()
    assert len(github.requests) == 4


def test_a_connection_that_nobody_takes_is_given_up() -> None:
    with serving(FakeGithub()) as gone:
        pass
    with pytest.raises(GithubError, match="no answer"):
        Client(gone).post()


@pytest.mark.parametrize(
    ("answer", "waited"),
    [
        (LIMITED, 7.0),
        (Answer(429, {"message": "Too Many Requests"}, {"Retry-After": "3"}), 3.0),
        (Answer(403, {"message": "API"}, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1030"}), 30.0),
        (Answer(403, {"message": "You have exceeded a secondary rate limit."}), 60.0),
    ],
    ids=["secondary", "429", "primary", "without advice"],
)
def test_a_rate_limit_is_waited_for_as_long_as_github_says(github: FakeGithub, answer: Answer, waited: float) -> None:
    github.next.append(answer)
    client = Client(github)
    client.post()
    assert (client.slept, len(github.statuses[HEAD])) == ([waited], 1)


def test_nobody_waits_an_hour_for_a_rate_limit(github: FakeGithub) -> None:
    github.next.append(Answer(403, {"message": "rate limit"}, {"Retry-After": "3600"}))
    client = Client(github)
    with pytest.raises(GithubError, match="rate limit") as error:
        client.post()
    assert (client.slept, isinstance(error.value, ForbiddenError)) == ([], False)


def test_all_waits_of_a_step_together_have_an_end(github: FakeGithub) -> None:
    github.next.extend([Answer(429, {}, {"Retry-After": "50"})] * 4)
    client = Client(github)
    with pytest.raises(GithubError):
        client.post()
    assert sum(client.slept) == 100


def test_a_token_without_rights_is_an_error_of_its_own(github: FakeGithub) -> None:
    github.may_write.clear()
    with pytest.raises(ForbiddenError, match="Resource not accessible"):
        Client(github).post()
    assert len(github.requests) == 1


def test_what_is_not_there_is_an_error_of_its_own(github: FakeGithub) -> None:
    with pytest.raises(MissingError):
        Client(github).api.pull_request(99)


def test_a_comment_whose_answer_was_lost_is_not_made_twice_by_itself(github: FakeGithub) -> None:
    github.next.append(Answer(502, {}))
    with pytest.raises(GithubError):
        Client(github).api.create_comment(7, "text")
    assert len(github.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_renamed_repository_is_followed_with_the_same_question(github: FakeGithub, status: int) -> None:
    place = f"/repos/{REPOSITORY}/statuses/{HEAD}"
    github.next.append(Answer(status, {}, {"Location": f"{github.url}{place}"}))
    Client(github).post()
    assert [request.method for request in github.requests] == ["POST", "POST"]
    assert len(github.statuses[HEAD]) == 1


def test_the_token_follows_no_redirect_to_another_origin(github: FakeGithub) -> None:
    with serving(FakeGithub()) as other:
        github.next.append(Answer(307, {}, {"Location": f"{other.url}/repos/{REPOSITORY}/statuses/{HEAD}"}))
        with pytest.raises(GithubError, match="another origin"):
            Client(github).post()
    assert other.requests == []


def test_the_token_follows_no_next_page_to_another_origin(github: FakeGithub) -> None:
    with serving(FakeGithub()) as other:
        github.next.append(Answer(200, [], {"Link": f'<{other.url}/x>; rel="next"'}))
        with pytest.raises(GithubError, match="another origin"):
            list(Client(github).api.comments(7))
    assert other.requests == []


def test_redirects_without_end_end(github: FakeGithub) -> None:
    github.next.extend([Answer(302, {}, {"Location": "/repos"})] * 20)
    with pytest.raises(GithubError, match="without end"):
        Client(github).post()


def test_the_token_is_sent_over_https_only() -> None:
    with pytest.raises(UserError, match="https"):
        Github(REPOSITORY, TOKEN, now=float, sleep=print, url="http://github.example/api/v3")


def test_the_token_stands_in_no_message(github: FakeGithub) -> None:
    github.next.append(Answer(401, {"message": "Bad credentials"}))
    client = Client(github)
    with pytest.raises(GithubError) as error:
        client.post()
    assert TOKEN not in f"{error.value}{client.api!r}"


def test_an_answer_that_is_no_json_is_an_error(github: FakeGithub) -> None:
    github.next.append(Answer(200, "not a list"))
    with pytest.raises(GithubError):
        list(Client(github).api.comments(7))


@pytest.mark.parametrize(
    ("user", "login"),
    [
        ({"login": "github-actions[bot]", "type": "Bot"}, "github-actions[bot]"),
        ({"login": "bakery-app[bot]", "type": "Bot"}, "bakery-app[bot]"),
        ({"login": "ada", "type": "User"}, "ada"),
    ],
    ids=["the workflow's own", "an App's", "a person's"],
)
def test_every_kind_of_token_knows_under_which_name_it_comments(
    github: FakeGithub, user: dict[str, str], login: str
) -> None:
    github.user = user
    assert Client(github).api.login() == login


def test_a_token_that_may_not_ask_for_its_name_is_the_workflows_own(github: FakeGithub) -> None:
    github.next.append(Answer(403, {"message": "Resource not accessible by integration"}))
    assert Client(github).api.login() == "github-actions[bot]"


def test_on_a_server_of_ones_own_the_graphql_api_lies_beside_the_rest_api() -> None:
    assert graphql_address("https://git.example/api/v3") == "https://git.example/api/graphql"
    assert graphql_address("https://api.github.com") == "https://api.github.com/graphql"


def test_pull_requests_are_found_by_owner_and_branch(github: FakeGithub) -> None:
    github.pulls = [pull(7, repository="visitor/site"), pull(8), pull(9, repository="visitor/site", state="closed")]
    assert [one["number"] for one in Client(github).api.open_pull_requests("visitor", "new-bread")] == [7]


def test_one_module_of_the_action_speaks_http_and_one_speaks_to_github_by_it(root: Path) -> None:
    speaking = re.compile(r"urllib\.request|http\.client|socket|ssl|requests|aiohttp")
    files = sorted((root / "action").glob("*.py"))
    assert {"github.py", "transport.py"} <= {file.name for file in files}
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        names = {
            *(alias.name for node in imports for alias in node.names),
            *(node.module or "" for node in imports if isinstance(node, ast.ImportFrom)),
        }
        assert file.name == "transport.py" or not [name for name in names if speaking.fullmatch(name)]
        assert file.name == "github.py" or "Transport" not in names
