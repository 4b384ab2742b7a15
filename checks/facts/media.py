"""What a page shows and runs besides its text: images, scripts, styles, frames, and the forms in it.

In: a look at the page, what became of its images in the browser, and the requests by address. Out: the groups `images`,
`scripts`, `styles`, `iframes` and `forms` of the page document. Each list is unique by the address as written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from checks.facts.mime import media_type
from checks.facts.texts import clip, tokens
from checks.facts.urls import MAX_URL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.facts.look import Look
    from checks.facts.reading import Element
    from checks.facts.urls import Address
    from checks.facts.visit import Exchange, PaintedImage

_SHORT = 200
_JAVASCRIPT = ("", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript")
_ERROR = 400


def image_source(element: Element) -> str:
    """Return the source of an image as written; the first candidate of srcset where there is no src."""
    source = element.get("src") or ""
    if not source:
        source = (element.get("srcset") or "").split(",")[0].split(" ")[0]
    return clip(source, _SHORT) if source[:5].lower() == "data:" else source[:MAX_URL]


def images(look: Look, painted: Sequence[PaintedImage], exchanges: Mapping[str, Exchange]) -> dict[str, Any]:
    """Return the group `images`."""
    by_source: dict[str, list[PaintedImage]] = defaultdict(list)
    for one in painted:
        source = one.src.strip()
        by_source[clip(source, _SHORT) if source[:5].lower() == "data:" else source[:MAX_URL]].append(one)
    elements = look.reading.all("img")
    items: dict[str, dict[str, Any]] = {}
    for element in elements:
        source = image_source(element)
        if not source:
            continue
        if source in items:
            _repeat(items[source], element)
        else:
            items[source] = _image(look, element, source, by_source.get(source, ()), exchanges)
    return {"items": [items[source] for source in sorted(items)], "count": len(elements)}


def scripts(look: Look) -> dict[str, Any]:
    """Return the group `scripts`; data blocks are no scripts."""
    items: dict[str, dict[str, Any]] = {}
    inline = 0
    for element in look.reading.all("script"):
        kind = element.attrs.get("type", "").strip().lower()
        if kind not in _JAVASCRIPT:
            continue
        src = element.get("src")
        if not src:
            inline += "src" not in element.attrs
            continue
        address = look.resolve(src)
        items.setdefault(
            src[:MAX_URL],
            {
                "src": src[:MAX_URL],
                "url": _written(address),
                "type": element.get("type"),
                "async": "async" in element.attrs,
                "defer": "defer" in element.attrs,
                "module": kind == "module",
                "integrity": element.get("integrity"),
                "crossorigin": element.get("crossorigin"),
                "cross_origin": _is_cross_origin(look, address),
            },
        )
    return {"items": [items[src] for src in sorted(items)], "inline": inline}


def styles(look: Look) -> dict[str, Any]:
    """Return the group `styles`."""
    items: dict[str, dict[str, Any]] = {}
    for element in look.reading.all("link"):
        href = element.get("href")
        rel = tokens(element.attrs.get("rel", ""))
        if href and "stylesheet" in rel and "alternate" not in rel:
            address = look.resolve(href)
            items.setdefault(
                href[:MAX_URL],
                {
                    "href": href[:MAX_URL],
                    "url": _written(address),
                    "media": element.get("media"),
                    "integrity": element.get("integrity"),
                    "cross_origin": _is_cross_origin(look, address),
                },
            )
    return {"items": [items[href] for href in sorted(items)], "inline": len(look.reading.all("style"))}


def iframes(look: Look) -> list[dict[str, Any]]:
    """Return the group `iframes`."""
    items: dict[str, dict[str, Any]] = {}
    for element in look.reading.all("iframe"):
        src = (element.get("src") or "")[:MAX_URL]
        if src:
            address = look.resolve(src)
            items[src] = {"src": src, "url": _written(address), "host_class": look.site.host_class(address)}
    return [items[src] for src in sorted(items)]


def forms(look: Look) -> list[dict[str, Any]]:
    """Return the group `forms`: every address that a form, or a button of it, sends to."""
    items: dict[str, dict[str, Any]] = {}
    passwords = [one.order for one in look.reading.all("input") if one.attrs.get("type", "").lower() == "password"]
    buttons = [one for one in look.reading.all("button", "input") if one.get("formaction")]
    orders = [one.order for one in buttons]
    for form in look.reading.all("form"):
        asks = bisect_right(passwords, form.last) > bisect_right(passwords, form.order)
        inside = buttons[bisect_right(orders, form.order) : bisect_right(orders, form.last)]
        method = form.get("method") or "get"
        targets = [(form.get("action") or "", method)]
        targets += [(one.get("formaction") or "", one.get("formmethod") or method) for one in inside]
        for action, how in targets:
            _add_form(look, items, action[:MAX_URL], how.lower(), asks=asks)
    return [items[action] for action in sorted(items)]


def _add_form(look: Look, items: dict[str, dict[str, Any]], action: str, method: str, *, asks: bool) -> None:
    address = look.resolve(action) if action else look.resolve(look.url)
    item = items.setdefault(
        action,
        {
            "action": action,
            "url": _written(address),
            "method": method if method in {"get", "post", "dialog"} else "get",
            "scheme": address.scheme if address else None,
            "host_class": look.site.class_among(address, look.site.form_hosts),
            "has_password": False,
        },
    )
    item["has_password"] = item["has_password"] or asks
    if method == "post":
        item["method"] = method


def _image(
    look: Look,
    element: Element,
    source: str,
    painted: Sequence[PaintedImage],
    exchanges: Mapping[str, Exchange],
) -> dict[str, Any]:
    address = look.resolve(source)
    exchange = exchanges.get(address.url) if address else None
    loading = element.get("loading")
    first = next((one for one in painted if one.visible), painted[0]) if painted else None
    return {
        "src": source,
        "url": _written(address),
        "alt": element.get("alt"),
        "status": exchange.status if exchange else None,
        "content_type": media_type(exchange.content_type) if exchange else None,
        "bytes": exchange.body_bytes if exchange else None,
        "natural": _size(first.natural_width, first.natural_height) if first else None,
        "displayed": _size(first.displayed_width, first.displayed_height) if first else None,
        "decoded": _decoded(painted, exchange),
        "loading": loading.lower() if loading is not None else None,
        "reserved": all(one.reserved for one in painted) if painted else None,
        "internal": bool(address and look.site.is_internal(address)),
    }


def _repeat(item: dict[str, Any], element: Element) -> None:
    """Take in another image with the same source: the worst is the one to tell."""
    if "alt" not in element.attrs:
        item["alt"] = None
    if element.attrs.get("loading", "").lower() != "lazy":
        item["loading"] = element.get("loading")


def _size(width: int, height: int) -> dict[str, int] | None:
    return {"width": width, "height": height} if width > 0 and height > 0 else None


def _decoded(painted: Sequence[PaintedImage], exchange: Exchange | None) -> bool | None:
    """Whether every image with one source came out, of those that the browser has finished with."""
    finished = [one for one in painted if one.complete]
    if not finished or (exchange is not None and exchange.answered not in {"preview", "allowed"}):
        return None
    if all(one.natural_width > 0 for one in finished):
        return True
    # An SVG file without a size of its own has none to tell, and is painted all the same.
    is_vector = exchange is not None and media_type(exchange.content_type) == "image/svg+xml"
    return bool(is_vector and exchange is not None and exchange.status is not None and exchange.status < _ERROR)


def _is_cross_origin(look: Look, address: Address | None) -> bool:
    return bool(address and address.is_web and not look.site.is_internal(address))


def _written(address: Address | None) -> str | None:
    if address is None:
        return None
    return clip(address.url, _SHORT) if address.scheme == "data" else address.url[:MAX_URL]
