"""In what a change weakens its own rules: everything that decides, compared between its base and itself.

In: two snapshots, of which the head may be broken. Out: `Weakening`s; none means that nothing became weaker. Pure.
What can't be read can't be proven to be as strict, and is told as a weakening itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.settings import FILE_NAME
from checks.trust.record import KEEPS_CONFIG, KEEPS_KEYS, KINDS, Weakening
from checks.trust.weaker_people import weaker_adopted, weaker_people
from checks.trust.weaker_policies import weaker_policies
from checks.trust.weaker_settings import weaker_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.trust.snapshot import Snapshot

__all__ = ["KINDS", "Weakening", "compare"]

_COMPARISONS = {
    "settings": weaker_settings,
    "policies": weaker_policies,
    "adopted": weaker_adopted,
    "people": weaker_people,
}
"""Part of the rules -> what compares it."""


def compare(base: Snapshot, head: Snapshot) -> tuple[Weakening, ...]:
    """Return in what `head` is weaker than `base`, which was read strictly; both without what the command line says."""
    return tuple(_weakenings(base, head))


def _weakenings(base: Snapshot, head: Snapshot) -> Iterator[Weakening]:
    for one in head.broken:
        if one.what:
            owner = KEEPS_KEYS if one.part == "people" else KEEPS_CONFIG
            said = f"The change's own {one.part} can't be read: {one.what}"
            yield Weakening("invalid", one.file, one.part, "", "", owner, said)
    if base.config is not None and head.config is None and head.knows("settings"):
        said = f"{base.config} is gone, so that the defaults would hold."
        yield Weakening("removed", base.config, FILE_NAME, base.config, "", KEEPS_CONFIG, said)
    for part, comparison in _COMPARISONS.items():
        if head.knows(part):
            yield from comparison(base, head)
