"""What the facts of pages and of the site are told of the site and of the project.

In: the settings, and what was discovered. Out: `PageSettings`, and `SiteSettings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.facts.opt_out import training_wish
from checks.facts.page_settings import PageSettings
from checks.facts.site_settings import SiteSettings
from checks.facts.urls import registrable_domain

if TYPE_CHECKING:
    from checks.collect.discover import Discovered
    from checks.settings import Settings


def of(settings: Settings, found: Discovered) -> PageSettings:
    """Return what page facts depend on beside the page itself."""
    host = found.preview.netloc.partition(":")[0]
    return PageSettings(
        production_origin=found.preview.origin,
        base_path=found.preview.base,
        origin_known=found.origin_known,
        host=found.preview.host.name,
        sends_headers=found.preview.host.sends_headers,
        allow_third_parties=settings.allow.third_parties,
        allow_canonical_hosts=settings.allow.canonical_hosts,
        allow_form_hosts=settings.allow.form_hosts,
        allow_source_maps=settings.allow.source_maps,
        first_party_domains=frozenset({registrable_domain(host)}),
        consent_exempt=settings.duties.exempt,
        consent_essential=settings.duties.essential,
        choices=tuple(sorted(settings.duties.choices.items())),
        chooses=settings.chooses,
        analytics=settings.duties.analytics,
        service_workers=settings.duties.service_workers,
        hsts=settings.duties.hsts,
        legal=tuple(sorted(settings.duties.legal.items())),
        training=training_wish(settings.crawlers),
        expect=settings.expected,
        page_type=settings.page_types.type_of,
        today=settings.today,
        outside_links=settings.duties.checks_outside,
        sponsored_hosts=settings.duties.sponsored_hosts,
        hsts_preload=settings.allow.hsts_preload,
        coverage=settings.covers,
    )


def of_site(settings: Settings, page: PageSettings) -> SiteSettings:
    """Return what the site document depends on beside the site itself."""
    languages = settings.duties.languages
    return SiteSettings(
        page,
        settings.key_pages,
        settings.crawlers,
        settings.duties.campaigns,
        languages=languages.spoken,
        in_every_language=languages.promised,
        spa=settings.hosting.spa,
    )
