"""What a page runs and embeds besides its text: scripts, styles, frames, videos, and the forms in it.

In: a look at the page, what became of its frames and videos in the browser, and the requests by address. Out: the
groups `scripts`, `styles`, `iframes`, `videos` and `forms` of the page document. Each list is unique by the address as
written.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from checks.facts.sandboxes import sandbox
from checks.facts.texts import clip, tokens
from checks.facts.urls import MAX_URL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.facts.look import Look
    from checks.facts.reading import Element
    from checks.facts.urls import Address
    from checks.facts.visit import Embed, Exchange

_SHORT = 200
_KEEPS = frozenset({"hidden", "button", "reset", "checkbox", "radio", "file", "color", "range"})
"""Types of fields in which the key Enter sends nothing, and of buttons that send nothing."""
_JAVASCRIPT = ("", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript")


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


def iframes(look: Look, embeds: Sequence[Embed] | None) -> list[dict[str, Any]]:
    """Return the group `iframes`; `embeds` is None where no browser ran."""
    items: dict[str, dict[str, Any]] = {}
    for element in look.reading.all("iframe"):
        src = (element.get("src") or "")[:MAX_URL]
        if src:
            address = look.resolve(src)
            items[src] = {
                "src": src,
                "url": _written(address),
                "host_class": look.site.host_class(address),
                "reserved": _reserved(embeds, "iframe", src),
                "third_party": bool(address and address.is_web and not look.site.is_first_party(address)),
                "sandbox": element.get("sandbox"),
                "allow": element.get("allow"),
            }
    return [items[src] for src in sorted(items)]


def videos(look: Look, embeds: Sequence[Embed] | None, exchanges: Mapping[str, Exchange]) -> list[dict[str, Any]]:
    """Return the group `videos`; `embeds` is None where no browser ran."""
    items: dict[str, dict[str, Any]] = {}
    sources = look.reading.all("source")
    for element in look.reading.all("video"):
        inside = next((one.get("src") for one in sources if element.order < one.order <= element.last), None)
        src = (element.get("src") or inside or "")[:MAX_URL]
        address = look.resolve(src) if src else None
        exchange = exchanges.get(address.url) if address else None
        if src:
            items[src] = {
                "src": src,
                "url": _written(address),
                "autoplay": "autoplay" in element.attrs,
                "muted": "muted" in element.attrs,
                "transfer": exchange.transfer_bytes if exchange else None,
                "reserved": _reserved(embeds, "video", src),
            }
    return [items[src] for src in sorted(items)]


def _reserved(embeds: Sequence[Embed] | None, tag: str, src: str) -> bool | None:
    """Whether space is kept for every frame or video with this source; None where no browser ran."""
    if embeds is None:
        return None
    return all(one.reserved for one in embeds if (one.tag, one.src.strip()[:MAX_URL]) == (tag, src))


def forms(look: Look) -> list[dict[str, Any]]:
    """Return the group `forms`: every address that a form, or a button of it, sends to; what answers comes later."""
    items: dict[str, dict[str, Any]] = {}
    passwords = [one.order for one in look.reading.all("input") if one.attrs.get("type", "").lower() == "password"]
    buttons = [one for one in look.reading.all("button", "input") if one.get("formaction")]
    orders = [one.order for one in buttons]
    senders = [one.order for one in look.reading.all("button", "input") if _sends(one)]
    for form in look.reading.all("form"):
        asks = bisect_right(passwords, form.last) > bisect_right(passwords, form.order)
        inside = buttons[bisect_right(orders, form.order) : bisect_right(orders, form.last)]
        method = form.get("method") or "get"
        submits = bisect_right(senders, form.last) > bisect_right(senders, form.order)
        targets = [(form.get("action") or "", method)]
        targets += [(one.get("formaction") or "", one.get("formmethod") or method) for one in inside]
        for action, how in targets:
            item = _form(look, items, action[:MAX_URL], how.lower())
            item["has_password"] = item["has_password"] or asks
            item["submits"] = item["submits"] or submits
    return [items[action] for action in sorted(items)]


def _sends(element: Element) -> bool:
    """Whether a form can be sent with an element: a button for it, or a field in which the key Enter does it."""
    kind = element.attrs.get("type", "").lower()
    return kind in {"", "submit"} if element.tag == "button" else kind not in _KEEPS


def _form(look: Look, items: dict[str, dict[str, Any]], action: str, method: str) -> dict[str, Any]:
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
            "submits": False,
            "sandbox": sandbox(address, own=address is not None and look.site.is_internal(address)),
            "status": None,
        },
    )
    if method == "post":
        item["method"] = method
    return item


def _is_cross_origin(look: Look, address: Address | None) -> bool:
    return bool(address and address.is_web and not look.site.is_internal(address))


def _written(address: Address | None) -> str | None:
    if address is None:
        return None
    return clip(address.url, _SHORT) if address.scheme == "data" else address.url[:MAX_URL]
