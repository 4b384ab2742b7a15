"""What Azure Static Web Apps answers.

In: a build, then requests. Out: answers. Pure.

1. `/.auth/` and `/api/` are the platform's own.
2. The first route that matches: who may see it, then its redirect, rewrite or status; its headers go on the answer.
3. A file; `trailingSlash` redirects to the one spelling of an address.
4. `navigationFallback`, unless the path is excluded; then 404.
5. `responseOverrides` has the last word on 400, 401, 403 and 404.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from checks.collect.hosts.about import About, ConfigFile, NotEmulated
from checks.collect.hosts.answer import Answer, not_emulated, redirect, refusal, with_query
from checks.collect.hosts.azure import config
from checks.collect.hosts.azure.route import index_of
from checks.collect.hosts.compression import Compression
from checks.collect.hosts.mime import content_type
from checks.collect.hosts.paths import INDEX, decode, encode, encode_location
from checks.collect.hosts.patterns import Dispatch

if TYPE_CHECKING:
    from checks.collect.hosts.about import Place
    from checks.collect.hosts.azure.route import Route
    from checks.collect.hosts.build import Build

LOGIN = NotEmulated("/.auth/", "the platform's login")
API = NotEmulated("/api/", "the API of the app")
# As the platform's own emulator sends them.
_DEFAULTS = {
    "cache-control": "must-revalidate, max-age=30",
    "referrer-policy": "same-origin",
    "strict-transport-security": "max-age=10886400; includeSubDomains; preload",
    "x-content-type-options": "nosniff",
}
_NOT_SERVED = frozenset({config.FILE})
_NOT_FOUND = "404.html"
_ERROR, _REDIRECTS = 400, range(300, 400)


class AzureStaticWebAppsHost:
    """Azure Static Web Apps, with the rules of a build."""

    name = "azure-static-web-apps"
    sends_headers = True

    def __init__(self, build: Build) -> None:
        self._files = build.files
        self._visitor = build.visitor
        self._config = said = config.load(build.project.text(config.FILE))
        self._routes = Dispatch((route.prefix, route) for route in said.routes)
        rewritten = said.overrides.get(HTTPStatus.NOT_FOUND, {}).get("rewrite")
        self._error_page = rewritten.lstrip("/") if isinstance(rewritten, str) else None
        self._has_api = any(one.startswith("api/") for one in build.project.functions)
        self.about = About(
            config=(ConfigFile(config.FILE, len(said.routes)),) if config.FILE in build.project else (),
            findings=tuple(said.findings),
            limits=tuple(said.limits),
            rules=tuple(route.told() for route in said.routes if route.redirect or route.rewrite),
            not_emulated=(LOGIN, *([API] if self._has_api else [])),
            error_files=frozenset({_NOT_FOUND, *([self._error_page] if self._error_page else [])}),
            compression=Compression("br"),
            redirects=True,
        )

    def answer(self, path: str, query: str = "") -> Answer:
        """Return what Azure Static Web Apps sends for GET `path`; see `Host.answer`."""
        if decode(path) is None:
            return refusal(HTTPStatus.BAD_REQUEST, "not a valid path")
        meant = self._routes.of(path, index_of(path))
        route = next((one for one in meant if one.matches(path) and not _leads_to_itself(one, path)), None)
        answer = self._routed(route, query) if route is not None else None
        if answer is None:
            answer = self._platform(path) or self._file(path, query) or self._fallback(path)
        return self._decorated(self._overridden(answer, path), route)

    def _routed(self, route: Route, query: str) -> Answer | None:
        """Return the answer of a route, or None for one that only adds headers."""
        what = f"the rule `{route.place.entry}`"
        if route.roles and not self._visitor.roles & {*route.roles}:
            status = HTTPStatus.FORBIDDEN if self._visitor.roles else HTTPStatus.UNAUTHORIZED
            return refusal(status, f"{what} is for {', '.join(route.roles)}", route.place)
        if route.redirect is not None:
            location = with_query(encode_location(route.redirect), query)
            return redirect(location, status=route.status or HTTPStatus.FOUND, rule=what, place=route.place)
        if route.status is not None and route.status >= _ERROR and route.rewrite is None:
            return refusal(route.status, what, route.place)
        if route.rewrite is None:
            return None
        local = "/" + route.rewrite.lstrip("/")
        elsewhere = self._platform(local)
        if elsewhere is not None and elsewhere.unknown is not None:
            return not_emulated(NotEmulated(route.route, f"{elsewhere.unknown.what} ({what})"), route.place)
        found = self._named(local)
        if found is None:
            return refusal(HTTPStatus.NOT_FOUND, f"{what}, whose target is not there", route.place)
        return self._send(found, what, route.status or HTTPStatus.OK, route.place)

    def _platform(self, path: str) -> Answer | None:
        if path.startswith(LOGIN.path):
            return not_emulated(LOGIN)
        if self._has_api and (path.startswith(API.path) or path == API.path.rstrip("/")):
            return not_emulated(API)
        return None

    def _file(self, path: str, query: str) -> Answer | None:
        """Return the answer that a file makes, or the redirect to the usual spelling of its address."""
        segments = decode(path) or [""]
        if "" in segments[:-1]:
            return None
        name, slash, mode = "/".join(segments).rstrip("/"), segments[-1] == "", self._config.trailing_slash
        is_page = not slash and name in self._files and name.endswith(".html") and name not in _NOT_SERVED
        if not slash and name in self._files and name not in _NOT_SERVED and not (is_page and mode):
            return self._send(name, "file")
        clean = name.removesuffix(".html") if is_page else name
        is_index = is_page and clean.rpartition("/")[2] == "index"
        clean = clean.rpartition("/")[0] if is_index else clean
        folder, page = f"{clean}/{INDEX}".lstrip("/"), f"{clean}.html"
        names = [page] if is_page and not is_index else [folder, page]
        found = next((one for one in names if clean and one in self._files), folder if not clean else None)
        if found is None or found not in self._files:
            return None
        wanted = slash
        if mode is not None:
            wanted = mode == "always" or (mode == "auto" and found == folder)
        elif found == page:
            wanted = False
        if clean and (wanted != slash or is_page):
            location = encode([*clean.split("/"), *([""] if wanted else [])])
            rule = f"trailingSlash: {mode or 'a page has none'}"
            return redirect(with_query(location, query), rule=rule)
        return self._send(found, "folder index" if found == folder else "page without its ending")

    def _fallback(self, path: str) -> Answer:
        said = self._config
        if said.fallback is not None and not any(one.match(path) for one in said.fallback_excludes):
            found = self._named(said.fallback)
            if found is not None:
                return self._send(found, "navigationFallback", HTTPStatus.OK, said.fallback_place)
        return refusal(HTTPStatus.NOT_FOUND, "nothing there")

    def _named(self, path: str) -> str | None:
        """Return the file that a rewrite names: itself, a page without its ending, or the index of a folder."""
        segments = decode(encode_location(path).partition("?")[0].partition("#")[0])
        name = "/".join(segments or []).rstrip("/")
        names = (name, f"{name}/{INDEX}".lstrip("/"), f"{name}.html")
        return next((one for one in names if one in self._files), None)

    def _overridden(self, answer: Answer, path: str) -> Answer:
        """Return what `responseOverrides` makes of an error; without one, a 404.html of the build is its page."""
        if answer.unknown is not None or answer.file is not None or answer.status < _ERROR:
            return answer
        override = self._config.overrides.get(answer.status, {})
        status = int(override.get("statusCode", answer.status))
        if isinstance(override.get("redirect"), str):
            status = status if status in _REDIRECTS else HTTPStatus.FOUND
            location = encode_location(override["redirect"])
            return redirect(location, status=status, rule=f"responseOverrides: {answer.rule}", place=answer.place)
        target = override.get("rewrite")
        if isinstance(target, str) and target.startswith("/.auth/"):
            return not_emulated(NotEmulated(path, LOGIN.what), answer.place)
        found = self._named("/" + target.lstrip("/")) if isinstance(target, str) else None
        if found is None and answer.status == HTTPStatus.NOT_FOUND and _NOT_FOUND in self._files:
            found = _NOT_FOUND
        if found is None:
            return refusal(status, answer.rule, answer.place)
        return self._send(found, f"error page: {answer.rule}", status, answer.place)

    def _send(self, name: str, rule: str, status: int = HTTPStatus.OK, place: Place | None = None) -> Answer:
        ending = name.rpartition("/")[2].rpartition(".")[2].lower()
        kind = self._config.mime_types.get(ending, content_type(name))
        return Answer(int(status), (("content-type", kind),), name, None, rule, place)

    def _decorated(self, answer: Answer, route: Route | None) -> Answer:
        """Return `answer` with the global headers and those of its route; an empty value takes one away."""
        if answer.unknown is not None:
            return answer
        own = {**self._config.global_headers, **(route.headers if route is not None else {})}
        headers = {**dict(answer.headers), **_DEFAULTS, **own}
        places = (route.place,) if route is not None and route.headers else ()
        return Answer(
            answer.status,
            tuple((name, value) for name, value in headers.items() if value),
            answer.file,
            answer.location,
            answer.rule,
            answer.place,
            places,
        )


def _leads_to_itself(route: Route, path: str) -> bool:
    """Return whether a redirect names the address that it redirects, for the host passes over such a rule."""
    if route.redirect is None:
        return False
    try:
        target = urlsplit(route.redirect)
    except ValueError:
        return False
    return not target.netloc and target.path == path
