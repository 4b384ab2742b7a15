"""The sitemaps of a build, read from its folder.

In: the preview, and what robots.txt names. Out: the addresses that the sitemaps list, one at a time, and a line about
each file.
"""

from __future__ import annotations

from collections import deque
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from checks.collect.addresses import is_html
from checks.facts.sitemaps import Sitemap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from checks.collect.preview import Preview
    from checks.facts.site_index import Listing

USUAL_PATHS = ("sitemap.xml", "sitemap-index.xml", "sitemap_index.xml", "sitemap.xml.gz", "sitemap.txt")
_MOST_FILES = 50_000


class SitemapFiles:
    """Reads every sitemap once; `files` is complete when `entries` is exhausted."""

    def __init__(self, preview: Preview, named: Sequence[str], today: date | None = None) -> None:
        usual = [url for path in USUAL_PATHS if _is_there(preview, url := f"{preview.origin}{preview.base}{path}")]
        self._preview = preview
        self._today = today
        self._waiting: deque[tuple[str, bool]] = deque((url, False) for url in _once(named, usual))
        self.files: list[dict[str, Any]] = []
        self.is_known = True
        """Whether the build shows what each of them says."""

    def entries(self, into: Listing | None = None) -> Iterator[str]:
        """Give every address that is listed; write them down in `into` on the way."""
        known = {url for url, _ in self._waiting}
        while self._waiting and len(self.files) < _MOST_FILES:
            url, inside = self._waiting.popleft()
            if not self._preview.is_own(url):
                continue
            served = self._preview.served(url)
            if not served.is_known or (served.file is None and served.status == HTTPStatus.OK):
                self.is_known = False
                continue
            sitemap = Sitemap(url, status=served.status, inside_index=inside, today=self._today)
            if served.file is not None and served.status == HTTPStatus.OK:
                with served.file.open("rb") as stream:
                    for entry in sitemap.entries(stream, into):
                        if entry.kind == "page":
                            yield entry.url
                        elif entry.url not in known:
                            known.add(entry.url)
                            self._waiting.append((entry.url, True))
            self.files.append(sitemap.facts())


def _once(named: Sequence[str], usual: Sequence[str]) -> list[str]:
    """Return what to read: of a sitemap and its compressed twin, which generators write side by side, the first."""
    chosen = dict.fromkeys(named)
    for url in usual:
        plain = url.removesuffix(".gz")
        if plain not in chosen and f"{plain}.gz" not in chosen:
            chosen[url] = None
    return list(chosen)


def _is_there(preview: Preview, url: str) -> bool:
    """Return whether a sitemap that nobody names is there; a page that answers every wrong address is none."""
    served = preview.answer_at(url)
    return served.status == HTTPStatus.OK and served.file is not None and not is_html(served.file.name)
