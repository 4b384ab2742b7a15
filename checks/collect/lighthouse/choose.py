"""Which pages the lab measures: the home page and one of each template, or those that the config names.

In: the measured pages, one at a time, each with the template that it was built from and whether it differs from the
baseline. Out: choices, the most telling first, each with its reason for the ledger. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the preview that answers with 200."""

    path: str
    template: str
    """The path of the first page of its template."""
    changed: bool = True
    """Whether its bytes, or those of what it loads, differ from the baseline's; true where there is no baseline."""
    live: bool = False
    """Whether the baseline has this page, too, so that the two can be compared."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A page to measure."""

    path: str
    why: str
    named: bool
    """Whether the config names it: then it must be measured, whatever the budget."""
    changed: bool
    live: bool


@dataclass(slots=True)
class _Template:
    """What is known of a template; the home page stands for itself."""

    pages: int = 0
    first: Page | None = None
    changed: Page | None = None
    """The first that has changed and can be compared; else the first that is new."""


def of_each_template(pages: Iterable[Page], home_path: str = "/") -> list[Choice]:
    """Return the home page, and one page of each template: where some have changed, one of those."""
    templates: dict[str, _Template] = {}
    home: list[Choice] = []
    for page in pages:
        known = templates.setdefault(page.template, _Template())
        known.pages += 1
        if page.path == home_path:
            home = [_chosen(page, "the home page")]
            continue
        known.first = known.first or page
        if page.changed and (known.changed is None or (page.live and not known.changed.live)):
            known.changed = page
    ordered = sorted(templates.items(), key=lambda one: (-one[1].pages, one[0]))
    return [*home, *(choice for _, known in ordered if (choice := _choice(known)))]


def _choice(known: _Template) -> Choice | None:
    page = known.changed or known.first
    if page is None:
        return None
    many = "one page" if known.pages == 1 else f"{known.pages} pages"
    return _chosen(page, f"stands for {many} of one template")


def _chosen(page: Page, why: str, *, named: bool = False) -> Choice:
    return Choice(page.path, why, named=named, changed=page.changed, live=page.live)


def named(paths: Sequence[str], pages: Iterable[Page]) -> list[Choice]:
    """Return the pages that the config names, in its order; one that was not measured is chosen all the same."""
    wanted = frozenset(paths)
    known = {page.path: page for page in pages if page.path in wanted}
    return [_chosen(known.get(path, Page(path, path)), "named in the config", named=True) for path in paths]
