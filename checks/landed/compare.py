"""A page as judged against the live answer for it. Pure.

In: what was judged, the reply, its body, the platform that serves it. Out: checks. What a platform is known to add to
HTML is taken away before bodies are compared, by the same data as for previews.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit

from checks.facts import platform as platforms
from checks.facts.mime import media_type
from checks.facts.urls import parse
from checks.landed.check import DIFFERS, NOT_MEASURED, SAME, Check
from checks.landed.look import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.platform import Platform
    from checks.landed.judged import Judged
    from checks.landed.look import Look

HEADERS: Final = (
    "content-security-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
)
"""What policies judge of the headers of a page, beside its type and its directives for crawlers."""
_ACTS: Final = {"content-security-policy": "-src", "link": "canonical", "refresh": ""}
"""Headers that do harm where nobody judged them -> what of them does: they block, name another page, lead away."""
LOGIN: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED})
REDIRECTS: Final = range(300, 400)
_LONGEST: Final = 200


class Reply(Protocol):
    """What the live site answered."""

    @property
    def status(self) -> int:
        """The status."""

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Names in lower case."""

    def header(self, name: str) -> str | None:
        """Return the first value of a header."""


def page(judged: Judged, url: str, reply: Reply, body: bytes, leftovers: frozenset[str]) -> Check:
    """Return whether the page at `url` is as judged; `leftovers`: hosts of previews that it must not name."""
    platform = platforms.platform_of(urlsplit(url).hostname or "", reply.headers)
    wrong = list(_wrong(judged, url, reply, body, platform))
    wrong += [f"it names {host}" for host in sorted(leftovers) if wrong and host.encode() in body]
    if wrong:
        return Check("pages", judged.path, DIFFERS, "; ".join(wrong))
    if judged.digest is None:
        return Check("pages", judged.path, NOT_MEASURED, "the run did not write down the digest of its body")
    return Check("pages", judged.path, SAME)


def _wrong(judged: Judged, url: str, reply: Reply, body: bytes, platform: Platform | None) -> Iterator[str]:
    if (status := status_differs(judged.status, url, reply)) is not None:
        yield status
        return
    yield from _headers(judged, reply)
    own = body if platform is None else platform.without_scripts(body)[0]
    if judged.digest is None or hashlib.sha256(own).hexdigest() == judged.digest:
        return
    told = list(_said(judged, look(body, url, reply.headers)))
    yield f"its body is not what was judged{': ' if told else ''}{', '.join(told)}"


def status_differs(judged: int, url: str, reply: Reply) -> str | None:
    """Return what is wrong with the status; None: nothing."""
    location = reply.header("location") if reply.status in REDIRECTS else None
    led = parse(location, url) if location else None
    if led is not None:
        login = platforms.login(led.host, led.path)
        return f"it asks for a login at {_short(led.url)}" if login else f"it redirects to {_short(led.url)}"
    if reply.status == judged:
        return None
    asks = " (a password is still there)" if reply.status in LOGIN else ""
    return f"it answers {reply.status}{asks}, and {judged} was judged"


def _headers(judged: Judged, reply: Reply) -> Iterator[str]:
    live = {name: ", ".join(value for key, value in reply.headers if key == name) for name, _ in reply.headers}
    before, now = judged.headers.get("x-robots-tag"), live.get("x-robots-tag")
    if _plain(before) != _plain(now):
        yield _changed("x-robots-tag", before, now)
    if media_type(live.get("content-type")) != judged.content_type:
        yield _changed("content-type", judged.content_type, media_type(live.get("content-type")))
    for name, part in _ACTS.items():
        if _says(live.get(name), part) and not _says(judged.headers.get(name), part):
            yield _changed(name, judged.headers.get(name), live[name])
    for name in HEADERS if judged.sends_headers else ():
        # More than was judged is no loss, but for what acts.
        if name in judged.headers and _plain(judged.headers[name]) != _plain(live.get(name)):
            yield _changed(name, judged.headers[name], live.get(name))


def _says(value: str | None, part: str) -> bool:
    return value is not None and part in value.lower()


def _said(judged: Judged, now: Look) -> Iterator[str]:
    if now.title != judged.title:
        yield f"its title is `{_short(now.title or '')}`, and `{_short(judged.title or '')}` was judged"
    if now.canonical != judged.canonical:
        yield f"its canonical address is {_short(now.canonical or 'missing')}"
    if now.noindex != judged.noindex:
        yield "it tells search engines not to index it" if now.noindex else "it lets search engines index it"


def _changed(name: str, before: str | None, now: str | None) -> str:
    if now is None:
        return f"{name} is missing (`{_short(before or '')}` was judged)"
    judged = "none" if before is None else f"`{_short(before)}`"
    return f"{name} is `{_short(now)}` ({judged} was judged)"


def _plain(value: str | None) -> str | None:
    return None if value is None else " ".join(value.lower().split())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
