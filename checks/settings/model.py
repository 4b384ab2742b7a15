"""What a run is told: one frozen record, made of smaller ones. Every default is in `DEFAULTS`.

In: nothing. Out: `Settings` and its parts, and their way to JSON (`run.json`).
Pure: the day is given, not asked for.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.settings import duties, exports
from checks.settings.globs import matches
from checks.settings.remote import is_address

if TYPE_CHECKING:
    from datetime import date

    from checks.settings.exceptions import Exclusion, Expectation
    from checks.settings.hosting import Hosting, Visitor
    from checks.settings.lighthouse import Lighthouse
    from checks.settings.page_types import PageTypes
    from checks.settings.remote import Access, Limits
    from checks.settings.source_rule import SourceRule

# In the shape of gonogo.yaml, so that what is in force can be read there. `site` and `preview` have no default.
DEFAULTS: dict[str, Any] = {
    "host": "auto",
    "baseline": "none",
    "fail-on": "error",
    "gate": "new",
    "pull-request-gate": "launch",
    "policies": {"use": ["recommended"], "folders": [], "change": {}},
    "render": {"viewports": ["phone"], "time-limit": "30s", "third-party": "allow", "coverage": []},
    "owners": {"marketing": {}, "engineering": {}, "security": {}},
    "expect": [],
    "exclude": [],
    "allow": {
        "third-parties": [],
        "canonical-hosts": [],
        "form-hosts": [],
        "source-maps": False,
        "temporary-redirects": [],
        "public-keys": [],
        "hsts-preload": False,
    },
    "hosting": {"answers": [], "endpoint": "website", "spa": False},
    "limits": {
        "pages": 1000,
        "depth": 20,
        "bytes": 25_000_000,
        "time": "20m",
        "answer-time": "20s",
        "at-once": 4,
    },
    "visitor": {"country": "US", "languages": ["en"], "cookies": {}, "roles": []},
    "key_pages": [],
    "page_types": {},
    "crawlers": {},
    **duties.KEYS,
    **exports.KEYS,
    "sources": [],
}


@dataclass(frozen=True, slots=True)
class Viewport:
    """The screen that a page is rendered on; lengths in CSS pixels."""

    width: int
    height: int
    scale: float
    """Device pixels for each CSS pixel."""
    is_mobile: bool
    """Whether `<meta name=viewport>` counts, and touch is offered. The user agent stays the browser's own."""


VIEWPORT_BY_NAME: dict[str, Viewport] = {
    "phone": Viewport(412, 823, 1.75, is_mobile=True),
}


@dataclass(frozen=True, slots=True)
class Policies:
    """Which policies judge."""

    use: tuple[str, ...]
    """Names of sets."""
    folders: tuple[str, ...]
    """The project's own folders of policies."""
    change: dict[str, dict[str, Any] | None]
    """Policy id -> JSON Merge Patch (RFC 7396), None drops it. Read-only by convention."""


@dataclass(frozen=True, slots=True)
class Render:
    """How pages are rendered."""

    viewports: tuple[str, ...]
    time_limit: str
    """As written, such as `30s`."""
    time_limit_ms: int
    third_party: str
    """`allow` or `block`: whether other hosts are asked."""
    coverage: tuple[str, ...]
    """Patterns of the pages whose unused code is measured."""


@dataclass(frozen=True, slots=True)
class Allow:
    """Hosts that are not ours and are meant."""

    third_parties: tuple[str, ...]
    canonical_hosts: tuple[str, ...]
    form_hosts: tuple[str, ...]
    source_maps: bool
    temporary_redirects: tuple[str, ...]
    """Patterns for production paths."""
    public_keys: tuple[str, ...]
    """Keys that are meant to be published."""
    hsts_preload: bool = False


@dataclass(frozen=True, slots=True)
class OwnedPaths:
    """Addresses that belong to an owner, whatever the owner of the policy."""

    pattern: str
    owner: str


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
        policies, render, allow = self.policies, self.render, self.allow
        return {key: value for key, value in said.items() if value is not None} | {
            "limits": self.limits.to_document(),
            "host": self.host,
            "hosting": self.hosting.to_document(),
            "visitor": self.visitor.to_document(),
            "baseline": self.baseline,
            "fail-on": self.fail_on,
            "gate": self.gate,
            "pull-request-gate": self.pull_request_gate,
            "policies": {"use": list(policies.use), "folders": list(policies.folders), "change": policies.change},
            "render": {
                "viewports": list(render.viewports),
                "time-limit": render.time_limit,
                "third-party": render.third_party,
                "coverage": list(render.coverage),
            },
            "owners": {name: self._paths_of(name) for name in self.owners},
            "owners_in_order": list(dict.fromkeys(one.owner for one in self.owned)),
            "expect": [one.to_document() for one in self.expect],
            "exclude": [one.to_document() for one in self.exclude],
            "allow": {
                "third-parties": list(allow.third_parties),
                "canonical-hosts": list(allow.canonical_hosts),
                "form-hosts": list(allow.form_hosts),
                "source-maps": allow.source_maps,
                "temporary-redirects": list(allow.temporary_redirects),
                "public-keys": list(allow.public_keys),
                "hsts-preload": allow.hsts_preload,
            },
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
