"""Hosts that no visitor should meet, named in scripts, styles, data files, feeds and redirects.

In: a `Block` of a file that is no page (pages are read by the page facts), and what is the site's own. Out: mentions:
the host, its class, how certain it is that this is a leak, and the line. In scripts and styles a loopback or private
address is but a suspect: libraries name them in tests and fallbacks; as a value of data, in robots.txt or in
`_redirects`, it is certain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.facts.host_class import UNPUBLISHABLE, classify, is_documentation, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.text_block import Block

_ADDRESS = re.compile(
    rb"(?::(?://|\\/\\/)|(?<=[\"'(=])//)(?:[^\s/@\"'<>\\]{1,200}@)?"
    rb"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9_-](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_-])?)\.?(?::([0-9]{1,5})(?![0-9]))?"
)
_BARE_LOOPBACK = re.compile(rb"(?<![\w./@-])(localhost|127\.0\.0\.1):([0-9]{2,5})(?![0-9])")
_LOOPBACK_NAMES = (b"localhost:", b"127.0.0.1:")
_SCHEMES = (b"http", b"https", b"ws", b"wss", b"ftp")
_LOCAL = frozenset({"loopback", "private", "reserved"})
_QUOTES = (b'"', b"'", b"`")
_SAMPLE_END = re.compile(rb"<(?:code|pre|samp|kbd)[^<>]{0,200}>\s{0,20}$")
_SHOWN = re.compile(rb"""[^"'`]{0,300}["'`],children:["'`]""")
_LONGEST_LINK = 320
_HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Own:
    """What is the site's own, and what it allows."""

    production_host: str
    first_party: frozenset[str]
    allowed: frozenset[str]
    public_keys: frozenset[str] = frozenset()
    """Keys that are meant to be published."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names such a host."""

    host: str
    """With its port where one is written."""
    host_class: str
    certainty: str
    line: int


def mentions(block: Block, own: Own) -> Iterator[Mention]:
    """The hosts that the block names and should not."""
    if block.kind in {"html", "map"}:
        return
    for found in _ADDRESS.finditer(block.body):
        if not block.owns(found.start()):
            continue
        scheme = _scheme_start(block.body, found.start())
        if scheme is not None:
            yield from _mention(block, found, scheme, own)
    if block.kind != "prose" and any(name in block.body for name in _LOOPBACK_NAMES):
        yield from (
            Mention(_text(found[0]), "loopback", "suspect", block.line(found.start()))
            for found in _BARE_LOOPBACK.finditer(block.body)
            if block.owns(found.start()) and not _is_text(block.body, found.start(), found.end())
        )


def _mention(block: Block, found: re.Match[bytes], scheme: int, own: Own) -> Iterator[Mention]:
    host = _text(found[1]).lower()
    port = int(found[2]) if found[2] else None
    if port is not None and port > _HIGHEST_PORT:
        return
    host_class, certainty = classify(
        host, port, production_host=own.production_host, first_party=own.first_party, allowed=own.allowed
    )
    if host_class not in UNPUBLISHABLE or is_documentation(host):
        return
    if host_class == "staging" and certainty == "suspect" and not within(host, own.first_party):
        return  # dev.azure.com and its like are somebody else's names
    if host_class == "platform" and certainty != "certain":
        return  # the homes of many libraries, named in their comments
    weighed = _certainty(block, found, scheme, host_class, certainty)
    if weighed:
        name = host if port is None else f"{host}:{port}"
        yield Mention(name, host_class, weighed, block.line(found.start()))


def _certainty(block: Block, found: re.Match[bytes], scheme: int, host_class: str, certainty: str) -> str:
    """How certain a mention is a leak, from the file it stands in; empty for one that is none."""
    if block.kind == "script":
        if host_class == "loopback" and not found[2] and block.body[found.end() : found.end() + 1] in _QUOTES:
            return ""  # "http://localhost" as a base to parse addresses with, in many libraries
        if host_class in _LOCAL and _is_text(block.body, scheme, found.end()):
            return ""
        return "suspect" if host_class in _LOCAL else certainty
    if block.kind == "lines" or (block.kind == "data" and _is_whole_value(block.body, scheme)):
        return certainty
    return "" if host_class in _LOCAL or host_class == "platform" else "suspect"


def _is_text(body: bytes, start: int, end: int) -> bool:
    """Whether a script only shows the address from `start` on: generators put whole pages into scripts.

    What a script asks for is the whole of a string. In a text it stands within one, or is what an element holds.
    """
    if body[start - 1 : start] not in {*_QUOTES, b"("} or body[max(0, start - 10) : start - 1].endswith(b"children:"):
        return True
    shown = _SHOWN.match(body, end, end + _LONGEST_LINK)
    return shown is not None and body[shown.end() : shown.end() + end - start] == body[start:end]


def _is_whole_value(body: bytes, scheme: int) -> bool:
    before = body[scheme - 1 : scheme]
    if before == b">":
        return _SAMPLE_END.search(body, max(0, scheme - 240), scheme) is None
    return before in {b'"', b"'"}


def _scheme_start(body: bytes, at: int) -> int | None:
    """Where the address begins whose `://` stands at `at`; None when it is no address of the web."""
    if body[at : at + 1] == b"/":
        return at
    head = body[max(0, at - 6) : at].lower()
    scheme = re.search(rb"(?<![a-z0-9+])[a-z]{2,5}$", head)
    return at - len(scheme[0]) if scheme and scheme[0] in _SCHEMES else None


def _text(data: bytes) -> str:
    return data.decode("ascii", "replace")
