"""The body of an answer on its way to the disk: unpacked, bounded, and without any secret that it says back.

In: what the preview sent, block by block. Out: the file, its size, how many bytes travelled, the digest.
"""

from __future__ import annotations

import hashlib
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

import brotli

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from checks.collect.web.keys import Keys

_BLOCK = 1 << 18


class BrokenBodyError(Exception):
    """A body that is not what its headers say, in words for the coverage ledger."""


class _Unpacker(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give what `data` unpacks to, in blocks of a bounded size."""

    def ended(self) -> bool:
        """Return whether the stream came to its end."""


class _Plain:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def ended(self) -> bool:
        return True


class _Zlib:
    """gzip and deflate."""

    def __init__(self, window: int) -> None:
        self._zlib = zlib.decompressobj(wbits=window)

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and not self._zlib.eof:
            yield self._zlib.decompress(data, _BLOCK)
            data = self._zlib.unconsumed_tail

    def ended(self) -> bool:
        return self._zlib.eof


class _Brotli:
    def __init__(self) -> None:
        self._brotli = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield self._brotli.process(data, output_buffer_limit=_BLOCK)
        while not self._brotli.can_accept_more_data():
            yield self._brotli.process(b"", output_buffer_limit=_BLOCK)

    def ended(self) -> bool:
        return bool(self._brotli.is_finished())


class Body:
    """Writes one body into a new file in `folder`; feed it, then `end`. A context manager: a broken one is removed."""

    def __init__(self, folder: Path, coding: str, most: int, keys: Keys) -> None:
        self.size = 0
        self.transfer = 0
        self._unpack = _unpacker(coding)
        self._most = most
        self._keys = keys
        self._kept = b""
        self._digest = hashlib.sha256()
        self._whole = False
        self._stream = tempfile.NamedTemporaryFile(dir=folder, delete=False)  # noqa: SIM115 - `__exit__` closes it
        self.file = Path(self._stream.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
        if not self._whole:
            self.file.unlink(missing_ok=True)

    def feed(self, data: bytes) -> None:
        """Take what came. Raises BrokenBodyError."""
        self.transfer += len(data)
        try:
            for block in self._unpack.feed(data):
                self._write(block)
        except (zlib.error, brotli.error):
            message = "what it sent is not compressed as it says"
            raise BrokenBodyError(message) from None

    def end(self) -> str:
        """Write the rest, and return the digest. Raises BrokenBodyError for a stream that was cut off."""
        if self.transfer and not self._unpack.ended():
            message = "what it sent was cut off"
            raise BrokenBodyError(message)
        self._put(self._keys.masked_bytes(self._kept))
        self._whole = True
        return self._digest.hexdigest()

    def _write(self, block: bytes) -> None:
        """Write all but the end, where a secret may have begun."""
        overlap = max(0, self._keys.longest - 1)
        text = self._keys.masked_bytes(self._kept + block)
        cut = max(0, len(text) - overlap)
        self._kept = text[cut:]
        self._put(text[:cut])

    def _put(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > self._most:
            message = f"it is larger than `limits.bytes` ({self._most})"
            raise BrokenBodyError(message)
        self._digest.update(data)
        self._stream.write(data)


def _unpacker(coding: str) -> _Unpacker:
    if coding in {"gzip", "x-gzip"}:
        return _Zlib(31)
    if coding == "deflate":
        return _Zlib(15)
    if coding == "br":
        return _Brotli()
    if coding in {"", "identity"}:
        return _Plain()
    message = f"it is compressed in a way that nobody asked for ({coding[:20]})"
    raise BrokenBodyError(message)
