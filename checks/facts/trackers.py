"""Who is known among third parties, and which requests would collect something about the visit.

In: a host, and where needed the path that is asked for. Out: a category of the list, or whether the request collects.
"""

from __future__ import annotations

from functools import lru_cache

from checks.facts.reference import reference

_LIST = reference("trackers")
_CATEGORY = {host: category for category, hosts in _LIST["categories"].items() for host in hosts}
_ASKING = frozenset(reference("consent")["asking"])
_COLLECTING_HOSTS = frozenset(_LIST["collecting"]["hosts"])
_COLLECTING_PATHS = tuple((rule["host"], rule["path"]) for rule in _LIST["collecting"]["paths"])
_COLLECTING_ANYWHERE = tuple(_LIST["collecting"]["anywhere"])


@lru_cache(maxsize=2048)
def category(host: str) -> str | None:
    """Return the category of the host in the list of known third parties, by its longest known ending."""
    return next((_CATEGORY[ending] for ending in _endings(host) if ending in _CATEGORY), None)


def asks_first(host: str) -> bool:
    """Whether the host is of a category that a visitor must have consented to before it is asked."""
    return category(host) in _ASKING


def collects(host: str, path: str) -> bool:
    """Whether a GET of `path` (query included) at `host` would write down a visit: a beacon, not a script."""
    endings = _endings(host)
    if any(ending in _COLLECTING_HOSTS for ending in endings):
        return not path.partition("?")[0].endswith(".js")
    if any(ending == known and path.startswith(prefix) for ending in endings for known, prefix in _COLLECTING_PATHS):
        return True
    return path.partition("?")[0].endswith(_COLLECTING_ANYWHERE)


@lru_cache(maxsize=2048)
def _endings(host: str) -> tuple[str, ...]:
    labels = host.split(".")
    return tuple(".".join(labels[index:]) for index in range(len(labels)))
