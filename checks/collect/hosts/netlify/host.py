"""What Netlify answers.

In: a build, then requests. Out: answers. Pure.

1. `/.netlify/` is the platform's own.
2. The first rule that matches answers, if it is forced or no file is there; else the file does.
3. A file: the name itself, then with `.html`, then the `index.html` of a folder. With pretty URLs (the default) the
   other spelling of an address redirects to the usual one: a folder has its closing slash, a file has none.
4. `404.html` of the root with status 404.
"""

from __future__ import annotations

import re
from heapq import merge
from http import HTTPStatus
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from checks.collect.hosts import header_blocks
from checks.collect.hosts.about import About, ConfigFile, Limit, NotEmulated
from checks.collect.hosts.answer import Answer, not_emulated, redirect, refusal, with_query
from checks.collect.hosts.compression import Compression
from checks.collect.hosts.mime import content_type
from checks.collect.hosts.netlify import redirects, toml
from checks.collect.hosts.netlify.headers import PASSWORD, Headers, refused
from checks.collect.hosts.netlify.rule import REDIRECTS, NetlifyRule
from checks.collect.hosts.paths import INDEX, decode, decoded, encode, encode_location

if TYPE_CHECKING:
    from checks.collect.hosts.about import Place
    from checks.collect.hosts.build import Build

PLATFORM = NotEmulated("/.netlify/", "the platform (functions, images, identity)")
IMAGES = NotEmulated("/.netlify/images", "the image service of the platform")
_EDGE = NotEmulated("", "edge functions (netlify/edge-functions), which may change any answer")
_NOT_SERVED = frozenset({"_redirects", "_headers"})
_DEFAULTS = (
    ("cache-control", "public,max-age=0,must-revalidate"),
    ("strict-transport-security", "max-age=31536000"),
)
_ASSET = re.compile(r"\.(?:html?|png|jpg|js|css|svg|gif|ico|woff|woff2)$")
_NOT_FOUND = "404.html"
_ERROR = 400
_Numbered = tuple[int, NetlifyRule]


class NetlifyHost:
    """Netlify, with the rules of a build."""

    name = "netlify"
    sends_headers = True

    def __init__(self, build: Build) -> None:
        said = toml.read(build.project.text(toml.FILE) or "")
        rules, dropped = redirects.read(build.project.text(redirects.FILE) or "")
        blocks, ignored = header_blocks.blocks(
            build.project.text(header_blocks.FILE) or "", lambda line: line.startswith("/")
        )
        ignored += refused([*blocks, *said.blocks])
        self._files = build.files
        self._pretty = said.pretty_urls
        self._edge = said.edge_functions
        self._rules = _Rules([*rules, *said.rules], build)
        self._headers = Headers([*blocks, *said.blocks])
        edges = any(one.startswith("netlify/edge-functions/") for one in build.project.functions)
        elsewhere = {rule.elsewhere: None for rule in (*rules, *said.rules) if rule.elsewhere is not None}
        error_files = {rule.target.lstrip("/") for rule in (*rules, *said.rules) if rule.status >= _ERROR}
        self.about = About(
            config=tuple(
                ConfigFile(name, count)
                for name, count in (
                    (redirects.FILE, len(rules)),
                    (header_blocks.FILE, len(blocks)),
                    (toml.FILE, len(said.rules) + len(said.blocks)),
                )
                if name in build.project
            ),
            findings=(*dropped, *ignored, *said.findings),
            limits=(Limit("redirect rules", len(rules) + len(said.rules), redirects.MOST),),
            rules=tuple(rule.told(build) for rule in (*rules, *said.rules) if rule.status < _ERROR),
            not_emulated=(PLATFORM, *self._edge, *elsewhere, *([_EDGE] if edges else [])),
            error_files=frozenset({_NOT_FOUND, *error_files}),
            compression=Compression("br"),
            redirects=True,
        )

    def answer(self, path: str, query: str = "") -> Answer:
        """Return what Netlify sends for GET `path`; see `Host.answer`."""
        segments = decode(path)
        if segments is None:
            return refusal(HTTPStatus.BAD_REQUEST, "not a valid path")
        if path.startswith(PLATFORM.path):
            return self._platform(path, query)
        edge = next((one for one in self._edge if path.startswith(one.path)), None)
        if edge is not None:
            return not_emulated(edge)
        file = self._file(segments, query)
        matched = self._rules.first(path, query)
        if matched is not None and (matched[0].forced or file is None):
            return self._by_rule(*matched, path, query)
        return self._decorated(file or self._not_found(), path)

    def _platform(self, path: str, query: str) -> Answer:
        if path != IMAGES.path:
            return not_emulated(PLATFORM)
        source = unquote(dict(parse_qsl(query)).get("url", "")).lstrip("/")
        return not_emulated(IMAGES, file=source if source in self._files else None)

    def _by_rule(self, rule: NetlifyRule, target: str, path: str, query: str) -> Answer:
        what = f"the rule `{rule.place.entry}`"
        if rule.status in REDIRECTS:
            location = with_query(encode_location(target), query)
            return redirect(location, status=rule.status, rule=what, place=rule.place)
        if rule.elsewhere is not None:
            return not_emulated(rule.elsewhere, rule.place)
        local, _, asked = target.partition("?")
        segments = decode(encode_location(local).partition("#")[0])
        found = self._file(segments, asked, rewritten=True) if segments is not None else None
        if found is None or found.file is None:
            return self._decorated(self._not_found(f"{what}, whose target is not there", rule.place), path)
        return self._decorated(self._send(found.file, what, rule.status, rule.place), path)

    def _file(self, segments: list[str], query: str, *, rewritten: bool = False) -> Answer | None:
        """Return the answer that a file of the build makes, or None."""
        name, slash = "/".join(segments).rstrip("/"), segments[-1] == ""
        if "" in segments[:-1] or name in _NOT_SERVED:
            return None
        if not slash and name in self._files:
            return self._send(name, "file")
        index = f"{name}/{INDEX}".lstrip("/")
        page = f"{name}.html" if name and not (not slash and _ASSET.search(name)) else None
        pretty = self._pretty and not rewritten
        if page in self._files and page is not None:
            if slash and pretty:
                return self._respelled(segments[:-1], query, "a file has no closing slash")
            return self._send(page, "file without its ending")
        if index not in self._files:
            return None
        if not slash and pretty and name:
            return self._respelled([*segments, ""], query, "a folder has its closing slash")
        return self._send(index, "folder index")

    def _respelled(self, segments: list[str], query: str, why: str) -> Answer:
        return redirect(with_query(encode(segments), query), rule=f"pretty URLs: {why}")

    def _not_found(self, rule: str = "nothing there", place: Place | None = None) -> Answer:
        if _NOT_FOUND in self._files:
            said = "404 page" if rule == "nothing there" else rule
            return self._send(_NOT_FOUND, said, HTTPStatus.NOT_FOUND, place)
        return refusal(HTTPStatus.NOT_FOUND, rule, place)

    def _send(self, name: str, rule: str, status: int = HTTPStatus.OK, place: Place | None = None) -> Answer:
        return Answer(int(status), (("content-type", content_type(name)),), name, None, rule, place)

    def _decorated(self, answer: Answer, path: str) -> Answer:
        """Return `answer` with the headers that the host and the project add to a file."""
        if answer.file is None:
            return answer
        own, places = self._headers.of(path)
        if PASSWORD in own:
            return refusal(HTTPStatus.UNAUTHORIZED, "a password is asked for", places[-1])
        headers = {**dict(answer.headers), **dict(_DEFAULTS), **own}
        return Answer(
            answer.status, tuple(headers.items()), answer.file, None, answer.rule, answer.place, headers_by=places
        )


class _Rules:
    """Rules in order; most of them are found by their path, or by the first part of it."""

    def __init__(self, rules: list[NetlifyRule], build: Build) -> None:
        self._by_path: dict[tuple[str, ...], list[_Numbered]] = {}
        self._by_part: dict[str, list[_Numbered]] = {}
        self._others: list[_Numbered] = []
        for number, rule in enumerate(rules):
            if not rule.holds(build):
                continue
            if not rule.is_pattern:
                self._by_path.setdefault(rule.parts, []).append((number, rule))
            elif rule.parts[0] == "*" or rule.parts[0].startswith(":"):
                self._others.append((number, rule))
            else:
                self._by_part.setdefault(rule.parts[0], []).append((number, rule))

    def first(self, path: str, query: str) -> tuple[NetlifyRule, str] | None:
        """Return the first rule that matches, and its target for this request."""
        raw = tuple(part for part in path.split("/") if part)
        parts = tuple(decoded(part) for part in raw)
        asked = dict(parse_qsl(query, keep_blank_values=True))
        begins = self._by_part.get(parts[0], ()) if parts else ()
        for _, rule in merge(self._by_path.get(parts, ()), begins, self._others, key=itemgetter(0)):
            target = rule.location(parts, raw, asked)
            if target is not None:
                return rule, target
        return None
