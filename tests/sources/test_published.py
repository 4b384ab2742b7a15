"""Where a report leads to is told by git, and by the CI system where one knows better."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from checks.sources import repository
from checks.sources.published import published
from checks.sources.tree import Remote, Tree

TREE = Tree(config="web/gonogo.yaml", remote=Remote("github.com", "bakery/site"), branch="main")


def test_it_names_the_forge_the_branch_and_the_folder_of_the_settings() -> None:
    assert published(TREE, None, {}) == {
        "host": "github.com",
        "forge": "github",
        "path": "bakery/site",
        "branch": "main",
        "folder": "web/",
    }


def test_the_branch_that_a_change_goes_to_is_the_one_for_its_rules() -> None:
    told = published(TREE, {"base_branch": "release"}, {})
    assert told is not None
    assert told["branch"] == "release"


def test_a_repository_that_is_published_nowhere_leads_nowhere() -> None:
    assert published(Tree(), {"base_branch": "main"}, {}) is None


@pytest.mark.parametrize("host", ["github.example", "github.com.example", "gitlab.example", "git.gitlab.example"])
def test_a_forge_is_never_guessed_by_the_name_of_its_host(host: str) -> None:
    assert _forge(host, {}) is None


@pytest.mark.parametrize(
    ("variable", "forge"), [("GITHUB_SERVER_URL", "github"), ("CI_SERVER_URL", "gitlab")], ids=["GitHub", "GitLab"]
)
def test_the_forge_of_a_company_is_known_where_its_ci_names_the_server(variable: str, forge: str) -> None:
    assert _forge("git.bakery.example", {variable: "https://git.bakery.example"}) == forge


@pytest.mark.parametrize(
    "server", ["https://other.example", "http://git.bakery.example", "https://git.bakery.example:8443", ""]
)
def test_a_server_at_another_address_says_nothing_of_the_host(server: str) -> None:
    assert _forge("git.bakery.example", {"CI_SERVER_URL": server}) is None


def _forge(host: str, environ: dict[str, str]) -> str | None:
    told = published(replace(TREE, remote=Remote(host, "bakery/site")), None, environ)
    assert told is not None
    forge: str | None = told["forge"]
    return forge


def test_the_default_branch_is_the_one_that_the_remote_calls_so(tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    assert repository.find(here=tmp_path).tree.branch == ""
    subprocess.run([*git, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk/a"], check=True)
    assert repository.find(here=tmp_path).tree.branch == "trunk/a"
