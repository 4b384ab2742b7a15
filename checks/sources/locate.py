"""Where a finding can be mended: the source file of its page, and the line in it.

In: findings with their page documents, the settings, the repository. Out: a `Source` each. Where no source file is
known it is the settings file: every finding has a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.sources import candidates, lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.settings import Settings
    from checks.sources.repository import Repository

UNKNOWN = "no source file is known"
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the repository."""

    file: str
    """POSIX path from the repository's root."""
    line: int | None
    """From 1; None where the text of the finding is not there, or is there more than once."""
    why: str
    """How the file is known, in words of ours."""

    def to_document(self) -> Document:
        """Return it as a line of sources.jsonl holds it, beside the fingerprint."""
        known = {"file": self.file, "line": self.line, "why": self.why}
        return {name: value for name, value in known.items() if value is not None}


def locate(
    finding: Mapping[str, Any],
    document: Mapping[str, Any] | None,
    settings: Settings,
    repository: Repository,
    delivered: bytes | None = None,
) -> Source:
    """Return where `finding` can be mended.

    `document` is the document of its page, None where there is none; `delivered` is the page's HTML, for its meta tag.
    """
    return Locator(settings, repository).locate(finding, document, delivered)


class Locator:
    """Looks for sources; the findings of a page share what was found out about it."""

    def __init__(self, settings: Settings, repository: Repository) -> None:
        self._settings = settings
        self._repository = repository
        self._page: str | None = None
        self._file: tuple[str, str] | None = None
        self._text: str | None = None

    def locate(
        self, finding: Mapping[str, Any], document: Mapping[str, Any] | None, delivered: bytes | None = None
    ) -> Source:
        """Return where `finding` can be mended; see `locate`."""
        path = finding.get("page") or self._page_that_it_names(finding)
        if isinstance(path, str) and path != self._page:
            self._turn_to(candidates.Page(path, document or {}, delivered))
        if not isinstance(path, str) or self._file is None:
            return Source(self._repository.tree.config, None, UNKNOWN)
        file, why = self._file
        line = None if self._text is None else lines.line_of(finding, document or {}, self._text)
        return Source(file, line, why)

    def _page_that_it_names(self, finding: Mapping[str, Any]) -> str | None:
        """Return the path of the page that a finding about the site is about, such as an orphan, or None."""
        what, site = str(finding.get("what") or ""), self._settings.site
        return what[len(site) :].partition("#")[0] if site and what.startswith(f"{site}/") else None

    def _turn_to(self, page: candidates.Page) -> None:
        repository = self._repository
        found = candidates.of(page, self._settings, repository.tree, repository.projects)
        self._page = page.path
        self._file = next((one for one in found if repository.holds(one[0])), None)
        self._text = repository.text(self._file[0]) if self._file else None
