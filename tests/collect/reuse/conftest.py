"""What the tests of this folder share: a secret that is theirs alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _a_secret_of_their_own() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONOGO_CACHE_KEY", "a secret of these tests alone")
        yield
