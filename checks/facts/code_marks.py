"""Marks of the workshop in published files: environments, folders of machines, notes, hidden code, lists of people.

In: the files of a build, block by block. Out: parts of `leaks` of the site document. What marks look like is data
(`data/code_marks.json`). What stands in many files is told once, with the first of them; nothing grows with the site.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference
from checks.facts.texts import clip, collapse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.text_block import Block

MOST = 100
"""Members of a list that are told."""
MANY_ADDRESSES = 20
_DATA_FILES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".vcf", ".sql", ".log")
"""Files that hold data; in others, such as a list of authors, many addresses are meant to be read."""
_DATA = reference("code_marks")
_REACH, _LONGEST = 600, 160
_COMMENT = re.compile(rb"<!--(.{3,4000}?)-->", re.DOTALL)
_CONDITIONAL = (b"[if ", b"[endif", b"<![")
_INLINE = re.compile(rb"<script(?![^>]*\ssrc\s*=)[^>]*>(.{1000,}?)</script", re.DOTALL | re.IGNORECASE)
_MAIL = re.compile(_DATA["mail"].encode())
_HIDDEN = _DATA["obfuscation"]
_NAMES, _PACKED, _DECODED = (re.compile(_HIDDEN[name].encode()) for name in ("names", "packed", "decoded"))


@dataclass(slots=True)
class _Mark:
    """A mark, and the first place where it stands."""

    path: str
    line: int
    more: dict[str, Any]
    files: int
    last: str
    """The file that was counted last: all blocks of a file come one after the other."""


@dataclass(slots=True)
class CodeMarks:
    """Takes blocks in any order."""

    allowed: frozenset[str] = frozenset()
    """Keys that are meant to be published."""
    _found: dict[str, dict[str, _Mark]] = field(default_factory=dict)
    _mails: dict[str, set[bytes]] = field(default_factory=dict)

    def read(self, path: str, block: Block) -> bool:
        """Look through one block of the file at `path` inside the build; say whether anything was found."""
        found = False
        for kind, at, what, more in _marks(block):
            self._note(kind, path, block.line(at), what, more)
            found = True
        if path.lower().endswith(_DATA_FILES):
            self._count_addresses(path, block)
            found |= bool(self._mails.get(path))
        return found

    def facts(self) -> dict[str, list[dict[str, Any]]]:
        """Return the parts of the group `leaks`."""
        lists = {name: self._list(name) for name in ("environments", "local_paths", "comments", "hidden_code")}
        people = [
            {"path": path, "addresses": len(self._mails[path])}
            for path in sorted(self._mails)
            if len(self._mails[path]) >= MANY_ADDRESSES
        ]
        keys = [{**one, "allowed": one["what"] in self.allowed} for one in self._list("public_keys")]
        return {**lists, "public_keys": keys, "contact_lists": people[:MOST]}

    def _list(self, kind: str) -> list[dict[str, Any]]:
        found = self._found.get(kind, {})
        return [
            {"what": what, "path": one.path, "line": one.line, "files": one.files, **one.more}
            for what, one in sorted(found.items())
        ]

    def _note(self, kind: str, path: str, line: int, what: str, more: dict[str, Any]) -> None:
        known = self._found.setdefault(kind, {})
        mark = known.get(what)
        if mark is None:
            if len(known) < MOST:
                known[what] = _Mark(path, line, more, 1, path)
            return
        mark.files += path != mark.last
        mark.last = path
        mark.path, mark.line = min((mark.path, mark.line), (path, line))

    def _count_addresses(self, path: str, block: Block) -> None:
        """Count mail addresses up to the limit: how many more there are does not matter."""
        at = block.body.find(b"@", block.first)
        while 0 <= at < block.last:
            mails = self._mails.setdefault(path, set())
            if len(mails) >= MANY_ADDRESSES:
                return
            start = max(block.body.rfind(b" ", 0, at), at - 64, 0)
            mails.update(match[0].lower() for match in _MAIL.finditer(block.body, start, at + _REACH))
            at = block.body.find(b"@", at + 1)


Found = tuple[str, int, str, dict[str, Any]]


def _marks(block: Block) -> Iterator[Found]:
    """Give kind, place, what it is, and what more there is to say."""
    for kind, list_name in (("environments", "environments"), ("local_paths", "paths"), ("public_keys", "public_keys")):
        for needle, pattern, rule in _searched(list_name):
            for at, match in _matches(block, needle, pattern):
                if block.context(at) == "code":
                    yield kind, at, *_said(kind, rule, match)
    if block.kind == "html":
        yield from _comments(block)
        yield from _inline(block)
    for miner in _DATA["miners"]:
        at = block.body.find(miner.encode())
        if at >= 0 and block.owns(at) and block.context(at) in {"code", "attribute"}:
            yield "hidden_code", at, miner, {"why": "a miner of coins is known by this name"}


def _said(kind: str, rule: str, match: re.Match[bytes]) -> tuple[str, dict[str, Any]]:
    text = clip(collapse(match[0].decode("utf-8", "replace")), _LONGEST)
    if kind == "public_keys":
        key = match[1].decode("ascii", "replace")
        return key, {"rule": rule}
    return text, {}


def _matches(block: Block, needle: bytes, pattern: re.Pattern[bytes]) -> Iterator[tuple[int, re.Match[bytes]]]:
    body = block.body
    at = body.find(needle)
    while at >= 0:
        # A pattern may begin a little before its needle.
        found = next((match for start in range(max(0, at - 8), at + 1) if (match := pattern.match(body, start))), None)
        if found and block.owns(found.start()):
            yield found.start(), found
        at = body.find(needle, at + 1)


def _comments(block: Block) -> Iterator[Found]:
    for comment in _COMMENT.finditer(block.body):
        text = comment[1]
        if not block.owns(comment.start()) or text.lstrip().startswith(_CONDITIONAL):
            continue
        for rule, pattern in _remarks():
            hit = pattern.search(text)
            if hit:
                said = collapse(text[max(0, hit.start() - 40) : hit.start() + 80].decode("utf-8", "replace"))
                yield "comments", comment.start(), clip(said, _LONGEST), {"rule": rule}
                break


def _inline(block: Block) -> Iterator[Found]:
    for script in _INLINE.finditer(block.body):
        why = _why_hidden(script[1])
        if why and block.owns(script.start()):
            digest = hashlib.sha256(script[1]).hexdigest()[:16]
            yield "hidden_code", script.start(), f"inline script {digest}", {"why": why}


def _why_hidden(code: bytes) -> str | None:
    """Say how an inline script hides what it does; None where it does not."""
    if len(code) < _HIDDEN["least_bytes"]:
        return None
    if _PACKED.search(code):
        return "it is packed, and unpacks itself with eval"
    if _DECODED.search(code):
        return "it decodes a text and runs it"
    if len(_NAMES.findall(code)) >= _HIDDEN["least_names"]:
        return "its names are those that obfuscators make"
    return None


@cache
def _searched(name: str) -> tuple[tuple[bytes, re.Pattern[bytes], str], ...]:
    return tuple(
        (one["needle"].encode(), re.compile(one["pattern"].encode()), one.get("rule", "")) for one in _DATA[name]
    )


@cache
def _remarks() -> tuple[tuple[str, re.Pattern[bytes]], ...]:
    return tuple((one["rule"], re.compile(one["pattern"].encode())) for one in _DATA["comments"])
