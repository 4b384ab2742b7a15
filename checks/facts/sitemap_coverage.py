"""The sitemaps against the pages: what should not be listed, and what is not listed.

In: the index, into which the sitemaps were read, the files' own facts, and what the host answers. Out: `sitemaps` of
the site document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from checks.facts.site_index import SiteIndex
    from checks.facts.site_visit import Ask

HTTP_OK = 200
_PUBLISHED = frozenset({"production", "allowed"})


def sitemaps(
    index: SiteIndex,
    files: Sequence[Mapping[str, Any]],
    ask: Ask,
    *,
    origin: str,
    class_of: Callable[[str], str],
) -> dict[str, Any]:
    """The group `sitemaps`. `class_of` gives the host class of an address, `origin` is the production origin."""
    total = index.listed_total()
    indexable = index.counts().indexable
    missing = [{"url": url} for url in index.unlisted()] if total else []
    faulty = (_faulty(url, times, index, ask, origin, class_of(url)) for url, times in index.listed())
    return {
        "files": sorted((dict(file) for file in files), key=lambda file: str(file["url"])),
        "urls_total": total,
        "faulty": [found for found in faulty if found is not None],
        "coverage": round(1 - len(missing) / indexable, 4) if total and indexable else None,
        "missing": missing,
    }


def _faulty(url: str, times: int, index: SiteIndex, ask: Ask, origin: str, host_class: str) -> dict[str, Any] | None:
    """What is wrong with one listed address; None when nothing is."""
    page = index.page(url)
    answer = ask(url) if host_class == "production" else None
    if answer is not None and answer.status is None:
        answer = None  # what something else than the build answers; the ledger tells that it is not known
    scheme = 1 if answer is not None and url.partition(":")[0] != origin.partition(":")[0] else 0
    redirects = answer.redirects + scheme if answer is not None else 0
    healthy_answer = answer is None or (answer.status == HTTP_OK and not redirects)
    healthy_page = page is None or (page.indexable and page.canonical_self)
    if healthy_answer and healthy_page and times == 1 and host_class in _PUBLISHED:
        return None
    return {
        "url": url,
        "status": answer.status if answer is not None else None,
        "indexable": page.indexable if page is not None else None,
        "canonical_self": page.canonical_self if page is not None else None,
        "duplicate": times > 1,
        "host_class": host_class,
        "redirects": redirects,
    }
