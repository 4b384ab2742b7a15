"""The raw record of a visit: what the collector saw at one address, before anybody thinks about it.

In: nothing; the collector fills these records. Out: `Visit`, which `checks/facts/page.py` turns into a page document.
All addresses are on the production origin. Sizes are bytes, times are milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checks.facts.answers import Accessible, Hidden, Violation, Worker
from checks.facts.loading import Loading

if TYPE_CHECKING:
    from checks.facts.assets import Asset


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
    by_script: bool = False
    """Whether a script asked for it, and not the document or a style sheet."""
    asset: Asset | None = None
    """What stands in it, where it is a file of the build."""


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
    chosen: str = ""
    """The address that the browser chose among those that the image offers; empty when there was none to choose."""
    screen: int = 0
    """How many screens from the top it begins, in whole screens: 0 is the first."""
    priority: str = "auto"
    """`fetchPriority`: high, low or auto."""
    fit: str = "fill"
    """`object-fit`: how it fills its box."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies over the page on the first screen, fixed to it or as an open dialog."""

    share: float
    """Of the screen: 0..1."""
    selector: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the browser says of its own accord: something that it will drop, or that it kept the page from."""

    type: str
    """deprecation or intervention."""
    id: str
    message: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Embed:
    """One `iframe` or `video`."""

    tag: str
    src: str
    """As written; of a video without one, that of its first source."""
    reserved: bool


@dataclass(frozen=True, slots=True)
class Face:
    """A font face that the page uses, as the CSS Font Loading interface names its parts."""

    family: str
    weight: str
    style: str
    display: str


@dataclass(frozen=True, slots=True)
class Largest:
    """One of the largest things on the first screen of the settled page."""

    kind: str
    """image, video (its poster), background or text."""
    selector: str | None
    url: str | None
    """Absolute; None for text."""
    text: str = ""
    """What stands in it, for text."""
    lazy: bool = False
    priority: str = "auto"
    """Of an image, `loading` and `fetchPriority`."""
    size: int = 0
    """What it covers of the screen, in CSS pixels squared."""
    displayed: int = 0
    """What it covers of the page, an image."""
    natural: int = 0
    """What it would cover as large as it is, an img; 0 where that is not known here."""
    inline: int = 0
    """Characters of an image that stands in the document itself."""


@dataclass(frozen=True, slots=True)
class InPage:
    """What only the browser knows."""

    compat_mode: str
    """`document.compatMode`: CSS1Compat or BackCompat."""
    visible_words: int
    visible_media_share: float
    """Share of the viewport that visible images, video, canvas and the like cover: 0..1."""
    overflow_px: int
    viewport_width: int
    viewport_height: int
    images: tuple[PaintedImage, ...] = ()
    scale: float = 1.0
    """Device pixels for each CSS pixel."""
    embeds: tuple[Embed, ...] = ()
    faces: tuple[Face, ...] = ()
    largest: tuple[Largest, ...] = ()
    """The largest first."""
    render_blocking: tuple[str, ...] = ()
    """Addresses of what held up the first paint, by the browser's own account."""
    small_text: float | None = None
    """Share of the characters that are smaller than 12 CSS pixels; None without text."""
    unreadable: tuple[str, ...] = ()
    """Texts with characters of an icon font that did not come."""
    overlay: Overlay | None = None
    reports: tuple[Report, ...] = ()
    local_storage: tuple[str, ...] = ()
    session_storage: tuple[str, ...] = ()
    violations: tuple[Violation, ...] = ()
    accessible: Accessible = field(default_factory=Accessible)
    hidden: Hidden | None = None
    workers: tuple[Worker, ...] = ()
    screenshot_entropy: float | None = None
    """Of what words and media add to the viewport, in bits a pixel; None where no picture had to decide."""


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
    prompts: tuple[tuple[str, str], ...] = ()
    """What permission was asked for, and the address of the frame that asked."""
    loading: Loading = field(default_factory=Loading)
