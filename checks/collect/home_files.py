"""The files that the home page names for itself: its manifest and its icons.

In: the preview, and the home page's document. Out: the group `home_files` of the site document; None where the home
page was not measured.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from checks.facts import home_files

if TYPE_CHECKING:
    from checks.collect.index import Index
    from checks.collect.preview import Preview
    from checks.facts.site_visit import Ask

_LARGEST = 1_000_000
"""Bytes of a file that is read; no icon of a generator is larger."""


def read(preview: Preview, index: Index, ask: Ask) -> dict[str, Any] | None:
    """Read the manifest, and compare the icons with those of generators."""
    if index.digest(preview.base) is None:
        return None
    home = index.document(preview.base)
    url = home["manifest"]["url"]
    own = url if url is not None and preview.is_own(url) else None
    icons = ((icon["url"], _body(preview, icon["url"])[1]) for icon in home["icons"]["items"] if icon["url"])
    digests = [(url, hashlib.sha256(body).hexdigest()) for url, body in icons if body]
    return {
        "manifest": home_files.manifest(own, *_body(preview, own), ask) if own is not None else None,
        "default_icons": home_files.default_icons(digests),
    }


def _body(preview: Preview, url: str) -> tuple[int | None, bytes]:
    """Return status and body of what is served at an address; nothing of what is not the site's, or not known."""
    if not preview.is_own(url):
        return None, b""
    served = preview.served(url.partition("#")[0])
    if not served.is_known or served.size > _LARGEST:
        return None, b""
    return served.status, served.body() if served.status == HTTPStatus.OK else b""
