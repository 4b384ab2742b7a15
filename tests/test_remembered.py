"""What was made of some bytes is made once, and of other bytes, or as another thing, anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checks import remembered
from checks.cache.store import Store
from checks.remembered import Remembered


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "cache", bytes(32), 0)
    yield store
    store.close()


def test_what_was_made_of_the_same_bytes_is_not_made_again(store: Store) -> None:
    Remembered(store, b"bread").of(b"flour", lambda: b"rye")
    assert Remembered(store, b"bread").of(b"flour", lambda: b"wheat") == b"rye"


def test_of_other_bytes_or_as_another_thing_it_is_made(store: Store) -> None:
    Remembered(store, b"bread").of(b"flour", lambda: b"rye")
    assert Remembered(store, b"bread").of(b"flour ", lambda: b"wheat") == b"wheat"
    assert Remembered(store, b"cake").of(b"flour", lambda: b"sponge") == b"sponge"


def test_another_program_makes_it_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    Remembered(store, b"bread").of(b"flour", lambda: b"rye")
    monkeypatch.setattr(remembered, "program", lambda: "another")
    assert Remembered(store, b"bread").of(b"flour", lambda: b"wheat") == b"wheat"


def test_without_a_store_it_is_made_each_time() -> None:
    without = Remembered(None, b"bread")
    assert (without.of(b"flour", lambda: b"rye"), without.of(b"flour", lambda: b"wheat")) == (b"rye", b"wheat")
