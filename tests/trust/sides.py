"""Two sides of a change, and what of the second is weaker than the first."""

from __future__ import annotations

from collections.abc import Callable

from checks.signoff.people import FILES, Authority, read
from checks.trust.snapshot import Snapshot
from checks.trust.weakening import Weakening, compare
from tests.trust.project import Document

Side = Callable[..., Snapshot]


def kinds(base: Snapshot, head: Snapshot) -> list[str]:
    return [one.kind for one in compare(base, head)]


def told(base: Snapshot, head: Snapshot) -> Weakening:
    (one,) = compare(base, head)
    return one


def authority(files: Document) -> Authority | None:
    return read({name: files[f"gonogo/{name}"].encode() for name in FILES}, dict.fromkeys(FILES, "x"), None)
