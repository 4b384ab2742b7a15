"""What there is to judge of a preview that is a URL: its pages as at their production addresses.

In: the settings and the preview, asked. Out: the same record as of a folder.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checks.collect import hosts
from checks.collect.discover import pages_of, peeked
from checks.collect.hosts.wrappers import WithDeclared
from checks.collect.preview import Preview
from checks.collect.web import unlinked

if TYPE_CHECKING:
    from checks.collect.discover import Discovered
    from checks.collect.web.web import Web
    from checks.settings import Settings


def discover(settings: Settings, web: Web) -> Discovered:
    """Ask the preview for all that it shows. Raises CannotMeasureError where it is not there."""
    web.discover()
    unlinked.ask(web, settings.base_path)
    production = web.crawl.production
    preview = _preview(settings, web, production)
    peeks, notes = peeked(preview.root, preview.files), list(settings.notes)
    found = pages_of(preview, peeks, notes, origin_known=production is not None)
    # From here on, who asks for what nobody has asked for gets an answer of now.
    web.host.ask = web.ask
    preview.served.cache_clear()
    # A name that we gave to a body is no address.
    return replace(found, unserved=())


def preview_alone(settings: Settings, web: Web) -> Preview:
    """Return the preview at its address, without looking for its pages."""
    web.enter()
    web.host.ask = web.ask
    return _preview(settings, web, settings.site)


def _preview(settings: Settings, web: Web, production: str | None) -> Preview:
    declared = tuple(hosts.Declared(one.path, one.status, one.type) for one in settings.hosting.answers)
    host = WithDeclared(web.host, declared) if declared else web.host
    preview = Preview(web.store.root, web.store.files, host, production or web.origin, settings.base_path)
    preview.ready = web.fetched
    preview.aliases = (web.origin,) if web.origin != preview.origin else ()
    return preview
