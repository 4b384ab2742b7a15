"""robots.txt as Google's parser reads it: who may fetch what, which sitemaps it names, and which lines say nothing.

In: the bytes and the status that `/robots.txt` answered. Out: a `Robots`, which never raises, whatever the bytes.
The file is read once instead of once for each question, and matching is linear; a test holds the answers to those of a
port of Google's parser. Rules: https://developers.google.com/crawling/docs/robots-txt/robots-txt-spec and RFC 9309.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

import ada_url

from checks.facts import robots_line
from checks.facts.robots_findings import MOST, Finding, Line, findings

MAX_BYTES = 512_000
"""500 KiB; crawlers ignore the rest."""
IGNORED = frozenset({"crawl-delay", "nofollow", "noindex"})
"""Fields that people expect to work, and Google ignores."""
MAX_LINE = 2083 * 8 - 1
"""Bytes of a line that Google's parser reads."""

_LINE_END = re.compile(rb"\r\n|\r|\n")
_TOKEN = re.compile(r"[A-Za-z_-]*")
_BOM = b"\xef\xbb\xbf"
_HTML = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Rule:
    allow: bool
    pattern: str

    def weight(self, path: str) -> int:
        """Length of the pattern that matches `path`; -1 when none does. Google reads `/x/index.html` also as `/x/`."""
        if _matches(path, self.pattern):
            return len(self.pattern)
        folder, slash, name = self.pattern.rpartition("/")
        if self.allow and slash and name.startswith("index.htm") and _matches(path, folder + "/$"):
            return len(folder) + 2
        return -1


class Robots:
    """The robots.txt of one site.

    A status of 4xx means no restriction; 429 and 5xx mean that crawlers stay away altogether until it recovers.
    """

    def __init__(self, body: bytes | None, status: int | None) -> None:
        self.status = status
        self.exists = status is not None and 200 <= status < 300  # noqa: PLR2004 - the class of success
        self._closed = status is not None and (status == 429 or status >= 500)  # noqa: PLR2004 - as documented above
        text = (body or b"") if self.exists else b""
        self.bytes = len(text)
        self.digest = hashlib.sha256(text).hexdigest() if self.exists else None
        self.is_html = _HTML.match(text[:4096].removeprefix(_BOM)) is not None
        lines = _lines(text[:MAX_BYTES])
        self.findings: tuple[Finding, ...] = findings(lines, text, is_html=self.is_html, limit=MAX_BYTES)
        self.sitemaps: tuple[str, ...] = tuple(dict.fromkeys(line.value for line in lines if line.field == "sitemap"))
        self.ignored: tuple[Line, ...] = tuple({one.text: one for one in lines if one.field in IGNORED}.values())[:MOST]
        self.signals = tuple((line.number, line.value) for line in lines if line.field == "content-signal")
        """Lines of Content-Signal with their values."""
        self._groups = _groups(lines)
        self._named = frozenset(name for names, _ in self._groups for name in names if name != "*")
        self._rules_of: dict[str, tuple[_Rule, ...]] = {}

    def explicit(self, token: str) -> bool:
        """Whether a group names the crawler with this token, so that `*` does not speak for it."""
        return token.lower() in self._named

    def allowed(self, agent: str, url: str) -> bool:
        """Whether the crawler with the token `agent` may fetch `url` (absolute, or a path); `*` is one nobody named."""
        if self._closed:
            return False
        path = _path(url)
        rules = self._rules(agent.lower())
        allow = max((rule.weight(path) for rule in rules if rule.allow), default=0)
        disallow = max((rule.weight(path) for rule in rules if not rule.allow), default=0)
        return disallow <= max(allow, 0)

    def _rules(self, agent: str) -> tuple[_Rule, ...]:
        """The rules of all groups that name the agent, else those of all groups for `*`."""
        key = agent if agent in self._named else "*"
        if key not in self._rules_of:
            self._rules_of[key] = tuple(rule for names, rules in self._groups if key in names for rule in rules)
        return self._rules_of[key]


def _lines(body: bytes) -> list[Line]:
    """The lines that hold a field, as Google's parser reads them, and those it can't read, with an empty field."""
    for length in (3, 2, 1):
        if body.startswith(_BOM[:length]):
            body = body[length:]
            break
    return [
        _line(number, raw[:MAX_LINE].decode("utf-8", "replace"))
        for number, raw in enumerate(_LINE_END.split(body), start=1)
        if raw.split(b"#", 1)[0].strip()
    ]


def _line(number: int, text: str) -> Line:
    said = robots_line.read(text)
    if said is None:
        return Line(number, "", "", text, text.split("#", 1)[0].strip())
    return Line(number, said.field, said.value, text, said.name)


def _groups(lines: list[Line]) -> list[tuple[set[str], list[_Rule]]]:
    """Groups in their order: the agents that are named together, in lower case, and the rules for them."""
    groups: list[tuple[set[str], list[_Rule]]] = []
    open_group = False
    for line in lines:
        if line.field == "user-agent":
            if not open_group:
                groups.append((set(), []))
                open_group = True
            groups[-1][0].update(_agents(line.value))
        elif line.field in {"allow", "disallow"} and groups:
            groups[-1][1].append(_Rule(allow=line.field == "allow", pattern=line.value))
            open_group = False
    return groups


def _agents(value: str) -> set[str]:
    """The names that a user-agent line stands for.

    Google reads a name up to the first character that is no letter, `-` or `_`; crawlers such as `archive.org_bot` and
    `AI2Bot` go by their whole name, so both are kept.
    """
    if value == "*" or (value[:1] == "*" and value[1:2].isspace()):
        return {"*"}
    token = _TOKEN.match(value)
    words = re.split(r"[\s/]", value, maxsplit=1)
    return {name for name in (token[0].lower() if token else "", words[0].lower()) if name not in {"", "*"}}


@lru_cache(maxsize=4096)
def _path(url: str) -> str:
    """Path and query, with escapes in upper case and everything beyond ASCII escaped."""
    try:
        parsed = ada_url.URL(url, base="https://site.invalid/")
    except ValueError:
        return "/"
    path = parsed.pathname + parsed.search if parsed.pathname.startswith("/") else "/"
    return re.sub(r"%[0-9A-Fa-f]{2}", lambda escape: escape[0].upper(), path)


def _matches(path: str, pattern: str) -> bool:
    """Whether `pattern` matches from the start of `path`: `*` is any run of characters, a `$` at the end is the end.

    Each literal piece is taken at its first place; that finds a match whenever there is one, without going back.
    """
    anchored = pattern.endswith("$")
    first, *pieces = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not pieces:
        return not anchored or at == len(path)
    last = pieces.pop() if anchored else ""
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not anchored or (len(path) - len(last) >= at and path.endswith(last))
