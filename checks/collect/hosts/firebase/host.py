"""What Firebase Hosting answers.

In: a build, then requests. Out: answers. Pure. In this order
(https://firebase.google.com/docs/hosting/full-config#hosting_priority_order):

1. `/__/` is the platform's own.
2. `redirects`; the first that matches.
3. A file; `cleanUrls` and `trailingSlash` redirect to the one spelling of an address.
4. `rewrites`; the first that matches.
5. `404.html` with 404.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from checks.collect.hosts.about import About, ConfigFile, NotEmulated
from checks.collect.hosts.answer import Answer, not_emulated, redirect, refusal
from checks.collect.hosts.compression import Compression
from checks.collect.hosts.firebase import config
from checks.collect.hosts.firebase.rules import filled
from checks.collect.hosts.mime import content_type
from checks.collect.hosts.paths import INDEX, decode, decoded, encode, encode_location, encode_query
from checks.collect.hosts.patterns import Dispatch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.collect.hosts.about import Place
    from checks.collect.hosts.build import Build
    from checks.collect.hosts.patterns import Machine

PLATFORM = NotEmulated("/__/", "the platform (Firebase's own scripts and pages)")
_DEFAULTS = {"cache-control": "max-age=3600"}
_SLASHES = re.compile(r"/{2,}")
_NOT_FOUND = "404.html"
_MISS = f"/{_NOT_FOUND}"


class FirebaseHost:
    """Firebase Hosting, with the rules of a build."""

    name = "firebase"
    sends_headers = True

    def __init__(self, build: Build) -> None:
        self._config = said = config.load(build.project.text(config.FILE), build.folder)
        self._redirects, self._rewrites, self._headers = (
            Dispatch((rule.machine.prefix, rule) for rule in kind)
            for kind in (said.redirects, said.rewrites, said.headers)
        )
        self._visitor = build.visitor
        self._files = frozenset(name for name in build.files.sizes if not _ignored(name, said.ignored))
        rules = (*said.redirects, *said.rewrites)
        dynamic = {NotEmulated(rule.source, rule.dynamic): None for rule in said.rewrites if rule.dynamic}
        self.about = About(
            config=(ConfigFile(config.FILE, len(rules) + len(said.headers)),) if config.FILE in build.project else (),
            findings=tuple(said.findings),
            rules=tuple(rule.told() for rule in rules if not rule.dynamic),
            not_emulated=(PLATFORM, *dynamic),
            compression=Compression("br"),
            redirects=True,
        )

    def answer(self, path: str, query: str = "") -> Answer:
        """Return what Firebase Hosting sends for GET `path`; see `Host.answer`."""
        if decode(path) is None:
            return refusal(HTTPStatus.BAD_REQUEST, "not a valid path")
        if path.startswith(PLATFORM.path):
            return not_emulated(PLATFORM)
        plain = decoded(path)
        for rule in self._redirects.of(plain):
            match = rule.match(plain)
            if match is not None:
                location = _asked(encode_location(filled(rule.target, match)), query)
                what = f"the rule `{rule.place.entry}`"
                return self._decorated(redirect(location, status=rule.status, rule=what, place=rule.place), plain)
        return self._decorated(self._file(path, query) or self._rewritten(plain), plain)

    def _file(self, path: str, query: str) -> Answer | None:
        """Return the answer that a file makes, or the redirect to the usual spelling of its address."""
        segments = decode(_SLASHES.sub("/", path)) or [""]
        name, slash = "/".join(segments).rstrip("/"), segments[-1] == ""
        clean, always = self._config.clean_urls, self._config.trailing_slash
        if not slash and (found := self._find(name)):
            if clean and name.endswith(".html"):
                shorter = name.removesuffix(".html")
                shorter = "" if shorter == "index" else shorter.removesuffix("/index")
                return self._respelled(shorter, query, slash=always is True)
            return self._send(found, "file")
        if found := self._find(f"{name}/{INDEX}".lstrip("/")):
            wanted = always if always is not None else slash if clean else True
            if name and wanted != slash:
                return self._respelled(name, query, slash=bool(wanted))
            return self._send(found, "folder index")
        if not clean or (slash and always is None) or not (found := self._find(f"{name}.html")):
            return None
        if always is not None and always != slash:
            return self._respelled(name, query, slash=always)
        return self._send(found, "page without its ending")

    def _find(self, name: str) -> str | None:
        """Return the file of this name, or the one for the visitor's language and country that stands in for it."""
        return next((one for one in (*self._localised(name), name) if one in self._files), None)

    def _localised(self, name: str) -> Iterator[str]:
        """https://firebase.google.com/docs/hosting/i18n-rewrites#priority-order."""
        root = self._config.languages_in
        if root is None:
            return
        country = self._visitor.country.lower()
        languages = list(dict.fromkeys(one.lower().partition("-")[0] for one in self._visitor.languages))
        yield from (f"{root}/{language}_{country}/{name}" for language in languages)
        yield f"{root}/ALL_{country}/{name}"
        for language in languages:
            yield f"{root}/{language}_ALL/{name}"
            yield f"{root}/{language}/{name}"

    def _respelled(self, name: str, query: str, *, slash: bool) -> Answer:
        path = encode(name.split("/")) if name else "/"
        location = path if not slash or path == "/" else f"{path}/"
        return redirect(_asked(location, query), rule="cleanUrls and trailingSlash")

    def _rewritten(self, plain: str) -> Answer:
        for rule in self._rewrites.of(plain):
            if rule.match(plain) is None:
                continue
            what = f"the rule `{rule.place.entry}`"
            if rule.dynamic:
                return not_emulated(NotEmulated(rule.source, rule.dynamic), rule.place)
            name = decoded(rule.target.partition("?")[0]).strip("/")
            found = self._find(name) or self._find(f"{name}/{INDEX}".lstrip("/"))
            if found is not None:
                return self._send(found, what, HTTPStatus.OK, rule.place)
            return self._not_found(f"{what}, whose destination is not there", rule.place)
        return self._not_found()

    def _not_found(self, rule: str = "nothing there", place: Place | None = None) -> Answer:
        found = self._find(_NOT_FOUND)
        if found is not None:
            return self._send(found, "404 page" if place is None else rule, HTTPStatus.NOT_FOUND, place)
        return refusal(HTTPStatus.NOT_FOUND, rule, place)

    def _send(self, name: str, rule: str, status: int = HTTPStatus.OK, place: Place | None = None) -> Answer:
        return Answer(int(status), (("content-type", content_type(name)),), name, None, rule, place)

    def _decorated(self, answer: Answer, plain: str) -> Answer:
        """Return `answer` with headers: of all rules that match the request (and for a miss /404.html), the last."""
        if answer.unknown is not None:
            return answer
        headers, places = {**dict(answer.headers), **_DEFAULTS}, []
        paths = [plain, *([_MISS] if answer.status == HTTPStatus.NOT_FOUND else [])]
        for path in paths:
            for rule in self._headers.of(path):
                if rule.match(path) is not None:
                    places.append(rule.place)
                    headers |= dict(rule.headers)
        return Answer(
            answer.status,
            tuple(headers.items()),
            answer.file,
            answer.location,
            answer.rule,
            answer.place,
            tuple(places),
        )


def _ignored(name: str, patterns: Sequence[Machine]) -> bool:
    """Return whether a file, or a folder that it lies in, is not deployed."""
    parts = name.split("/")
    folders = ("/" + "/".join(parts[:length]) for length in range(1, len(parts) + 1))
    return any(one.match(folder) for folder in folders for one in patterns)


def _asked(location: str, query: str) -> str:
    """Return `location` with the request's query added to its own."""
    if not query:
        return location
    address, mark, fragment = location.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{encode_query(query)}{mark}{fragment}"
