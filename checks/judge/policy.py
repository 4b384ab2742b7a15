"""A policy: a JSON Schema that a document of facts must satisfy, with what people need to know about it.

In: a document that `strictness.py` accepted. Out: a frozen `Policy`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from checks.judge import override
from checks.judge.vocabulary import LAUNCH_BLOCKER, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.judge.override import Override

NOT_THE_SCHEMA: Final = frozenset({"$schema", "title", "description", "examples"})
"""Keys without `x-` that say something about the policy and judge nothing."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy in force: as it is written, and as the project changed it."""

    id: str
    """Its path below its folder, without suffix: `seo/title-length`."""
    title: str
    description: str
    reads: str
    """The kind of document it judges: `page`, `site`, `change` or `lighthouse`."""
    severity: str
    sets: tuple[str, ...]
    owner: str
    message: str | None
    fix: str
    references: tuple[str, ...]
    applies_to: Mapping[str, Any] | None
    override: Override | None
    """Who may sign for an exception; None leaves it to the owner."""
    escalate_after: int | None
    """Days after which a warning that is still open becomes an error."""
    status: str
    what: str | None
    """JSON Pointer to the fact that says what failed, where the schema fails as a whole."""
    schema: Mapping[str, Any]
    """The limits: a JSON Schema without any key that begins with `x-`."""
    examples: tuple[Mapping[str, Any], ...]
    counterexamples: tuple[Mapping[str, Any], ...]
    digest: str
    """SHA-256 of the policy in force, as canonical JSON."""
    path: str
    """The file it stands in."""
    document: Mapping[str, Any] = field(repr=False)
    """The policy in force as one document: what a run keeps, and what it is made of again."""
    fail_on: str = "error"
    """The least severity that blocks."""

    @property
    def proposed(self) -> bool:
        """Whether it is only proposed: judged and shown, never blocking."""
        return self.status == "proposed"

    @property
    def launch_blocker(self) -> bool:
        """Whether it blocks even when what it finds was there before."""
        return LAUNCH_BLOCKER in self.sets

    @property
    def blocks(self) -> bool:
        """Whether a new finding of this policy makes the verdict NO-GO."""
        return SEVERITIES.index(self.severity) <= SEVERITIES.index(self.fail_on) and not self.proposed

    @property
    def definitions(self) -> Mapping[str, Any]:
        """The rules that the schema refers to as `#/$defs/NAME`."""
        defs: Mapping[str, Any] = self.schema.get("$defs", {})
        return defs

    @classmethod
    def of(cls, policy_id: str, document: Mapping[str, Any], path: str) -> Policy:
        """Return the policy that `document` is; it must have been accepted before."""
        return cls(
            id=policy_id,
            title=document["title"],
            description=document["description"],
            reads=document["x-reads"],
            severity=document["x-severity"],
            sets=tuple(document.get("x-set", ())),
            owner=document["x-owner"],
            message=document.get("x-message"),
            fix=document["x-fix"],
            references=tuple(document.get("x-reference", ())),
            applies_to=document.get("x-applies-to"),
            override=override.of(document.get("x-override")),
            escalate_after=document.get("x-escalate-after"),
            status=document.get("x-status", "active"),
            what=document.get("x-what"),
            schema=schema_of(document),
            examples=tuple(document["examples"]),
            counterexamples=tuple(document["x-counterexamples"]),
            digest=digest_of(document),
            path=path,
            document=document,
        )


def schema_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a policy that judges."""
    return {key: value for key, value in document.items() if not key.startswith("x-") and key not in NOT_THE_SCHEMA}


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of `document` as canonical JSON: sorted keys, no white space, UTF-8."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
