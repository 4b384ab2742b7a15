"""What a host compresses on the way to a browser, and how many bytes that leaves.

In: a content type and a body. Out: the bytes that travel. Pure.
Brotli by the library and not gzip by the standard one: the hosts that are modelled send brotli to every browser that
asks over https, and zlib differs between systems (zlib-ng is another compressor), while facts must be the same on all.
Quality 5 is about what servers spend on a body that they compress on the fly.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Literal

import brotli

QUALITY = 5
_GZIP_LEVEL, _GZIP_WINDOW = 6, 31

# What the hosts' lists have in common; CloudFront publishes the longest one
# (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html).
_COMPRESSED = re.compile(
    r"text/.*|application/(?:(?:.+\+)?(?:json|xml)|javascript|x-javascript|wasm|vnd\.ms-fontobject)|image/svg\+xml"
    r"|font/(?:ttf|otf)|image/(?:x-icon|bmp)"
)


@dataclass(frozen=True, slots=True)
class Compression:
    """How a host compresses."""

    coding: Literal["br", "gzip"] | None
    """The content coding that a browser gets; None: it does not compress."""
    least: int = 0
    """Bytes that a body must have."""
    most: int | None = None
    """Bytes that it may have; None: no limit is published."""

    def applies(self, content_type: str | None, size: int) -> bool:
        """Return whether a body of this type and size is compressed."""
        if self.coding is None or content_type is None or size < self.least:
            return False
        if self.most is not None and size > self.most:
            return False
        return _COMPRESSED.fullmatch(content_type.partition(";")[0].strip().lower()) is not None

    def compressed(self, body: bytes) -> int:
        """Return how many bytes of `body` travel."""
        if self.coding == "br":
            return len(brotli.compress(body, quality=QUALITY))
        if self.coding == "gzip":
            packer = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
            return len(packer.compress(body)) + len(packer.flush())
        return len(body)


NONE = Compression(None)
