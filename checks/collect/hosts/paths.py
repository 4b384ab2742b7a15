"""Names of files and the addresses that they have: percent-encoding, both ways, for all names that a file can have.

In: POSIX paths relative to the build, or paths from a request line. Out: the other one. Pure.
Names are text as `os.fsdecode` gives it: bytes that are no UTF-8 are lone surrogates, and become their bytes again.
"""

from __future__ import annotations

import re
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes

INDEX = "index.html"

# What a browser leaves as it is in a path (https://url.spec.whatwg.org/#path-percent-encode-set), less `%` and
# `\`, mere characters in the name of a file. So a link that a browser resolved and a name from the disk spell alike.
_PLAIN_IN_PATH = "!$&'()*+,-.:;=@[]_|~"
_PLAIN_IN_QUERY = "!$%&'()*+,-./:;=?@[]\\^_`{|}~"
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
# None of these can stand in a request line's path: a browser encodes them, or reads a backslash as a slash.
_NOT_IN_A_PATH = re.compile(r'[\x00-\x20\x7f"#<>?\\]')


def url_path(name: str) -> str:
    """Return the production path, percent-encoded, of the file `name`; that of an `index.html` is its folder.

    >>> url_path("a b#.html"), url_path("shop/index.html")
    ('/a%20b%23.html', '/shop/')
    """
    *folders, file = name.split("/")
    return encode([*folders, "" if file == INDEX else file])


def encode(segments: list[str]) -> str:
    """Return the absolute path whose decoded segments these are; a last one that is empty gives the closing slash."""
    return "/" + "/".join(quote_from_bytes(_bytes(segment), safe=_PLAIN_IN_PATH) for segment in segments)


def decode(path: str) -> list[str] | None:
    """Return the decoded segments of a path in a request line, or None where the path is not a valid one.

    Refused: a path that is not absolute, characters that no client sends, broken escapes, NUL, `.` and `..` as
    segments (a client resolves them before it asks), and an encoded slash, which is neither a separator nor part of
    a file's name.
    """
    if not path.startswith("/") or _NOT_IN_A_PATH.search(path) or _BAD_ESCAPE.search(path):
        return None
    if "%" not in path and path.isascii():  # as nearly all are, and each page of a site is asked for several times
        plain = path[1:].split("/")
        return None if "." in plain or ".." in plain else plain
    try:
        raw = [unquote_to_bytes(segment.encode("utf-8", "surrogateescape")) for segment in path[1:].split("/")]
    except UnicodeEncodeError:
        return None
    if any(segment in {b".", b".."} or b"/" in segment or b"\0" in segment for segment in raw):
        return None
    return [segment.decode("utf-8", "surrogateescape") for segment in raw]


def encode_query(query: str) -> str:
    """Return `query` as it can stand in a header: what is not plain ASCII is percent-encoded, escapes are kept."""
    return quote(query, safe=_PLAIN_IN_QUERY, errors="replace")


def encode_location(location: str) -> str:
    """Return a target, as somebody wrote it, as it can stand in a header: what is no plain ASCII is percent-encoded."""
    return quote(location, safe=_PLAIN_IN_QUERY + "#", errors="replace")


def decoded(text: str) -> str:
    """Return a path with its escapes resolved, for comparing two that may be spelled differently."""
    try:
        raw = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = text.encode("utf-8", "replace")
    return unquote_to_bytes(raw).decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
