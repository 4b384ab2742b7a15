"""The build is read from wherever all machines can read it; nothing of it lands beside its folder."""

from __future__ import annotations

import io
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import pytest

from checks.collect.cluster import bounded, unpacking
from checks.collect.cluster.address import masked
from checks.collect.cluster.build import fetched
from checks.errors import CannotMeasureError, UserError

FILES = {"index.html": b"<h1>Home</h1>", "a/index.html": b"<h1>A</h1>", ".well-known/security.txt": b"Contact: x"}


def read(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def tarball(folder: Path, *members: tarfile.TarInfo, mode: str = "w:gz") -> Path:
    """Pack FILES below ./, as `tar -C dist .` does, and whatever else."""
    file = folder / "dist.tar.gz"
    with tarfile.open(file, mode) as written:  # type: ignore[call-overload] # of any compression
        for name, content in FILES.items():
            one = tarfile.TarInfo(f"./{name}")
            one.size = len(content)
            written.addfile(one, io.BytesIO(content))
        for one in members:
            written.addfile(one, io.BytesIO(b"x" * one.size))
    return file


def member(name: str, kind: bytes = tarfile.REGTYPE, leads_to: str = "") -> tarfile.TarInfo:
    one = tarfile.TarInfo(name)
    one.type, one.linkname = kind, leads_to
    return one


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


@pytest.mark.parametrize("mode", ["w:gz", "w:xz", "w:bz2", "w:"])
def test_a_tar_is_copied_whole_however_it_is_compressed(tmp_path: Path, mode: str) -> None:
    file = tarball(tmp_path, mode=mode)
    assert read(fetched(f"tar::file://{file}", tmp_path / "copy")) == FILES


def test_of_an_archive_one_folder_may_be_the_build(tmp_path: Path) -> None:
    file = archive(tmp_path, "dist/index.html", "README.md")
    assert read(fetched(f"zip://dist::file://{file}", tmp_path / "copy")) == {"index.html": b"x"}


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that knows nothing of ranges, as many do."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def http(tmp_path: Path) -> Iterator[str]:
    """The address of a server of what lies in `tmp_path`."""
    handler = partial(Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_on_a_server_is_copied_whole(tmp_path: Path, http: str, kind: str) -> None:
    file = archive(tmp_path, *FILES) if kind == "zip" else tarball(tmp_path)
    assert read(fetched(f"{kind}::{http}/{file.name}", tmp_path / "one" / "copy")) == FILES
    assert [one.name for one in (tmp_path / "one").iterdir()] == ["copy"]


class Endless(Quiet):
    """A server that says no length, and goes on sending as long as somebody reads."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65_536)
        except OSError:
            self.close_connection = True


@pytest.fixture
def endless() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Endless) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_server_that_sends_without_end_is_left(tmp_path: Path, endless: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MOST_PACKED", 1_000_000)
    with pytest.raises(CannotMeasureError, match=r"dist\.zip: is larger than 1,000,000 bytes"):
        fetched(f"zip::{endless}/dist.zip", tmp_path / "one" / "copy")
    assert [*(tmp_path / "one").iterdir()] == []


@pytest.mark.parametrize("more", [0, 1])
def test_an_archive_may_be_as_large_as_the_limit(
    tmp_path: Path, http: str, monkeypatch: pytest.MonkeyPatch, more: int
) -> None:
    file = archive(tmp_path, *FILES)
    monkeypatch.setattr(bounded, "MOST_PACKED", file.stat().st_size - more)
    if more:
        with pytest.raises(CannotMeasureError, match="no packed build is"):
            fetched(f"zip::{http}/{file.name}", tmp_path / "one" / "copy")
    else:
        assert read(fetched(f"zip::{http}/{file.name}", tmp_path / "one" / "copy")) == FILES


def test_an_archive_in_a_bucket_is_bounded_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsspec.filesystem("memory").pipe_file("/bucket/large.zip", archive(tmp_path, *FILES).read_bytes())
    monkeypatch.setattr(bounded, "MOST_PACKED", 10)
    with pytest.raises(CannotMeasureError, match="is larger than 10 bytes"):
        fetched("zip::memory://bucket/large.zip", tmp_path / "copy")


def test_an_archive_in_a_bucket_is_copied_whole(tmp_path: Path) -> None:
    # A bucket in memory: s3:// and gs:// are other packages behind the same interface.
    fsspec.filesystem("memory").pipe_file("/bucket/dist.zip", archive(tmp_path, *FILES).read_bytes())
    assert read(fetched("zip::memory://bucket/dist.zip", tmp_path / "copy")) == FILES


@pytest.mark.parametrize("name", ["dist.zip", "dist.tar.gz"])
def test_a_file_that_nobody_calls_an_archive_is_told_with_how_to_call_it(tmp_path: Path, http: str, name: str) -> None:
    (tmp_path / name).write_bytes(b"packed")
    with pytest.raises(UserError, match=r"is a file, and no folder(.|\n)*`zip::http"):
        fetched(f"{http}/{name}", tmp_path / "copy")


def test_an_archive_that_is_not_on_its_server_is_told(tmp_path: Path, http: str) -> None:
    with pytest.raises(CannotMeasureError, match=r"gone\.zip: there is no build(.|\n)*was left there"):
        fetched(f"zip::{http}/gone.zip", tmp_path / "copy")


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotMeasureError, match="can't be read"):
        fetched("tar::http://127.0.0.1:1/dist.tar.gz", tmp_path / "copy")


HOSTILE: dict[str, tarfile.TarInfo] = {
    "a name that leads out": member("../out.html"),
    "a name that leads out from within": member("a/../../out.html"),
    "an absolute name": member("/out.html"),
    "a link out": member("out.html", tarfile.SYMTYPE, "/etc/passwd"),
    "a link up": member("out.html", tarfile.SYMTYPE, "../../secret"),
    "a hard link out": member("out.html", tarfile.LNKTYPE, "/etc/passwd"),
    "a pipe": member("out.html", tarfile.FIFOTYPE),
    "a device": member("out.html", tarfile.CHRTYPE),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_plain_file_of_a_build_is_refused_and_named(tmp_path: Path, what: str) -> None:
    file = tarball(tmp_path, HOSTILE[what])
    with pytest.raises(CannotMeasureError, match=r"out\.html` (leads out|is a link)(.|\n)*Pack the build again"):
        fetched(f"tar::file://{file}", tmp_path / "one" / "copy")
    assert not list(tmp_path.rglob("out.html"))


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "dist.zip"
    with zipfile.ZipFile(file, "w") as written:
        link = zipfile.ZipInfo("out.html")
        link.external_attr = 0o120777 << 16
        written.writestr(link, "/etc/passwd")
    with pytest.raises(CannotMeasureError, match="is a link"):
        fetched(f"zip::file://{file}", tmp_path / "copy")


def _zip_bomb(folder: Path) -> Path:
    file = folder / "dist.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for number in range(4):
            written.writestr(f"{number}.html", b"0" * 1_000_000)
    return file


def _tar_bomb(folder: Path) -> Path:
    bombs = [member(f"{number}.html") for number in range(4)]
    for one in bombs:
        one.size = 1_000_000
    return tarball(folder, *bombs)


@pytest.mark.parametrize(("kind", "bomb"), [("zip", _zip_bomb), ("tar", _tar_bomb)])
def test_an_archive_that_grows_beyond_measure_is_given_up_before_it_fills_the_disk(
    tmp_path: Path, kind: str, bomb: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "_SMALL", 1_500_000)
    with pytest.raises(CannotMeasureError, match="more than 200 times its size"):
        fetched(f"{kind}::file://{bomb(tmp_path)}", tmp_path / "copy")
    assert sum(one.stat().st_size for one in (tmp_path / "copy").rglob("*.html")) <= 1_500_100


@pytest.mark.parametrize("cut", [0, 10, 100])
def test_an_archive_that_was_cut_is_told(tmp_path: Path, cut: int) -> None:
    file = tarball(tmp_path)
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(CannotMeasureError, match=r"dist\.tar\.gz"):
        fetched(f"tar::file://{file}", tmp_path / "copy")


@pytest.mark.parametrize(("scheme", "package"), [("s3", "s3fs"), ("gs", "gcsfs")])
def test_a_bucket_whose_package_is_not_installed_is_told_with_the_package(
    tmp_path: Path, scheme: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(UserError, match=f"{scheme}://bucket/dist: (.|\n)*`pip install {package}`"):
        fetched(f"{scheme}://bucket/dist", tmp_path)


def test_what_opens_a_place_is_shown_to_nobody(tmp_path: Path) -> None:
    with pytest.raises(CannotMeasureError) as told:
        fetched("zip::http://me:hunter2@127.0.0.1:1/dist.zip?X-Amz-Signature=5e41&part=1", tmp_path / "copy")
    assert "hunter2" not in str(told.value)
    assert "5e41" not in str(told.value)
    assert "/dist.zip" in str(told.value)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("s3://bucket/dist", "s3://bucket/dist"),
        ("zip::https://me:pw@host/dist.zip", "zip::https://***@host/dist.zip"),
        ("https://host/d.zip?sig=a%2Fb&x=1", "https://host/d.zip?sig=***&x=***"),
        ("404 for url='https://host/d.zip?sig=a'", "404 for url='https://host/d.zip?sig=***'"),
    ],
)
def test_an_address_is_shown_without_what_opens_it(address: str, shown: str) -> None:
    assert masked(address) == shown
