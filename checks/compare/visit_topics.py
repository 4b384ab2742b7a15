"""What visitors load and use of a page, before and after.

In: what `compared.py` keeps of a page on either side. Out: a group of the `change` document each. Pure.
"""

from __future__ import annotations

from typing import Any, Final

from checks.compare.measures import number, removed

Document = dict[str, Any]
_SHOWN: Final = 50
_HEADERS: Final = (
    "content-security-policy",
    "strict-transport-security",
    "frame protection",
    "x-content-type-options",
    "referrer-policy",
    "permissions-policy",
)
"""The headers that are compared, as `compared.py` names them."""


def links(before: int, after: int) -> Document:
    """Return the numbers of links to the own site."""
    return number(before, after)


def images(before: Document, after: Document) -> Document:
    """Return the numbers of images, and whether alternative texts went while the images stayed."""
    lost = after["described"] < before["described"] and after["count"] >= before["count"]
    return {**number(before["count"], after["count"]), "alts_lost": lost}


def weight(before: int, after: int) -> Document:
    """Return what travels, in bytes."""
    return number(before, after)


def third_parties(before: Document, after: Document) -> Document:
    """Return the hosts of others that came and went; each is host -> whether the project allows it."""
    added = [{"host": host, "allowed": after[host]} for host in removed(after, before)]
    return {"added": added, "removed": removed(before, after)}


def headers(before: Document, after: Document) -> Document:
    """Return the security headers that are gone, and those that protect from less."""
    if not after["sends"]:
        return {"sent": False, "removed": [], "weakened": []}
    gone = [name for name in _HEADERS if before[name] and not after[name]]
    weaker = [{"name": name, "what": what} for name, what in _weaker(before, after) if name not in gone]
    return {"sent": True, "removed": gone, "weakened": weaker}


def _weaker(before: Document, after: Document) -> list[tuple[str, str]]:
    was, now = before["hsts"], after["hsts"]
    found = []
    if was and now and (now["max_age"] or 0) < (was["max_age"] or 0):
        found.append(("strict-transport-security", f"max-age is {now['max_age'] or 0}, and was {was['max_age']}"))
    elif was and now and was["include_subdomains"] and not now["include_subdomains"]:
        found.append(("strict-transport-security", "includeSubDomains is gone"))
    return found


def csp(before: list[str], after: list[str]) -> Document:
    """Return what opens the Content Security Policy for foreign scripts and did not before."""
    return {"weakened": removed(after, before)}


def cookies(before: list[str], after: list[str]) -> Document:
    """Return the names of cookies that are set without a click, and were not, and the other way round."""
    return {"added": removed(after, before), "removed": removed(before, after)}


def analytics(before: Document, after: Document) -> Document:
    """Return the tags that count visits and are gone, and whether nobody asks for consent any more."""
    return {
        "removed": removed(before["tags"], after["tags"]),
        "consent_lost": before["consent"] is not None and after["consent"] is None,
    }


def forms(before: list[str], after: list[str]) -> Document:
    """Return where forms sent to and send no more, and where they send to now."""
    return {"removed": removed(before, after), "added": removed(after, before)}


def console(before: list[str], after: list[str]) -> Document:
    """Return the errors of scripts that were not there, each kind once."""
    return {"added": removed(after, before)[:_SHOWN]}


def a11y(before: Document, after: Document) -> Document:
    """Return the accessibility rules that are broken and were not, and the numbers of serious faults."""
    return {
        "new_rules": removed(after["rules"], before["rules"]),
        "before": before["serious"],
        "after": after["serious"],
        "more": max(0, after["serious"] - before["serious"]),
    }
