"""What a preview that is a URL did not show, in the coverage ledger; and pages that only the browser found.

In: the record of the preview, the page documents. Out: lines of the ledger: `excluded` by a limit, or `failed` with the
reason; and the pages that are still to be rendered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.collect.ledger import EXCLUDED, FAILED
from checks.facts.reference import reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.collect.discover import Discovered
    from checks.collect.ledger import Ledger
    from checks.collect.web.web import Web
    from checks.settings import Settings

_OWN_SCREENS = frozenset(reference("error_screens")["by_the_site_itself"])
_PROMISED = frozenset({"sitemap", "config"})


def settle(settings: Settings, web: Web, ledger: Ledger) -> None:
    """Say of every address that has no answer what became of it; what the config excludes stays excluded."""
    for target, why, excluded in web.store.gaps():
        if settings.exclusion(target) is not None and ledger.found_in(target):
            continue
        ledger.found(target, "link", "page" if ledger.found_in(target) & _PROMISED else "link")
        ledger.settle(target, EXCLUDED if excluded else FAILED, why)


def further(found: Discovered, web: Web, ledger: Ledger) -> Iterator[str]:
    """Give the pages that no list and no delivered HTML leads to: scripts wrote the links to them."""
    for target, file in web.more_pages(ledger.unsettled_links()):
        # A page that is known already only has another address.
        if file not in found.path_of and "?" not in target:
            found.path_of[file] = target
            ledger.found(target, "link", "page")
            yield target


def refusal(render: Mapping[str, Any], status: int) -> str | None:
    """Return why a page is none of the site's, by how it came out; None: it is one, its own crashes included."""
    if render.get("auth_wall"):
        return "it asks for a login; `access` says what opens it, and `exclude` leaves out a login of the site itself"
    if render.get("error_screen") and render["error_screen"] not in _OWN_SCREENS:
        return f"it shows an error screen, with status {status}: {render['error_screen']}"
    return None
