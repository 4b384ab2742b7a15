"""Documents inside an HTML page: each a `script` element that no browser runs, with gzip as base64.

In: names, JSON documents as they come. Out: markup, written while it is made, so that no part is ever held whole.
Base64 has no character that ends an element; what a page said can't get out of it.
"""

from __future__ import annotations

import base64
import mmap
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from checks import json_bytes
from checks.report.escape import visible_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import TextIO

TYPE: Final = "application/gzip"
_GZIP: Final = 31  # zlib's number for the widest window with the head and foot of gzip, without time or name
_LEVEL: Final = 6
_BLOCK: Final = 1 << 20
_TRIPLE: Final = 3  # bytes that base64 writes without padding


def document(out: TextIO, name: str, content: Mapping[str, Any]) -> None:
    """Write one document as the part called `name`."""
    element(out, name, packed(content))


def packed(content: Mapping[str, Any]) -> bytes:
    """Return one document as it stands in a part: ASCII, which can be kept."""
    return base64.b64encode(zlib.compress(_bytes(content), _LEVEL, _GZIP))


def element(out: TextIO, name: str, content: bytes) -> None:
    """Write what was packed as the part called `name`."""
    out.write(f"{_opening(name)}{content.decode('ascii')}</script>\n")


def rows(out: TextIO, name: str, content: Iterable[Mapping[str, Any]]) -> None:
    """Write documents as they come, as one JSON array, as the part called `name`."""
    with _part(out, name) as write:
        opening = b"["
        for one in content:
            write(opening + _bytes(one))
            opening = b",\n"
        write(b"[]" if opening == b"[" else b"]")


def copied(out: TextIO, report: Path, first: str, end: str) -> bool:
    """Write the parts of another report, from the one called `first` up to that called `end`; say whether it has them.

    No text of a page can look like the beginning of a part: what is escaped opens no element, and a part has no `<`.
    """
    with report.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        stop = whole.rfind(_opening(end).encode())
        start = whole.rfind(_opening(first).encode(), 0, max(stop, 0))
        if start < 0:
            return False
        out.writelines(whole[at : min(at + _BLOCK, stop)].decode("ascii") for at in range(start, stop, _BLOCK))
    return True


def _opening(name: str) -> str:
    return f'<script type="{TYPE}" data-part="{name}">'


def _bytes(content: Mapping[str, Any]) -> bytes:
    return visible_json(json_bytes.encode(content).decode("utf-8")).encode("utf-8")


@contextmanager
def _part(out: TextIO, name: str) -> Iterator[Callable[[bytes], None]]:
    packer, waiting = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP), bytearray()

    def encoded(packed: bytes, *, last: bool = False) -> None:
        waiting.extend(packed)
        whole = len(waiting) if last else len(waiting) - len(waiting) % _TRIPLE
        out.write(base64.b64encode(waiting[:whole]).decode("ascii"))
        del waiting[:whole]

    out.write(_opening(name))
    yield lambda content: encoded(packer.compress(content))
    encoded(packer.flush(), last=True)
    out.write("</script>\n")
