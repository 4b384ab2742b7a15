"""A preview that is a URL: where it is, what opens it, how far it is followed: `preview`, `access`, `limits`.

In: the parts of gonogo.yaml, of the published shape and with their defaults. Out: `Access`, `Limits`, an address. Pure.
No secret stands in the settings: they name the environment variables that hold them, and errors never show a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate
from typing import TYPE_CHECKING, Any, Final

import ada_url

from checks.errors import UserError
from checks.settings.durations import LONGEST_LAB_MS, LONGEST_PAGE_MS, milliseconds

if TYPE_CHECKING:
    from checks.settings.yaml_text import Places

SECRETS_BEGIN_WITH: Final = "GONOGO_PREVIEW_"
"""A config can name no other variable, so that it can send nothing away that was not meant for a preview."""
_ADDRESS: Final = re.compile(r"https?:/", re.IGNORECASE)  # one slash: a path that was an address has lost the other


@dataclass(frozen=True, slots=True)
class Access:
    """What opens a protected preview; every value is the name of an environment variable."""

    hosts: tuple[str, ...]
    """Hosts that the secrets may be sent to, `*` for any run of characters."""
    basic: tuple[str, str] | None
    """User and password."""
    headers: dict[str, str]
    """By name of the header. Read-only by convention."""
    cookies: dict[str, str]
    """By name of the cookie. Read-only by convention."""
    storage_state: str | None
    """Holds what Playwright saves of a browser, or the path of the file."""

    def covers(self, host: str) -> bool:
        """Return whether the secrets are meant for `host`."""
        return any(re.fullmatch(translate(pattern.lower()), host.lower()) for pattern in self.hosts)

    def to_document(self) -> dict[str, Any]:
        """Return it as it would be written in gonogo.yaml."""
        basic = None if self.basic is None else dict(zip(("user", "password"), self.basic, strict=True))
        said = {
            "hosts": list(self.hosts),
            "basic": basic,
            "headers": dict(self.headers),
            "cookies": dict(self.cookies),
            "storage-state": self.storage_state,
        }
        return {key: value for key, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a preview that is a URL is followed."""

    pages: int
    depth: int
    """Links from the home page, a sitemap or the config on."""
    bytes: int
    """Of one answer, unpacked."""
    time: str
    time_ms: int
    """For everything that is asked of the preview."""
    answer_time: str
    answer_time_ms: int
    at_once: int
    """Requests under way at the same time."""

    def to_document(self) -> dict[str, Any]:
        """Return it as it would be written in gonogo.yaml."""
        said = {"pages": self.pages, "depth": self.depth, "bytes": self.bytes, "time": self.time}
        return said | {"answer-time": self.answer_time, "at-once": self.at_once}


def read_access(section: dict[str, Any]) -> Access:
    """Return the section `access`."""
    basic = section.get("basic")
    return Access(
        hosts=tuple(section["hosts"]),
        basic=(basic["user"], basic["password"]) if basic else None,
        headers=dict(section.get("headers", {})),
        cookies=dict(section.get("cookies", {})),
        storage_state=section.get("storage-state"),
    )


def read_limits(section: dict[str, Any], places: Places) -> Limits:
    """Return the section `limits`."""
    time, answer = section["time"], section["answer-time"]
    return Limits(
        pages=int(section["pages"]),
        depth=int(section["depth"]),
        bytes=int(section["bytes"]),
        time=time,
        time_ms=milliseconds(time, ("limits", "time"), LONGEST_LAB_MS, places),
        answer_time=answer,
        answer_time_ms=milliseconds(answer, ("limits", "answer-time"), LONGEST_PAGE_MS, places),
        at_once=int(section["at-once"]),
    )


def is_address(text: str) -> bool:
    """Return whether a preview is a URL, and no folder."""
    return _ADDRESS.match(text) is not None


def address(text: str, places: Places, key: str = "preview") -> str:
    """Return the URL of a preview, or of what else `key` names, as browsers write it: with a slash at the end.

    Raises UserError, which does not show the text where it may hold a password.
    """
    where, remedy = places.of(key), "Write it such as https://deploy-preview-42--example.netlify.app"
    if not ada_url.check_url(text):
        raise UserError(f"`{key}` is no address", where=where, remedy=remedy)
    url = ada_url.URL(text)
    if url.username or url.password:
        remedy = "Take them out, and let `access: {basic: ...}` name the environment variables that hold them."
        raise UserError(f"`{key}` must not hold a name or a password", where=where, remedy=remedy)
    if url.search or url.hash:
        raise UserError(f"`{key}` must be an address without query and fragment", where=where, remedy=remedy)
    path = str(url.pathname)
    if path.endswith((".html", ".htm")):
        raise UserError(f"`{key}` must name the site, not one of its pages", where=where, remedy=remedy)
    return f"{url.origin}{path}" if path.endswith("/") else f"{url.origin}{path}/"
