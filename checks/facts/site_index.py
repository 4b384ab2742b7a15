"""What site facts ask of the pages of a run: a Protocol, so that the pages can lie on disk and be counted there.

In: page digests, links, hreflang annotations and listed addresses, added by whoever collects. Out: answers whose size
is that of the faults, never that of the site. `checks.collect.index.Index` is the one that a run uses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.facts.digest import PageDigest

SharedField = Literal["title", "description", "h1", "text_digest"]


@dataclass(frozen=True, slots=True)
class PageCounts:
    """How many pages are what; all but `pages` and `noindex` count indexable pages only."""

    pages: int
    indexable: int
    structured: int
    """With structured data."""
    structured_valid: int
    """With structured data that parses throughout."""
    described: int
    """With a meta description."""
    noindex: int
    """Of all pages, those with noindex."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A value that several indexable, self-canonical pages share."""

    value: str
    urls: tuple[str, ...]
    """Addresses of the first 20 pages, sorted."""
    count: int


@dataclass(frozen=True, slots=True)
class Near:
    """Pages whose texts are almost the same."""

    url: str
    """The first of them."""
    urls: tuple[str, ...]
    """The first 20."""
    count: int
    likeness: float
    """Of the one that is least like the first: 0..1."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One hreflang annotation: `url` says that `target` is its version in `lang`."""

    url: str
    lang: str
    target: str


@dataclass(frozen=True, slots=True)
class LedElsewhere:
    """A page that should not be linked to: it names another address of the site as canonical, or forbids indexing."""

    path: str
    url: str
    noindex: bool
    links: int
    """Pages that link to it."""
    example: str
    """Address of the first of them."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """hreflang annotations that cannot all be true."""

    url: str
    lang: str
    urls: tuple[str, ...]


class Listing(Protocol):
    """Where sitemaps are written down while they are read."""

    def add_listed(self, url: str) -> None:
        """Note that a sitemap lists `url` (normalised)."""

    def add_hreflang(self, url: str, alternates: Iterable[tuple[str, str]]) -> None:
        """Note that a sitemap names `alternates` of `url`: (language tag, normalised URL)."""


class SiteIndex(Listing, Protocol):
    """What `site.build` asks. Iterators come sorted, by address unless something else is said."""

    def digest(self, path: str) -> PageDigest | None:
        """The page measured at `path`."""

    def page(self, url: str) -> PageDigest | None:
        """The page measured at the normalised address `url`."""

    def counts(self) -> PageCounts:
        """How many pages are what."""

    def internal_links(self) -> int:
        """Links from page to address within the site, each pair once."""

    def orphans(self) -> Iterator[PageDigest]:
        """Indexable pages, but for the home page, that no other page links to with a followed link."""

    def depths(self, *, beyond: int) -> Iterator[tuple[str, int]]:
        """(Address, clicks from the home page) of indexable pages more than `beyond` clicks away."""

    def max_depth(self) -> int | None:
        """Clicks to the farthest page that can be reached from the home page; None without a home page."""

    def within(self, clicks: int) -> int | None:
        """Indexable pages at most `clicks` away from the home page; None without a home page."""

    def few_inlinks(self) -> Iterator[tuple[str, str]]:
        """(Address, address of the page that links to it) of indexable pages that a single other page links to."""

    def led_elsewhere(self) -> Iterator[LedElsewhere]:
        """Pages that are linked to though they are canonical to another address, or forbid indexing."""

    def dead_ends(self) -> Iterator[str]:
        """Indexable pages without a link to another address of the site."""

    def endless(self) -> Iterator[tuple[str, str]]:
        """(Path with its query, the first page) of followed links to what has a query or a date in its path, sorted."""

    def shared(self, field: SharedField) -> Iterator[Shared]:
        """Values that several indexable, self-canonical pages share, sorted; versions of one page count once."""

    def near(self) -> Iterator[Near]:
        """Groups of indexable, self-canonical pages with almost the same main text, but not the very same."""

    def listed(self) -> Iterator[tuple[str, int]]:
        """(Address, how often) of what sitemaps list."""

    def listed_total(self) -> int:
        """How many different addresses sitemaps list."""

    def unlisted(self) -> Iterator[str]:
        """Indexable pages that no sitemap lists."""

    def unreturned(self) -> Iterator[Annotation]:
        """Annotations whose target is a measured page that does not name the page back."""

    def annotations(self) -> Iterator[Annotation]:
        """Annotations of one page by another, one language for each pair of addresses."""

    def told_differently(self) -> Iterator[str]:
        """Addresses whose alternates the page and a sitemap both name, and not the same ones."""

    def languages(self) -> Iterator[tuple[str, str, frozenset[str]]]:
        """(Path, address, languages in lower case) of indexable, self-canonical pages: those in which they are there.

        Annotations count whose target was measured.
        """

    def contradictions(self) -> Iterator[Contradiction]:
        """One language with several addresses, and one address with several languages."""
