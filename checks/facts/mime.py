"""Whether a media type fits the kind of resource that it was sent for.

In: kind of resource, address path and media type. Out: True, False, or None where nothing is to be expected.
https://mimesniff.spec.whatwg.org/ and the registrations that it refers to.
"""

from __future__ import annotations

from checks.facts.reference import reference

_JAVASCRIPT = frozenset(reference("markup")["javascript"].split())
_SCRIPT = _JAVASCRIPT | {"application/json", "application/wasm", "text/json"}
_FONT_PREFIXES = ("font/", "application/font-", "application/x-font-", "application/vnd.ms-fontobject")
_MEDIA_PREFIXES = ("audio/", "video/", "application/vnd.apple.mpegurl", "application/dash+xml", "application/ogg")
_BY_ENDING = {
    "css": ("text/css",),
    "json": (
        "application/json",
        "text/json",
        "application/ld+json",
        "application/manifest+json",
        "application/geo+json",
    ),
    "svg": ("image/svg+xml",),
    "wasm": ("application/wasm",),
    "webmanifest": ("application/manifest+json", "application/json"),
}


def media_type(content_type: str | None) -> str | None:
    """Return the media type of a Content-Type header without its parameters, lower case; None when there is none."""
    name = (content_type or "").partition(";")[0].strip().lower()
    return name or None


def fits(kind: str, path: str, content_type: str | None) -> bool | None:
    """Whether a media type is one that is registered for the kind of resource, or for the ending of its path."""
    name = media_type(content_type)
    expected = _BY_ENDING.get(path.rpartition("/")[2].rpartition(".")[2].lower())
    if kind == "script":
        return name in _SCRIPT
    if kind == "style":
        return name == "text/css"
    if kind == "font":
        return name is not None and name.startswith(_FONT_PREFIXES)
    if kind == "image" and not expected:
        return name is not None and name.startswith("image/")
    if kind == "media":
        return name is not None and (name.startswith(_MEDIA_PREFIXES) or name == "text/vtt")
    if expected and kind != "document":
        return name in expected
    return None
