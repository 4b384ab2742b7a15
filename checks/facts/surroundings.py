"""What lies around a page: what is asked of the rest of the site when its document is completed.

In: nothing; who knows the site fulfils it. Out: `Surroundings`, and the records that it answers with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Answered:
    """What the site answers at an address, redirects followed."""

    status: int | None
    """None where the build does not show what is answered."""
    redirects: int
    final_url: str
    content_type: str | None
    bytes: int | None
    image_size: tuple[int, int] | None
    """Width and height in pixels, where it is an image that was read."""
    transfer: int | None = None
    """Bytes that travel."""
    noindex: bool = False
    """Whether an X-Robots-Tag forbids indexing it."""
    of_page: bool = False
    """Whether it is a file of HTML: what it holds is known when it is measured, and not before."""


class Shown(Protocol):
    """What other pages are told of a page: nothing else of it can change their documents."""

    @property
    def indexable(self) -> bool:
        """Whether it may be indexed."""

    @property
    def canonical_self(self) -> bool:
        """Whether its canonical names the page itself."""


class Surroundings(Protocol):
    """What a page document needs to know of the rest of the site; addresses are without fragments."""

    @property
    def others_answer(self) -> bool:
        """Whether any other site answered in this run."""

    def answer(self, url: str) -> Answered:
        """Return what is served at an address of the site."""

    def page(self, url: str) -> Shown | None:
        """Return the page measured at an address; None where there is none."""

    def anchors(self, url: str) -> frozenset[str] | None:
        """Return what fragments can lead to at an address; None where no page was measured."""

    def robots_allowed(self, agent: str, url: str) -> bool:
        """Whether robots.txt lets a crawler fetch an address of the site."""

    def template(self, path: str) -> str:
        """Return the path of the first page that is built like the one at a production path."""

    def form_status(self, url: str) -> int | None:
        """Return what is answered where a form sends to; None where asking says nothing of that."""

    def listed(self, url: str) -> bool:
        """Whether a sitemap lists a normalised address."""
