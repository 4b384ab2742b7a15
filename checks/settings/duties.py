"""What the project has promised beside its pages: to visitors, browsers, the law, and those who count and advertise.

In: the keys of `KEYS` in the settings file. Out: `Duties`. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from checks.settings.globs import matches
from checks.settings.paths import production_path, production_target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.settings.yaml_text import Places

KEYS: dict[str, Any] = {
    "consent": {"exempt": [], "essential": [], "pages": ["/"]},
    "analytics": [],
    "legal": {},
    "required_files": [],
    "service_workers": [],
    "hsts": [],
    "campaigns": {},
    "links": {"sponsored-hosts": [], "outside": "leave"},
    "languages": {"spoken": [], "sections": ["**"], "exempt": []},
}
"""The keys with their defaults."""
_NAMES = {"give": "given", "refuse": "refused"}
"""Key under `consent` -> name of the choice in facts."""


@dataclass(frozen=True, slots=True)
class Languages:
    """In which languages the pages of the site are there."""

    spoken: tuple[str, ...] = ()
    """Language tags; without any, nothing is promised."""
    sections: tuple[str, ...] = ("**",)
    """Patterns of the pages that are there in all of them."""
    exempt: tuple[str, ...] = ()
    """Patterns of those that are not."""

    def promised(self, path: str) -> bool:
        """Whether the page at a production path must be there in every language."""
        return (
            bool(self.spoken)
            and any(matches(pattern, path) for pattern in self.sections)
            and not any(matches(pattern, path) for pattern in self.exempt)
        )


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
    service_workers: tuple[str, ...] = ()
    """Production paths of scripts that visitors' browsers hold as service workers."""
    hsts: tuple[str, ...] = ()
    """What HSTS is meant to reach beside the host itself: `subdomains`, `preload`."""
    campaigns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind (ads, email, print, qr, social) -> production paths with their queries that were given to people."""
    sponsored_hosts: tuple[str, ...] = ()
    """Hosts that pay for links."""
    checks_outside: bool = False
    """Whether the addresses of others that pages link to are asked."""
    languages: Languages = field(default_factory=Languages)

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
            "service_workers": list(self.service_workers),
            "hsts": list(self.hsts),
            "campaigns": {kind: list(found) for kind, found in sorted(self.campaigns.items())},
            "links": {
                "sponsored-hosts": list(self.sponsored_hosts),
                "outside": "check" if self.checks_outside else "leave",
            },
            "languages": {
                "spoken": list(self.languages.spoken),
                "sections": list(self.languages.sections),
                "exempt": list(self.languages.exempt),
            },
        }


def read_duties(full: Mapping[str, Any], places: Places) -> Duties:
    """Return the promises that a whole document holds. Raises UserError for a path that is none."""
    consent, links, languages = full["consent"], full["links"], full["languages"]
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
        service_workers=tuple(
            production_path(path, ("service_workers", index), places)
            for index, path in enumerate(full["service_workers"])
        ),
        hsts=tuple(full["hsts"]),
        campaigns={
            kind: tuple(
                production_target(text, ("campaigns", kind, index), places) for index, text in enumerate(written)
            )
            for kind, written in full["campaigns"].items()
        },
        sponsored_hosts=tuple(host.lower() for host in links["sponsored-hosts"]),
        checks_outside=links["outside"] == "check",
        languages=Languages(*(tuple(languages[key]) for key in ("spoken", "sections", "exempt"))),
    )
