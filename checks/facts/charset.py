"""From the bytes of a document to its text, as the HTML standard decodes them.

In: bytes and the Content-Type header. Out: the text, and what declared its encoding. Every byte sequence decodes.
https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Any

PRESCAN_BYTES = 1024
LATE_BYTES = 65_536
"""Browsers still heed a declaration that comes too late; it is looked for so far."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
# Names that the standard reads in another way than Python does (https://encoding.spec.whatwg.org/#names-and-labels).
_STANDARD_NAMES = {
    "ascii": "windows-1252",
    "ansi_x3.4-1968": "windows-1252",
    "us-ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "cp1252": "windows-1252",
    "iso8859-9": "windows-1254",
    "iso8859-11": "windows-874",
    "tis-620": "windows-874",
    "gb2312": "gbk",
    "utf-16": "utf-16le",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
    "euc_kr": "euc-kr",
    "johab": "",
    "utf-7": "",
    "utf-32": "",
}
_PYTHON_NAMES = {
    "windows-874": "cp874",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "x-user-defined": "latin-1",
}
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(rb"<meta[\s/](?:[^>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?)*+>", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
_PRAGMA = re.compile(rb"http-equiv\s*=\s*[\"']?\s*content-type", re.IGNORECASE)
_DIRECT = re.compile(rb"[\s\"'/]charset\s*=", re.IGNORECASE)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Charset:
    """What declared the encoding: its standard name, the source, and where a meta element ends in the bytes."""

    name: str | None
    source: str | None
    offset: int | None


def decode(body: bytes, content_type: str | None) -> tuple[str, Charset]:
    """Decode a document; without a declaration as windows-1252, as browsers do."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _decode(body[len(mark) :], name), Charset(name, "bom", None)
    match = _IN_HEADER.search(content_type or "")
    name = standard_name(match.group(1)) if match else ""
    if name:
        return _decode(body, name), Charset(name, "header", None)
    charset = _from_meta(body)
    return _decode(body, charset.name or "windows-1252"), charset


def standard_name(label: str) -> str:
    """Return the standard's name for an encoding label, lower case; empty when there is no such encoding."""
    label = label.strip().lower()
    if label == "x-user-defined":
        return label
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError, UnicodeError):
        return ""
    if not getattr(found, "_is_text_encoding", True):
        return ""
    name = _STANDARD_NAMES.get(label, _STANDARD_NAMES.get(found.name, found.name))
    return re.sub(r"^cp(125\d)$", r"windows-\1", name).replace("iso8859", "iso-8859")


def _from_meta(body: bytes) -> Charset:
    """Find the meta element that declares the encoding; one that stands too late is told with its place."""
    for end in (PRESCAN_BYTES, LATE_BYTES):
        head = body[:end]
        head = _COMMENT.sub(lambda comment: b" " * len(comment.group()), head) if b"<!--" in head else head
        for meta in _META.finditer(head):
            name = _of_meta(meta.group())
            if name:
                return Charset(name, "meta", meta.end())
    return Charset(None, None, None)


def _of_meta(tag: bytes) -> str:
    match = _CHARSET.search(tag)
    if match is None or not (_PRAGMA.search(tag) or _DIRECT.search(tag)):
        return ""
    name = standard_name(match.group(1).decode("latin-1"))
    # A page whose meta element could be read as ASCII is not UTF-16, whatever it says.
    return "utf-8" if name.startswith("utf-16") else name


def _decode(body: bytes, name: str) -> str:
    if name == "windows-1252":
        return body.decode("latin-1").translate(_C1)
    codec: Any = _PYTHON_NAMES.get(name, name)
    try:
        return body.decode(codec, "replace")
    except (LookupError, UnicodeError):
        return body.decode("latin-1").translate(_C1)
