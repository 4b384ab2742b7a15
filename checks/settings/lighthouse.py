"""What Lighthouse is asked for: the section `lighthouse` of gonogo.yaml.

In: the section, of the published shape. Out: `Lighthouse`. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.settings.durations import LONGEST_LAB_MS, LONGEST_PAGE_MS, milliseconds
from checks.settings.paths import production_path

if TYPE_CHECKING:
    from checks.settings.yaml_text import Places

DEFAULTS: dict[str, Any] = {
    "pages": "auto",
    "profiles": ["phone", "desktop"],
    "runs": 3,
    "pairs": 12,
    "time-limit": "150s",
    "budget": "5m",
}
"""Of the section `lighthouse`, which itself is not there by default: Lighthouse is asked for."""


@dataclass(frozen=True, slots=True)
class Lighthouse:
    """What the lab measures."""

    pages: tuple[str, ...]
    """Production paths; empty: the home page and one page of each template."""
    profiles: tuple[str, ...]
    """`phone`, `desktop` or both."""
    runs: int
    """How often a page is measured under each profile."""
    pairs: int
    """How often at most baseline and preview are measured in turn."""
    time_limit: str
    """As written, such as `150s`."""
    time_limit_s: float
    """For one run."""
    budget: str
    """As written, such as `5m`."""
    budget_s: float
    """For all of them."""

    def to_document(self) -> dict[str, Any]:
        """Return it as it would be written in gonogo.yaml."""
        return {
            "pages": list(self.pages) or "auto",
            "profiles": list(self.profiles),
            "runs": self.runs,
            "pairs": self.pairs,
            "time-limit": self.time_limit,
            "budget": self.budget,
        }


def read_lighthouse(section: dict[str, Any], places: Places) -> Lighthouse:
    """Return what the section asks for, defaults filled in. Raises UserError for what can't be."""
    full = DEFAULTS | section
    pages = [] if full["pages"] == "auto" else full["pages"]
    return Lighthouse(
        pages=tuple(production_path(one, ("lighthouse", "pages", index), places) for index, one in enumerate(pages)),
        profiles=tuple(full["profiles"]),
        runs=full["runs"],
        pairs=full["pairs"],
        time_limit=full["time-limit"],
        time_limit_s=milliseconds(full["time-limit"], ("lighthouse", "time-limit"), LONGEST_PAGE_MS, places) / 1000,
        budget=full["budget"],
        budget_s=milliseconds(full["budget"], ("lighthouse", "budget"), LONGEST_LAB_MS, places) / 1000,
    )
