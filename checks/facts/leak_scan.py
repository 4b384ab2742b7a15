"""One look into every text file of the build: credentials, test keys, hosts, source maps, marks of the workshop.

In: the files, each as an open binary stream. Out: `leaks` of the site document, and the references to source maps. A
file is read in blocks that overlap, so that memory does not grow with it, and nothing that stands across a border is
missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from checks.facts.code_marks import CodeMarks
from checks.facts.host_mentions import Mention, Own, mentions
from checks.facts.secrets import Secret, secrets, test_keys
from checks.facts.source_maps import references
from checks.facts.text_block import Block, Kind, kind_of, known_text

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = 4 << 20
OVERLAP = 16 << 10
UNKNOWN_MOST = 5 << 20
"""Size in bytes from which a file whose name does not say that it is text is not looked at."""


class LeakScan:
    """Takes files one by one, in any order; what it holds grows with what it finds."""

    def __init__(self, own: Own) -> None:
        self._own = own
        self._secrets: dict[str, tuple[tuple[str, int], Secret]] = {}
        self._holders: dict[str, set[str]] = {}
        self._test_keys: dict[tuple[str, str], int] = {}
        self._hosts: dict[tuple[str, str], Mention] = {}
        self._marks = CodeMarks(own.public_keys)
        self.map_references: set[tuple[str, str]] = set()
        """(path of the file, address it names), for `source_maps.kind_of_reference`."""

    def wants(self, path: str, size: int) -> bool:
        """Whether to open the file; its size is in bytes."""
        return size > 0 and kind_of(path) is not None and (size < UNKNOWN_MOST or known_text(path))

    def read(self, path: str, stream: BinaryIO) -> bool:
        """Look through one file (path inside the build); say whether anything was found in it."""
        kind, found = kind_of(path), False
        for block in _blocks(stream, kind) if kind is not None else ():
            found |= self._credentials(path, block)
            found |= self._marks.read(path, block)
            for mention in mentions(block, self._own):
                self._host(path, mention)
                found = True
            named = {(path, target) for target in references(block)}
            self.map_references |= named
            found |= bool(named)
        return found

    def leaks(self) -> dict[str, Any]:
        """The group `leaks` of the site document."""
        found = sorted(self._secrets.items(), key=lambda item: (item[1][0], item[0]))
        return {
            "secrets": [
                {
                    "rule": secret.rule,
                    "path": path,
                    "line": line,
                    "prefix": secret.prefix,
                    "hash": digest,
                    "files": len(self._holders[digest]),
                }
                for digest, ((path, line), secret) in found
            ],
            "test_keys": [
                {"rule": rule, "path": path, "line": line, "key": f"{path}:{rule}"}
                for (path, rule), line in sorted(self._test_keys.items())
            ],
            "hosts": [
                {
                    "host": host,
                    "class": mention.host_class,
                    "certainty": mention.certainty,
                    "path": path,
                    "line": mention.line,
                    "key": f"{path}:{host}",
                }
                for (path, host), mention in sorted(self._hosts.items(), key=lambda item: item[0])
            ],
            **self._marks.facts(),
        }

    def _credentials(self, path: str, block: Block) -> bool:
        found = False
        for secret in secrets(block):
            found = True
            place = (path, secret.line)
            known = self._secrets.get(secret.hash)
            if known is None or place < known[0]:
                self._secrets[secret.hash] = (place, secret)
            self._holders.setdefault(secret.hash, set()).add(path)
        for key in test_keys(block):
            found = True
            self._test_keys.setdefault((path, key.rule), key.line)
        return found

    def _host(self, path: str, mention: Mention) -> None:
        """Keep one mention of a host in a file: a certain one before a suspect one, and the first of them."""
        known = self._hosts.get((path, mention.host))
        if known is None or (mention.certainty, mention.line) < (known.certainty, known.line):
            self._hosts[path, mention.host] = mention


def _blocks(stream: BinaryIO, kind: Kind) -> Iterator[Block]:
    """The file in blocks; each but the first begins with `OVERLAP` bytes that an earlier one has reported on."""
    body = stream.read(BLOCK)
    if b"\0" in body[:8192] or not body:
        return
    first, lines = 0, 0
    while True:
        more = stream.read(BLOCK)
        last = len(body) - OVERLAP if more else len(body)
        yield Block(body, kind, first, last, lines)
        if not more:
            return
        lines += body.count(b"\n", first, last)
        keep = max(0, last - OVERLAP)
        body, first = body[keep:] + more, last - keep
