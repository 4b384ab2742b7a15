"""What opens a protected preview, taken from the environment, and how it is kept out of everything that is written.

In: the settings, which name environment variables, and the environment. Out: `Keys`: what is sent to the preview's own
origin, and a mask for every place where the preview says it back. The browser never gets any of it.
"""

from __future__ import annotations

import json
import time
from base64 import b64encode
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from checks.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.settings.remote import Access

MASK = "[secret]"
_SHORTEST = 6
"""Characters that a secret must have: one that is a common word can't be told from the text of a page."""

_QUOTES = tuple((quotes, one) for quotes in ("&quot;", "&#34;") for one in ("&#x27;", "&#39;", "&#039;"))
"""How frameworks escape both quotes."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What is sent with every request to the preview."""

    headers: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    """Everything that must not be written down, in every spelling that is expected, the longest first."""

    @property
    def longest(self) -> int:
        """The length of the longest secret in bytes."""
        return max((len(one.encode()) for one in self.secrets), default=0)

    def masked(self, text: str) -> str:
        """Return `text` without any secret."""
        for secret in self.secrets:
            text = text.replace(secret, MASK)
        return text

    def masked_header(self, name: str, value: str) -> str:
        """Return the value of a header without any secret; a session that the keys have opened is one, too."""
        if self.headers and name.lower() == "set-cookie":
            pair, mark, attributes = value.partition(";")
            value = f"{pair.partition('=')[0]}={MASK}{mark}{attributes}"
        return self.masked(value)

    def masked_bytes(self, data: bytes) -> bytes:
        """Return `data` without any secret."""
        for secret in self.secrets:
            data = data.replace(secret.encode(), MASK.encode())
        return data


def read(access: Access | None, host: str, environment: Mapping[str, str]) -> Keys:
    """Return what is sent to `host`. Raises UserError for what is missing, without showing any value."""
    if access is None:
        return Keys()
    if not access.covers(host):
        raise UserError(
            f"its secrets are not meant for {host}",
            where="access.hosts",
            remedy=f"Add the host if it is yours; so far there are: {', '.join(access.hosts)}.",
        )
    headers: dict[str, str] = {}
    secrets: set[str] = set()
    for name, variable in access.headers.items():
        headers[name] = _value(environment, variable, f"access.headers.{name}")
        secrets.add(headers[name])
    if access.basic is not None:
        user, password = (_value(environment, one, "access.basic", least=1) for one in access.basic)
        both = b64encode(f"{user}:{password}".encode()).decode()
        headers["Authorization"] = f"Basic {both}"
        secrets |= {both, password} if len(password) >= _SHORTEST else {both}
    cookies = [
        (name, _value(environment, variable, f"access.cookies.{name}")) for name, variable in access.cookies.items()
    ]
    if access.storage_state is not None:
        cookies += _saved(_value(environment, access.storage_state, "access.storage-state", least=1), host)
    if cookies:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies)
        secrets |= {value for _, value in cookies if len(value) >= _SHORTEST}
    return Keys(headers, tuple(sorted(set(_spellings(secrets)), key=len, reverse=True)))


def _value(environment: Mapping[str, str], variable: str, where: str, least: int = _SHORTEST) -> str:
    value = environment.get(variable, "")
    if not value:
        remedy = "Set it in the shell or in the CI system's secrets; the config names it and never holds it."
        raise UserError(f"the environment variable {variable} is not set", where=where, remedy=remedy)
    if len(value) < least:
        remedy = f"Choose one of {least} characters or more: a shorter one can't be kept out of what is written."
        raise UserError(f"what {variable} holds is too short", where=where, remedy=remedy)
    if any(ord(character) < ord(" ") for character in value) and least == _SHORTEST:
        raise UserError(f"what {variable} holds has a control character or a line break", where=where)
    return value


def _spellings(secrets: set[str]) -> Iterator[str]:
    """Give each secret as it is, and as addresses, JSON and HTML spell it."""
    for secret in secrets:
        yield from (secret, quote(secret, safe=""), quote(secret), quote_plus(secret))
        yield from (json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1])
        html = escape(secret, quote=False)
        yield from (html, html.replace('"', "&quot;"))
        yield from (html.replace('"', quotes).replace("'", apostrophe) for quotes, apostrophe in _QUOTES)


def _saved(said: str, host: str) -> list[tuple[str, str]]:
    """Return the cookies for `host` of what Playwright saved: JSON, or the path of a file with it."""
    where, remedy = "access.storage-state", "Save it anew with Playwright's `storageState` after logging in."
    try:
        state = json.loads(said if said.lstrip().startswith("{") else Path(said).read_text(encoding="utf-8"))
        cookies = [_cookie(one) for one in state["cookies"] if _belongs(one, host)]
    except OSError as error:
        raise UserError(f"the file can't be read: {error.strerror}", where=where, remedy=remedy) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UserError("is not what Playwright saves", where=where, remedy=remedy) from None
    if not cookies:
        raise UserError(f"has no cookie in force for {host}", where=where, remedy=remedy)
    return cookies


def _belongs(cookie: Mapping[str, Any], host: str) -> bool:
    """Return whether a cookie is meant for `host` (RFC 6265, section 5.1.3) and still in force."""
    domain = cookie["domain"].lower()
    meant = host == domain.lstrip(".") or (domain.startswith(".") and host.endswith(domain))
    expires = float(cookie.get("expires", -1))
    return meant and (expires < 0 or expires > time.time())


def _cookie(cookie: Mapping[str, Any]) -> tuple[str, str]:
    name, value = str(cookie["name"]), str(cookie["value"])
    if any(ord(character) <= ord(" ") or character in ";," for character in name + value):
        raise ValueError
    return name, value
