"""The raw record of a site as a whole: what the collector saw beside the pages, before anybody thinks about it.

In: nothing; the collector fills these records. Out: `SiteVisit`, which `checks/facts/site.py` turns into the site
document. All addresses are on the production origin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.facts.robots_txt import Robots


class Answer(Protocol):
    """What the host serves at an address of the site, at the end of its redirects."""

    @property
    def status(self) -> int | None:
        """HTTP status at the end of the way; None where the build does not show it."""

    @property
    def redirects(self) -> int:
        """Redirects on the way."""

    @property
    def final_url(self) -> str:
        """Address at the end of the way."""


class Ask(Protocol):
    """Asks the host for an address of the site (absolute, without fragment)."""

    def __call__(self, url: str, /) -> Answer:
        """What the host serves there."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """One redirect, by a rule of the host or written as a page, followed to its end."""

    source: str
    """Address that redirects."""
    target: str
    """Address that it names, absolute."""
    status: int
    """200 for a redirect that is written as a page."""
    kind: Literal["host", "rewrite", "html"]
    final_status: int | None
    """None for a loop, when the way leads off the site, or where the target depends on the address."""
    hops: int
    urls: tuple[str, ...]
    """The addresses on the way, from the source on."""
    loop: bool = False
    file: str | None = None
    """Where the rule stands; None for a page."""
    line: int | None = None
    reachable: bool | None = True
    """Whether it ever answers; None where that can't be told."""
    shadowed_by: str | None = None
    """What answers in its place."""
    conditional: bool = False
    """Whether it holds for some visitors only."""
    by_language: bool = False
    """Whether the visitor's language decides that."""
    permanent: bool = True
    declared_temporary: bool = False
    keeps_query: bool | None = None
    """Whether the query of who asks is handed on; None where that can't be told, or it leads off the site."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """What wrong addresses answer."""

    file: str | None
    """The 404 document of the host, inside the build."""
    probes: tuple[tuple[str, int], ...]
    """(path that does not exist, HTTP status)."""
    links: int = 0
    """Internal links on the 404 document."""
    headers_missing: tuple[str, ...] = ()
    """Security headers that the home page is sent with and the 404 document is not."""


@dataclass(frozen=True, slots=True)
class CrawlerAnswer:
    """What a crawler was answered at a page that others get."""

    path: str
    status: int
    why: str | None
    """Why that is not the page; None: it is."""


@dataclass(frozen=True, slots=True)
class Crawl:
    """Counts of the coverage ledger: addresses by what became of them."""

    discovered: int
    measured: int
    failed: int
    excluded: int


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """Everything that was seen of a site beside its pages. `None` means that it was not looked at."""

    robots: Robots
    robots_content_type: str | None
    """Media type alone."""
    sitemaps: Sequence[Mapping[str, Any]] | None
    """`Sitemap.facts` of each file that was read into the index; None where the build does not show one of them."""
    crawl: Crawl
    redirects: Sequence[Redirect] | None = None
    not_found: NotFound | None = None
    files: Mapping[str, Any] | None = None
    """What `files.files` said; None where the files of the build are not at hand."""
    leaks: Mapping[str, Any] | None = None
    """What `LeakScan.leaks` said."""
    hosting: Mapping[str, Any] | None = None
    """What the host makes of the build; None where no build is at hand."""
    home_files: Mapping[str, Any] | None = None
    """What `home_files` said; None where the home page was not measured."""
    assets: Mapping[str, Any] | None = None
    """What `served_files` said."""
    wellknown: Mapping[str, Any] | None = None
    """What stands at fixed places."""
    known_addresses: Mapping[str, Any] | None = None
    """What `KnownAddresses.group` said."""
    moved_from: Sequence[Mapping[str, Any]] | None = None
    """Where the host's rules lead from origins that the site was published under before."""
    crawler_access: Mapping[str, Any] | None = None
    """What `crawler_access` said."""
    field: Mapping[str, Any] | None = None
    """Vitals of real visitors beside those that were measured; None where nobody gave any."""
    uptime: Mapping[str, Any] | None = None
    """How long the live site was up; None where nobody gave it."""
    budgets: Mapping[str, Any] | None = None
    """What `Budgets.group` said; None where a browser did not measure every page."""
    url_policy: Mapping[str, Any] | None = None
    """At which second addresses pages answer."""
