"""Which files a repository holds: nothing that a link, a name or a hostile page leads out of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.sources import repository
from checks.sources.repository import LARGEST, Repository, parse_remote
from checks.sources.tree import Remote, Tree

Track = Callable[..., Repository]


def test_a_tracked_file_is_held_and_read(track: Track) -> None:
    found = track({"content/ä b.md": "# Rye\n"})
    assert (found.holds("content/ä b.md"), found.text("content/ä b.md")) == (True, "# Rye\n")


def test_a_file_that_git_does_not_track_is_not_held(track: Track, tmp_path: Path) -> None:
    found = track({"a.md": ""})
    (tmp_path / "b.md").write_text("")
    assert not found.holds("b.md")


@pytest.mark.parametrize(
    "name", ["../outside.md", "/etc/passwd", "content/../a.md", "./a.md", "", ".", "a.md\0", "A" * 5000]
)
def test_a_name_that_is_no_file_of_the_repository_is_not_held(name: str, track: Track, tmp_path: Path) -> None:
    (tmp_path.parent / "outside.md").write_text("")
    assert not track({"a.md": "", "content/b.md": ""}).holds(name)


def test_a_tracked_link_out_of_the_repository_is_not_held(track: Track, tmp_path: Path) -> None:
    (tmp_path / "secret.md").symlink_to("/etc/passwd")
    found = track({"a.md": ""})
    assert (found.holds("secret.md"), found.text("secret.md")) == (False, None)


def test_a_tracked_link_is_no_file_even_where_the_disk_has_one_in_its_place(track: Track, tmp_path: Path) -> None:
    # As on a disk without links: git writes where the link leads as the file's text.
    (tmp_path / "link.md").symlink_to("a.md")
    found = track({"a.md": ""})
    (tmp_path / "link.md").unlink()
    (tmp_path / "link.md").write_text("a.md")
    assert not found.holds("link.md")


def test_a_file_that_became_a_link_after_it_was_tracked_is_not_held(track: Track, tmp_path: Path) -> None:
    found = track({"a.md": ""})
    (tmp_path / "a.md").unlink()
    (tmp_path / "a.md").symlink_to("/etc/passwd")
    assert (found.holds("a.md"), found.text("a.md")) == (False, None)


def test_a_folder_that_became_a_link_after_its_files_were_tracked_is_not_followed(track: Track, tmp_path: Path) -> None:
    found = track({"content/passwd": ""})
    (tmp_path / "content/passwd").unlink()
    (tmp_path / "content").rmdir()
    (tmp_path / "content").symlink_to("/etc")
    assert (found.holds("content/passwd"), found.text("content/passwd")) == (False, None)


def test_a_file_that_the_build_removed_is_not_held(track: Track, tmp_path: Path) -> None:
    found = track({"a.md": ""})
    (tmp_path / "a.md").unlink()
    assert not found.holds("a.md")


def test_a_name_with_control_characters_is_not_held(track: Track) -> None:
    assert track({"a\n::error::b.md": "", "c.md": ""}).tree.files == {"c.md"}


def test_a_file_that_is_long_or_no_text_is_held_and_not_read(track: Track, tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(b"\x89PNG\xff")
    found = track({"a.md": "x" * (LARGEST + 1)})
    assert [(found.holds(name), found.text(name)) for name in ("a.md", "b.png")] == [(True, None), (True, None)]


def test_without_a_repository_nothing_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "a.md").write_text("")
    found = repository.find(Path("gonogo.yaml"), tmp_path)
    assert (found.root, found.holds("a.md"), found.text("a.md"), found.tree) == (None, False, None, Tree())


def test_the_settings_and_the_working_directory_are_seen_from_the_root(track: Track) -> None:
    tree = track({"web/gonogo.yaml": "", "web/shop/a.md": ""}, config="../gonogo.yaml", here="web/shop").tree
    assert (tree.config, tree.project, tree.here) == ("web/gonogo.yaml", "web/", "web/shop/")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://github.com/Bakery/Site.git", Remote("github.com", "bakery/site")),
        ("https://user:token@gitlab.com/group/sub/site", Remote("gitlab.com", "group/sub/site")),
        ("git@github.com:bakery/site.git", Remote("github.com", "bakery/site")),
        ("ssh://git@git.bakery.example:2222/bakery/site.git", Remote("git.bakery.example", "bakery/site")),
        ("/srv/git/site.git", None),
        ("https://[x/site", None),
        ("", None),
    ],
)
def test_where_a_repository_is_published_is_read_from_its_remote(address: str, expected: Remote | None) -> None:
    assert parse_remote(address) == expected


def test_the_remote_called_origin_is_the_repositorys_own(track: Track) -> None:
    assert track({}, remote="git@github.com:bakery/site.git").tree.remote == Remote("github.com", "bakery/site")
