"""What a run is told: one frozen record, made of smaller ones.

In: nothing; `read.py` fills it. Out: `Settings`, what it says of an address, and its way to JSON (`run.json`).
Pure: the day is given, not asked for.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.settings.globs import matches
from checks.settings.remote import is_address

if TYPE_CHECKING:
    from datetime import date

    from checks.settings import duties, exports
    from checks.settings.exceptions import Exclusion, Expectation
    from checks.settings.hosting import Hosting, Visitor
    from checks.settings.lighthouse import Lighthouse
    from checks.settings.page_types import PageTypes
    from checks.settings.remote import Access, Limits
    from checks.settings.sections import Allow, OwnedPaths, Policies, Render
    from checks.settings.source_rule import SourceRule


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run is told, defaults included."""

    site: str | None
    """The production origin, lower case and punycode (`https://www.example.com`); None: not said."""
    base_path: str
    """The path that the site is published under, with a slash at both ends; `/`: the origin is its own."""
    preview: str | None
    """The folder of the build, seen from the working directory, or a URL that ends with a slash; None: not said."""
    access: Access | None
    """What opens a preview that is a URL; None: it is open."""
    limits: Limits
    host: str
    """`auto`, or the name of a host model."""
    hosting: Hosting
    visitor: Visitor
    baseline: str
    """What is live: a folder (of a build, a saved baseline, a run) seen from here; an address; `launch`; or `none`."""
    fail_on: str
    """The least severity that blocks: `error`, `warning` or `info`."""
    gate: str
    """What blocks: `new` findings, or `all`."""
    pull_request_gate: str
    """Which gate a pull request may pass: `launch` or `review`."""
    policies: Policies
    render: Render
    owners: tuple[str, ...]
    owned: tuple[OwnedPaths, ...]
    """Which addresses belong to whom, in the order written."""
    expect: tuple[Expectation, ...]
    exclude: tuple[Exclusion, ...]
    allow: Allow
    key_pages: tuple[str, ...]
    """Production paths, percent-encoded."""
    page_types: PageTypes
    """Which type of page stands where."""
    duties: duties.Duties
    """What was promised about consent, tags, legal pages and files."""
    exports: exports.Exports
    """What other tools say of the site's addresses."""
    crawlers: dict[str, str]
    """Product token of a crawler -> `allow` or `block`. Read-only by convention."""
    sources: tuple[SourceRule, ...]
    """Where source files lie; the first rule whose file is there decides."""
    lighthouse: Lighthouse | None
    """What the lab measures; None: Lighthouse was not asked for."""
    today: date
    """The day of the run in UTC: what decides which exceptions are still in force, also in a replay."""

    @property
    def preview_url(self) -> str | None:
        """The preview where it is a URL."""
        return self.preview if self.preview is not None and is_address(self.preview) else None

    def expected(self, path: str) -> dict[str, Any]:
        """Return what was declared for a production path, as page documents hold it: `noindex`, `status`, `orphan`."""
        found = [one for one in self.expect if self._holds(one) and matches(one.page, path)]
        return {
            "noindex": any(one.noindex for one in found),
            "status": next((one.status for one in found if one.status is not None), None),
            "orphan": any(one.orphan for one in found),
        }

    def covers(self, path: str) -> bool:
        """Whether the unused code of the page at a production path is to be measured."""
        return any(matches(pattern, path) for pattern in self.render.coverage)

    def chooses(self, path: str) -> bool:
        """Whether consent is to be given and refused on the page at a production path."""
        pages = self.duties.consent_pages
        return bool(self.duties.choices) and any(matches(pattern, path) for pattern in pages)

    def owner_of(self, path: str) -> str | None:
        """Return whom `owners` gives a production path to, or None; of several patterns, the last one written wins."""
        return next((one.owner for one in reversed(self.owned) if matches(one.pattern, path)), None)

    def exclusion(self, path: str) -> Exclusion | None:
        """Return the first exclusion in force that covers a production path, or None."""
        return next((one for one in self.exclude if self._holds(one) and matches(one.page, path)), None)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the report: which exceptions are over."""
        return tuple(
            f"the {kind} `{one.page}` ended on {one.until.isoformat()} and no longer holds ({one.owner}: {one.why})"
            for kind, exceptions in (("expectation", self.expect), ("exclusion", self.exclude))
            for one in exceptions
            if not self._holds(one)
        )

    @property
    def digest(self) -> str:
        """The SHA-256, in hex, of the settings in force; the day is no part of it."""
        document = self.to_document()
        del document["today"]
        return hashlib.sha256(json.dumps(document, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def to_document(self) -> dict[str, Any]:
        """Return the settings in the shape of gonogo.yaml, plus `today` and `owners_in_order`, as run.json keeps them.

        Which of two patterns for one address was written last decides, and a JSON object does not say that.
        """
        site = None if self.site is None else self.site + ("" if self.base_path == "/" else self.base_path)
        lighthouse = self.lighthouse.to_document() if self.lighthouse else None
        access = self.access.to_document() if self.access else None
        said = {"site": site, "preview": self.preview, "access": access, "lighthouse": lighthouse}
        return {key: value for key, value in said.items() if value is not None} | {
            "limits": self.limits.to_document(),
            "host": self.host,
            "hosting": self.hosting.to_document(),
            "visitor": self.visitor.to_document(),
            "baseline": self.baseline,
            "fail-on": self.fail_on,
            "gate": self.gate,
            "pull-request-gate": self.pull_request_gate,
            "policies": self.policies.to_document(),
            "render": self.render.to_document(),
            "owners": {name: self._paths_of(name) for name in self.owners},
            "owners_in_order": list(dict.fromkeys(one.owner for one in self.owned)),
            "expect": [one.to_document() for one in self.expect],
            "exclude": [one.to_document() for one in self.exclude],
            "allow": self.allow.to_document(),
            "key_pages": list(self.key_pages),
            "page_types": self.page_types.to_document(),
            "crawlers": dict(self.crawlers),
            **self.duties.to_document(),
            **self.exports.to_document(),
            "sources": [one.to_document() for one in self.sources],
            "today": self.today.isoformat(),
        }

    def _paths_of(self, owner: str) -> dict[str, list[str]]:
        patterns = [one.pattern for one in self.owned if one.owner == owner]
        return {"paths": patterns} if patterns else {}

    def _holds(self, exception: Exclusion) -> bool:
        return self.today <= exception.until
