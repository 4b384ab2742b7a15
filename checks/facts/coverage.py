"""How much of its code a page uses while it loads: the group `coverage`.

In: what was used of each script and style sheet, and the members of `requests.items`. Out: the group. A file that is
loaded twice counts once, with what either of them used at best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.facts.weight import MOST_NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from checks.facts.loading import Covered


def coverage(covered: Iterable[Covered], requests: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the group `coverage`. Code in the document itself does not count, for it is no file."""
    transfer = {item["url"]: item["transfer"] or 0 for item in requests if item["type"] in {"script", "style"}}
    best: dict[str, tuple[int, Covered]] = {}
    for one in covered:
        if one.url in transfer and one.length > 0:
            unused = one.length - used(one.ranges, one.length)
            if one.url not in best or unused < best[one.url][0]:
                best[one.url] = (unused, one)
    files = [_file(url, *best[url], transfer[url]) for url in sorted(best)]
    total, wasted = (
        sum(values) for values in ([transfer[url] for url in best], [one["unused_transfer"] for one in files])
    )
    return {
        "files": files,
        "transfer": total,
        "unused_transfer": wasted,
        "unused_share": round(wasted / total, 4) if total else None,
        "largest": [
            {"url": one["url"], "unused_transfer": one["unused_transfer"]}
            for one in sorted(files, key=lambda one: (-one["unused_transfer"], one["url"]))[:MOST_NAMED]
            if one["unused_transfer"]
        ],
    }


def used(ranges: Sequence[tuple[int, int, bool]], length: int) -> int:
    """Return how many characters are used: each by the innermost range that it lies in.

    >>> used([(0, 100, True), (10, 50, False), (20, 30, True)], 100)
    70
    """
    count, at = 0, 0
    around: list[tuple[int, bool]] = [(length, False)]
    for start, end, is_used in sorted(ranges, key=lambda one: (one[0], -one[1])):
        while around[-1][0] <= start and len(around) > 1:
            count, at = _advanced(count, at, around.pop())
        count, at = _advanced(count, at, (start, around[-1][1]))
        around.append((end, is_used))
    while around:
        count, at = _advanced(count, at, around.pop())
    return count


def _advanced(count: int, at: int, until: tuple[int, bool]) -> tuple[int, int]:
    """Go on to where a range ends, and count the way where it is used."""
    end, is_used = until
    return (count + max(0, end - at) if is_used else count), max(at, end)


def _file(url: str, unused: int, one: Covered, transfer: int) -> dict[str, Any]:
    return {
        "url": url,
        "type": one.type,
        "characters": one.length,
        "unused": unused,
        "unused_transfer": transfer * unused // one.length,
    }
