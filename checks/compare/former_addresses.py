"""Addresses that an earlier launch published and the last one did not: those that stop answering with this release.

In: the ledger of published addresses, and what the preview answers there. Out: the group `published` of the site's
`change` document. Pages, redirects and files of the last launch are not in it: other groups tell of them. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks.facts.leading import is_declared, leads_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Document = dict[str, Any]
_SHOWN: Final = 100
NO_LEDGER: Final[Document] = {
    "kept": False,
    "total": 0,
    "not_shown": 0,
    "retired": 0,
    "lost": [],
    "lost_total": 0,
    "lost_before": [],
    "lost_before_total": 0,
}
"""A baseline without a ledger: a build, an address, or one that was saved before there were ledgers."""


def published(
    ledger: Iterable[Mapping[str, Any]],
    answer_at: Callable[[str], Mapping[str, Any] | None],
    expected: Callable[[str], int | None],
) -> Document | None:
    """Return the group; None where the preview was not asked at one of the addresses: then nobody knows."""
    found: Document = {**NO_LEDGER, "kept": True, "lost": [], "lost_before": []}
    for entry in ledger:
        found["total"] += 1
        if entry["retired"] or entry["live"]:
            found["retired"] += entry["retired"]
            continue
        answer = answer_at(entry["path"])
        if answer is None:
            return None
        if not answer["known"]:
            found["not_shown"] += 1
        elif not leads_on(answer) and not is_declared(answer, expected(entry["path"])):
            _add(found, "lost" if entry["gone"] is None else "lost_before", _told(entry, answer))
    return found


def _add(found: Document, name: str, told: Document) -> None:
    found[f"{name}_total"] += 1
    if len(found[name]) < _SHOWN:
        found[name].append(told)


def _told(entry: Mapping[str, Any], answer: Mapping[str, Any]) -> Document:
    named = {name: entry[name] for name in ("path", "kind", "first", "last")}
    return {**named, "status": None if answer["loop"] else answer["final_status"], "hops": answer["hops"]}
