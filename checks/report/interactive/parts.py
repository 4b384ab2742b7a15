"""Documents inside an HTML page: each a `script` element that no browser runs, with gzip as base64.

In: names, JSON documents as they come. Out: markup, written while it is made, so that no part is ever held whole.
Base64 has no character that ends an element; what a page said can't get out of it.
"""

from __future__ import annotations

import base64
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from checks import json_bytes
from checks.report.escape import visible_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import TextIO

TYPE: Final = "application/gzip"
_GZIP: Final = 31  # zlib's number for the widest window with the head and foot of gzip, without time or name
_TRIPLE: Final = 3  # bytes that base64 writes without padding


def document(out: TextIO, name: str, content: Mapping[str, Any]) -> None:
    """Write one document as the part called `name`."""
    with _part(out, name) as write:
        write(_bytes(content))


def rows(out: TextIO, name: str, content: Iterable[Mapping[str, Any]]) -> None:
    """Write documents as they come, as one JSON array, as the part called `name`."""
    with _part(out, name) as write:
        opening = b"["
        for one in content:
            write(opening + _bytes(one))
            opening = b",\n"
        write(b"[]" if opening == b"[" else b"]")


def _bytes(content: Mapping[str, Any]) -> bytes:
    return visible_json(json_bytes.encode(content).decode("utf-8")).encode("utf-8")


@contextmanager
def _part(out: TextIO, name: str) -> Iterator[Callable[[bytes], None]]:
    packer, waiting = zlib.compressobj(6, zlib.DEFLATED, _GZIP), bytearray()

    def encoded(packed: bytes, *, last: bool = False) -> None:
        waiting.extend(packed)
        whole = len(waiting) if last else len(waiting) - len(waiting) % _TRIPLE
        out.write(base64.b64encode(waiting[:whole]).decode("ascii"))
        del waiting[:whole]

    out.write(f'<script type="{TYPE}" data-part="{name}">')
    yield lambda content: encoded(packer.compress(content))
    encoded(packer.flush(), last=True)
    out.write("</script>\n")
