"""Where a finding is shown: on the source that made its page, on the line where it can be told, else on the config."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks.settings import Settings
from checks.sources import locate as locating
from checks.sources.candidates import meta_source
from checks.sources.locate import Source, locate
from checks.sources.repository import Repository

Build = Callable[..., dict[str, Any]]
Track = Callable[..., Repository]
Told = Callable[..., Settings]
REMOTE = "https://github.com/bakery/site.git"


def meta(file: str) -> bytes:
    return f'<!doctype html><head><meta name="gonogo-source" content="{file}"></head>'.encode()


def edit(file: str) -> dict[str, Any]:
    url = f"https://github.com/bakery/site/edit/main/{file}"
    return {"items": [{"href": url, "url": url, "text": "Edit", "rel": []}]}


def test_a_finding_is_shown_on_the_line_of_its_text(track: Track, settings: Told, finding: Build, page: Build) -> None:
    repository = track({"mkdocs.yml": "", "docs/about.md": "---\ntitle: All about us\n---\n"})
    found = locate(finding(), page(title="All about us"), settings(), repository)
    assert found == Source("docs/about.md", 2, "where MkDocs keeps its pages")


def test_where_a_site_is_published_does_not_move_its_sources(
    track: Track, settings: Told, finding: Build, page: Build
) -> None:
    repository = track({"mkdocs.yml": "", "docs/about.md": "---\ntitle: All about us\n---\n"})
    under = settings("site: https://baker.github.io/bread/")
    found = locate(finding(page="/bread/about/"), page(title="All about us"), under, repository)
    assert found == Source("docs/about.md", 2, "where MkDocs keeps its pages")


def test_what_the_settings_say_comes_first(track: Track, settings: Told, finding: Build, page: Build) -> None:
    told = settings("sources: [{page: /*/, file: texts/*.md}]")
    repository = track(
        {"mkdocs.yml": "", "docs/about.md": "", "texts/about.md": "", "x.md": "", "y.md": ""}, remote=REMOTE
    )
    found = locate(finding(), page(links=edit("y.md")), told, repository, meta("x.md"))
    assert found == Source("texts/about.md", None, "named by `sources` in the settings")


def test_the_first_rule_whose_file_is_there_decides(track: Track, settings: Told, finding: Build, page: Build) -> None:
    told = settings("sources: [{page: /*/, file: a/*.md}, {page: /*/, file: a/*/index.md}]")
    assert locate(finding(), page(), told, track({"a/about/index.md": ""})).file == "a/about/index.md"


def test_rules_are_seen_from_the_settings_file(track: Track, settings: Told, finding: Build, page: Build) -> None:
    told = settings("sources: [{page: /*/, file: texts/*.md}]")
    repository = track({"web/texts/about.md": "", "texts/about.md": ""}, config="web/gonogo.yaml")
    assert locate(finding(), page(), told, repository).file == "web/texts/about.md"


def test_the_pages_own_meta_tag_comes_second(track: Track, settings: Told, finding: Build, page: Build) -> None:
    repository = track({"mkdocs.yml": "", "docs/about.md": "", "x.md": "", "y.md": ""}, remote=REMOTE)
    found = locate(finding(), page(links=edit("y.md")), settings(), repository, meta("x.md"))
    assert found == Source("x.md", None, "named by the page in a meta tag")


def test_the_edit_link_comes_third(track: Track, settings: Told, finding: Build, page: Build) -> None:
    repository = track({"mkdocs.yml": "", "docs/about.md": "", "y.md": ""}, remote=REMOTE)
    found = locate(finding(), page(links=edit("y.md")), settings(), repository)
    assert found == Source("y.md", None, "named by the page's edit link")


def test_a_site_that_is_written_as_html_is_its_own_source(
    track: Track, settings: Told, finding: Build, page: Build
) -> None:
    repository = track({"public/about/index.html": "<title>About us</title>"})
    found = locate(finding(), page(), settings("preview: public"), repository)
    assert found == Source("public/about/index.html", 1, "the page as it is in the repository")


def test_a_site_that_is_written_as_html_is_its_own_source_where_a_copy_of_it_is_judged(
    track: Track, settings: Told, finding: Build, page: Build
) -> None:
    repository = track({"web/about/index.html": "<title>About us</title>"}, config="web/gonogo.yaml")
    found = locate(finding(), page(), settings("preview: /tmp/elsewhere"), repository)
    assert found == Source("web/about/index.html", 1, "the page as it is in the repository")


def test_where_no_source_is_known_it_is_the_config_file(
    track: Track, settings: Told, finding: Build, page: Build
) -> None:
    repository = track({"web/gonogo.yaml": ""}, config="web/gonogo.yaml")
    assert locate(finding(), page(), settings(), repository) == Source("web/gonogo.yaml", None, locating.UNKNOWN)


def test_a_finding_about_the_site_is_shown_on_the_config_file(track: Track, settings: Told, finding: Build) -> None:
    repository = track({"mkdocs.yml": "", "docs/index.md": ""})
    assert locate(finding(None, reads="site"), None, settings(), repository).file == "gonogo.yaml"


def test_a_finding_about_the_site_that_names_a_page_is_shown_on_its_source(
    track: Track, settings: Told, finding: Build
) -> None:
    repository = track({"mkdocs.yml": "", "docs/about.md": ""})
    told = settings("site: https://www.bakery.example")
    orphan = finding(None, reads="site", what="https://www.bakery.example/about/", pointer="/graph/orphans/0")
    elsewhere = finding(None, reads="site", what="https://www.bakery.example.net/about/", pointer="")
    found = [locate(one, None, told, repository).file for one in (orphan, elsewhere)]
    assert found == ["docs/about.md", "gonogo.yaml"]


def test_a_page_that_was_not_measured_is_found_by_its_path(track: Track, settings: Told, finding: Build) -> None:
    repository = track({"mkdocs.yml": "", "docs/about.md": ""})
    assert locate(finding(reads="coverage"), None, settings(), repository).file == "docs/about.md"


def test_without_a_repository_it_is_the_config_file(settings: Told, finding: Build, page: Build) -> None:
    assert locate(finding(), page(), settings("preview: public"), Repository()).file == "gonogo.yaml"


@pytest.mark.parametrize(
    "said",
    [
        "/etc/passwd",
        "../outside.md",
        "content/../../outside.md",
        "content/../a.md",
        "link.md",
        "folder/passwd",
        "untracked.md",
        "",
        "a.md\x00",
        "x" * 5000,
    ],
)
def test_a_meta_tag_names_nothing_but_a_tracked_file(
    said: str, track: Track, settings: Told, finding: Build, page: Build, tmp_path: Path
) -> None:
    (tmp_path.parent / "outside.md").write_text("")
    (tmp_path / "link.md").symlink_to(tmp_path.parent / "outside.md")
    (tmp_path / "folder").symlink_to("/etc")
    repository = track({"a.md": "", "content/b.md": ""})
    (tmp_path / "untracked.md").write_text("")
    assert locate(finding(), page(), settings(), repository, meta(said)).file == "gonogo.yaml"


def test_an_edit_link_of_another_repository_names_nothing(
    track: Track, settings: Told, finding: Build, page: Build
) -> None:
    repository = track({"y.md": ""}, remote="https://github.com/bakery/other.git")
    assert locate(finding(), page(links=edit("y.md")), settings(), repository).file == "gonogo.yaml"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (meta("content/x.md"), "content/x.md"),
        (b"<META content=' a.md ' NAME=gonogo-source>", "a.md"),
        (b"<!-- <meta name='gonogo-source' content='a.md'> -->", None),
        (b"<meta name='gonogo-source'>", None),
        (b"x" * 200_000 + meta("a.md"), None),
        (b"", None),
        (None, None),
    ],
)
def test_the_meta_tag_is_read_from_the_delivered_page(html: bytes | None, expected: str | None) -> None:
    assert meta_source(html) == expected
