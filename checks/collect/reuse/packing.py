"""What was made of a page, as bytes that can be kept, and back.

In: an `Extracted`, and when it was measured. Out: bytes, and both again. Bytes come back only after their seal was
found to be ours, so they are what we wrote; no part of them is ever run.
"""

from __future__ import annotations

import dataclasses
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks import json_bytes
from checks.collect.extraction import Extracted
from checks.facts.digest import PageDigest

if TYPE_CHECKING:
    from collections.abc import Mapping

_FAST = 1
_LENGTH = 4
"""Bytes that say how long the part before the document and the anchors is."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was made of a page by an earlier run."""

    built: Extracted
    measured: str
    """When: ISO 8601, UTC."""
    missing: tuple[str, ...] = ()
    """Addresses of the site that the page asked for in vain."""


def packed(kept: Kept) -> bytes:
    """Return what was made of a page as bytes."""
    built = kept.built
    about = json_bytes.encode(
        {
            "digest": said_of(built.digest),
            "links": built.links,
            "charset": built.charset,
            "vitals": built.vitals,
            "render": built.render,
            "outside": sorted(built.outside),
            "measured": kept.measured,
            "missing": kept.missing,
            "document": len(built.document),
        }
    )
    head = zlib.compress(about, _FAST)
    return len(head).to_bytes(_LENGTH, "big") + head + built.document + built.anchors


def unpacked(body: bytes) -> Kept:
    """Return what was packed."""
    end = _LENGTH + int.from_bytes(body[:_LENGTH], "big")
    about: dict[str, Any] = json_bytes.decode(zlib.decompress(body[_LENGTH:end]))
    cut = end + about["document"]
    built = Extracted(
        document=body[end:cut],
        digest=digest_of(about["digest"]),
        anchors=body[cut:],
        links=tuple((url, followed) for url, followed in about["links"]),
        charset=about["charset"],
        vitals=about["vitals"],
        render=about["render"],
        outside=frozenset(about["outside"]),
        of_the_day=False,
    )
    return Kept(built, about["measured"], tuple(about["missing"]))


def said_of(digest: PageDigest) -> dict[str, Any]:
    """Return a digest as JSON can hold it."""
    said = {one.name: getattr(digest, one.name) for one in dataclasses.fields(PageDigest)}
    return {**said, "sketch": sorted(digest.sketch), "skeleton": sorted(digest.skeleton)}


def digest_of(said: Mapping[str, Any]) -> PageDigest:
    """Return the digest again."""
    digest = {
        **said,
        "types": tuple(said["types"]),
        "hreflang": tuple((lang, url) for lang, url in said["hreflang"]),
        "sketch": frozenset(said["sketch"]),
        "skeleton": frozenset(said["skeleton"]),
    }
    return PageDigest(**digest)
