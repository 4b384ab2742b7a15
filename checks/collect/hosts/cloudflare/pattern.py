"""Paths with a splat and placeholders, as Cloudflare matches them: `/blog/*`, `/movies/:title`, `https://:sub.host/*`.

In: a path of a rule. Out: a machine, and what it stood for. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ada_url

from checks.collect.hosts.patterns import Machine
from checks.collect.hosts.patterns.tree import ANY, NO_SLASH, Capture, Chars, Node, Repeat, Sequence, literal

if TYPE_CHECKING:
    from checks.collect.hosts.patterns import Match

_PLACEHOLDER = re.compile(r":([A-Za-z]\w*)", re.ASCII)
_TOKEN = re.compile(r"\*|:[A-Za-z]\w*", re.ASCII)
_SPLAT = "splat"
_IN_A_HOST = Chars((("/", "/"), (".", ".")), negated=True)
_SAMPLE = "gonogo"


def is_dynamic(path: str) -> bool:
    """Return whether a path stands for more than one."""
    return _TOKEN.search(path) is not None


def names(path: str) -> list[str]:
    """Return what the path captures, in order; a name that comes twice makes the rule useless."""
    return [_SPLAT if part == "*" else part[1:] for part in _TOKEN.findall(path)]


def machine(path: str) -> Machine:
    """Return the machine for a path, or for an address with https."""
    nodes: list[Node] = []
    start = host = len("https://") if path.startswith("https://") else 0
    host_end = path.find("/", host) if host else 0
    nodes += literal(path[:start]).parts
    for token in _TOKEN.finditer(path, start):
        nodes += literal(path[start : token.start()]).parts
        start = token.end()
        if token[0] == "*":
            nodes.append(Capture(_SPLAT, Repeat(ANY)))
        else:
            one = _IN_A_HOST if token.start() < host_end else NO_SLASH
            nodes.append(Capture(token[0][1:], Repeat(one, 1)))
    return Machine(Sequence((*nodes, *literal(path[start:]).parts)))


def filled(text: str, match: Match) -> str:
    """Return `text` with each `:name` replaced, as the host does it: one name after the other, wherever it stands."""
    for name, value in match.captures.items():
        text = text.replace(f":{name}", value)
    return text


def references(text: str) -> set[str]:
    """Return the names that a text speaks of."""
    return set(_PLACEHOLDER.findall(text))


def sample(path: str) -> str:
    """Return a path that this one stands for."""
    return _TOKEN.sub(_SAMPLE, path)


def normal(text: str, *, query: bool = False) -> str:
    """Return a path as browsers spell it, without its query and fragment (or with both, for a target)."""
    try:
        url = ada_url.URL(text, base="https://site.invalid")
    except ValueError:
        return text
    return f"{url.pathname}{url.search}{url.hash}" if query else str(url.pathname)
