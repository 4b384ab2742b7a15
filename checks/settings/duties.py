"""What the project has promised beside its pages: to visitors, to the law, and to those who count visits.

In: the keys `consent`, `analytics`, `legal` and `required_files` of the settings file. Out: `Duties`. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.settings.paths import production_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.settings.yaml_text import Places

KEYS: dict[str, Any] = {
    "consent": {"exempt": [], "essential": [], "pages": ["/"]},
    "analytics": [],
    "legal": {},
    "required_files": [],
}
"""The keys with their defaults."""
_NAMES = {"give": "given", "refuse": "refused"}
"""Key under `consent` -> name of the choice in facts."""


@dataclass(frozen=True, slots=True)
class Duties:
    """The promises."""

    exempt: tuple[str, ...] = ()
    """Hosts that may be asked before anybody has consented."""
    essential: tuple[str, ...] = ()
    """Names of cookies and keys that need no consent; * at the end stands for anything."""
    consent_pages: tuple[str, ...] = ("/",)
    """Patterns of the pages on which the choices are made."""
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """`given` and `refused` -> how (click, script or cookie), and what."""
    analytics: tuple[str, ...] = ()
    """Ids of the production tags, or hosts of those that have none."""
    legal: Mapping[str, str] = field(default_factory=dict)
    """What the law asks for -> production path."""
    required_files: tuple[str, ...] = ()
    """Production paths that must answer."""

    def to_document(self) -> dict[str, Any]:
        """Return them as they would be written in gonogo.yaml."""
        return {
            "consent": {
                "exempt": list(self.exempt),
                "essential": list(self.essential),
                "pages": list(self.consent_pages),
                **{key: dict([self.choices[name]]) for key, name in _NAMES.items() if name in self.choices},
            },
            "analytics": list(self.analytics),
            "legal": dict(sorted(self.legal.items())),
            "required_files": list(self.required_files),
        }


def read_duties(full: Mapping[str, Any], places: Places) -> Duties:
    """Return the promises that a whole document holds. Raises UserError for a path that is none."""
    consent = full["consent"]
    return Duties(
        exempt=tuple(host.lower() for host in consent["exempt"]),
        essential=tuple(consent["essential"]),
        consent_pages=tuple(consent["pages"]),
        choices={name: next(iter(consent[key].items())) for key, name in _NAMES.items() if key in consent},
        analytics=tuple(full["analytics"]),
        legal={name: production_path(path, ("legal", name), places) for name, path in full["legal"].items()},
        required_files=tuple(
            production_path(path, ("required_files", index), places)
            for index, path in enumerate(full["required_files"])
        ),
    )
