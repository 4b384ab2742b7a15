"""What is judged, opened: a folder, or a preview that is a URL.

In: the settings, the folder where it is one, and a scratch folder. Out: what was discovered, and the way to the web;
or, for who knows which pages to show, only the preview.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from checks.collect import discover
from checks.collect.web import discovering, opening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.collect.discover import Discovered
    from checks.collect.preview import Preview
    from checks.collect.web.web import Web
    from checks.settings import Settings


@contextmanager
def opened(settings: Settings, root: Path, scratch: Path) -> Iterator[tuple[Discovered, Web | None]]:
    """Open what the settings name: `root`, unless the preview is a URL."""
    with opening.opened(settings, scratch) as remote:
        if remote is None:
            yield discover.discover(settings, root), None
        else:
            yield discovering.discover(settings, remote), remote


@contextmanager
def shown(settings: Settings, root: Path) -> Iterator[Preview]:
    """Open the preview alone, for pages that are known already; `site` says at which address they were judged."""
    with tempfile.TemporaryDirectory(prefix="gonogo-") as scratch, opening.opened(settings, Path(scratch)) as remote:
        if remote is None:
            yield discover.discover(settings, root).preview
        else:
            yield discovering.preview_alone(settings, remote)
