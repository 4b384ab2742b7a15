"""Which host a build is meant for, and what is read of the project around it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from checks import shapes
from checks.collect.hosts import AUTO, HOST_BY_NAME, choose, look, make, scan
from checks.collect.hosts.project import IN_THE_BUILD, IN_THE_PROJECT
from checks.errors import CannotMeasureError, UserError
from tests.collect.hosts.making import build

if TYPE_CHECKING:
    from pathlib import Path

    from checks.collect.hosts import Project


def chosen(config: dict[str, str], files: list[str] | None = None, name: str = AUTO) -> str:
    return choose(name, build(["index.html", *(files or [])], config)).name


def test_the_settings_know_every_host_of_the_table() -> None:
    assert shapes.load("config")["properties"]["host"]["enum"] == [AUTO, *HOST_BY_NAME]


@pytest.mark.parametrize(
    ("config", "name"),
    [
        ({"netlify.toml": ""}, "netlify"),
        ({"netlify.toml": "", "_redirects": "/a /b", "_headers": ""}, "netlify"),
        ({"wrangler.toml": 'pages_build_output_dir = "dist"', "_redirects": "/a /b"}, "cloudflare-pages"),
        ({"wrangler.jsonc": '{// c\n"pages_build_output_dir": "dist"}'}, "cloudflare-pages"),
        ({"vercel.json": "{}"}, "vercel"),
        ({"vercel.ts": "export const config = {}"}, "vercel"),
        ({"firebase.json": '{"hosting": {"public": "dist"}}'}, "firebase"),
        ({"firebase.json": '{"functions": {}}'}, "plain"),
        ({"staticwebapp.config.json": "{}"}, "azure-static-web-apps"),
        ({"wrangler.toml": 'main = "worker.js"'}, "plain"),
        ({}, "plain"),
    ],
)
def test_a_file_that_one_host_alone_reads_tells_it(config: dict[str, str], name: str) -> None:
    assert chosen(config) == name


@pytest.mark.parametrize("file", [".nojekyll", "CNAME"])
def test_a_build_for_github_pages_has_a_file_of_its_own(file: str) -> None:
    assert chosen({}, [file]) == "github-pages"


def test_a_file_of_another_host_says_more_than_one_for_github_pages() -> None:
    assert chosen({"netlify.toml": ""}, [".nojekyll"]) == "netlify"


@pytest.mark.parametrize("file", ["_redirects", "_headers"])
def test_a_file_that_two_hosts_read_each_in_its_own_way_does_not_say_which(file: str) -> None:
    with pytest.raises(UserError, match="each in its own way") as caught:
        chosen({file: "/a /b"})
    assert caught.value.where == file
    assert "`host: netlify` or `host: cloudflare-pages`" in (caught.value.remedy or "")


def test_files_of_two_hosts_do_not_say_which() -> None:
    with pytest.raises(UserError, match="meant for 2 hosts") as caught:
        chosen({"netlify.toml": "", "vercel.json": "{}"})
    assert caught.value.where == "netlify.toml, vercel.json"


def test_a_host_that_is_named_is_not_looked_for() -> None:
    assert chosen({"_redirects": "/a /b", "vercel.json": "{}"}, name="plain") == "plain"


def test_a_host_that_is_not_emulated_is_refused() -> None:
    with pytest.raises(UserError, match="`heroku` is not emulated"):
        chosen({}, name="heroku")


def test_workers_are_not_emulated_and_that_is_told() -> None:
    found = choose(AUTO, build(["index.html"], {"wrangler.jsonc": '{"assets": {"directory": "dist"}}'}))
    assert found.name == "plain"
    assert found.note is not None
    assert "Cloudflare Workers, which is not emulated" in found.note


@pytest.mark.parametrize("name", HOST_BY_NAME)
def test_a_site_lies_under_a_path_only_where_the_host_lets_it(name: str) -> None:
    if name in {"github-pages", "plain"}:
        assert make(name, build(["index.html"]), "/docs/").answer("/docs/").status == 200
        return
    with pytest.raises(UserError, match="at the root of its origin"):
        make(name, build(["index.html"]), "/docs/")


# --------------------------------------------------------------------------------------------- what is read


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "web" / "dist").mkdir(parents=True)
    (tmp_path / "web" / "dist" / "index.html").write_text("x")
    return tmp_path


def seen(project: Path) -> Project:
    root = project / "web" / "dist"
    return look(root, scan(root), project)


def test_the_nearest_file_of_the_project_is_read(project: Path) -> None:
    (project / "netlify.toml").write_text("# far")
    (project / "web" / "netlify.toml").write_text("# near")
    assert seen(project).text("netlify.toml") == "# near"


def test_nothing_is_read_above_the_folder_where_the_command_runs(project: Path) -> None:
    (project.parent / "vercel.json").write_text("{}")
    assert "vercel.json" not in seen(project)


@pytest.mark.parametrize("name", [one for one in IN_THE_BUILD if one.startswith("_")])
def test_what_hosts_read_from_what_is_deployed_counts_there_alone(project: Path, name: str) -> None:
    (project / "web" / name).write_text("x")
    assert name not in seen(project)
    (project / "web" / "dist" / name).write_text("y")
    assert seen(project).text(name) == "y"


@pytest.mark.parametrize("name", IN_THE_PROJECT)
def test_what_hosts_read_from_the_repository_counts_in_the_build_where_there_is_no_other(
    project: Path, name: str
) -> None:
    (project / "web" / "dist" / name).write_text("build")
    assert seen(project).text(name) == "build"
    (project / name).write_text("project")
    assert seen(project).text(name) == "project"


def test_functions_are_known_by_their_files(project: Path) -> None:
    for name in ("api/stock.ts", "functions/a/[id].js", "api/README.md", "netlify/edge-functions/x.ts"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("x")
    assert seen(project).functions == ("api/stock.ts", "functions/a/[id].js", "netlify/edge-functions/x.ts")


def test_a_workflow_that_deploys_to_pages_tells_the_host(project: Path) -> None:
    (project / ".github" / "workflows").mkdir(parents=True)
    (project / ".github" / "workflows" / "site.yml").write_text("    - uses: actions/deploy-pages@v4\n")
    assert seen(project).deploys_to_pages


@pytest.mark.parametrize("name", ["vercel.json", "netlify.toml"])
def test_a_file_of_ten_megabytes_is_not_read(project: Path, name: str) -> None:
    (project / name).write_bytes(b" " * 10_000_000)
    with pytest.raises(CannotMeasureError, match="more than 5,000,000 bytes") as caught:
        seen(project)
    assert caught.value.where == str(project / name)


def test_a_link_out_of_the_build_is_not_followed(project: Path) -> None:
    (project / "secret").write_text("/token /x")
    (project / "web" / "dist" / "_redirects").symlink_to(project / "secret")
    assert "_redirects" not in seen(project)


def test_what_is_no_file_is_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "vercel.json")
    assert "vercel.json" not in seen(project)


def test_bytes_that_are_no_utf_8_are_read_as_far_as_they_are(project: Path) -> None:
    (project / "web" / "dist" / "_redirects").write_bytes(b"\xef\xbb\xbf/caf\xe9 /a\n")
    assert seen(project).text("_redirects") == "/caf\ufffd /a\n"
