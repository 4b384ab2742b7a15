"""Who asks: the visitor for whom rules with conditions (country, language, cookie, role) are evaluated.

In: what the project declares. Out: `Visitor`. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Visitor:
    """The declared visitor; by default one from the United States who reads English and is not signed in."""

    country: str = "US"
    """ISO 3166-1, two letters."""
    languages: tuple[str, ...] = ("en",)
    """Language tags, the preferred one first."""
    cookies: Mapping[str, str] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    """What the host's login has given; none: nobody is signed in."""

    def comes_from(self, countries: tuple[str, ...]) -> bool:
        """Return whether the visitor's country is one of these, whatever their case."""
        return self.country.lower() in {country.strip().lower() for country in countries}

    def reads(self, languages: tuple[str, ...]) -> bool:
        """Return whether one of the visitor's languages is one of these: `en` also stands for `en-GB`."""
        wanted = {language.strip().lower() for language in languages}
        return any({mine.lower(), mine.lower().partition("-")[0]} & wanted for mine in self.languages)

    @property
    def accept_language(self) -> str:
        """The value of the header that browsers send."""
        return ",".join(self.languages)
