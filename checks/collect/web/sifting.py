"""What the preview answered, before it is written down: without what the platform adds; refused where it is no site.

In: replies. Out: replies that speak of the site alone, why others do not, and a count of what was taken away.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from checks.facts import platform as platforms
from checks.facts.nesting import too_deep
from checks.facts.reference import reference
from checks.facts.urls import parse

if TYPE_CHECKING:
    from checks.collect.web.client import Reply
    from checks.facts.platform import Addition, Platform

_REDIRECTS = range(300, 400)
_MOST_TOLD = 200
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_LOGIN = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED})
_HTML_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*+<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_PARTIAL = frozenset({HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED})
"""Nobody asked for a range, or only for what is new."""
_TITLE_WITHIN = 20_000
_MOST_WORDS: int = reference("error_screens")["auth_max_words"]


@dataclass(slots=True)
class Told:
    """How often something was taken away, and where first."""

    example: str
    answers: int = 0


class Sifter:
    """Sifts the answers of one preview."""

    def __init__(self, host: str) -> None:
        self.platform: Platform | None = None
        self.added: dict[Addition, Told] = {}
        self._host = host

    def know(self, reply: Reply) -> None:
        """Tell the platform by its first answer."""
        self.platform = platforms.platform_of(self._host, reply.headers)

    def sift(self, target: str, reply: Reply) -> Reply:
        """Return the reply without what the platform adds."""
        if self.platform is None:
            return reply
        headers, added = self.platform.without_headers(reply.headers)
        reply = replace(reply, headers=headers)
        if is_html(reply) and reply.status == HTTPStatus.OK:
            html, scripts = self.platform.without_scripts(reply.file.read_bytes())
            if scripts:
                reply.file.write_bytes(html)
                reply = replace(reply, size=len(html), digest=hashlib.sha256(html).hexdigest())
                added += scripts
        for one in added:
            if one in self.added or len(self.added) < _MOST_TOLD:
                self.added.setdefault(one, Told(target)).answers += 1
        return reply

    def own(self, html: bytes) -> bytes:
        """Return what of a page is the site's own."""
        return html if self.platform is None else self.platform.without_scripts(html)[0]

    def refusal(self, reply: Reply, origin: str, target: str, *, wanted: bool) -> str | None:
        """Return why a reply does not speak of the site; `wanted`: a page was promised there. None: it does."""
        status = reply.status
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return "it answers that it is asked too often (status 429), also after a while"
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return f"it answers with its own trouble (status {status}), also after a while"
        if status in _PARTIAL or (HTTPStatus.OK < status < HTTPStatus.MULTIPLE_CHOICES and is_html(reply)):
            return f"it answers with status {status}, which is no whole page"
        if reply.header("cf-mitigated") is not None:
            return "it asks whether this is a person, and shows no page"
        if wanted and status in _LOGIN:
            return f"it asks for a login (status {status}); `access` says what opens it"
        led = parse(reply.header("location") or "", origin + target) if status in _REDIRECTS else None
        if led is not None and led.is_web and platforms.login(led.host, led.path):
            return f"it leads to the login at {led.host}; `access` says what opens it"
        return self._stand_in(reply) if status == HTTPStatus.OK else None

    def _stand_in(self, reply: Reply) -> str | None:
        if is_html(reply):
            return too_deep(reply.file.read_bytes()) or self._screen(reply)
        if not reply.header("content-type") and _HTML_BEGINS.match(_beginning(reply)):
            return "it is HTML and does not say so: it has no Content-Type"
        return None

    def _screen(self, reply: Reply) -> str | None:
        head = _beginning(reply)
        title = LexborHTMLParser(head).css_first("title")
        name = platforms.screen(title.text()) if title is not None else None
        return f"it shows {name}, and not the site, with status {reply.status}" if name else None


def _beginning(reply: Reply) -> bytes:
    with reply.file.open("rb") as stream:
        return stream.read(_TITLE_WITHIN)


def is_only_a_login(html: bytes) -> bool:
    """Return whether a page asks for a password, and says hardly anything else."""
    document = LexborHTMLParser(html)
    if document.css_first("input[type=password i]") is None or document.body is None:
        return False
    return len(document.body.text(separator=" ").split()) <= _MOST_WORDS


def is_html(reply: Reply) -> bool:
    """Return whether a reply says that it is HTML."""
    return (reply.header("content-type") or "").partition(";")[0].strip().lower() in HTML_TYPES
