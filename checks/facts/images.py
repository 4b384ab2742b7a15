"""The images of a page: which file each one shows, how large it is, and what of it nobody sees.

In: a look at the page, what became of its images in the browser, and the requests by address. Out: the group `images`.
The list is unique by the source as written; what the files themselves tell is added when the site is known, by
`shown_as`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from checks.facts.mime import media_type
from checks.facts.texts import clip
from checks.facts.urls import MAX_URL, without_fragment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.facts.look import Look
    from checks.facts.reading import Element
    from checks.facts.urls import Address
    from checks.facts.visit import Exchange, PaintedImage

VECTOR = "image/svg+xml"
_SHORT = 200
_ERROR = 400
_SMALLEST = 16
"""CSS pixels of a side below which nobody sees that an image is stretched."""


def images(look: Look, painted: Sequence[PaintedImage], exchanges: Mapping[str, Exchange]) -> dict[str, Any]:
    """Return the group `images`."""
    by_source: dict[str, list[PaintedImage]] = defaultdict(list)
    for one in painted:
        by_source[_written(one.src.strip())].append(one)
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
    urgent = sum(element.attrs.get("fetchpriority", "").strip().lower() == "high" for element in elements)
    return {
        "items": [items[source] for source in sorted(items)],
        "count": len(elements),
        "high_priority": urgent,
        "empty_pictures": _empty_pictures(look),
    }


def _empty_pictures(look: Look) -> list[dict[str, str]]:
    """Return the picture elements without an image inside, by their first source."""
    reading = look.reading
    shown = [one.order for one in reading.all("img") if one.get("src") or one.get("srcset")]
    empty = [one for one in reading.all("picture") if not any(one.order < order <= one.last for order in shown)]
    sources = (next((s for s in reading.all("source") if one.order < s.order <= one.last), None) for one in empty)
    named = {source.get("srcset") or "" if source else "" for source in sources}
    return [{"srcset": clip(srcset, _SHORT)} for srcset in sorted(named)]


def image_source(element: Element) -> str:
    """Return the source of an image as written; the first candidate of srcset where there is no src."""
    source = element.get("src") or ""
    if not source:
        source = (element.get("srcset") or "").split(",")[0].split(" ")[0]
    return _written(source)


def shown_as(
    item: Mapping[str, Any], pixels: tuple[int, int] | None, content_type: str | None, scale: float
) -> dict[str, Any]:
    """Return what a file has to do with the place it is shown in; `scale` is device pixels for each CSS pixel."""
    nothing = {"pixels": None, "oversize": None, "waste_bytes": None}
    if pixels is None or content_type == VECTOR:
        return nothing
    told = {**nothing, "pixels": {"width": pixels[0], "height": pixels[1]}}
    if item["displayed"] is None or item["transfer"] is None:
        return told
    needed = item["displayed"]["width"] * item["displayed"]["height"] * scale * scale
    oversize = pixels[0] * pixels[1] / needed
    return {
        **told,
        "oversize": round(oversize, 2),
        "waste_bytes": int(item["transfer"] * (1 - 1 / oversize)) if oversize > 1 else 0,
    }


def _image(
    look: Look,
    element: Element,
    source: str,
    painted: Sequence[PaintedImage],
    exchanges: Mapping[str, Exchange],
) -> dict[str, Any]:
    address = look.resolve(source)
    exchange = exchanges.get(address.url) if address else None
    first = max(painted, key=_area) if painted else None
    chosen = without_fragment(first.chosen) if first and first.chosen else None
    loaded = exchanges.get(chosen) if chosen else None
    file = loaded or exchange
    loading = element.get("loading")
    return {
        "src": source,
        "url": _absolute(address),
        "chosen": _written(chosen) if chosen else None,
        "alt": element.get("alt"),
        "status": exchange.status if exchange else None,
        "content_type": media_type(exchange.content_type) if exchange else None,
        "bytes": file.body_bytes if file else None,
        "transfer": file.transfer_bytes if file else None,
        "natural": _size(first.natural_width, first.natural_height) if first else None,
        "displayed": _size(first.displayed_width, first.displayed_height) if first else None,
        "pixels": None,
        "oversize": None,
        "waste_bytes": None,
        "distortion": None if file and media_type(file.content_type) == VECTOR else _distortion(first),
        "decoded": _decoded(painted, exchange),
        "loading": loading.lower() if loading is not None else None,
        "priority": first.priority if first else None,
        "screen": min(one.screen for one in painted) if painted else None,
        "reserved": all(one.reserved for one in painted) if painted else None,
        "internal": bool(address and look.site.is_internal(address)),
    }


def _distortion(image: PaintedImage | None) -> float | None:
    """How much the shown ratio of the sides differs from the file's own; None where it is kept, or can't be told."""
    if image is None or image.fit != "fill" or not image.visible:
        return None
    sides = (image.natural_width, image.natural_height, image.displayed_width, image.displayed_height)
    if min(sides) < _SMALLEST:
        return None  # a pixel more or less is no distortion, and one pixel is stretched on purpose
    shown, own = image.displayed_width / image.displayed_height, image.natural_width / image.natural_height
    return round(max(shown / own, own / shown) - 1, 3)


def _area(image: PaintedImage) -> int:
    """The one to speak of, among images with one source: the largest that can be seen."""
    return image.displayed_width * image.displayed_height if image.visible else 0


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
    is_vector = exchange is not None and media_type(exchange.content_type) == VECTOR
    return bool(is_vector and exchange is not None and exchange.status is not None and exchange.status < _ERROR)


def _written(source: str) -> str:
    """Return an address as it is written down: inline data is cut short."""
    return clip(source, _SHORT) if source[:5].lower() == "data:" else source[:MAX_URL]


def _absolute(address: Address | None) -> str | None:
    return _written(address.url) if address is not None else None
