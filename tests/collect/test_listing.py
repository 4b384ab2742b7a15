"""The files of a build on their way to the process that looks through them."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from checks.collect.listing import Listing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "sizes",
    [{}, {"index.html": 0}, {"shop/brot.html": 12, "a b\n.css": 1 << 40, "l\udcfcck.html": 3}],
    ids=["nothing", "one", "names of any kind"],
)
def test_a_listing_gives_every_name_with_its_size_in_another_process(tmp_path: Path, sizes: dict[str, int]) -> None:
    sent = pickle.dumps(Listing.written(tmp_path / "files", sizes))
    assert list(pickle.loads(sent)) == sorted(sizes.items())  # noqa: S301 - our own bytes, as they go to a worker


def test_what_is_sent_of_a_listing_is_the_same_however_many_files_there_are(tmp_path: Path) -> None:
    few = pickle.dumps(Listing.written(tmp_path / "files", {"index.html": 1}))
    many = pickle.dumps(Listing.written(tmp_path / "files", {f"{number}.html": 1 for number in range(1000)}))
    assert few == many
