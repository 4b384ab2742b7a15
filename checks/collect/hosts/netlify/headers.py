"""Netlify's headers: which blocks apply to a path, and how they add up.

In: blocks of `_headers` and `netlify.toml`, and a path. Out: headers. Pure.
All blocks that match apply, in order; of one name the later value stands. Paths match whatever their case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from checks.collect.hosts.about import Finding, Place
from checks.collect.hosts.paths import decoded
from checks.collect.hosts.patterns import Dispatch, Machine
from checks.collect.hosts.patterns.tree import ANY, SEGMENT, Node, Repeat, Sequence, literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checks.collect.hosts.header_blocks import Block

REFUSED = frozenset(
    {
        *("accept-ranges", "age", "allow", "alt-svc", "connection", "content-encoding", "content-length"),
        *("content-range", "date", "server", "trailer", "transfer-encoding", "upgrade"),
    }
)
"""Names that the host does not let a project set (https://docs.netlify.com/routing/headers/#limitations)."""
PASSWORD = "basic-auth"  # noqa: S105 - the name of a header
_ANYTHING = Repeat(ANY)


class _Applied(NamedTuple):
    headers: dict[str, str]
    places: tuple[Place, ...]


class Headers:
    """The header blocks of a build."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        machines = [(Machine(_tree(block.path)), block) for block in blocks]
        self._blocks = Dispatch((machine.prefix, (machine, block)) for machine, block in machines)

    def of(self, path: str) -> _Applied:
        """Return the headers for a request's path, by lower-case name, and the blocks that set them."""
        found: dict[str, str] = {}
        places = []
        wanted = decoded(path).lower()
        for machine, block in self._blocks.of(wanted):
            if machine.match(wanted) is not None:
                found |= block.headers
                places.append(block.place)
        return _Applied(found, tuple(places))


def refused(blocks: Iterable[Block]) -> list[Finding]:
    """Take what the host does not let a project set out of `blocks`, and return findings that say so."""
    found = []
    for block in blocks:
        for name in sorted(REFUSED & set(block.headers)):
            del block.headers[name]
            found.append(Finding(block.place, f"the host does not let a project set `{name}`"))
    return found


def _tree(path: str) -> Node:
    nodes: list[Node] = []
    for part in (part.strip() for part in path.split("/")):
        if not part:
            continue
        if part == "*":
            nodes.append(Repeat(Sequence((*literal("/").parts, _ANYTHING)), 0, 1))
            continue
        nodes += literal("/").parts
        if part.startswith(":"):
            nodes.append(SEGMENT)
            continue
        for number, text in enumerate(part.split("*")):
            nodes += (_ANYTHING,) if number else ()
            nodes += literal(decoded(text).lower()).parts
    return Sequence((*nodes, Repeat(literal("/"), 0, 1)))
