"""Production paths, as people write them in the settings.

In: a text and where it stands. Out: the path as browsers spell it, or a `UserError`. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ada_url

from checks.errors import UserError
from checks.settings.complaint import show, spell

if TYPE_CHECKING:
    from checks.settings.yaml_text import Places, Pointer


def production_path(text: str, at: Pointer, places: Places) -> str:
    """Return a production path as browsers spell it."""
    url = ada_url.URL("https://site.invalid" + text)
    if url.origin != "https://site.invalid" or url.search or url.hash:
        remedy = "Write the path alone, such as /prices/: no query, no fragment."
        raise UserError(f"`{spell(at)}` is no path: {show(text)}", where=places.of(*at), remedy=remedy)
    return str(url.pathname)


def production_target(text: str, at: Pointer, places: Places) -> str:
    """Return a production path with its query as browsers spell it; a fragment is not sent, and left out."""
    url = ada_url.URL("https://site.invalid" + text)
    if url.origin != "https://site.invalid":
        remedy = "Write it from the site's root on, such as /spring/?utm_source=flyer."
        raise UserError(f"`{spell(at)}` is no address of the site: {show(text)}", where=places.of(*at), remedy=remedy)
    return str(url.pathname + url.search)
