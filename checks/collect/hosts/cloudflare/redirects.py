"""Cloudflare's `_redirects`: one rule a line, `from to [status]`.

In: the text. Out: rules, and what the host ignores. Pure.
Rules for one path come first, whatever stands between them; those with a splat or a placeholder, and every rule after
the first of those, are tried in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.collect.hosts.about import Finding, Limit, Place, Rule
from checks.collect.hosts.cloudflare import pattern
from checks.collect.hosts.lines import Line, lines

if TYPE_CHECKING:
    from checks.collect.hosts.patterns import Machine

FILE = "_redirects"
MOST_STATIC, MOST_DYNAMIC, LONGEST = 2_000, 100, 1_000
"""https://developers.cloudflare.com/pages/configuration/redirects/#per-file"""
_STATUSES = frozenset({200, 301, 302, 303, 307, 308})
_DEFAULT = "302"
_TO_INDEX = re.compile(r"/index(?:\.html)?$")
_TOKENS = (2, 3)
_OK = 200


@dataclass(frozen=True, slots=True)
class CloudflareRule:
    """A rule that the host takes."""

    place: Place
    source: str
    target: str
    status: int
    machine: Machine | None
    """None for a rule of one path that is looked up by it."""

    def told(self) -> Rule:
        """Return what the facts say of it."""
        captured = set(pattern.names(self.source))
        return Rule(
            place=self.place,
            source=self.source,
            target=self.target,
            status=self.status,
            sample=(pattern.sample(self.source), ""),
            is_pattern=pattern.is_dynamic(self.source),
            target_varies=any(f":{name}" in self.target for name in captured),
        )


@dataclass(slots=True)
class Redirects:
    """What the file says."""

    static: dict[str, CloudflareRule]
    dynamic: list[CloudflareRule]
    findings: list[Finding]
    limits: tuple[Limit, ...]

    def first(self, path: str) -> tuple[CloudflareRule, str] | None:
        """Return the rule that answers a path, and its target."""
        static = self.static.get(path)
        if static is not None:
            return static, static.target
        for rule in self.dynamic:
            match = rule.machine.match(path) if rule.machine else None
            if match is not None:
                return rule, pattern.filled(rule.target, match)
        return None

    @property
    def rules(self) -> list[CloudflareRule]:
        """All of them, in the order of the file."""
        return sorted([*self.static.values(), *self.dynamic], key=lambda rule: rule.place.line)


def read(text: str) -> Redirects:
    """Return the rules of a `_redirects`."""
    static: dict[str, CloudflareRule] = {}
    dynamic: list[CloudflareRule] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    counted = {"static": 0, "dynamic": 0}
    for line in lines(FILE, text):
        tokens = _tokens(line)
        if isinstance(tokens, str):
            findings.append(Finding(line.place, tokens))
            continue
        source = pattern.normal("/" + tokens[0].lstrip("/") if tokens[0][:1] != "/" else tokens[0])
        kind = "dynamic" if counted["dynamic"] or pattern.is_dynamic(source) else "static"
        counted[kind] += 1
        what = _over(kind, counted) or _wrong(source, tokens, seen)
        if what:
            findings.append(Finding(line.place, what))
            continue
        seen.add(source)
        target = tokens[1] if tokens[1].startswith("https:") else pattern.normal(tokens[1], query=True)
        status = int(tokens[2])
        if kind == "static":
            static[source] = CloudflareRule(line.place, source, target, status, None)
        else:
            dynamic.append(CloudflareRule(line.place, source, target, status, pattern.machine(source)))
    limits = (
        Limit("static redirect rules", counted["static"], MOST_STATIC),
        Limit("dynamic redirect rules", counted["dynamic"], MOST_DYNAMIC),
    )
    return Redirects(static, dynamic, findings, limits)


def _tokens(line: Line) -> tuple[str, str, str] | str:
    """Return source, target and status of a line, or why it has none."""
    if len(line.text) > LONGEST:
        return f"the line has more than {LONGEST:,} characters, and is ignored"
    tokens = line.text.split()
    end = next((at for at, token in enumerate(tokens) if at > 1 and token.startswith("#")), len(tokens))
    tokens = tokens[:end]
    if len(tokens) not in _TOKENS:
        return f"it has {len(tokens)} parts instead of 2 or 3 (`from to [status]`), and is ignored"
    source, target, status = (*tokens, _DEFAULT)[:3]
    if source.startswith("https://"):
        return "its path must be one of this site, not a whole address; it is ignored"
    if not target.startswith(("/", "https://")):
        return "its target must begin with `/` or `https://`; it is ignored"
    if not status.isascii() or not status.isdigit() or int(status) not in _STATUSES:
        return f"`{status}` is none of 200, 301, 302, 303, 307 and 308; it is ignored"
    return source, target, status


def _over(kind: str, counted: dict[str, int]) -> str:
    if counted["static"] > MOST_STATIC and kind == "static":
        return f"it is beyond the {MOST_STATIC:,} static rules that the host takes, and is ignored"
    if counted["dynamic"] > MOST_DYNAMIC:
        return (
            f"it is beyond the {MOST_DYNAMIC} dynamic rules that the host takes (every rule counts after the first one "
            "with `*` or `:name`), and is ignored with all that follow"
        )
    return ""


def _wrong(source: str, tokens: tuple[str, str, str], seen: set[str]) -> str:
    target, captured = tokens[1], pattern.names(source)
    if len(captured) != len(set(captured)):
        return "it has more than one `*`, or a name twice, and never matches"
    if target.startswith("/") and source.endswith(("/", "/*")) and _TO_INDEX.search(target):
        return "it would lead to itself, because the host takes `/index` and `.html` away; it is ignored"
    if source in seen:
        return "a rule before it has the same path; it is ignored"
    if int(tokens[2]) == _OK and target.startswith("https://"):
        return "a rewrite (200) can only lead to a path of this site; it is ignored"
    return ""
