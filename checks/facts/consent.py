"""What a page asks and keeps before anybody has consented: pages are visited without a click, so all of it is before.

In: the third parties, cookies and storage of a page, its markup, and what the project has declared. Out: the group
`consent`. Who is known, by what names, is data (`data/consent.json`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from checks.facts.reference import reference
from checks.facts.texts import collapse, well_formed
from checks.facts.trackers import asks_first
from checks.facts.urls import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from checks.facts.page_settings import PageSettings
    from checks.facts.visit import Overlay

_DATA = reference("consent")
_REPLAY = frozenset(_DATA["session_replay"])
_SIGNALS: tuple[str, ...] = tuple(_DATA["signals"])
_MARKS: tuple[str, ...] = tuple(_DATA["marks"])
_LAYER: dict[str, list[str]] = _DATA["layer"]
_READ = 1900
"""Characters of a layer from which on the rest of it may have been cut off."""
_DEFAULT = re.compile(
    r"""gtag\s{0,3}\(\s{0,9}['"]consent['"]\s{0,3},\s{0,9}['"]default['"]\s{0,3},\s{0,9}\{([^}]{0,2000})\}"""
)
_GOOGLE = re.compile(r"""gtag\s{0,3}\(\s{0,9}['"]config['"]|gtm\.start|googletagmanager\.com/gtag/js""")


def consent(
    document: Mapping[str, Any], groups: Mapping[str, Any], source: str, settings: PageSettings
) -> dict[str, Any]:
    """Return the group `consent`; `source` is the delivered markup."""
    parties: Sequence[Mapping[str, Any]] = groups["third_parties"]["items"]
    tagged = "gtag" in source or "gtm.start" in source
    provider = _provider(parties, source) if parties or tagged else None
    return {
        "trackers": [
            {"host": one["host"], "category": one["category"], "requests": one["requests"]}
            for one in parties
            if asks_first(one["host"]) and not within(one["host"], frozenset(settings.consent_exempt))
        ],
        "kept": list(_kept(groups, settings)),
        "session_replay": [
            {"host": one["host"], "allowed": one["allowed"]} for one in parties if within(one["host"], _REPLAY)
        ],
        "asks_for_secrets": any(form["has_password"] for form in document["forms"]),
        "provider": provider,
        "google": _google(source, provider) if tagged else None,
    }


def first_layer(overlay: Overlay | None) -> dict[str, bool] | None:
    """Return which choices lie over the page that asks for consent; None where nothing that does so can be read."""
    text = collapse(well_formed(overlay.text)).casefold() if overlay is not None else ""
    said = {name: any(word in text for word in words) for name, words in _LAYER.items()}
    if not (said["about"] and said["accept"]) or (len(text) >= _READ and not said["reject"]):
        return None
    return {"accept": said["accept"], "reject": said["reject"]}


def _kept(groups: Mapping[str, Any], settings: PageSettings) -> Iterator[dict[str, str]]:
    """Give what is kept in the browser and is known to follow people: cookies of others, and names that tags use."""
    for cookie in groups["cookies"]:
        vendor = vendor_of(cookie["name"])
        if (vendor or cookie["party"] == "third") and not is_essential(cookie["name"], settings):
            yield member("cookie", cookie["name"], vendor or cookie["domain"].lstrip("."))
    for kind in ("local", "session"):
        for name in groups["storage"][kind]:
            vendor = vendor_of(name)
            if vendor and not is_essential(name, settings):
                yield member(f"{kind} storage", name, vendor)


def member(kind: str, name: str, vendor: str) -> dict[str, str]:
    """Return a member of a list of what is kept."""
    return {"key": f"{kind} {name}", "name": name, "kind": kind, "vendor": vendor}


def is_essential(name: str, settings: PageSettings) -> bool:
    """Whether the project says that it cannot do without a cookie or key."""
    return any(_fits(name, pattern) for pattern in settings.consent_essential)


@lru_cache(maxsize=1024)
def vendor_of(name: str) -> str | None:
    """Return whose tag is known to write a cookie or key of this name.

    >>> [vendor_of(name) for name in ("_ga_1ABC", "_hjSession_1", "theme")]
    ['Google Analytics', 'Hotjar', None]
    """
    names: Mapping[str, Iterable[str]] = _DATA["names"]
    return next((vendor for vendor, known in names.items() if any(_fits(name, one) for one in known)), None)


def _fits(name: str, pattern: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def _provider(parties: Iterable[Mapping[str, Any]], source: str) -> str | None:
    """Return by what a consent interface is known to be there: a provider's host, else a name in the markup."""
    host = next((one["host"] for one in parties if one["category"] == "consent-provider"), None)
    return host or next((mark for mark in _MARKS if mark in source), None)


def _google(source: str, provider: str | None) -> dict[str, Any] | None:
    """Return how Google's tags are told; None where there are none, or where a provider's script may tell them."""
    tags = _GOOGLE.search(source)
    default = _DEFAULT.search(source)
    if tags is None or (default is None and provider is not None):
        return None
    said = default[1] if default else ""
    return {
        "default_first": default is not None and default.start() < tags.start(),
        "missing": [signal for signal in _SIGNALS if signal not in said],
    }
