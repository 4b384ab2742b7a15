"""What is largest on the first screen, and how soon a browser can know of it: the group `lcp`.

In: what was found on the settled page, the look at the delivered document, the requests. Out: the group; None for a
page with nothing on its first screen. It is worked out from the layout, and so is the same on every visit; what the
browser reported while it painted stands in `vitals`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.images import VECTOR
from checks.facts.mime import media_type
from checks.facts.preloads import preloaded
from checks.facts.srcset import images_named
from checks.facts.texts import clip, collapse, well_formed
from checks.facts.urls import MAX_URL, without_fragment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.facts.look import Look
    from checks.facts.visit import Exchange, Largest

LEAST_ENTROPY = 0.05
"""Bits a pixel below which an image is a placeholder, as Chromium holds it."""
_BASE64 = 3 / 4
_SHOWN, _SELECTOR, _COMPARED = 100, 300, 30


def lcp(
    candidates: Sequence[Largest], delivered: Look, rendered: Look, exchanges: Mapping[str, Exchange]
) -> dict[str, Any] | None:
    """Return the group `lcp`; of equally large candidates the first counts."""
    full = [(one, exchanges.get(_resolved(rendered, one.url) or "")) for one in candidates]
    full = [(one, exchange) for one, exchange in full if not _is_empty(one, exchange)]
    if not full:
        return None
    largest, exchange = max(full, key=lambda pair: _size(*pair))
    url = _resolved(rendered, largest.url)
    return {
        "kind": largest.kind,
        "selector": clip(well_formed(largest.selector), _SELECTOR) if largest.selector else None,
        "url": clip(url, _SHOWN if largest.inline else MAX_URL) if url else None,
        "transfer": exchange.transfer_bytes if exchange else None,
        "text": clip(collapse(well_formed(largest.text)), _SHOWN) or None,
        "lazy": largest.lazy,
        "priority": largest.priority,
        "preloaded": url is not None and url in preloaded(rendered, "image"),
        "in_raw": _is_delivered(largest, url, delivered, exchange) if url else _says(delivered, rendered, largest.text),
    }


def _size(one: Largest, exchange: Exchange | None) -> float:
    """Return how much of the screen counts: of an image that is shown larger than it is no more than what it is."""
    is_vector = exchange is not None and media_type(exchange.content_type) == VECTOR
    natural = one.natural
    if not natural and exchange is not None and exchange.asset is not None and exchange.asset.pixels is not None:
        natural = exchange.asset.pixels[0] * exchange.asset.pixels[1]
    return one.size * min(1.0, natural / one.displayed) if natural and one.displayed and not is_vector else one.size


def _is_empty(one: Largest, exchange: Exchange | None) -> bool:
    """Whether an image says so little for its size that browsers take it for a placeholder."""
    size = one.inline * _BASE64 if one.inline else (exchange.body_bytes if exchange else None)
    return one.kind != "text" and size is not None and size * 8 < LEAST_ENTROPY * one.size


def _is_delivered(largest: Largest, url: str, delivered: Look, exchange: Exchange | None) -> bool:
    """Whether the delivered document leads to it, or a style sheet does; not where only a script does."""
    if any(_resolved(delivered, written) == url for written in images_named(delivered.reading)):
        return True
    if largest.kind != "background":
        return False
    return exchange is not None and not exchange.by_script


def _resolved(look: Look, written: str | None) -> str | None:
    address = look.resolve(written)
    return without_fragment(address.url) if address is not None else None


def _says(delivered: Look, rendered: Look, text: str) -> bool:
    """Whether the beginning or the end of a text stands in the delivered document; a part may well be filled in."""
    if delivered is rendered:
        return True
    wanted = "".join(well_formed(text).split())
    there = "".join(delivered.reading.text().split())
    return wanted[:_COMPARED] in there or wanted[-_COMPARED:] in there
