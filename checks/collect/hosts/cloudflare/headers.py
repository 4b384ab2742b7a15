"""Cloudflare's headers: which blocks apply to an address, and how they add up.

In: blocks of `_headers`, the platform's own headers, an address. Out: headers. Pure.
All blocks that match apply, in order. The first own value of a name takes the place of the platform's, further ones are
joined to it by a comma; so two blocks that both set a policy yield both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.collect.hosts import header_blocks
from checks.collect.hosts.about import Finding, Limit, Place
from checks.collect.hosts.cloudflare import pattern

if TYPE_CHECKING:
    from checks.collect.hosts.header_blocks import Block
    from checks.collect.hosts.patterns import Machine

MOST, LONGEST = 100, 2_000
"""https://developers.cloudflare.com/pages/configuration/headers/"""
_PATH = re.compile(r"\S+://|/")
_PORT = re.compile(r"https://[^/]*:\d+(?:/|$)")


def is_path(line: str) -> bool:
    """Return whether a line begins a block."""
    return _PATH.match(line) is not None


class Headers:
    """The header blocks of a build at one host."""

    def __init__(self, text: str, host: str) -> None:
        blocks, self.findings = header_blocks.blocks(text, is_path, removes=True, longest=LONGEST)
        kept: list[tuple[Machine, Block]] = []
        for block in blocks:
            what = _wrong(block.path) or ("" if len(kept) < MOST else f"it is beyond the {MOST} that the host takes")
            if what:
                self.findings.append(Finding(block.place, f"{what}; it is ignored"))
            else:
                kept.append((pattern.machine(_normal(block.path)), block))
        self.limit = Limit("header rules", len(blocks), MOST)
        self._blocks = _once(kept)
        self._host = host

    def __len__(self) -> int:
        """Return how many blocks there are."""
        return len(self._blocks)

    def apply(self, headers: dict[str, str], path: str) -> tuple[dict[str, str], tuple[Place, ...]]:
        """Return `headers` with those of every block that matches `path` (as sent), and the blocks."""
        found, own, places = dict(headers), set(), []
        for machine, block in self._blocks:
            match = machine.match(f"https://{self._host}{path}" if block.path.startswith("https:") else path)
            if match is None:
                continue
            places.append(block.place)
            for name in block.removed:
                found.pop(name, None)
            for name, value in block.headers.items():
                text = pattern.filled(value, match)
                found[name] = f"{found[name]}, {text}" if name in own and name in found else text
                own.add(name)
        return found, tuple(places)


def _once(blocks: list[tuple[Machine, Block]]) -> list[tuple[Machine, Block]]:
    """Return the blocks as the host keeps them: of two with the same path the later one, in the earlier one's place."""
    by_path: dict[str, tuple[Machine, Block]] = {}
    for machine, block in blocks:
        by_path[block.path] = (machine, block)
    return list(by_path.values())


def _normal(path: str) -> str:
    return path if path.startswith("https:") else pattern.normal(path)


def _wrong(path: str) -> str:
    names = pattern.names(path)
    if len(names) != len(set(names)):
        return "its path has more than one `*`, or a name twice, and never matches"
    if not path.startswith(("/", "https://")):
        return "its address must begin with `/` or `https://`"
    return "its address names a port" if _PORT.match(path) else ""
