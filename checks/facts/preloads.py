"""What a document asks the browser to fetch or to connect to early, and whether that is used: the group `preloads`.

In: the rendered look, the requests, the font faces in use. Out: the group. Whether a preload is used is said only where
it is certain: null means that it cannot be told from outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.assets import plain_family
from checks.facts.srcset import offered
from checks.facts.texts import tokens
from checks.facts.urls import MAX_URL, parse, without_fragment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.facts.look import Look
    from checks.facts.reading import Element
    from checks.facts.visit import Exchange, InPage

EARLY = ("preload", "modulepreload", "preconnect")


def preloads(look: Look, in_page: InPage, exchanges: Mapping[str, Exchange]) -> list[dict[str, Any]]:
    """Return the group `preloads`, sorted by address and kind; each pair once."""
    usage = _Usage(look, in_page, exchanges)
    items: dict[tuple[str, str], dict[str, Any]] = {}
    for rel, element in _early(look):
        href = (element.get("href") or next(offered(element), ""))[:MAX_URL]
        what = element.attrs.get("as", "").strip().lower() or None
        url = _address(look, href)
        if href:
            items.setdefault(
                (href, rel),
                {
                    "key": f"{rel} {href}",
                    "rel": rel,
                    "href": href,
                    "url": url,
                    "as": what,
                    "used": usage.of(rel, what, element),
                },
            )
    return [items[key] for key in sorted(items)]


def preloaded(look: Look, what: str) -> frozenset[str]:
    """Return the addresses that a document preloads as `what` (image, font, ...)."""
    found: set[str] = set()
    for rel, element in _early(look):
        if rel == "preload" and element.attrs.get("as", "").strip().lower() == what:
            found.update(filter(None, (_address(look, written) for written in offered(element))))
    return frozenset(found)


class _Usage:
    """Looks up whether what was fetched early is used by the page."""

    def __init__(self, look: Look, in_page: InPage, exchanges: Mapping[str, Exchange]) -> None:
        self._look = look
        self._in_page = in_page
        self._exchanges = exchanges

    def of(self, rel: str, what: str | None, element: Element) -> bool | None:
        """Whether it is used; None where that cannot be told."""
        urls = {url for written in offered(element) if (url := _address(self._look, written))}
        if rel == "preconnect":
            return self._is_connected(urls)
        if what == "style":
            return bool(urls & self._addresses("link", "href", rel="stylesheet"))
        if what == "script" and rel == "preload":
            return bool(urls & self._addresses("script", "src"))
        if what == "font":
            return self._is_font_in_use(urls)
        if what == "image":
            return self._is_shown(urls) or None
        return None

    def _is_connected(self, urls: set[str]) -> bool | None:
        """Whether something was asked for there; None where something else was not answered, and may have led there."""
        origins = {(address.scheme, address.netloc) for url in urls if (address := parse(url))}
        if any((address.scheme, address.netloc) in origins for url in self._exchanges if (address := parse(url))):
            return True
        return None if any(one.status is None for one in self._exchanges.values()) else False

    def _is_font_in_use(self, urls: set[str]) -> bool | None:
        """A font is used where a face of its family is; None where no style sheet that could be read names it."""
        families = {family for url, family in self._named_fonts() if url in urls}
        if not families:
            return None
        return bool(families & {plain_family(face.family) for face in self._in_page.faces})

    def _named_fonts(self) -> Iterator[tuple[str, str]]:
        for sheet, exchange in self._exchanges.items():
            for face in exchange.asset.faces if exchange.asset else ():
                for written in face.addresses:
                    address = parse(written, sheet)
                    if address is not None:
                        yield without_fragment(address.url), face.family

    def _is_shown(self, urls: set[str]) -> bool:
        shown = {image.chosen for image in self._in_page.images} | {one.url for one in self._in_page.largest}
        return bool(urls & shown)

    def _addresses(self, tag: str, attribute: str, rel: str | None = None) -> set[str]:
        return {
            url
            for element in self._look.reading.all(tag)
            if rel is None or rel in tokens(element.attrs.get("rel", ""))
            if (url := _address(self._look, element.get(attribute) or ""))
        }


def _early(look: Look) -> Iterator[tuple[str, Element]]:
    for element in look.reading.all("link"):
        rel = next((one for one in EARLY if one in tokens(element.attrs.get("rel", ""))), None)
        if rel is not None:
            yield rel, element


def _address(look: Look, written: str) -> str | None:
    address = look.resolve(written) if written else None
    return without_fragment(address.url) if address is not None else None
