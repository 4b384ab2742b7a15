"""What the tests of previews that are URLs share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.collect.web.looking import looked_at
from tests.collect.web.preview_server import PreviewServer, Sent, of_pages, serving


@pytest.fixture
def look(tmp_path: Path) -> Callable[..., tuple[frozenset[str], dict[str, str], PreviewServer]]:
    """Return the pages that were found, why others were not, and what the preview was asked."""

    def looked(pages: Mapping[str, str | Sent], **said: Any) -> tuple[frozenset[str], dict[str, str], PreviewServer]:
        with serving(of_pages(pages)) as preview, looked_at(preview, tmp_path, **said) as (found, web):
            return found.paths, {target: why for target, why, _ in web.store.gaps()}, preview

    return looked
