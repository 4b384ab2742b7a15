"""What a page document needs to know of the rest of the site: where its links lead, and what is there.

In: the preview, the index of this run, robots.txt. Out: the answers that `checks.facts.complete` asks for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import imagesize

from checks.collect import addresses
from checks.facts.surroundings import Answered

if TYPE_CHECKING:
    from pathlib import Path

    from checks.collect.index import Index
    from checks.collect.preview import Preview
    from checks.facts.digest import PageDigest
    from checks.facts.robots_txt import Robots


class SiteSurroundings:
    """Answers from the build and from the pages that were measured."""

    def __init__(self, preview: Preview, index: Index, robots: Robots, *, others_answer: bool) -> None:
        self._preview = preview
        self._index = index
        self._robots = robots
        self.others_answer = others_answer

    def answer(self, url: str) -> Answered:
        """Return what is served at `url`, an address of this site without its fragment."""
        served = self._preview.served(url)
        if not served.is_known:
            return Answered(None, len(served.hops), served.url, None, None, None)
        return Answered(
            status=served.status,
            redirects=len(served.hops),
            final_url=served.url,
            content_type=served.content_type,
            bytes=served.size,
            image_size=_image_size(served.file, served.content_type),
            transfer=self._preview.transfer(served),
            noindex=any(name == "x-robots-tag" and "noindex" in value.lower() for name, value in served.headers),
            of_page=served.file is not None and addresses.is_html(served.file.name),
        )

    def page(self, url: str) -> PageDigest | None:
        """Return the page that was measured at `url`, or None."""
        return self._index.page(url)

    def anchors(self, url: str) -> frozenset[str] | None:
        """Return the names that a fragment can lead to in the page at `url`, or None where no page was measured."""
        return self._index.anchors(self._preview.path_of(url))

    def template(self, path: str) -> str:
        """Return the path of the first page that is built like the one at `path`."""
        return self._index.template(path)

    def robots_allowed(self, agent: str, url: str) -> bool:
        """Return whether robots.txt lets `agent` fetch `url`."""
        return self._robots.allowed(agent, url)

    def form_status(self, url: str) -> int | None:
        """Return what the build answers where a form sends to; a server that is asked may do something with it."""
        return None if self._preview.ready is not None else self.answer(url).status

    def listed(self, url: str) -> bool:
        """Return whether a sitemap lists `url`, normalised."""
        return self._index.is_listed(url)


@lru_cache(maxsize=4096)
def _image_size(file: Path | None, content_type: str | None) -> tuple[int, int] | None:
    if file is None or content_type is None or not content_type.startswith("image/"):
        return None
    try:
        width, height = imagesize.get(file)
    except (ValueError, OSError):
        return None
    return (int(width), int(height)) if width > 0 and height > 0 else None
