"""Digests, documents and anchors as they lie in the index, and back.

In: a `PageDigest` or a row of the table `pages`; a document or a set of anchors, or what they are packed into. Out: the
other one.
"""

from __future__ import annotations

import json
import zlib
from array import array
from typing import TYPE_CHECKING, Any

from checks import json_bytes
from checks.facts.digest import PageDigest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FAST = 1


def plain(text: str) -> str:
    """Text that SQLite can keep: it refuses lone surrogates, which stand in URLs and in texts that were cut."""
    return text.encode("utf-8", "replace").decode()


def row_of(digest: PageDigest) -> tuple[Any, ...]:
    """The columns of `pages` after its id, in their order."""
    texts = (digest.path, digest.url, digest.title, digest.description, digest.h1, digest.text_digest)
    path, url, *said = (None if text is None else plain(text) for text in texts)
    flags = (digest.status, digest.indexable, digest.canonical_self, digest.canonical_inside, digest.noindex)
    structured = (json.dumps(digest.types), digest.sd_errors)
    rest = (
        digest.rendered,
        json.dumps(digest.hreflang),
        digest.links_out,
        cluster_of(digest),
        _packed(digest.sketch),
        _packed(digest.skeleton),
    )
    return (path, url, *flags, *said, digest.words, *structured, *rest)


def digest_of(row: tuple[Any, ...]) -> PageDigest:
    """The digest behind a row of `index_sql.PAGE`."""
    path, url, status, indexable, canonical_self, canonical_inside, noindex, title, description, h1, *rest = row
    text_digest, words, types, sd_errors, rendered, hreflang, links_out, sketch, skeleton = rest
    return PageDigest(
        path=path,
        url=url,
        status=status,
        indexable=bool(indexable),
        canonical_self=bool(canonical_self),
        canonical_inside=bool(canonical_inside),
        noindex=bool(noindex),
        title=title,
        description=description,
        h1=h1,
        text_digest=text_digest,
        words=words,
        types=tuple(json.loads(types)),
        sd_errors=sd_errors,
        rendered=bool(rendered),
        hreflang=tuple((lang, target) for lang, target in json.loads(hreflang)),
        links_out=links_out,
        sketch=unpacked(sketch),
        skeleton=unpacked(skeleton),
    )


def packed_document(document: Mapping[str, Any]) -> bytes:
    """Return a page document, compressed."""
    return zlib.compress(json_bytes.encode(document), _FAST)


def unpacked_document(body: bytes) -> dict[str, Any]:
    """Return the page document that was packed."""
    document: dict[str, Any] = json_bytes.decode(zlib.decompress(body))
    return document


def packed_anchors(anchors: Iterable[str]) -> bytes:
    """Return what fragments can lead to, compressed."""
    return zlib.compress("\n".join(sorted(plain(name) for name in anchors)).encode(), _FAST)


def unpacked_anchors(names: bytes) -> frozenset[str]:
    """Return the anchors that were packed."""
    return frozenset(filter(None, zlib.decompress(names).decode().split("\n")))


def unpacked(skeleton: bytes) -> frozenset[int]:
    """The digests that a column `skeleton` holds."""
    return frozenset(array("I", skeleton))


def _packed(skeleton: frozenset[int]) -> bytes:
    return array("I", sorted(skeleton)).tobytes()


def cluster_of(digest: PageDigest) -> str | None:
    """What pages that name one another as language versions have in common; None for a page that stands alone."""
    urls = {url for _, url in digest.hreflang}
    return json.dumps(sorted(urls)) if digest.url in urls else None
