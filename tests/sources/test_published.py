"""Where a report leads to is told by git, and by the CI system where one knows better."""

from __future__ import annotations

import subprocess
from pathlib import Path

from checks.sources import repository
from checks.sources.published import published
from checks.sources.tree import Remote, Tree

TREE = Tree(config="web/gonogo.yaml", remote=Remote("github.com", "bakery/site"), branch="main")


def test_it_names_the_forge_the_branch_and_the_folder_of_the_settings() -> None:
    assert published(TREE, None) == {"host": "github.com", "path": "bakery/site", "branch": "main", "folder": "web/"}


def test_the_branch_that_a_change_goes_to_is_the_one_for_its_rules() -> None:
    told = published(TREE, {"base_branch": "release"})
    assert told is not None
    assert told["branch"] == "release"


def test_a_repository_that_is_published_nowhere_leads_nowhere() -> None:
    assert published(Tree(), {"base_branch": "main"}) is None


def test_the_default_branch_is_the_one_that_the_remote_calls_so(tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    assert repository.find(here=tmp_path).tree.branch == ""
    subprocess.run([*git, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk/a"], check=True)
    assert repository.find(here=tmp_path).tree.branch == "trunk/a"
