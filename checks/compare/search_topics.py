"""What search engines read of a page, before and after.

In: what `compared.py` keeps of a page on either side. Out: a group of the `change` document each. Pure.
"""

from __future__ import annotations

from typing import Any, Final

from checks.compare.measures import number, removed, share

Document = dict[str, Any]
_TOLD_ELSEWHERE: Final = frozenset({"noindex", "index", "follow", "all"})
"""Directives that `indexability` speaks of, or that forbid nothing."""
_SHOWN: Final = 50


def status(before: int, after: int) -> Document:
    """Return both status codes, and whether the class (200, 300, ...) is another one."""
    return {"before": before, "after": after, "class_changed": before // 100 != after // 100}


def indexability(before: Document, after: Document) -> Document:
    """Return whether search engines may index the page, and why not any more."""
    was, is_now = bool(before["indexable"]), bool(after["indexable"])
    return {
        "before": was,
        "after": is_now,
        "lost": was and not is_now,
        "gained": is_now and not was,
        "reasons": [name for name in after["reasons"] if name not in before["reasons"]] or after["reasons"],
    }


def canonical(before: Document, after: Document) -> Document:
    """Return the canonical addresses; a page that names none stands for itself."""
    same = (before["self"] and after["self"]) or before["url"] == after["url"]
    return {"before": before["url"], "after": after["url"], "changed": not same, "follows_move": False}


def headings(before: int, after: int) -> Document:
    """Return the numbers of headings."""
    return number(before, after)


def main_text(before: int, after: int) -> Document:
    """Return whether the main text is another one; both sides are told by a checksum."""
    return {"changed": before != after}


def words(before: int, after: int) -> Document:
    """Return the numbers of words of the main content."""
    return number(before, after)


def served_text(before: Document, after: Document) -> Document:
    """Return the shares of the main text that stand in the delivered HTML.

    They fall, too, where a script adds a text and all that was delivered still is: so nothing is lost beyond the share
    of the delivered words that is gone.
    """
    was, now = before["share"], after["share"]
    lost = 0.0
    if was is not None and now is not None:
        lost = max(0.0, min(was - now, share(before["words"] - after["words"], before["words"])))
    return {"before": was, "after": now, "lost": round(lost, 4)}


def lang(before: str | None, after: str | None) -> Document:
    """Return the languages that the pages declare."""
    return {"before": before, "after": after, "changed": before is not None and before != after}


def robots(before: list[str], after: list[str]) -> Document:
    """Return the directives that came and went, but for those that keep the page out of the index."""
    added = [name for name in removed(after, before) if name not in _TOLD_ELSEWHERE]
    return {"added": added, "removed": [name for name in removed(before, after) if name not in _TOLD_ELSEWHERE]}


def hreflang(before: list[str], after: list[str]) -> Document:
    """Return the languages of the alternates that came and went."""
    return {
        "before": len(before),
        "after": len(after),
        "removed": removed(before, after),
        "added": removed(after, before),
    }


def structured_data(before: list[str], after: list[str]) -> Document:
    """Return the types that came and went, and what is gone of those that stayed; both as `Type` and `Type property`.

    A type that went takes its properties along: they are not told again. `lost` is all of it in one line, for things
    that stand in one another go together, and that is one loss.
    """
    types, types_now = ({name for name in side if " " not in name} for side in (before, after))
    kept = types & types_now
    gone = [name for name in removed(before, after) if " " in name and name.partition(" ")[0] in kept]
    return {
        "types_removed": sorted(types - types_now),
        "types_added": sorted(types_now - types),
        "props_removed": gone[:_SHOWN],
        "lost": [", ".join(lost)] if (lost := [*sorted(types - types_now), *gone[:_SHOWN]]) else [],
    }


def social(before: list[str], after: list[str]) -> Document:
    """Return the properties of shared links that are gone."""
    return {"lost": removed(before, after)}


def verification(before: list[str], after: list[str]) -> Document:
    """Return the meta elements that prove to a service whose site it is and are gone."""
    return {"removed": removed(before, after)}
