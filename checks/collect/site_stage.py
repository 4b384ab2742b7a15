"""The part of collecting that looks at the site as a whole: lists, links, files, and what wrong addresses answer.

In: the build as discovered, the index of its pages, the ledger. Out: the site document.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain
from typing import TYPE_CHECKING, Any

from checks.collect import addresses, home_files, hosting, page_config
from checks.collect.addresses import PROBE
from checks.collect.ledger import EXCLUDED, FAILED, MEASURED
from checks.collect.moved import moved_from
from checks.collect.references import broken_references
from checks.collect.sent_files import assets_group
from checks.collect.sitemap_files import SitemapFiles
from checks.collect.twins import url_policy
from checks.collect.unlinked_data import unlinked_data
from checks.collect.web import crawlers, seen
from checks.collect.wellknown import wellknown
from checks.collect.wrong_addresses import not_found
from checks.facts import files, site
from checks.facts.host_mentions import Own
from checks.facts.site_visit import Crawl, Redirect, SiteVisit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from checks.collect.assets import Loaded
    from checks.collect.discover import Discovered
    from checks.collect.index import Index
    from checks.collect.known import KnownUrls
    from checks.collect.leaks import Leaks
    from checks.collect.ledger import Ledger
    from checks.collect.surroundings import SiteSurroundings
    from checks.collect.web.web import Web
    from checks.facts.page_settings import PageSettings
    from checks.settings import Settings


@dataclass(frozen=True, slots=True)
class Named:
    """What the pages name, load and weigh."""

    outside: Iterable[str]
    """Addresses beside the site's own path."""
    missing: frozenset[str]
    """What they asked for and did not get."""
    references: Callable[[], Path]
    """Gives what the files name, as `references.written_down` wrote it."""
    code: Iterable[Loaded] | None
    """Scripts and style sheets; None where no browser ran, so that nobody knows."""
    budgets: Mapping[str, Any] | None = None
    """What `Budgets.group` said."""
    former: Iterable[str] = ()
    """Addresses of the baseline, where that was published."""


class SiteStage:
    """Call `read_lists` before pages are rendered, `settle_links` when all are there, and `document` last."""

    def __init__(
        self,
        settings: Settings,
        found: Discovered,
        page_settings: PageSettings,
        index: Index,
        ledger: Ledger,
        web: Web | None = None,
    ) -> None:
        self._web = web
        self._settings = page_config.of_site(settings, page_settings)
        self._found = found
        self._index = index
        self._ledger = ledger
        self._sitemaps = SitemapFiles(found.preview, found.robots.sitemaps, settings.today)
        self._excluded = settings.exclusion
        self._keys = frozenset(settings.allow.public_keys)
        self._config = settings
        self._duties, self._today = settings.duties, settings.today
        self._temporary = settings.allow.temporary_redirects

    def read_lists(self) -> None:
        """Note what sitemaps, redirects and the config name."""
        preview, ledger = self._found.preview, self._ledger
        for path in self._found.redirects:
            ledger.found(path, "build", "redirect")
        for url in self._sitemaps.entries(self._index):
            listed = addresses.on_origin(url, preview.origin)
            if listed is not None:
                ledger.found(listed, "sitemap")
        for key_page in self._settings.key_pages:
            ledger.found(key_page, "config")
        for target in sorted({one for targets in self._settings.campaigns.values() for one in targets}):
            ledger.found(target, "link")
        for path in self._found.unserved:
            ledger.found(path, "build", "link")
        for path in hosting.named(preview):
            ledger.found(path, "redirect")
        for refused in preview.files.refused:
            path = f"{preview.base}{refused.path}"
            ledger.found(path, "build", "page" if addresses.is_html(refused.path) else "link")
            if refused.why == "unreadable":
                ledger.settle(path, FAILED, "the file system does not let it be read")
            else:
                ledger.settle(path, EXCLUDED, f"no host may serve it: a symbolic link ({refused.why})")

    def settle_links(self) -> None:
        """Say what every address answers that is no page of its own, and which page it leads to."""
        preview, ledger = self._found.preview, self._ledger
        for path in self._found.redirects:
            ledger.settle(path, MEASURED)
        for path in ledger.unsettled_links():
            exclusion = self._excluded(path)
            if exclusion is not None:
                ledger.settle(path, EXCLUDED, f"`{exclusion.page}` until {exclusion.until}: {exclusion.why}")
                continue
            served = preview.served(preview.origin + path)
            if not served.is_known:
                ledger.settle(path, EXCLUDED, f"{served.answer.rule if served.answer else ''}: see there")
                continue
            ledger.settle(path, MEASURED)
            page = self._page_of(served.file.relative_to(preview.root).as_posix() if served.file else None)
            if page is not None and page != path:
                self._index.add_alias(path, page)
        for path in self._found.redirects:
            served = preview.served(preview.origin + path)
            page = self._page_of(served.file.relative_to(preview.root).as_posix() if served.file else None)
            if page is not None:
                self._index.add_alias(path, page)

    def settle_endpoints(self) -> None:
        """Say of all that answers instead of the build, and was asked for, that it was not measured; once each."""
        for endpoint, example in sorted(
            self._found.preview.unknown.items(), key=lambda one: (one[0].path, one[0].what)
        ):
            path = endpoint.path or example
            self._ledger.found(path, "host")
            why = (
                f"answered by {endpoint.what}, which a folder does not show (asked for: {example}); "
                "say in `hosting.answers` what it answers"
            )
            self._ledger.settle(path, FAILED, why)

    @property
    def own(self) -> Own:
        """What is the site's own, and what it allows."""
        return Own(
            self._settings.production_host, self._settings.page.first_party_domains, self._allowed_hosts(), self._keys
        )

    def document(
        self,
        surroundings: SiteSurroundings,
        leaks: Leaks,
        named: Named,
        urls: KnownUrls,
    ) -> dict[str, Any]:
        """Return the site document.

        `leaks` is what was found in the files of the build, `urls` the addresses that the world knows.
        """
        code = named.code
        preview, counts, web = self._found.preview, self._ledger.counts(), self._web
        robots = preview.served(f"{preview.origin}/robots.txt")
        visit = SiteVisit(
            robots=self._found.robots,
            robots_content_type=robots.content_type if robots.status == HTTPStatus.OK else None,
            sitemaps=self._sitemaps.files if self._sitemaps.is_known else None,
            crawl=Crawl(counts["discovered"], counts[MEASURED], counts[FAILED], counts[EXCLUDED]),
            redirects=[
                *self._redirects(),
                *hosting.redirects(preview, self._temporary),
                *(seen.redirects(web, preview, self._temporary) if web is not None else ()),
            ],
            not_found=not_found(preview, self._found.path_of),
            files={
                **files.files(preview.files.sizes, linked=self._is_linked, map_references=leaks.map_references),
                "broken_refs": broken_references(preview, named.references(), named.missing),
                "unlinked_data": unlinked_data(preview, self._is_linked),
            },
            leaks=leaks.found,
            hosting={
                **hosting.hosting(preview, self._found.paths, f"{preview.base}{PROBE}/", named.outside),
                "injected": seen.injected(web) if web is not None else [],
            },
            home_files=home_files.read(preview, self._index, surroundings.answer),
            assets=None if code is None else assets_group(preview, code),
            crawler_access=crawlers.access(web, self._settings, self._found.robots),
            # Of a site behind an address only what was asked is known.
            wellknown=None if web is not None else wellknown(preview, self._duties, self._today),
            known_addresses=urls.group,
            field=urls.field(self._index),
            uptime=urls.uptime,
            budgets=named.budgets,
            # An address tells nothing of other origins.
            moved_from=None
            if web is not None and self._config.exports.moved_from
            else moved_from(
                self._config, preview.root, preview, chain((one.target for one in urls.old()), named.former)
            ),
            url_policy=None if web is not None else url_policy(preview, self._found.paths),
        )
        return site.build(self._index, self._settings, visit, surroundings.answer)

    def _is_linked(self, path: str) -> bool:
        return self._ledger.is_linked(self._found.preview.base.rstrip("/") + path)

    def _allowed_hosts(self) -> frozenset[str]:
        page = self._settings.page
        return frozenset({*page.allow_third_parties, *page.allow_canonical_hosts, *page.allow_form_hosts})

    def _page_of(self, name: str | None) -> str | None:
        return self._found.path_of.get(name) if name else None

    def _redirects(self) -> Iterator[Redirect]:
        preview = self._found.preview
        for path, target in sorted(self._found.redirects.items()):
            source = preview.origin + path
            served = preview.served(source)
            inside = not served.loop and preview.is_own(served.url)
            yield Redirect(
                source=source,
                target=target,
                status=served.hops[0].status if served.hops else HTTPStatus.OK.value,
                kind="html",
                final_status=served.status if inside else None,
                hops=len(served.hops),
                urls=(*(hop.url for hop in served.hops), served.url),
                loop=served.loop,
                keeps_query=False,
            )
