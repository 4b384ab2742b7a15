"""The cache of a run, opened.

In: the folder that was asked for, the settings, the browser, the build. Out: a `Reuse` until the run is over, or a
`Nothing` that says why.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.cache import place
from checks.cache.store import Store
from checks.collect.browser import UNKNOWN_VERSION
from checks.collect.reuse import circumstances
from checks.collect.reuse.nothing import Nothing
from checks.collect.reuse.reuse import Reuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checks.collect.browser import Browser
    from checks.collect.visits import Known
    from checks.facts.page_settings import PageSettings
    from checks.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """What was said of the cache; without `folder` it is the usual one."""

    folder: Path | None = None
    off: bool = False


@contextmanager
def opened(
    asked: Asked, settings: Settings, browser: Browser | None, known: Known, page_settings: PageSettings
) -> Iterator[Reuse | Nothing]:
    """Open the cache, and close it in the end."""
    store = store_of(asked, settings, browser)
    if isinstance(store, Nothing):
        yield store
        return
    try:
        if browser is None:
            yield Nothing("no browser renders it")
        else:
            yield Reuse(store, circumstances.of(browser, settings, page_settings), known, page_settings)
    finally:
        store.close()


def store_of(asked: Asked, settings: Settings, browser: Browser | None) -> Store | Nothing:
    """Return where a run keeps what the next one reuses, to be closed in the end; or why it keeps nothing."""
    folder, nothing = _folder(asked, settings, browser)
    if nothing is not None or folder is None:
        return nothing or Nothing("the cache is off")
    try:
        return Store(folder, place.secret(os.environ), int(time.time()))
    except place.NoPlaceError as error:
        return Nothing(str(error), told=True)


def _folder(asked: Asked, settings: Settings, browser: Browser | None) -> tuple[Path | None, Nothing | None]:
    """Return where the cache lies, or why this run has none."""
    if asked.off:
        return None, Nothing("the cache is off")
    if settings.preview_url is not None:
        return None, Nothing("the preview is a URL, and what answers there is not in a build")
    if browser is not None and browser.version == UNKNOWN_VERSION:
        return None, Nothing("the browser does not say its version", told=True)
    try:
        folder = place.folder(asked.folder, os.environ)
    except place.NoPlaceError as error:
        return None, Nothing(str(error), told=True)
    return folder, Nothing("the cache is off, as it is in CI where none is named") if folder is None else None
