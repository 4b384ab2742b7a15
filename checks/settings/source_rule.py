"""Where the source files of some pages lie, by the word of the project.

In: an entry of `sources` in the settings file. Out: the file of a page. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from checks.settings.globs import captures, filled


@dataclass(frozen=True, slots=True)
class SourceRule:
    """Where the source files of some pages lie."""

    page: str
    """A pattern for production paths."""
    file: str
    """The file, seen from the folder of gonogo.yaml; its n-th wildcard stands for what the n-th of `page` stood for."""

    def file_of(self, path: str) -> str | None:
        """Return the file that made the page at a production path, or None where the rule does not speak of it."""
        found = captures(self.page, path)
        return None if found is None else filled(self.file, found)

    def to_document(self) -> dict[str, str]:
        """Return it as it would be written in gonogo.yaml."""
        return {"page": self.page, "file": self.file}
