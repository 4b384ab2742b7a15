"""Structured data against what search engines ask, and against the page that it stands on.

In: the things of the rendered page, the page's look, its text and its type. Out: what the group `structured_data` says
of that, beyond what `raw` repeats. A page without structured data costs nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts import sd_dates, sd_requirements, sd_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.facts.look import Look
    from checks.facts.sd_graph import Things

_IMAGES = ("image", "logo", "thumbnailUrl")
_MOST_IMAGES = 50


def assessed(
    things: Things, look: Look, text: Mapping[str, Any], canonical: str | None, page_type: str | None
) -> dict[str, Any]:
    """Return the rest of the group; `text` is the group of that name."""
    today = look.site.settings.today
    spoken = f"{text['main']} {text['rest']}".casefold() if things.nodes and not text["is_cut"] else None
    return {
        "problems": sd_requirements.problems(things),
        "retired": sd_requirements.retired(things),
        "missing_expected": sd_requirements.missing_expected(things, page_type),
        "unknown_terms": sd_requirements.unknown_terms(things),
        "wrong_dates": sd_dates.wrong_dates(things, today),
        "expired": sd_dates.expired(things, today),
        "wrong_prices": sd_values.wrong_prices(things),
        "wrong_ratings": sd_values.wrong_ratings(things),
        "self_serving": sd_values.self_serving(things, look),
        "other_urls": sd_values.other_urls(things, look, canonical),
        "not_visible": sd_values.not_visible(things, spoken) if spoken is not None else [],
        "organization": sd_values.organization(things),
        "breadcrumb": sd_values.breadcrumb(things),
        "images": _images(things, look),
    }


def _images(things: Things, look: Look) -> list[dict[str, Any]]:
    """Return the images that things name; what they are is filled in once the whole site is known."""
    found: dict[str, dict[str, Any]] = {}
    for node in things.nodes:
        for name in _IMAGES:
            for value in things.values(node.said, name) if name in node.said else ():
                url = next(iter(_urls(things, value)), None)
                address = look.resolve(url) if url else None
                if address is not None and address.is_web:
                    entry = {"url": address.url[:4096], "of": f"{node.types[0]}.{name}"}
                    found.setdefault(
                        entry["url"], {**entry, "status": None, "content_type": None, "width": None, "height": None}
                    )
    return [found[url] for url in sorted(found)[:_MOST_IMAGES]]


def _urls(things: Things, value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    named = [things.values(value, name) for name in ("contentUrl", "url")] if isinstance(value, dict) else []
    return [one for values in named for one in values if isinstance(one, str)]
