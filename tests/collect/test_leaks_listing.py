"""The files of a build on their way to the process that looks through them."""

from __future__ import annotations

import pickle

import pytest

from checks.collect.leaks import Listing


@pytest.mark.parametrize(
    "sizes",
    [{}, {"index.html": 0}, {"shop/brot.html": 12, "a b\n.css": 1 << 40, "l\udcfcck.html": 3}],
    ids=["nothing", "one", "names of any kind"],
)
def test_a_listing_gives_every_name_with_its_size_in_another_process(sizes: dict[str, int]) -> None:
    sent = pickle.dumps(Listing.of(sizes))
    assert dict(pickle.loads(sent)) == sizes  # noqa: S301 - our own bytes, as they go to a worker
