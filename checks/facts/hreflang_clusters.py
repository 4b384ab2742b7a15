"""Language versions across pages: alternates that do not link back, that do not answer, or that contradict one another.

In: the index, and what the host answers. Out: `hreflang_clusters` of the site document. An alternate on another host
is not asked, so nothing is said of it. Rules:
https://developers.google.com/search/docs/specialty/international/localized-versions
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from checks.facts.site_index import Annotation, SiteIndex
    from checks.facts.site_visit import Ask

HTTP_OK = 200


def hreflang_clusters(index: SiteIndex, ask: Ask, *, is_own: Callable[[str], bool]) -> dict[str, Any]:
    """The group `hreflang_clusters`."""
    missing = (
        {"url": one.url, "lang": one.lang, "target": one.target, "key": f"{one.url} {one.target}"}
        for one in index.unreturned()
    )
    bad = (_bad_target(one, index, ask) for one in index.annotations() if is_own(one.target))
    conflicts = (
        {"url": one.url, "lang": one.lang, "urls": list(one.urls), "key": f"{one.url} {one.lang}"}
        for one in index.contradictions()
    )
    return {
        "missing_return": list(missing),
        "bad_targets": [found for found in bad if found is not None],
        "told_differently": [{"url": url} for url in index.told_differently()],
        "conflicts": sorted(conflicts, key=lambda conflict: str(conflict["key"])),
    }


def incomplete(index: SiteIndex, spoken: Sequence[str], promised: Callable[[str], bool]) -> Iterator[dict[str, Any]]:
    """Give the pages that are not there in every language in which they were promised."""
    if not spoken:
        return
    for path, url, there in index.languages():
        if promised(path):
            missing = [tag for tag in spoken if not any(_is_version(one, tag.lower()) for one in there)]
            if missing:
                yield {"url": url, "missing": missing, "listed": ", ".join(missing)}


def _is_version(named: str, wanted: str) -> bool:
    """Whether a version is in a wanted language: `de-AT` is German, and `de` is not Austrian."""
    return named == wanted or named.startswith(f"{wanted}-")


def _bad_target(one: Annotation, index: SiteIndex, ask: Ask) -> dict[str, Any] | None:
    page = index.page(one.target)
    answer = None if page is not None and page.indexable else ask(one.target)
    if answer is None or answer.status is None or (page is None and answer.status == HTTP_OK and not answer.redirects):
        return None
    return {
        "url": one.url,
        "target": one.target,
        "status": answer.status,
        "indexable": page.indexable if page is not None else None,
        "key": f"{one.url} {one.target}",
    }
