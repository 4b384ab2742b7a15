"""The raw record of a visit: what the collector saw at one address, before anybody thinks about it.

In: nothing; the collector fills these records. Out: `Visit`, which `checks/facts/page.py` turns into a page document.
All addresses are on the production origin. Sizes are bytes, times are milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a redirect: the address that redirects, its status and what kind of redirect it is."""

    url: str
    status: int
    kind: str
    """`http` for a status and a Location header, `html` for a redirect that is written as a page."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request that the page made, and its answer."""

    url: str
    type: str
    """document, script, style, image, font, media, fetch or other."""
    method: str
    status: int | None
    """None when nothing answered."""
    error: str | None
    content_type: str | None
    body_bytes: int | None
    transfer_bytes: int | None
    answered: str
    """preview, allowed, recorded (answered with nothing), refused, blocked or not-emulated (unknown)."""
    mixed: str | None = None
    """`active` or `passive` when an https page asked for it over http."""


@dataclass(frozen=True, slots=True)
class ConsoleMessage:
    """A message of kind `error` (console.error) or `exception` (uncaught, also rejected promises)."""

    kind: str
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie as the browser kept it; `domain` begins with a dot unless the cookie is for one host only."""

    name: str
    domain: str
    path: str
    secure: bool
    http_only: bool
    same_site: str | None


@dataclass(frozen=True, slots=True)
class PaintedImage:
    """What became of one `img`: natural and displayed size in CSS pixels."""

    src: str
    """The `src` attribute as written; empty when there is none."""
    natural_width: int
    natural_height: int
    displayed_width: int
    displayed_height: int
    complete: bool
    visible: bool
    reserved: bool
    """Width and height, or an aspect ratio, were known before the image came."""


@dataclass(frozen=True, slots=True)
class InPage:
    """What only the browser knows."""

    characterset: str
    compat_mode: str
    """`document.compatMode`: CSS1Compat or BackCompat."""
    visible_words: int
    visible_media_share: float
    """Share of the viewport that visible images, video, canvas and the like cover: 0..1."""
    overflow_px: int
    viewport_width: int
    viewport_height: int
    images: tuple[PaintedImage, ...] = ()
    local_storage: tuple[str, ...] = ()
    session_storage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """One page, as it was delivered and, where a browser ran, as it was rendered."""

    url: str
    path: str
    """Path and query of `url`."""
    status: int
    final_url: str
    redirects: tuple[Hop, ...]
    headers: tuple[tuple[str, str], ...]
    """As sent; a header that came twice is here twice."""
    body: bytes
    """As delivered, after any content coding."""
    transfer_bytes: int
    rendered: str | None = None
    """The outer HTML after settling, doctype included; None when no browser ran."""
    in_page: InPage | None = None
    exchanges: tuple[Exchange, ...] = ()
    console: tuple[ConsoleMessage, ...] = ()
    cookies: tuple[Cookie, ...] = ()
    dialogs: int = 0
    downloads: int = 0
    popups: int = 0
    closed_itself: bool = False
    navigations: int = 0
    timings: Mapping[str, float | None] = field(default_factory=dict)
    """By the names of the document's `vitals`: lcp_ms, cls, fcp_ms, tbt_ms, ttfb_ms, load_ms, settle_ms."""
