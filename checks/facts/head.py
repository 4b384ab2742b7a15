"""What the head of a document says: title, description, language, other metas, social cards, icons.

In: a look at the page. Out: the groups `title`, `description`, `lang`, `meta`, `social` and `icons`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import langcodes

from checks.facts.reading import HEAD, SVG
from checks.facts.reference import reference
from checks.facts.text_width import pixels
from checks.facts.texts import clip, collapse, tokens
from checks.facts.urls import is_absolute

if TYPE_CHECKING:
    from checks.facts.look import Look
    from checks.facts.reading import Element, Reading

_GENERIC = frozenset(reference("phrases")["generic_titles"])
_HALF_EMPTY = re.compile(r"^[|\-\u2013\u2014·•»:]|[|\-\u2013\u2014·•»:]$")
_TAG = re.compile(r"[A-Za-z0-9-]{2,40}")
_UNITED_KINGDOM = re.compile(r"-uk(?:-|$)", re.IGNORECASE)
"""Everybody's favourite: the region is GB. The library forgives it; search engines do not."""
_ICON_RELS = frozenset({"icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"})
_OG = ("title", "type", "url", "image", "description", "locale")
_ARTICLE = ("published_time", "modified_time")
_SIDE = re.compile(r"[0-9]{1,6}")
_PROOFS = frozenset(reference("ownership")["metas"])


def title(reading: Reading) -> dict[str, Any]:
    """Return the group `title`; titles of SVG images are none of the document's."""
    titles = [one for one in reading.all("title") if not one.flags & SVG]
    text = collapse(titles[0].text) if titles else None
    return {
        "text": text,
        "length": len(text or ""),
        "pixels": pixels(text or ""),
        "count": len(titles),
        "in_head": bool(titles and titles[0].flags & HEAD),
        "is_generic": (text or "").casefold() in _GENERIC,
        "half_empty": bool(text and _HALF_EMPTY.search(text)),
    }


def description(reading: Reading) -> dict[str, Any]:
    """Return the group `description`."""
    found = metas(reading, "description")
    text = collapse(found[0].attrs.get("content", "")) if found else None
    return {"text": text, "length": len(text or ""), "count": len(found)}


def lang(reading: Reading) -> dict[str, Any]:
    """Return the group `lang`."""
    root = reading.all("html")
    value = root[0].get("lang") if root else None
    return {
        "html": value,
        "xml": root[0].get("xml:lang") if root else None,
        "valid": bool(value) and is_language(value or ""),
    }


@lru_cache(maxsize=512)
def is_language(tag: str) -> bool:
    """Whether a language tag is well formed and its parts are registered (BCP 47)."""
    if not _TAG.fullmatch(tag) or _UNITED_KINGDOM.search(tag):
        return False
    return bool(langcodes.tag_is_valid(tag))


def metas(reading: Reading, name: str) -> list[Element]:
    """Return the meta elements of a name."""
    return [one for one in reading.all("meta") if one.attrs.get("name", "").strip().lower() == name]


def pragmas(reading: Reading, name: str) -> list[Element]:
    """Return the meta elements that stand for a header."""
    return [one for one in reading.all("meta") if one.attrs.get("http-equiv", "").strip().lower() == name]


def _name(element: Element) -> str:
    return (element.attrs.get("name") or "").strip().lower()


def meta(reading: Reading) -> dict[str, Any]:
    """Return the group `meta`."""
    viewports = metas(reading, "viewport")
    referrer = _content(metas(reading, "referrer"))
    policies = (collapse(one.attrs.get("content", "")) for one in pragmas(reading, "content-security-policy"))
    return {
        "viewport": _content(viewports[-1:]),  # browsers go by the last one
        "viewport_count": len(viewports),
        "refresh": _content(pragmas(reading, "refresh")),
        "referrer": referrer.lower() if referrer is not None else None,
        "generator": _content(metas(reading, "generator")),
        "csp": sorted(policies),
        "proofs": sorted({name for one in reading.all("meta") if (name := _name(one)) in _PROOFS}),
    }


def social(look: Look) -> dict[str, Any]:
    """Return the group `social`; the status and size of the image are the site's to tell."""
    found: dict[str, str] = {}
    for one in look.reading.all("meta"):
        name = (one.attrs.get("property") or one.attrs.get("name") or "").strip().lower()
        if name.startswith(("og:", "twitter:", "article:")):
            found.setdefault(name, collapse(one.attrs.get("content", "")))
    image = found.get("og:image") or found.get("og:image:url") or found.get("twitter:image") or None
    return {
        "og": {key: found.get(f"og:{key}") for key in _OG},
        "twitter": {"card": found.get("twitter:card")},
        "article": {key: found.get(f"article:{key}") for key in _ARTICLE},
        "image": _social_image(look, image, found) if image else None,
    }


def _social_image(look: Look, href: str, found: dict[str, str]) -> dict[str, Any]:
    address = look.resolve(href)
    sides = (found.get(f"og:image:{side}", "") for side in ("width", "height"))
    width, height = (int(side) if _SIDE.fullmatch(side) else None for side in sides)
    return {
        "declared": {"width": width, "height": height, "alt": found.get("og:image:alt") or None, "is_true": None},
        "url": clip(address.url if address else href, 4096),
        "absolute": is_absolute(href),
        "scheme": address.scheme if address else None,
        "status": None,
        "content_type": None,
        "redirects": 0,
        "host_class": look.site.host_class(address),
        "width": None,
        "height": None,
        "bytes": None,
    }


def icons(look: Look) -> dict[str, Any]:
    """Return the group `icons`."""
    items: dict[str, dict[str, Any]] = {}
    for link in look.reading.all("link"):
        href = link.get("href")
        if href and _ICON_RELS & set(tokens(link.attrs.get("rel", ""))):
            address = look.resolve(href)
            items.setdefault(
                clip(href, 200) if href.startswith("data:") else href,
                {
                    "rel": collapse(link.attrs["rel"]).lower(),
                    "href": clip(href, 200) if href.startswith("data:") else href,
                    "url": clip(address.url, 200 if address.scheme == "data" else 4096) if address else None,
                    "sizes": link.get("sizes"),
                    "status": None,
                    "width": None,
                    "height": None,
                },
            )
    return {"items": [items[href] for href in sorted(items)]}


def manifest(look: Look) -> dict[str, Any]:
    """Return the group `manifest`; what stands in it is the site's to tell."""
    links = (one for one in look.reading.all("link") if "manifest" in tokens(one.attrs.get("rel", "")))
    address = next((address for one in links if (address := look.resolve(one.get("href"))) is not None), None)
    return {"url": clip(address.url, 4096) if address is not None and address.is_web else None}


def _content(found: list[Element]) -> str | None:
    return collapse(found[0].attrs.get("content", "")) if found else None
