"""Where an address leads that has no page any more, and whether that is about the same thing.

In: what the preview answers there, the page that was there, and the pages of the preview. Out: the group `redirect` of
a `change` document. Likeness is told by words (Jaccard index) and by the sketches of the texts. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks.compare.measures import jaccard, words
from checks.compare.sides import AFTER, name_of
from checks.facts.sketch import likeness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.compare.sides import Page, Sides

Document = dict[str, Any]
_PERMANENT: Final = frozenset({301, 308})


def redirect(sides: Sides, answer: Mapping[str, Any], was: Page, home: str, expected: int | None) -> Document:
    """Return what becomes of who asks for the address of `was`.

    `home` is the path of the home page, `expected` the status that the project declares for the address.
    """
    shown = answer["shows"]
    page = sides.page(AFTER, shown) if shown else None
    written = answer["kind"] == "html"
    return {
        "status": answer["status"],
        "hops": answer["hops"],
        "permanent": bool(answer["hops"]) and (written or answer["status"] in _PERMANENT),
        "declared": expected is not None and expected in {answer["status"], answer["final_status"]},
        "loop": answer["loop"],
        "final_status": answer["final_status"],
        "target": answer["target"],
        "to_home": shown == home and was.path != home,
        "target_indexable": None if page is None else page.facts.get("indexability", {}).get("indexable"),
        "similarity": None if page is None else alike(was, page, sides.page(AFTER, home)),
    }


def alike(was: Page, now: Page, home: Page | None) -> float:
    """Return how much two pages are about the same, 0 to 1: by their names or by their texts, whichever is more.

    Words that stand in the title of the home page are the site's own, and say nothing of a page.
    """
    everywhere = words(home.title) if home is not None else frozenset()
    subjects = [words(page.title, page.h1, name_of(page.path)) - everywhere for page in (was, now)]
    return max(jaccard(*subjects), round(likeness(was.texture, now.texture), 2))
