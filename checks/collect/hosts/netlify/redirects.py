"""Netlify's `_redirects`: one rule a line, `from [key=value ...] to [status[!]] [Condition=value ...]`.

In: the text. Out: rules, and what the host refuses. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from checks.collect.hosts.about import Finding, Place
from checks.collect.hosts.lines import Line, lines
from checks.collect.hosts.netlify.rule import CONDITIONS, NetlifyRule

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "_redirects"
MOST = 10_000
"""Rules beyond which the host advises against the file (https://docs.netlify.com/routing/redirects/)."""
_INTEGER = re.compile(r"[+-]?\d{1,9}")
_ADDRESS = re.compile(r"https?://")
_LOWEST, _HIGHEST, _PERMANENT = 200, 599, 301
_OK, _NO_OK = 200, 300
_KNOWN = {*CONDITIONS, "Sign", "signed"}


def read(text: str) -> tuple[list[NetlifyRule], list[Finding]]:
    """Return the rules of a `_redirects`, in order."""
    rules: list[NetlifyRule] = []
    dropped: list[Finding] = []
    for line in lines(FILE, text):
        rule = _line(line)
        if isinstance(rule, NetlifyRule):
            rules.append(rule)
        else:
            dropped.append(Finding(line.place, rule))
    return rules, dropped


def _line(line: Line) -> NetlifyRule | str:
    """Return the rule that a line makes, or why it makes none."""
    tokens = line.text.split()
    end = next((at for at, token in enumerate(tokens) if token.startswith("#")), len(tokens))
    source, *parts = tokens[:end]
    if not parts:
        return "it has no target"
    if _INTEGER.match(parts[0]):
        query, target, rest = [], None, parts
    else:
        at = next((at for at, part in enumerate(parts) if part.startswith("/") or _ADDRESS.match(part)), None)
        if at is None:
            return "its target must begin with `/`, `http://` or `https://`"
        query, target, rest = parts[:at], parts[at], parts[at + 1 :]
    conditions = dict(_pair(one) for one in rest[1:])
    return checked(
        line.place,
        {
            "from": source,
            "to": target,
            "query": dict(_pair(one) for one in query),
            "status": rest[0] if rest else None,
            "force": bool(rest) and rest[0].endswith("!"),
            "conditions": {key: value for key, value in conditions.items() if key not in {"Sign", "signed"}},
        },
    )


def _pair(text: str) -> tuple[str, str]:
    key, _, value = text.partition("=")
    return key, value


def checked(place: Place, fields: Mapping[str, Any]) -> NetlifyRule | str:
    """Return the rule that these fields make (as netlify.toml names them), or why the host takes none from them."""
    source, target = fields["from"], fields.get("to")
    status = _status(fields.get("status"))
    what = _wrong_source(source) if status is not None else f"`{fields.get('status')}` is no status"
    if what or status is None:
        return what
    if target is None:
        if not source.endswith("/*") or not _OK <= status < _NO_OK:
            return "it has no target, which only a rewrite of a path that ends in `/*` may lack"
        target = source.removesuffix("*") + ":splat"
    if not target.startswith("/") and not _ADDRESS.match(target):
        return "its target must begin with `/`, `http://` or `https://`"
    conditions = {key.capitalize(): _list(value) for key, value in fields.get("conditions", {}).items()}
    unknown = sorted(set(conditions) - _KNOWN)
    if unknown:
        return f"the host knows no condition `{unknown[0]}`"
    query = tuple((str(key), str(value)) for key, value in fields.get("query", {}).items())
    rule = NetlifyRule(place, source, target, status, bool(fields.get("force")), query, conditions)
    missing = sorted(
        name for name in rule.references - rule.names if f":{name}" in urlsplit(target).path and not name.isdigit()
    )
    return f"its target speaks of `:{missing[0]}`, which its path does not have" if missing else rule


def _status(value: object) -> int | None:
    if value is None:
        return _PERMANENT
    found = _INTEGER.match(str(value))
    status = int(found[0]) if found else 0
    return status if _LOWEST <= status <= _HIGHEST else None


def _list(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    return tuple(one.strip() for one in str(value).split(","))


def _wrong_source(source: str) -> str:
    if not source.startswith("/") and not _ADDRESS.match(source):
        return "its path must begin with `/`, or be a whole address"
    try:
        path = urlsplit(source).path if _ADDRESS.match(source) else source
    except ValueError:
        return "its address can't be read"
    if path.startswith("/.netlify"):
        return "paths below `/.netlify` are the host's own"
    parts = [part for part in path.split("/") if part]
    if any("*" in part and part != "*" for part in parts) or "*" in parts[:-1]:
        return "a `*` can only be the last part of the path"
    return ""
