"""Whom else a page talks to: the hosts of others, what they add to its weight, and what of it holds up the first paint.

In: the members of `requests.items` and of `requests.render_blocking`. Out: the group `third_parties`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from checks.facts.trackers import category
from checks.facts.urls import parse, registrable_domain, within
from checks.facts.weight import MOST_NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checks.facts.look import Site


def third_parties(
    items: Iterable[Mapping[str, Any]], blocking: Iterable[Mapping[str, Any]], site: Site
) -> dict[str, Any]:
    """Return the group `third_parties`."""
    requests: Counter[str] = Counter()
    transfer: Counter[str] = Counter()
    for item in items:
        if item["party"] == "third":
            host = _host(item["url"])
            requests[host] += 1
            transfer[host] += item["transfer"] or 0
    held_up = Counter(_host(item["url"]) for item in blocking if item["party"] == "third")
    return {
        "items": [
            {
                "host": host,
                "domain": registrable_domain(host),
                "category": category(host),
                "requests": requests[host],
                "transfer": transfer[host],
                "blocking": held_up[host],
                "allowed": within(host, site.third_parties),
            }
            for host in sorted(requests)
        ],
        "hosts": len(requests),
        "bytes": transfer.total(),
        "largest": [
            {"host": host, "transfer": transfer[host]}
            for host in sorted(transfer, key=lambda one: (-transfer[one], one))[:MOST_NAMED]
            if transfer[host]
        ],
    }


def _host(url: str) -> str:
    address = parse(url)
    return address.host if address else ""
