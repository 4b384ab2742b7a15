from __future__ import annotations

from typing import Any

import pytest

from checks.facts.files import files


def judged(*paths: str, linked: tuple[str, ...] = (), references: tuple[tuple[str, str], ...] = ()) -> dict[str, Any]:
    return files(dict.fromkeys(paths, 1), linked=lambda path: path in linked, map_references=references)


def paths(found: list[dict[str, Any]]) -> list[str]:
    return [member["path"] for member in found]


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        "app/.env.production",
        ".htpasswd",
        "id_rsa",
        "certs/site.pfx",
        "backup/db.sql",
        "db.sql.gz",
        "wp-config.php",
        "wp-config.php.txt",
        ".npmrc",
        "PASSWORDS.KDBX",
        "terraform.tfstate",
    ],
)
def test_files_with_credentials_are_private(path: str) -> None:
    assert paths(judged(path)["private"]) == [path]


def test_a_folder_is_named_once_instead_of_its_files() -> None:
    found = judged("blog/.git/HEAD", "blog/.git/config", "blog/.git/objects/aa/bb")
    assert found["private"] == [{"path": "blog/.git/", "rule": "version control"}]


def test_a_file_that_links_to_a_repository_is_named_itself() -> None:
    assert paths(judged("blog/.git")["private"]) == ["blog/.git"]


def test_an_example_of_an_environment_file_is_not_private() -> None:
    assert judged(".env.example")["private"] == []


def test_a_dump_that_a_page_links_to_is_a_download() -> None:
    assert judged("files/chinook.sql", linked=("/files/chinook.sql",))["private"] == []


@pytest.mark.parametrize("path", ["index.html.bak", "a/old.css.orig", "main.js~", ".main.js.swp", "Copy of page.html"])
def test_leftovers_are_backups(path: str) -> None:
    assert paths(judged(path)["backup"]) == [path]


def test_an_archive_that_nothing_links_to_is_a_backup() -> None:
    assert paths(judged("site.zip", "press-kit.zip", linked=("/press-kit.zip",))["backup"]) == ["site.zip"]


@pytest.mark.parametrize(
    "path", ["package.json", "Dockerfile", ".DS_Store", "js/app.test.js", "yarn.lock", "vite.config.ts"]
)
def test_files_of_tools_are_tooling(path: str) -> None:
    assert paths(judged(path)["tooling"]) == [path]


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        ".well-known/security.txt",
        ".nojekyll",
        "CNAME",
        "_headers",
        "_redirects",
        "robots.txt",
        "core.8f3a91.js",
        "img/hero copy.jpg",
        "manifest.webmanifest",
        "environment.html",
        "talks/golden.html",
        "objects.inv",
        "_sources/index.rst.txt",
    ],
)
def test_what_a_site_publishes_is_nothing_of_all_that(path: str) -> None:
    found = judged(path)
    assert [found["private"], found["backup"], found["tooling"]] == [[], [], []]


def test_a_map_in_the_build_is_a_source_map() -> None:
    assert judged("js/app.js.map")["source_maps"] == [{"path": "js/app.js.map", "kind": "file"}]


def test_a_map_that_lies_in_the_build_is_not_told_again_for_its_reference() -> None:
    found = judged("js/app.js", "js/app.js.map", references=(("js/app.js", "app.js.map"),))
    assert paths(found["source_maps"]) == ["js/app.js.map"]


def test_a_map_that_is_not_in_the_build_is_no_fault() -> None:
    assert judged("js/app.js", references=(("js/app.js", "app.js.map"),))["source_maps"] == []


@pytest.mark.parametrize(
    ("target", "kind"),
    [("https://maps.example.net/app.js.map", "reference"), ("inline", "inline"), ("m.json", "reference")],
)
def test_a_map_elsewhere_is_told_at_the_file_that_names_it(target: str, kind: str) -> None:
    found = judged("js/app.js", "js/m.json", references=(("js/app.js", target),))
    assert found["source_maps"] == [{"path": "js/app.js", "kind": kind}]


def test_an_empty_page_is_found() -> None:
    found = files({"a.html": 0, "b.html": 1, "c.css": 0}, linked=lambda _: False)
    assert paths(found["empty_html"]) == ["a.html"]


def test_paths_that_differ_in_case_only_collide() -> None:
    found = judged("About.html", "about.html", "other.html")
    assert found["case_collisions"] == [{"paths": ["About.html", "about.html"], "path": "About.html"}]
