"""Which addresses functions answer, by the names of their source files: `api/stock/[id].js` answers `/api/stock/7`.

In: source files in a folder of functions. Out: whether a path is one of theirs. Pure. Cloudflare Pages and Vercel share
the convention (https://developers.cloudflare.com/pages/functions/routing/, https://vercel.com/docs/functions).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.collect.hosts.about import NotEmulated
from checks.collect.hosts.patterns import Machine
from checks.collect.hosts.patterns.tree import ANY, SEGMENT, Node, Repeat, Sequence, literal

if TYPE_CHECKING:
    from collections.abc import Iterable

_REST = re.compile(r"\[\[(?:\.\.\.)?[^\]]+\]\]|\[\.\.\.[^\]]+\]")
_ONE = re.compile(r"\[[^\]]+\]")
_ENDING = re.compile(r"\.[^./]+$")


class FunctionRoutes:
    """The functions of a project; `below` is the path that they answer under, `strip` the folder they lie in."""

    def __init__(self, files: Iterable[str], *, strip: str = "") -> None:
        own = [one.removeprefix(strip) for one in files if one.startswith(strip)]
        # What begins with an underscore is shared code, or runs before other answers.
        named = [one for one in own if not any(part.startswith("_") for part in one.split("/"))]
        self._routes = [(Machine(_tree(one)), NotEmulated(_path(one), f"a function ({strip}{one})")) for one in named]
        self.middleware = any(_ENDING.sub("", one).endswith("_middleware") for one in own)

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return bool(self._routes)

    def at(self, path: str) -> NotEmulated | None:
        """Return the function that answers a path, or None."""
        return next((what for machine, what in self._routes if machine.match(path)), None)

    def all(self) -> tuple[NotEmulated, ...]:
        """Return every function, sorted by its path."""
        return tuple(sorted({what for _, what in self._routes}, key=lambda one: (one.path, one.what)))


def _parts(file: str) -> list[str]:
    parts = _ENDING.sub("", file).split("/")
    return parts[:-1] if parts[-1] == "index" else parts


def _path(file: str) -> str:
    return "/" + "/".join(_parts(file))


def _tree(file: str) -> Node:
    nodes: list[Node] = []
    for part in _parts(file):
        if _REST.fullmatch(part):
            nodes.append(Repeat(Sequence((*literal("/").parts, Repeat(ANY))), 0, 1))
            continue
        nodes += literal("/").parts
        nodes += (SEGMENT,) if _ONE.fullmatch(part) else literal(part).parts
    return Sequence((*nodes, Repeat(literal("/"), 0, 1)))
