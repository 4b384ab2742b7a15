"""Which pages the lab measures: the home page and one of each template, or those that the config names.

In: the measured pages, one at a time, each with the template that it was built from and whether it differs from the
baseline. Out: choices, the most telling first, each with its reason for the ledger. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HOME: Final = "/"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the preview that answers with 200."""

    path: str
    template: str
    """The path of the first page of its template."""
    changed: bool
    """Whether its bytes, or those of what it loads, differ from the baseline's; true where there is no baseline."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A page to measure."""

    path: str
    why: str
    named: bool
    """Whether the config names it: then it must be measured, whatever the budget."""
    changed: bool


@dataclass(slots=True)
class _Template:
    """What is known of a template; the home page stands for itself."""

    pages: int = 0
    first: Page | None = None
    changed: Page | None = None


def of_each_template(pages: Iterable[Page]) -> list[Choice]:
    """Return the home page, and one page of each template: where some have changed, one of those."""
    templates: dict[str, _Template] = {}
    home: list[Choice] = []
    for page in pages:
        known = templates.setdefault(page.template, _Template())
        known.pages += 1
        if page.path == HOME:
            home = [Choice(page.path, "the home page", named=False, changed=page.changed)]
            continue
        known.first = known.first or page
        known.changed = known.changed or (page if page.changed else None)
    ordered = sorted(templates.items(), key=lambda one: (-one[1].pages, one[0]))
    return [*home, *(choice for _, known in ordered if (choice := _choice(known)))]


def _choice(known: _Template) -> Choice | None:
    page = known.changed or known.first
    if page is None:
        return None
    many = "one page" if known.pages == 1 else f"{known.pages} pages"
    return Choice(page.path, f"stands for {many} of one template", named=False, changed=page.changed)


def named(paths: Sequence[str], pages: Iterable[Page]) -> list[Choice]:
    """Return the pages that the config names, in its order; one that was not measured is chosen all the same."""
    wanted = frozenset(paths)
    known = {page.path: page for page in pages if page.path in wanted}
    return [
        Choice(path, "named in the config", named=True, changed=known[path].changed if path in known else True)
        for path in paths
    ]
