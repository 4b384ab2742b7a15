"""Page types: which kind of page stands at an address, by the word of the project.

In: `page_types` of the settings file: type -> patterns. Out: the type of a production path. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.settings.globs import literals, matches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class PageTypes:
    """The types, and the patterns of each."""

    patterns: tuple[tuple[str, str], ...]
    """Pattern and type; the one that decides where several match stands first."""

    @classmethod
    def of(cls, document: Mapping[str, Sequence[str]]) -> PageTypes:
        """Return the types that `document` names.

        Of several patterns that match, the one that says most decides, whatever their order: that with the most
        characters that are no wildcard, and of equals the first type by name.
        """
        named = [(pattern, name) for name in sorted(document) for pattern in sorted(document[name])]
        return cls(tuple(sorted(named, key=lambda one: -literals(one[0]))))

    def type_of(self, path: str) -> str | None:
        """Return the type of the page at a production path; None where nothing was said of it."""
        return next((name for pattern, name in self.patterns if matches(pattern, path)), None)

    def to_document(self) -> dict[str, Any]:
        """Return it as it would be written in gonogo.yaml."""
        names = sorted({name for _, name in self.patterns})
        return {name: sorted(pattern for pattern, of in self.patterns if of == name) for name in names}
