"""The addresses that an element offers for one image.

In: elements of a reading. Out: addresses as written.
https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.facts.texts import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.reading import Element, Reading

_BEGIN = re.compile(r"[\s,]*(\S+)")
_NEXT = re.compile(r"[^,(]*(?:\([^)]*\)?[^,(]*)*")
"""What describes a candidate: up to the next comma that does not stand in brackets."""
_MOST = 1000


def candidates(srcset: str) -> list[str]:
    """Return the addresses of a srcset attribute, in its order; a comma may be a part of one, but not its end."""
    found: list[str] = []
    at = 0
    while len(found) < _MOST and (match := _BEGIN.match(srcset, at)):
        address = match[1].rstrip(",")
        at = match.end()
        if not match[1].endswith(","):
            described = _NEXT.match(srcset, at)
            at = described.end() if described else at
        if address:
            found.append(address)
    return found


def offered(element: Element) -> Iterator[str]:
    """Yield what an img, a source, a video or a preload offers as an image."""
    for name in ("src", "poster"):
        value = element.get(name)
        if value and not (name == "src" and element.tag == "video"):
            yield value
    for name in ("srcset", "imagesrcset"):
        yield from candidates(element.attrs.get(name, ""))
    if element.tag == "link":
        yield from filter(None, [element.get("href")])


def images_named(reading: Reading) -> Iterator[str]:
    """Yield every address of an image that a document itself names, as written: what a browser can begin to load."""
    for element in reading.all("img", "source", "video"):
        yield from offered(element)
    for element in reading.all("link"):
        rel = tokens(element.attrs.get("rel", ""))
        if "preload" in rel and element.attrs.get("as", "").strip().lower() == "image":
            yield from offered(element)
