"""The part of the project's settings that page facts depend on.

In: values that the gate took from the settings file. Out: one frozen `PageSettings`, handed to every extractor that
needs to know what is the site's own, what is allowed and what was declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date


def nothing_declared(_path: str) -> Mapping[str, Any]:
    """The declared exceptions of a project that declares none."""
    return {"noindex": False, "status": None, "orphan": False}


def no_type(_path: str) -> str | None:
    """The type of pages of a project that names none."""
    return None


def no_coverage(_path: str) -> bool:
    """Whether a project that says nothing of it asks for the unused code of a page."""
    return False


@dataclass(frozen=True, slots=True)
class PageSettings:
    """Settings for page documents; hosts are lower case, without port unless one was written."""

    production_origin: str
    """Scheme, host and port that the site is published under, without a trailing slash."""
    base_path: str = "/"
    """The path that it is published under, with a slash at both ends."""
    origin_known: bool = True
    """False when no origin was named or found and a stand-in is used."""
    host: str = "plain"
    """Name of the host model that serves the site."""
    sends_headers: bool = False
    """Whether that host sends headers that the site decides about."""
    allow_third_parties: tuple[str, ...] = ()
    allow_canonical_hosts: tuple[str, ...] = ()
    allow_form_hosts: tuple[str, ...] = ()
    allow_source_maps: bool = False
    first_party_domains: frozenset[str] = frozenset()
    """Registrable domains of the site itself, its own CDN domains included."""
    consent_exempt: tuple[str, ...] = ()
    """Hosts that may be asked before anybody has consented."""
    consent_essential: tuple[str, ...] = ()
    """Names of cookies and keys that need no consent; * at the end stands for anything."""
    choices: tuple[tuple[str, tuple[str, str]], ...] = ()
    """`given` and `refused`, with how (click, script or cookie) and what."""
    chooses: Callable[[str], bool] = no_coverage
    """From a path to whether these choices are made on the page there."""
    analytics: tuple[str, ...] = ()
    """Ids of the production tags, or their hosts."""
    service_workers: tuple[str, ...] = ()
    """Production paths of the scripts of service workers that the project knows of."""
    hsts: tuple[str, ...] = ()
    """What HSTS is meant to reach beside the host: `subdomains`, `preload`."""
    legal: tuple[tuple[str, str], ...] = ()
    """What the law asks for, and the production path of the page."""
    training: str | None = None
    """`allow` or `block`: what the project wants of crawlers that train; None where it says nothing."""
    expect: Callable[[str], Mapping[str, Any]] = nothing_declared
    """From a path to the exceptions declared for it: noindex, status, orphan."""
    page_type: Callable[[str], str | None] = no_type
    """From a path to the type of the page there."""
    today: date | None = None
    """The day of the run, for what ends; None says nothing of that."""
    sponsored_hosts: tuple[str, ...] = ()
    """Hosts that pay for links."""
    outside_links: bool = False
    """Whether other sites are asked what they answer to links."""
    hsts_preload: bool = False
    """Whether it is meant that browsers have the domain on their preload list."""
    coverage: Callable[[str], bool] = no_coverage
    """From a path to whether the unused code of the page there is asked for."""
