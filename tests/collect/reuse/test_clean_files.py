"""Files in which nothing was found that must not be published are known by name and bytes, and not read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checks.cache.store import Store
from checks.collect.digests import DIGEST
from checks.collect.leaks import look_through
from checks.collect.listing import Listing
from checks.collect.reuse.clean_files import CleanFiles
from checks.facts.host_mentions import Own
from checks.facts.leak_scan import LeakScan

if TYPE_CHECKING:
    from pathlib import Path

OWN = Own("bakery.example", frozenset(), frozenset())
KEY = "AKIA" + "QWERTYUIOPASDFGH"


def _files(root: Path) -> Listing:
    sizes = {file.name: file.stat().st_size for file in sorted(root.iterdir())}
    return Listing.written(root.parent / "files.jsonl", sizes)


@pytest.fixture
def build(tmp_path: Path) -> Path:
    root = tmp_path / "build"
    root.mkdir()
    (root / "clean.js").write_text("export const bread = 1\n")
    (root / "leaky.js").write_text(f"const key = '{KEY}'\n")
    return root


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are looked through."""
    names, really = [], LeakScan.read

    def noted(self: LeakScan, path: str, stream: object) -> bool:
        names.append(path)
        return really(self, path, stream)  # type: ignore[arg-type]

    monkeypatch.setattr(LeakScan, "read", noted)
    return names


def test_only_a_file_without_a_finding_is_called_clean(build: Path) -> None:
    found = look_through(build, _files(build), OWN)
    assert (len(found.clean), len(found.found["secrets"])) == (DIGEST, 1)


def test_a_clean_file_is_not_read_again_and_what_is_found_is_the_same(build: Path, read: list[str]) -> None:
    first = look_through(build, _files(build), OWN)
    read.clear()
    again = look_through(build, _files(build), OWN, first.clean)
    assert (again, read) == (first, ["leaky.js"])


@pytest.mark.parametrize("body", ["export const bread = 2\n", f"const key = '{KEY}'\n"], ids=["clean", "leaky"])
def test_a_clean_file_with_other_bytes_is_read_again(build: Path, read: list[str], body: str) -> None:
    known = look_through(build, _files(build), OWN).clean
    (build / "clean.js").write_text(body)
    read.clear()
    assert look_through(build, _files(build), OWN, known) == look_through(build, _files(build), OWN)
    assert read == ["clean.js", "leaky.js", "clean.js", "leaky.js"]


def test_a_clean_file_under_another_name_is_read_again(build: Path, read: list[str]) -> None:
    known = look_through(build, _files(build), OWN).clean
    (build / "clean.js").rename(build / "contacts.csv")
    read.clear()
    look_through(build, _files(build), OWN, known)
    assert read == ["contacts.csv", "leaky.js"]


def test_what_is_kept_counts_for_the_same_site_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache", b"secret", now=0)
    CleanFiles(store, OWN).keep(bytes(DIGEST))
    other = Own("bakery.example", frozenset(), frozenset({"staging.bakery.example"}))
    assert (CleanFiles(store, OWN).known, CleanFiles(store, other).known) == (bytes(DIGEST), b"")


def test_files_that_left_the_build_are_forgotten_when_they_are_many(tmp_path: Path) -> None:
    store, one, *others = Store(tmp_path / "cache", b"secret", now=0), *(bytes([n]) * DIGEST for n in range(4))
    CleanFiles(store, OWN).keep(b"".join(others))
    CleanFiles(store, OWN).keep(one)
    assert CleanFiles(store, OWN).known == one


def test_files_of_a_baseline_stay_known_beside_those_of_the_preview(tmp_path: Path) -> None:
    store, old, same, new = Store(tmp_path / "cache", b"secret", now=0), *(bytes([n]) * DIGEST for n in range(3))
    CleanFiles(store, OWN).keep(old + same)
    CleanFiles(store, OWN).keep(same + new)
    assert CleanFiles(store, OWN).known == old + same + new


def test_without_a_store_nothing_is_known() -> None:
    nothing = CleanFiles(None, OWN)
    nothing.keep(bytes(DIGEST))
    assert CleanFiles(None, OWN).known == b""
