"""Whole page documents of earlier runs: given again where the page and all that it is told of the rest are the same.

In: measured documents, the site around them. Out: the line of each in pages.jsonl, from the cache or made now.
A document depends on its own measurement, and on what others show: how every address is answered, what stands in each
file that is no page, what sitemaps list, and of pages what `complete.Shown` and their anchors say. All of this is one
digest for the whole site, so that another sentence on a page costs that page, and another heading or address costs them
all.
"""

from __future__ import annotations

import dataclasses
import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks import json_bytes
from checks.cache.store import Trace
from checks.collect import addresses, hosts
from checks.collect.index_rows import unpacked_document
from checks.collect.reuse.circumstances import digest, program
from checks.facts.budgets import weighed
from checks.facts.complete import completed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.cache.store import Store
    from checks.collect.discover import Discovered
    from checks.collect.index import Index
    from checks.collect.surroundings import SiteSurroundings
    from checks.settings import Settings

_FAST = 1
_LENGTH = 4
_PLACE = bytes(16)
"""Of all whole documents: they are looked up by their key alone."""


@dataclass(frozen=True, slots=True)
class Completed:
    """A whole page document."""

    line: bytes
    """As it stands in pages.jsonl, without the end of the line."""
    weighed: Mapping[str, Any]
    """What `budgets` counts of it."""


@dataclass(slots=True)
class Completions:
    """The whole documents of one site; `around` is the digest of all that pages are told of the rest of it."""

    store: Store
    around: bytes
    surroundings: SiteSurroundings

    def of(self, template: str, packed: bytes) -> Completed:
        """Return a page with what lies on other pages."""
        key = _digest(self.around, template.encode("utf-8", "surrogatepass"), packed)
        kept = self.store.body(key)
        if kept is not None:
            return _unpacked(kept)
        whole, apart = completed(unpacked_document(packed), self.surroundings)
        found = Completed(json_bytes.encode(whole), weighed(whole))
        if apart:
            self.store.put(_PLACE, Trace(key, b""), _packed(found))
        return found


def around(settings: Settings, found: Discovered, index: Index, surroundings: SiteSurroundings) -> bytes:
    """Return a digest of all that the documents of pages are told of the rest of the site."""
    preview, whole = found.preview, hashlib.blake2b(digest_size=20)
    # How an address is answered: the rules of the host, the names of the files, and what pages redirect.
    rules = dataclasses.asdict(hosts.look(preview.root, preview.files, Path()))
    refused = [(one.path, one.why) for one in preview.files.refused]
    redirects = sorted(preview.html_redirects.items())
    said = {**settings.to_document(), "today": "is no matter here"}
    robots = preview.served(f"{preview.origin}/robots.txt")
    here = [preview.origin, preview.host.name, str(Path.cwd()), robots.status, robots.body().hex()]
    parts = [program(), said, rules, refused, redirects, here, surroundings.others_answer]
    whole.update(bytes.fromhex(digest(parts)))
    for name, size in preview.files.sizes.items():
        whole.update(name.encode("utf-8", "surrogateescape") + b"\0")
        if not addresses.is_html(name):
            with (preview.root / name).open("rb") as stream:
                whole.update(b"%d %b" % (size, hashlib.file_digest(stream, "sha256").digest()))
    for row in index.told_to_others():
        for value in row:
            whole.update(value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass"))
            whole.update(b"\0")
    return whole.digest()


def _digest(*parts: bytes) -> bytes:
    whole = hashlib.blake2b(b"completed", digest_size=20)
    for part in parts:
        whole.update(b"%d " % len(part))
        whole.update(part)
    return whole.digest()


def _packed(found: Completed) -> bytes:
    head = json_bytes.encode(found.weighed)
    return len(head).to_bytes(_LENGTH, "big") + head + zlib.compress(found.line, _FAST)


def _unpacked(body: bytes) -> Completed:
    end = _LENGTH + int.from_bytes(body[:_LENGTH], "big")
    return Completed(zlib.decompress(body[end:]), json_bytes.decode(body[_LENGTH:end]))
