"""Tags that count visits: which there are, how often, and whether they are those of production.

In: the rendered look, and the ids that the project names. Out: the group `analytics`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from checks.facts.texts import clip
from checks.facts.trackers import category
from checks.facts.urls import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.look import Look

_ID = re.compile(r"[?&]id=([A-Z]{1,3}-[A-Z0-9-]{2,20})(?:&|$)")
_UNIVERSAL = re.compile(r"""['"](UA-\d{4,10}-\d{1,4})['"]""")
_COUNTING = frozenset({"analytics", "tag-manager"})
_GOOGLE = frozenset({"googletagmanager.com", "google-analytics.com"})


def analytics(look: Look, wanted: tuple[str, ...]) -> dict[str, Any]:
    """Return the group `analytics`; `wanted` are ids, or hosts of those who give none."""
    found = Counter(_tags(look))
    return {
        "tags": [
            {
                "id": clip(tag, 100),
                "count": found[tag],
                "expected": _is_expected(tag, wanted),
                "retired": tag.startswith("UA-"),
            }
            for tag in sorted(found)
        ],
        "missing": [tag for tag in sorted(wanted) if not any(_is_expected(one, (tag,)) for one in found)],
        "wanted": sorted(wanted),
        "google_analytics": sum(tag.startswith("G-") for tag in found),
    }


def _tags(look: Look) -> Iterator[str]:
    """Give the id of each script that counts, as often as it stands there; else the host that it comes from."""
    for element in look.reading.all("script"):
        src = element.get("src")
        address = look.resolve(src) if src else None
        if address is not None and address.is_web and category(address.host) in _COUNTING:
            named = _ID.search("?" + address.query) if within(address.host, _GOOGLE) else None
            yield named[1] if named else address.host
    if "UA-" in look.reading.source:
        yield from sorted(set(_UNIVERSAL.findall(look.reading.source)))


def _is_expected(tag: str, wanted: tuple[str, ...]) -> bool:
    return tag in wanted or ("." in tag and within(tag, frozenset(one for one in wanted if "." in one)))
