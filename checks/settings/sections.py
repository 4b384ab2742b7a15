"""The sections of gonogo.yaml that are few lines each: which policies judge, how pages are rendered, what is allowed.

In: nothing. Out: frozen records, and their way back to the shape of gonogo.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Policies:
    """Which policies judge."""

    use: tuple[str, ...]
    """Names of sets."""
    folders: tuple[str, ...]
    """The project's own folders of policies."""
    change: dict[str, dict[str, Any] | None]
    """Policy id -> JSON Merge Patch (RFC 7396), None drops it. Read-only by convention."""

    def to_document(self) -> dict[str, Any]:
        """Return them as they would be written in gonogo.yaml."""
        return {"use": list(self.use), "folders": list(self.folders), "change": self.change}


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

    def to_document(self) -> dict[str, Any]:
        """Return it as it would be written in gonogo.yaml."""
        return {
            "viewports": list(self.viewports),
            "time-limit": self.time_limit,
            "third-party": self.third_party,
            "coverage": list(self.coverage),
        }


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

    def to_document(self) -> dict[str, Any]:
        """Return it as it would be written in gonogo.yaml."""
        return {
            "third-parties": list(self.third_parties),
            "canonical-hosts": list(self.canonical_hosts),
            "form-hosts": list(self.form_hosts),
            "source-maps": self.source_maps,
            "temporary-redirects": list(self.temporary_redirects),
            "public-keys": list(self.public_keys),
            "hsts-preload": self.hsts_preload,
        }


@dataclass(frozen=True, slots=True)
class OwnedPaths:
    """Addresses that belong to an owner, whatever the owner of the policy."""

    pattern: str
    owner: str
