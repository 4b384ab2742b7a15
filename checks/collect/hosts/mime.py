"""The content types that a static host sends, by the ending of the file's name.

In: a file's name. Out: the value of its `content-type` header. Pure.
A table of our own, because that of the system differs between machines, and facts must not.
"""

from __future__ import annotations

UNKNOWN = "application/octet-stream"

# `text/*` goes out with its charset, as static hosts send it. JSON is UTF-8 by definition, and XML says its encoding
# itself, where a charset in the header would overrule it (RFC 7303, section 3), so those go without.
TYPE_BY_ENDING: dict[str, str] = {
    "atom": "application/atom+xml",
    "avif": "image/avif",
    "avifs": "image/avif",
    "bmp": "image/bmp",
    "br": "application/x-brotli",
    "cjs": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "eot": "application/vnd.ms-fontobject",
    "epub": "application/epub+zip",
    "flac": "audio/flac",
    "gif": "image/gif",
    "gz": "application/gzip",
    "htm": "text/html; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "ics": "text/calendar; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "jxl": "image/jxl",
    "m4a": "audio/mp4",
    "m4v": "video/mp4",
    "map": "application/json",
    "md": "text/markdown; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "ogv": "video/ogg",
    "opus": "audio/ogg",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "rss": "application/rss+xml",
    "svg": "image/svg+xml",
    "tar": "application/x-tar",
    "ttf": "font/ttf",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wasm": "application/wasm",
    "wav": "audio/wav",
    "weba": "audio/webm",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xhtml": "application/xhtml+xml",
    "xml": "application/xml",
    "xsl": "application/xslt+xml",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "zip": "application/zip",
}


def content_type(name: str) -> str:
    """Return the content type of the file `name`; one without a known ending is a stream of bytes."""
    file = name.rpartition("/")[2]
    _, dot, ending = file.rpartition(".")
    return TYPE_BY_ENDING.get(ending.lower(), UNKNOWN) if dot else UNKNOWN
