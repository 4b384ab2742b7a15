"""A preview that is a URL, opened: what opens it is read, its record begun, and a thread started that fetches.

In: the settings, the environment, a scratch folder. Out: `Web` until the context is left, or None for a folder.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checks.collect.web import keys
from checks.collect.web.builds import Builds
from checks.collect.web.client import Client
from checks.collect.web.crawl import Frontier
from checks.collect.web.store import Store
from checks.collect.web.web import Kept, Web
from checks.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checks.settings import Settings


@contextmanager
def opened(settings: Settings, scratch: Path) -> Iterator[Web | None]:
    """Open the preview where it is a URL, else give None. Raises UserError for secrets that are not there."""
    url = settings.preview_url
    if url is None:
        yield None
        return
    parts = urlsplit(url)
    if parts.path not in {"/", settings.base_path}:
        raise UserError(
            f"the preview lies under {parts.path}, and the site under {settings.base_path}",
            where="preview",
            remedy="Build it for the path that it will have: `site` and `preview` must end with the same path.",
        )
    if settings.access is not None and parts.scheme != "https" and not _is_here(parts.hostname or ""):
        remedy = "Write https:// in place of http://."
        raise UserError("what `access` names is not sent without encryption", where="preview", remedy=remedy)
    secrets = keys.read(settings.access, parts.hostname or "", os.environ)
    root, bodies = scratch / "preview", scratch / "bodies"
    root.mkdir(parents=True)
    bodies.mkdir()
    store = Store(root, scratch / "answers.sqlite", settings.base_path)
    kept = Kept(store, Frontier(scratch / "frontier.sqlite"), Builds(scratch / "builds.sqlite"))
    client = Client(f"{parts.scheme}://{parts.netloc}", secrets, settings.limits, bodies)
    web = Web(settings, url, client, kept)
    thread = threading.Thread(target=web.loop.run_forever, name="preview", daemon=True)
    thread.start()
    try:
        web.wait(client.__aenter__())
        yield web
    finally:
        web.wait(web.stop())
        web.wait(client.__aexit__(None, None, None))
        web.loop.call_soon_threadsafe(web.loop.stop)
        thread.join()
        web.loop.close()
        for one in (kept.store, kept.frontier, kept.builds):
            one.close()


def _is_here(host: str) -> bool:
    """Return whether a host is this machine, to which nobody can listen on the way."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
