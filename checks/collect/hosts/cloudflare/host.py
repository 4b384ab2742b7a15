"""What Cloudflare Pages answers.

In: a build, then requests. Out: answers. Pure.

1. `/cdn-cgi/` is the platform's own; functions and `_worker.js` answer what `_routes.json` gives them.
2. A redirect wins over files; a rewrite (200) goes on with the lookup of its target.
3. A file; `.html` and `/index` in an address are taken away by a redirect, a folder gets its closing slash.
4. The nearest `404.html` upwards with 404; without any, `/index.html` with 200.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from checks.collect.hosts import header_blocks
from checks.collect.hosts.about import About, ConfigFile, Limit, NotEmulated
from checks.collect.hosts.answer import Answer, not_emulated, redirect, refusal, with_query
from checks.collect.hosts.cloudflare import redirects
from checks.collect.hosts.cloudflare.headers import Headers
from checks.collect.hosts.cloudflare.routes import Routes
from checks.collect.hosts.compression import Compression
from checks.collect.hosts.function_routes import FunctionRoutes
from checks.collect.hosts.mime import content_type
from checks.collect.hosts.paths import INDEX, decode, encode, encode_location

if TYPE_CHECKING:
    from checks.collect.hosts.about import Place
    from checks.collect.hosts.build import Build

PLATFORM = NotEmulated("/cdn-cgi/", "the platform (images, e-mail protection, challenges)")
_IMAGES = "/cdn-cgi/image/"
_WORKER = NotEmulated("/", "the script _worker.js")
_MIDDLEWARE = NotEmulated("", "a middleware function (functions/_middleware), which may change any answer")
_NOT_SERVED = frozenset({"_headers", "_redirects", "_routes.json", "_worker.js"})
_MOST_FILES, _LARGEST_FILE = 20_000, 26_214_400
"""https://developers.cloudflare.com/pages/platform/limits/"""
_PLATFORM_HEADERS = {"access-control-allow-origin": "*", "referrer-policy": "strict-origin-when-cross-origin"}
_CACHE = "public, max-age=0, must-revalidate"
_NOT_FOUND = "404.html"


class CloudflarePagesHost:
    """Cloudflare Pages, with the rules of a build."""

    name = "cloudflare-pages"
    sends_headers = True

    def __init__(self, build: Build) -> None:
        project = build.project
        self._files = build.files
        self._redirects = redirects.read(project.text(redirects.FILE) or "")
        self._headers = Headers(project.text(header_blocks.FILE) or "", build.host)
        self._routes = Routes(project.text(Routes.FILE))
        self._functions = FunctionRoutes(project.functions, strip="functions/")
        self._worker = "_worker.js" in build.files or any(name.startswith("_worker.js/") for name in build.files.sizes)
        largest = max(build.files.sizes.values(), default=0)
        rules = self._redirects.rules
        counts = {redirects.FILE: len(rules), header_blocks.FILE: len(self._headers), Routes.FILE: len(self._routes)}
        self.about = About(
            config=tuple(ConfigFile(name, count) for name, count in counts.items() if name in project),
            findings=(*self._redirects.findings, *self._headers.findings, *self._routes.findings),
            limits=(
                *self._redirects.limits,
                self._headers.limit,
                Limit("files", len(build.files), _MOST_FILES),
                Limit("bytes of the largest file", largest, _LARGEST_FILE),
            ),
            rules=tuple(rule.told() for rule in rules),
            not_emulated=(
                PLATFORM,
                *([_WORKER] if self._worker else self._functions.all()),
                *([_MIDDLEWARE] if self._functions.middleware else []),
            ),
            error_files=frozenset(name for name in build.files.sizes if name.rpartition("/")[2] == _NOT_FOUND),
            compression=Compression("br"),
            redirects=True,
        )

    def answer(self, path: str, query: str = "") -> Answer:
        """Return what Cloudflare Pages sends for GET `path`; see `Host.answer`."""
        if decode(path) is None:
            return refusal(HTTPStatus.BAD_REQUEST, "not a valid path")
        if path.startswith(PLATFORM.path):
            return not_emulated(PLATFORM, file=self._image(path))
        dynamic = self._dynamic(path)
        if dynamic is not None:
            return not_emulated(dynamic)
        matched = self._redirects.first(path)
        if matched is None:
            return self._decorated(self._file(path, query), path)
        rule, target = matched
        what = f"the rule `{rule.place.entry}`"
        if rule.status != HTTPStatus.OK:
            location = with_query(encode_location(target), query)
            return self._decorated(redirect(location, status=rule.status, rule=what, place=rule.place), path)
        local = encode_location(target).partition("#")[0].partition("?")[0]
        return self._decorated(self._file(local, query, what, rule.place), path)

    def _dynamic(self, path: str) -> NotEmulated | None:
        if not self._routes.includes(path):
            return None
        return _WORKER if self._worker else self._functions.at(path)

    def _image(self, path: str) -> str | None:
        """Return the file that an address of the image service names, so that a browser has something to paint."""
        source = path.removeprefix(_IMAGES).partition("/")[2]
        return source if path.startswith(_IMAGES) and source in self._files else None

    def _file(self, path: str, query: str, rule: str = "", place: Place | None = None) -> Answer:
        segments = decode(path)
        if segments is None or "" in segments[:-1]:
            return self._not_found("/".join(segments or [""]), place)
        name = "/".join(segments)
        if name.endswith("/") or not name:
            return self._folder(name, segments, query, rule, place)
        if name in self._files and name not in _NOT_SERVED:
            return self._named(name, segments, query, rule, place)
        if segments[-1] == "index":
            return self._moved([*segments[:-1], ""], query, place)
        if f"{name}.html" in self._files:
            return self._send(f"{name}.html", rule or "page without its ending", place=place)
        if f"{name}/{INDEX}" in self._files:
            return self._moved([*segments, ""], query, place)
        return self._not_found(name, place)

    def _folder(self, name: str, segments: list[str], query: str, rule: str, place: Place | None) -> Answer:
        if name + INDEX in self._files:
            return self._send(name + INDEX, rule or "folder index", place=place)
        if segments[-2:-1] == ["index"]:
            return self._moved([*segments[:-2], ""], query, place)
        if f"{name.rstrip('/')}.html" in self._files and name:
            return self._moved(segments[:-1], query, place)
        return self._not_found(name, place)

    def _named(self, name: str, segments: list[str], query: str, rule: str, place: Place | None) -> Answer:
        """Return the answer for the very name of a file: that of a page moves to its address without `.html`."""
        clean = name.removesuffix(".html")
        if clean == name or (clean in self._files and not clean.endswith("index")) or not clean:
            return self._send(name, rule or "file", place=place)
        last = clean.rpartition("/")[2]
        return self._moved([*segments[:-1], "" if last == "index" else last], query, place)

    def _moved(self, segments: list[str], query: str, place: Place | None) -> Answer:
        location = with_query(encode(segments), query)
        return redirect(
            location,
            status=HTTPStatus.PERMANENT_REDIRECT,
            rule="pages have no `.html` and no `/index`; folders have a closing slash",
            place=place,
        )

    def _not_found(self, name: str, place: Place | None) -> Answer:
        folder = name
        while True:
            folder = folder.rpartition("/")[0]
            page = f"{folder}/{_NOT_FOUND}".lstrip("/")
            if page in self._files:
                headers = (("content-type", content_type(page)), ("cache-control", "no-store"))
                return Answer(int(HTTPStatus.NOT_FOUND), headers, page, None, "nearest 404 page", place)
            if not folder:
                break
        if INDEX in self._files:
            return self._send(INDEX, "no 404.html: every address is the home page (single-page application)", place)
        return refusal(HTTPStatus.NOT_FOUND, "nothing there", place)

    def _send(self, name: str, rule: str, place: Place | None = None) -> Answer:
        headers = (("content-type", content_type(name)), ("cache-control", _CACHE))
        return Answer(int(HTTPStatus.OK), headers, name, None, rule, place)

    def _decorated(self, answer: Answer, path: str) -> Answer:
        """Return `answer` with the headers of the platform and of the project, which go on everything."""
        headers = {**dict(answer.headers), **_PLATFORM_HEADERS}
        if answer.file is not None:
            headers["x-content-type-options"] = "nosniff"
        headers, places = self._headers.apply(headers, path)
        return Answer(
            answer.status,
            tuple(headers.items()),
            answer.file,
            answer.location,
            answer.rule,
            answer.place,
            headers_by=places,
        )
