"""The build is read from wherever all machines can read it; nothing of it lands beside its folder."""

from __future__ import annotations

import zipfile
from pathlib import Path

import fsspec
import pytest

from checks.collect.cluster.build import fetched
from checks.errors import CannotMeasureError, UserError

FILES = {"index.html": b"<h1>Home</h1>", "a/index.html": b"<h1>A</h1>", ".well-known/security.txt": b"Contact: x"}


def read(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def archive(folder: Path, *names: str) -> Path:
    file = folder / "dist.zip"
    with zipfile.ZipFile(file, "w") as written:
        for name in names:
            written.writestr(name, FILES.get(name, b"x"))
    return file


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_a_folder_that_all_machines_share_is_read_where_it_lies(tmp_path: Path, scheme: str) -> None:
    folder = tmp_path / "dist"
    folder.mkdir()
    assert fetched(f"{scheme}{folder}", tmp_path / "copy") == folder
    assert not (tmp_path / "copy").exists()


def test_an_archive_is_copied_whole(tmp_path: Path) -> None:
    file = archive(tmp_path, *FILES)
    assert read(fetched(f"zip::file://{file}", tmp_path / "copy")) == FILES


def test_a_bucket_is_copied_whole(tmp_path: Path) -> None:
    bucket = fsspec.filesystem("memory")
    for name, content in FILES.items():
        bucket.pipe_file(f"/bucket/dist/{name}", content)
    assert read(fetched("memory://bucket/dist", tmp_path / "copy")) == FILES


@pytest.mark.parametrize("name", ["../out.html", "a/../../out.html", "/../out.html"])
def test_a_name_that_leads_out_of_the_build_writes_nothing(tmp_path: Path, name: str) -> None:
    file = archive(tmp_path, name)
    with pytest.raises(CannotMeasureError):
        fetched(f"zip::file://{file}", tmp_path / "one" / "copy")
    assert not list(tmp_path.rglob("out.html"))


def test_an_empty_place_holds_no_build(tmp_path: Path) -> None:
    with pytest.raises(CannotMeasureError, match="there is no build"):
        fetched("memory://nobody/left/anything", tmp_path)


def test_an_archive_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "dist.zip").write_bytes(b"no archive")
    with pytest.raises((CannotMeasureError, UserError), match=r"dist\.zip"):
        fetched(f"zip::file://{tmp_path / 'dist.zip'}", tmp_path / "copy")


def test_an_address_of_no_known_kind_is_told_with_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="s3://bucket/dist"):
        fetched("carrier-pigeon://bucket/dist", tmp_path)
