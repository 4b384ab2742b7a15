"""The config that a new user gets: always readable, and filled with what the project says about itself."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from checks import shapes
from checks.errors import UserError
from checks.init.draft import draft, write
from checks.settings import Settings, from_bytes, load
from tests.init.projects import put

TODAY = date(2026, 6, 15)
BUILD_FOLDERS = ["dist", "public", "_site", "build", "out", "site", "docs/_build/html"]


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


@tried(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
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
