"""What the rest of a run needs to remember of a page once its document is written: one small record.

In: what `page.build` found. Out: a `PageDigest`, which the index of the run keeps, so that questions about many pages
(duplicates, orphans, canonical and hreflang targets) never need the documents themselves.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageDigest:
    """One measured page, as other pages and the site document see it."""

    path: str
    """Production path with its query, as in the page document."""
    url: str
    """Production address, normalised, without a fragment."""
    status: int
    indexable: bool
    canonical_self: bool
    """The page declares no canonical, or one that leads to itself."""
    canonical_inside: bool
    """It names another address of the site as canonical."""
    noindex: bool
    title: str | None
    """White space collapsed; None when there is none."""
    description: str | None
    h1: str | None
    """The first main heading."""
    text_digest: str | None
    """SHA-256 (hex) of the main text, white space collapsed; None when it has too few words to say "the same"."""
    words: int
    """Words of the main text."""
    types: tuple[str, ...]
    """Types of structured data."""
    sd_errors: int
    """Blocks of structured data that do not parse."""
    rendered: bool
    """A browser rendered the page; False when only the delivered HTML was read."""
    hreflang: tuple[tuple[str, str], ...]
    """(language tag, absolute normalised URL) as declared."""
    links_out: int
    """Internal links."""
    sketch: frozenset[int] = frozenset()
    """Sketch of the main text; empty when it is too short."""
    skeleton: frozenset[int] = frozenset()
    """What the page is built like, as `Reading` has it: the least of its digests, where there are very many."""
