"""The part of the project's settings that the site document depends on.

In: values that the gate took from the settings file. Out: one frozen `SiteSettings`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.facts.urls import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from checks.facts.page_settings import PageSettings


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """Settings for the site document, with those of the pages inside."""

    page: PageSettings
    key_pages: tuple[str, ...] = ()
    """Production paths that must be there on launch day."""
    crawlers: Mapping[str, str] = field(default_factory=dict)
    """From the token that robots.txt matches to `allow` or `block`."""
    campaigns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """From a kind to the production paths, with their queries, that were given to people."""
    min_pages: int = 1
    languages: tuple[str, ...] = ()
    """Language tags in which pages must be there."""
    in_every_language: Callable[[str], bool] = lambda _path: True
    """From a production path to whether the page there must be."""
    spa: bool = False
    """Whether every address is meant to answer with the home page."""

    @property
    def production_host(self) -> str:
        """Host of the production origin, with its port where one is written."""
        address = parse(self.page.production_origin)
        return "" if address is None else address.netloc

    def config(self) -> dict[str, Any]:
        """The part of the settings that policies read in the site document."""
        page = self.page
        return {
            "production_origin": page.production_origin,
            "base_path": page.base_path,
            "origin_known": page.origin_known,
            "host": page.host,
            "sends_headers": page.sends_headers,
            "allow": {
                "third_parties": sorted(page.allow_third_parties),
                "canonical_hosts": sorted(page.allow_canonical_hosts),
                "form_hosts": sorted(page.allow_form_hosts),
                "source_maps": page.allow_source_maps,
            },
            "key_pages": sorted(self.key_pages),
            "crawlers": dict(sorted(self.crawlers.items())),
            "campaigns": sum(len(found) for found in self.campaigns.values()),
            "service_workers": len(page.service_workers),
            "min_pages": self.min_pages,
            "spa": self.spa,
            "languages": list(self.languages),
        }
