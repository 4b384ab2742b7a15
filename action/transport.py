"""What carries questions to GitHub: requests that are tried again, lists that go on, and downloads.

In: a repository and a token. Out: what GitHub answers, or an error. The token goes in one header to one origin, and
into no message. Only `github.py` builds on it.
https://docs.github.com/rest
"""

from __future__ import annotations

import http.client
import json
import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urljoin, urlsplit

from action import retry
from checks import __version__
from checks.errors import CannotMeasureError, UserError
from checks.report.escape import visible
from checks.report.words import clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Document = dict[str, Any]
API: Final = "https://api.github.com"
TIMEOUT: Final = 20.0
_LARGEST: Final = 16 * 1024 * 1024
_PAGE: Final = 100
_AT_ONCE: Final = 1024 * 1024
_REDIRECTS: Final = 3
_MOVED: Final = frozenset({301, 302, 307, 308})
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_NEXT = re.compile(r'<([^<>]*)>\s*;[^<]*\brel="?next"?')


class GithubError(CannotMeasureError):
    """GitHub could not be asked, or has refused (exit 3)."""


class ForbiddenError(GithubError):
    """The token may not do this: that of a fork, or a permission that the job lacks."""


class MissingError(GithubError):
    """GitHub does not know it, or does not show it to this token."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass(slots=True)
class Transport:
    """One repository, asked with one token."""

    repository: str
    token: str = field(repr=False)
    now: Callable[[], float]
    sleep: Callable[[float], None]
    url: str = API
    waited: float = 0.0
    """Seconds that were waited so far; see `retry.LONGEST_WAIT`."""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise UserError("is not https", where="GITHUB_API_URL", remedy="A token is sent over https only.")

    def _all(self, path: str, *, within: str = "", **query: str) -> Iterator[Document]:
        """Give the members of a list, page by page as the `Link` header leads; some lists lie `within` an object.

        https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
        """
        address: str | None = f"{path}?{urlencode({**query, 'per_page': str(_PAGE)})}"
        while address:
            answer = self._answer("GET", address)
            members = as_object(_json(answer)).get(within) if within else _json(answer)
            if not isinstance(members, list):
                raise GithubError("GitHub answered with something else than a list", remedy="Run the job again.")
            yield from (as_object(member) for member in members)
            following = _NEXT.search(answer.headers.get("link", ""))
            address = following[1] if following else None

    def _ask(self, method: str, path: str, body: Document | None = None, *, again: bool = True) -> Any:
        return _json(self._answer(method, path, body, again=again))

    def _answer(self, method: str, path: str, body: Document | None = None, *, again: bool = True) -> _Answer:
        """Return a good answer. Raises GithubError for what stays bad after the tries that `retry` allows."""
        tried = 0
        while True:
            tried += 1
            answer = self._follow(method, self._address(path), body)
            if 200 <= answer.status < 300:  # noqa: PLR2004 - what HTTP calls successful
                return answer
            pause = retry.wait(answer.status, answer.headers, answer.text, tried, self.now())
            unheard = answer.status == 0 or answer.status >= 500  # noqa: PLR2004 - a fault of the server
            if pause is None or self.waited + pause > retry.LONGEST_WAIT or (unheard and not again):
                raise self._error(method, path, answer)
            self.waited += pause
            self.sleep(pause)

    def _follow(self, method: str, address: str, body: Document | None) -> _Answer:
        """Ask, and follow a renamed repository; to another origin the token does not go, nor does the question."""
        for _ in range(_REDIRECTS):
            answer = self._send(method, address, body)
            if answer.status not in _MOVED:
                return answer
            address = self._address(urljoin(address, answer.headers.get("location", "")))
        raise GithubError("GitHub redirects without end", where=method, remedy="Run the job again.")

    def _address(self, path: str) -> str:
        """Return the whole address of `path`, which must stay on the origin of the API."""
        address = path if "://" in path else self.url.rstrip("/") + path
        if urlsplit(address)[:2] != urlsplit(self.url)[:2]:
            raise GithubError(
                f"the API leads to another origin: {clip(visible(address), 100)}",
                remedy="The token is sent to GITHUB_API_URL only. Ask whoever runs this GitHub.",
            )
        return address

    def _send(self, method: str, address: str, body: Document | None) -> _Answer:
        request = urllib.request.Request(  # noqa: S310 - the address was held against the origin of the API
            address,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "User-Agent": f"gonogo/{__version__}",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        try:
            with _OPENER.open(request, timeout=TIMEOUT) as answer:
                return _Answer(answer.status, _lower(answer.headers), answer.read(_LARGEST))
        except urllib.error.HTTPError as error:
            with error:
                return _Answer(error.code, _lower(error.headers), error.read(_LARGEST))
        except (OSError, http.client.HTTPException) as error:
            return _Answer(0, {}, str(error).encode())

    def _error(self, method: str, path: str, answer: _Answer) -> GithubError:
        what = f"{method} {clip(visible(urlsplit(path).path), 100)}: {clip(visible(_message(answer)), 300)}"
        if answer.status == 404:  # noqa: PLR2004 - Not Found
            return MissingError(what, where="GitHub", remedy="May this token read the repository?")
        if answer.status == 403 and retry.limited(403, answer.headers, answer.text, 0) is None:  # noqa: PLR2004 - Forbidden
            return ForbiddenError(what, where="GitHub", remedy="Give the job `statuses: write, pull-requests: write`.")
        return GithubError(what, where="GitHub", remedy="Run the job again; https://www.githubstatus.com says more.")

    def _download(self, path: str, file: Path, largest: int) -> None:
        """Write what `path` leads to, of at most `largest` bytes, to `file`."""
        tried = 0
        while True:
            tried += 1
            answer = self._send("GET", self._address(path), None)
            if answer.status in _MOVED:
                # Where it lies opens by its address alone: the token does not go there.
                answer = _saved(answer.headers.get("location", ""), file, largest)
            if answer.status == 200:  # noqa: PLR2004 - OK
                return
            pause = retry.wait(answer.status, answer.headers, answer.text, tried, self.now())
            if pause is None or self.waited + pause > retry.LONGEST_WAIT:
                raise self._error("GET", path, answer)
            self.waited += pause
            self.sleep(pause)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Hands a redirect over instead of following it, which would take the token along."""

    def redirect_request(self, *_: object) -> None:
        return


_OPENER = urllib.request.build_opener(_NoRedirect)


def _saved(address: str, file: Path, largest: int) -> _Answer:
    """Write what lies at an address to `file`, and return how it was answered, without the body where that is good."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise GithubError("an artifact is kept where it can't be fetched over https", where="GitHub")
    request = urllib.request.Request(address, headers={"User-Agent": f"gonogo/{__version__}"})  # noqa: S310 - held above
    left = largest
    try:
        with _OPENER.open(request, timeout=TIMEOUT) as answer, file.open("wb") as stream:
            while part := answer.read(_AT_ONCE):
                left -= len(part)
                if left < 0:
                    raise GithubError(f"an artifact has more than {largest:,} bytes", where="GitHub")
                stream.write(part)
            return _Answer(answer.status, _lower(answer.headers), b"")
    except urllib.error.HTTPError as error:
        with error:
            return _Answer(error.code, _lower(error.headers), error.read(_LARGEST))
    except (OSError, http.client.HTTPException) as error:
        return _Answer(0, {}, str(error).encode())


def _lower(headers: Any) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in headers.items()}


def _json(answer: _Answer) -> Any:
    try:
        return json.loads(answer.body or b"null")
    except (ValueError, RecursionError):
        raise GithubError("GitHub answered with something else than JSON", remedy="Run the job again.") from None


def as_object(member: Any) -> Document:
    """Return an answer, or a member of a list, that has to be an object."""
    if not isinstance(member, dict):
        raise GithubError("GitHub answered with something else than an object", remedy="Run the job again.")
    return member


def _message(answer: _Answer) -> str:
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        said = None
    told = str(said.get("message", "")) if isinstance(said, dict) else answer.text if answer.status == 0 else ""
    return f"{answer.status or 'no answer'} {told}".strip()
