"""What the tests of sign-offs share: keys, made once, a judgement, and a statement that is right in everything."""

from __future__ import annotations

import pytest

from checks.signoff.verification import StatementFiles
from tests.signoff.signing import Judged, Keys, document, entry


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys(tmp_path_factory.mktemp("signers"))


@pytest.fixture
def judged(keys: Keys) -> Judged:
    return Judged(keys)


@pytest.fixture
def good(keys: Keys) -> StatementFiles:
    return keys.files(document(entry()), "ana")
