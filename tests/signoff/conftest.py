"""What the tests of sign-offs share: keys, made once."""

from __future__ import annotations

import pytest

from tests.signoff.signing import Keys


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys(tmp_path_factory.mktemp("signers"))
