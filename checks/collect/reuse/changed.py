"""What has changed since a page was measured, beside what it loads.

In: what it depended on then, and the same as it is now. Out: the first of these that is another one, in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def first_change(then: Mapping[str, Any], present: Mapping[str, Any], days: Collection[str]) -> str | None:
    """Return the first thing that is not as it was; None: nothing has changed.

    `days` are what a measurement of today may name as its day, by how much of the day it depends on.
    """
    for name, value in present["circumstances"].items():
        if then["circumstances"].get(name) != value:
            return f"{name} is not the same" if name != "the settings" else "the settings are not the same"
    if then["declared"] != present["declared"]:
        return "what is declared for it has changed"
    if then["page"] != present["page"]:
        return "its HTML, or how it is served, has changed"
    if then["day"] not in days:
        return "it has scripts or dates, and the day is another one"
    return None
