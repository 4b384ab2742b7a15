"""What Vercel answers.

In: a build, then requests. Out: answers. Pure. In this order:

1. `cleanUrls`, then `trailingSlash`: redirects (308) to the one spelling of an address.
2. `redirects`; the first that matches answers, whether a file is there or not.
3. A file, with the headers of all `headers` that match.
4. `rewrites`; the first that matches says which file, function or server answers.
5. `404.html` with 404.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from checks.collect.hosts.about import About, ConfigFile, NotEmulated
from checks.collect.hosts.answer import Answer, not_emulated, redirect, refusal, with_query
from checks.collect.hosts.compression import Compression
from checks.collect.hosts.fields import without_controls
from checks.collect.hosts.function_routes import FunctionRoutes
from checks.collect.hosts.mime import content_type
from checks.collect.hosts.paths import INDEX, decode, encode_location
from checks.collect.hosts.patterns import Dispatch
from checks.collect.hosts.vercel import config

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.collect.hosts.about import Place
    from checks.collect.hosts.build import Build
    from checks.collect.hosts.vercel.rules import Matched, VercelRule

PLATFORM = NotEmulated("/_vercel/", "the platform (images, analytics)")
IMAGES = NotEmulated("/_vercel/image", "the image service of the platform")
_DEFAULTS = {
    "cache-control": "public, max-age=0, must-revalidate",
    "strict-transport-security": "max-age=63072000",
}
_MIDDLEWARE = NotEmulated("", "middleware, which may change any answer")
_INDEX = re.compile(r"/(?:(.+)/)?index(?:\.html)?/?")
_PAGE = re.compile(r"/(.*)\.html/?")
_WITHOUT_SLASH = re.compile(r"/((?:[^/]+/)*[^/.]+)")
_FILE_WITH_SLASH = re.compile(r"/((?:[^/]+/)*[^/]+\.\w+)/", re.ASCII)
_NOT_FOUND = "404.html"


class VercelHost:
    """Vercel, with the rules of a build."""

    name = "vercel"
    sends_headers = True

    def __init__(self, build: Build) -> None:
        self._build = build
        self._files = build.files
        self._config = said = config.load(build.project)
        self._redirects, self._rewrites, self._headers = (
            Dispatch((rule.machine.prefix, rule) for rule in kind)
            for kind in (said.redirects, said.rewrites, said.headers)
        )
        self._functions = FunctionRoutes(one for one in build.project.functions if one.startswith("api/"))
        count = len(said.redirects) + len(said.rewrites) + len(said.headers)
        elsewhere = {rule.elsewhere: None for rule in said.rewrites if rule.elsewhere is not None}
        middleware = [_MIDDLEWARE] if {"middleware.ts", "middleware.js"} & set(build.project.texts) else []
        self.about = About(
            config=(ConfigFile(said.file, count),) if said.file else (),
            findings=tuple(said.findings),
            limits=tuple(said.limits),
            rules=tuple(rule.told(build) for rule in (*said.redirects, *said.rewrites)),
            not_emulated=(PLATFORM, *self._functions.all(), *elsewhere, *said.not_emulated, *middleware),
            compression=Compression("br"),
            redirects=True,
        )

    def answer(self, path: str, query: str = "") -> Answer:
        """Return what Vercel sends for GET `path`; see `Host.answer`."""
        segments = decode(path)
        if segments is None:
            return refusal(HTTPStatus.BAD_REQUEST, "not a valid path")
        if path.startswith(PLATFORM.path):
            return self._platform(path, query)
        asked = dict(parse_qsl(query, keep_blank_values=True))
        moved = self._respelled(path)
        if moved is not None:
            return redirect(with_query(moved[0], query), status=HTTPStatus.PERMANENT_REDIRECT, rule=moved[1])
        matched = self._first(self._redirects, path, asked)
        if matched is not None:
            rule = matched.rule
            location = with_query(encode_location(matched.filled(rule.target)), query)
            return redirect(location, status=rule.status, rule=f"the rule `{rule.place.entry}`", place=rule.place)
        return self._decorated(self._file(segments, "file") or self._rewritten(path, asked), path, asked)

    def _platform(self, path: str, query: str) -> Answer:
        if path != IMAGES.path:
            return not_emulated(PLATFORM)
        source = unquote(dict(parse_qsl(query)).get("url", "")).lstrip("/")
        return not_emulated(IMAGES, file=source if source in self._files else None)

    def _respelled(self, path: str) -> tuple[str, str] | None:
        """Return where `cleanUrls` and `trailingSlash` lead from this spelling of an address, and which of them."""
        slash = self._config.trailing_slash
        if self._config.clean_urls:
            found = _INDEX.fullmatch(path) or _PAGE.fullmatch(path)
            if found:
                name = found[1] or ""
                return f"/{name}/" if slash and name else f"/{name}", "cleanUrls"
        if slash is False and path.endswith("/") and path != "/":
            return path[:-1] or "/", "trailingSlash: false"
        if slash and not path.startswith("/.well-known/"):
            if found := _WITHOUT_SLASH.fullmatch(path):
                return f"/{found[1]}/", "trailingSlash: true"
            if found := _FILE_WITH_SLASH.fullmatch(path):
                return f"/{found[1]}", "trailingSlash: true"
        return None

    def _first(self, rules: Dispatch[VercelRule], path: str, asked: Mapping[str, str]) -> Matched | None:
        return next((found for rule in rules.of(path) if (found := rule.match(path, asked, self._build))), None)

    def _file(
        self, segments: list[str], rule: str, status: int = HTTPStatus.OK, place: Place | None = None
    ) -> Answer | None:
        if "" in segments[:-1]:
            return None
        name, slash = "/".join(segments).rstrip("/"), segments[-1] == ""
        names = [] if slash else [name]
        names += [f"{name}.html"] if self._config.clean_urls and name else []
        names += [f"{name}/{INDEX}".lstrip("/")]
        found = next((one for one in names if one in self._files and one != config.FILE), None)
        return None if found is None else self._send(found, rule, status, place)

    def _rewritten(self, path: str, asked: Mapping[str, str]) -> Answer:
        function = self._functions.at(path)
        if function is not None:
            return not_emulated(function)
        matched = self._first(self._rewrites, path, asked)
        if matched is None:
            return self._not_found()
        rule, target = matched.rule, matched.filled(matched.rule.target)
        what = f"the rule `{rule.place.entry}`"
        if rule.elsewhere is not None:
            return not_emulated(rule.elsewhere, rule.place)
        local = encode_location(target).partition("#")[0].partition("?")[0]
        elsewhere = self._functions.at(local) or (PLATFORM if local.startswith(PLATFORM.path) else None)
        if elsewhere is not None:
            return not_emulated(NotEmulated(rule.source, f"{elsewhere.what} ({what})"), rule.place)
        segments = decode(local)
        found = self._file(segments, what, rule.status, rule.place) if segments is not None else None
        return found or self._not_found(f"{what}, whose destination is not there", rule.place)

    def _not_found(self, rule: str = "nothing there", place: Place | None = None) -> Answer:
        if _NOT_FOUND in self._files:
            return self._send(_NOT_FOUND, "404 page" if place is None else rule, HTTPStatus.NOT_FOUND, place)
        return refusal(HTTPStatus.NOT_FOUND, rule, place)

    def _send(self, name: str, rule: str, status: int, place: Place | None) -> Answer:
        return Answer(int(status), (("content-type", content_type(name)),), name, None, rule, place)

    def _decorated(self, answer: Answer, path: str, asked: Mapping[str, str]) -> Answer:
        """Return `answer` with the headers that the platform and the project add; of one name the last value stands."""
        if answer.unknown is not None:
            return answer
        headers, places = {**dict(answer.headers), **_DEFAULTS}, []
        for rule in self._headers.of(path):
            matched = rule.match(path, asked, self._build)
            if matched is None:
                continue
            places.append(rule.place)
            headers |= {name: without_controls(matched.filled(value)) for name, value in rule.headers}
        return Answer(
            answer.status, tuple(headers.items()), answer.file, None, answer.rule, answer.place, tuple(places)
        )
