"""Where in the repository findings can be mended, looked up while they are judged: the lines of sources.jsonl.

In: findings with the documents they were found in. Out: for the worst of them a place each. Nothing depends on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks import run_folder
from checks.delivered import Delivered
from checks.sources.locate import Locator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.run_folder import RunFolder
    from checks.settings import Settings
    from checks.sources.repository import Repository

MOST = 5_000
"""Findings of a kind (blocking or not) that are looked for: as many as code scanning shows."""
Document = dict[str, Any]


class Located:
    """Looks for the sources of the first findings; without a repository, for none."""

    def __init__(self, run: RunFolder, settings: Settings, repository: Repository | None) -> None:
        self.lines: list[Document] = []
        self._room = {True: MOST, False: MOST}
        self._locator = Locator(settings, repository) if repository is not None and repository.root else None
        self._delivered = Delivered(run.file(run_folder.DELIVERED)) if self._locator else None
        self._page: str | None = None
        self._html: bytes | None = None

    def look(self, finding: Document, document: Mapping[str, Any] | None) -> Document | None:
        """Keep and return where `finding` can be mended; `document` is that of its page. None: nobody looked."""
        blocking = bool(finding["blocking"])
        if self._locator is None or not self._room[blocking]:
            return None
        self._room[blocking] -= 1
        found = self._locator.locate(finding, document, self._html_of(document))
        self.lines.append({"fingerprint": finding["fingerprint"], **found.to_document()})
        return self.lines[-1]

    def close(self) -> None:
        """Let go of the delivered pages."""
        if self._delivered is not None:
            self._delivered.close()

    def _html_of(self, document: Mapping[str, Any] | None) -> bytes | None:
        path = document["path"] if document else None
        if path != self._page:
            kept = self._delivered.get(path) if self._delivered and path else None
            self._page, self._html = path, kept.body if kept else None
        return self._html
