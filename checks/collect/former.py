"""What the preview answers at the addresses of the baseline: whoever knows a page that is live must still find it.

In: the addresses, the preview as discovered, the ledger. Out: a line of answers.jsonl for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from checks.facts.urls import normalise_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.collect.discover import Discovered
    from checks.collect.ledger import Ledger
    from checks.collect.preview import Served
    from checks.collect.web.web import Web

Former = Callable[[], Iterable[str]]
"""Gives production paths of the baseline, each time it is called."""


def nowhere() -> Iterable[str]:
    """Give none: there is no baseline."""
    return ()


def note(once: Former, web: Web | None, ledger: Ledger) -> None:
    """Note the addresses in the ledger; of a preview that is a URL, ask for all of them."""
    for path in once():
        ledger.found(path, "baseline")
    if web is not None:
        web.ask_all(once())


def answers(once: Former, found: Discovered) -> Iterator[dict[str, Any]]:
    """Give what is answered at each address, redirects followed."""
    for path in once():
        yield _answer(path, found.preview.served(found.preview.origin + path), found)


def _answer(path: str, served: Served, found: Discovered) -> dict[str, Any]:
    preview, hops = found.preview, served.hops
    inside = preview.is_own(served.url) and not served.loop
    name = served.file.relative_to(preview.root).as_posix() if served.file is not None else None
    return {
        "path": path,
        "known": served.is_known,
        "status": hops[0].status if hops else served.status,
        "kind": hops[0].kind if hops else None,
        "hops": len(hops),
        "loop": served.loop,
        # Another site answers for itself; nobody asked it.
        "final_status": served.status if inside else None,
        "target": preview.path_of(served.url) if inside else normalise_url(served.url),
        "shows": found.path_of.get(name) if name and inside else None,
    }
