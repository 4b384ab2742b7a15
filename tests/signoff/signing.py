"""What the tests of sign-offs share: people with real keys, statements about findings, and their signatures."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checks.judge.finding import Finding, cause, fingerprint
from checks.judge.policy import Policy
from checks.signoff import people, statement, verification
from checks.signoff.applying import Applying
from checks.signoff.excluded import Excluded, excluded
from checks.signoff.people import Authority
from checks.signoff.signers import NAMESPACE
from checks.signoff.verification import Context, StatementFiles, Verified

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SITE = "https://www.example.com"
WHO = {"ana": "marketing", "ben": "engineering", "carl": "marketing, engineering", "dora": "security", "otto": ""}
GITHUB = {name: number for number, name in enumerate(WHO, 11)}
HERE = Context(77, "example/shop", SITE, "main", "a" * 40, "b" * 40, "c" * 64, Excluded())
Document = dict[str, Any]


def policy(policy_id: str = "perf/lcp", *, override: Any = None, **changes: Any) -> Policy:
    document = {
        "title": "The page is fast",
        "description": "People leave.",
        "x-reads": "page",
        "x-severity": "error",
        "x-owner": "marketing",
        "x-fix": "Make it fast.",
        **({"x-override": override} if override else {}),
        "examples": [{}],
        "x-counterexamples": [{}],
        **changes,
    }
    return Policy.of(policy_id, document, "")


BOTH = policy(override=["marketing", "engineering"])


def finding(page: str | None = "/a/", of: str = "perf/lcp", **changes: Any) -> Finding:
    plain = Finding(
        policy=of,
        title="The page is fast",
        severity="error",
        owner="marketing",
        reads="page",
        page=page,
        what="lcp",
        value=3.1,
        limit=2.5,
        message="It is slow.",
        fix="Make it fast.",
        reference=(),
        fingerprint=fingerprint(of, page, "lcp"),
        cause=cause(of, "lcp"),
        state="new",
        blocking=True,
        launch_blocker=False,
        pointer="/x",
        proposed=False,
    )
    return replace(plain, **changes)


def entry(of: Finding | None = None, by: Policy | None = None, **changes: Any) -> Document:
    one = of or finding()
    found = {
        "policy_id": one.policy,
        "policy_digest": (by or policy(one.policy)).digest,
        "fingerprint": one.fingerprint,
        "url_path": one.page or "",
        "severity": one.severity,
        "measured": 3.1,
        "not_worse_than": 3.2,
        "title": one.title,
        **changes,
    }
    return {name: value for name, value in found.items() if value is not None}


def cause_entry(pages: Sequence[str], **changes: Any) -> Document:
    one = finding()
    return {
        "policy_id": one.policy,
        "policy_digest": policy().digest,
        "cause": one.cause,
        "pages": len(pages),
        "pages_digest": hashlib.sha256(statement.pages_to_bytes(tuple(pages))).hexdigest(),
        "severity": "error",
        "not_worse_than": 3.2,
        "title": one.title,
        **changes,
    }


def document(*findings: Document, **changes: Any) -> Document:
    made = {
        "schema": statement.SCHEMA,
        "action": "override",
        "request_id": "r1",
        "nonce": "0" * 32,
        "context": {"repository_id": 77, "repository": "example/shop", "site_id": SITE, "base_branch": "main"},
        "report_digest": "1" * 64,
        "policy_set_digest": "2" * 64,
        "tool_version": "0.1",
        "binding": {"level": "finding"},
        "findings": list(findings),
        "reason_code": "fix-scheduled",
        "reason": "The picture is replaced next week.",
        "requested_by": "ben",
        "requested_at": "2026-11-18T09:00:00Z",
        "issued_at": "2026-11-18T10:00:00Z",
        "not_after": "2026-11-30T23:59:59Z",
        **changes,
    }
    return {name: value for name, value in made.items() if value is not None}


@dataclass(frozen=True)
class Keys:
    """Keys made by ssh-keygen, one for each name."""

    folder: Path

    def private(self, name: str, kind: str = "ed25519", bits: str = "") -> Path:
        file = self.folder / f"{name}-{kind}-{bits}"
        if not file.exists():
            size = ["-b", bits] if bits else []
            command = ["ssh-keygen", "-q", "-t", kind, *size, "-N", "", "-C", "", "-f", str(file)]
            subprocess.run(command, check=True, capture_output=True)
        return file

    def public(self, name: str, kind: str = "ed25519", bits: str = "") -> str:
        return self.private(name, kind, bits).with_suffix(".pub").read_text().strip()

    def sign(self, data: bytes, name: str, namespace: str = NAMESPACE) -> bytes:
        key = self.private(name) if "/" not in name else Path(name)
        command = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(key)]
        return subprocess.run(command, input=data, check=True, capture_output=True).stdout

    def authority(
        self,
        options: Mapping[str, str] | None = None,
        revoked: Sequence[str] = (),
        escalate: str = "",
        signers: str | None = None,
    ) -> Authority:
        """Return who may sign; `options` are further ones of a signer's line."""
        lines = "".join(
            f"  {name}: {{name: {name.title()}, github: {GITHUB[name]}, emails: [{name}@example.com], "
            f"principals: [{name}], roles: [{roles}]}}\n"
            for name, roles in WHO.items()
        )
        more = options or {}
        keys = "".join(f'{name} namespaces="{NAMESPACE}"{more.get(name, "")} {self.public(name)}\n' for name in WHO)
        files = {
            people.PEOPLE: f"people:\n{lines}{escalate}".encode(),
            people.SIGNERS: (keys if signers is None else signers).encode(),
            people.REVOKED: "".join(f"{self.public(name)}\n" for name in revoked).encode(),
        }
        found = people.read(files, {name: name for name in files}, None)
        assert found is not None
        return found

    def files(
        self, told: Document | bytes, *by: str, pages: bytes | None = None, trusted: bool = False
    ) -> StatementFiles:
        data = told if isinstance(told, bytes) else statement.to_bytes(told)
        signatures = tuple(self.sign(data, name) for name in by)
        name = statement.id_of(data)
        return StatementFiles(name, data, signatures, pages, f"gonogo/sign-offs/{name}.json", trusted)


@dataclass(frozen=True)
class Judged:
    """One judgement: statements, findings, and what becomes of both."""

    keys: Keys
    authority: Authority | None = None
    policies: Mapping[str, Policy] = field(default_factory=lambda: {"perf/lcp": policy()})
    about: Context = HERE
    now: datetime = NOW

    def verified(self, *files: StatementFiles) -> tuple[Verified, ...]:
        authority = self.authority or self.keys.authority()
        return verification.verify_all(files, self.about, authority, self.policies, self.now)

    def applying(self, *files: StatementFiles) -> Applying:
        found = tuple(Verified.from_document(one.to_document()) for one in self.verified(*files))
        return Applying(found, self.policies, self.now, desk=not self.about.known)

    def judge(self, files: Sequence[StatementFiles], *findings: Finding) -> tuple[list[Finding], list[str]]:
        """Return the findings as signatures leave them, and the outcomes of the statements."""
        applying = self.applying(*files)
        found = [applying.finding(one, self.policies.get(one.policy)) for one in findings]
        return found, [one["outcome"] for one in applying.told()]

    def outcome(self, *files: StatementFiles, of: Finding | None = None) -> str:
        """Return what became of the first statement, with one finding; it blocks unless a statement applies."""
        (found,), outcomes = self.judge(files, of or finding())
        assert found.blocking == (outcomes[0] not in {"applied", "partly-applied"})
        assert (found.state == "signed-off") != found.blocking
        return outcomes[0]


def made_by(judged: Judged, *emails: str, accounts: tuple[int, ...] = (), pushers: tuple[int, ...] = ()) -> Judged:
    people = judged.keys.authority().people
    return replace(judged, about=replace(HERE, excluded=excluded(people, emails, accounts, pushers)))
