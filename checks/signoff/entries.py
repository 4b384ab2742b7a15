"""The parts of a statement: what is accepted, for what, and to what it is bound.

In: values of the published shape `sign-off`. Out: frozen records. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """One finding that is accepted."""

    policy_id: str
    policy_digest: str
    fingerprint: str
    url_path: str
    """Empty for the site."""
    severity: str
    """The worst that is accepted."""
    title: str
    """What was shown; it decides nothing."""
    measured: float | None = None
    not_worse_than: float | None = None


@dataclass(frozen=True, slots=True)
class CauseEntry:
    """One cause that is accepted on the pages of a list."""

    policy_id: str
    policy_digest: str
    cause: str
    pages: int
    pages_digest: str
    severity: str
    title: str
    not_worse_than: float | None = None


@dataclass(frozen=True, slots=True)
class WeakeningEntry:
    """One weakening of the rules that is accepted."""

    fingerprint: str
    owner: str
    title: str


@dataclass(frozen=True, slots=True)
class SignedContext:
    """The site, repository and branch that a statement is for."""

    repository_id: int | None
    repository: str
    site_id: str
    base_branch: str


@dataclass(frozen=True, slots=True)
class Binding:
    """What must be the same beside the entries."""

    level: str
    commit: str | None = None
    tree: str | None = None
    site_digest: str | None = None
