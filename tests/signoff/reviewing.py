"""A run with findings, a review that is right in everything, and what becomes of both."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from checks.judge.finding import Finding, fingerprint
from checks.judge.policy import Policy
from checks.signing.choosing import choices
from checks.signoff import offers as offering
from checks.signoff import people, reviews
from checks.signoff.applying import Applying
from checks.signoff.excluded import Excluded
from checks.signoff.offers import Offer
from checks.signoff.people import Authority
from checks.signoff.verified import Context, Verified
from tests.signoff.signing import GITHUB, HERE, NOW, SITE, WHO, finding, policy

REASON = "The picture is replaced next week."
UNTIL = date(2026, 11, 30)
TIDY = policy("seo/title", **{"x-owner": "engineering"})
POLICIES = {"perf/lcp": policy(), "seo/title": TIDY}
RUN = reviews.Judged("1" * 64, "2" * 64, "0.1")
AUTHOR = 99
Document = dict[str, Any]


def authority() -> Authority:
    lines = "".join(
        f"  {name}: {{name: {name.title()}, github: {GITHUB[name]}, emails: [{name}@example.com], roles: [{roles}]}}\n"
        for name, roles in WHO.items()
    )
    author = f"  zoe: {{name: Zoe, github: {AUTHOR}, emails: [zoe@example.com]}}\n"
    files = {people.PEOPLE: f"people:\n{lines}{author}".encode(), people.SIGNERS: b"", people.REVOKED: b""}
    found = people.read(files, {name: name for name in files}, None)
    assert found is not None
    return found


ABOUT = replace(HERE, excluded=Excluded(people=frozenset({"zoe"}), why={"zoe": f"GitHub account {AUTHOR}"}))


def other(page: str = "/b/", **changes: Any) -> Finding:
    plain = finding(page, "seo/title", owner="engineering", value=False, limit=True)
    return replace(plain, fingerprint=fingerprint("seo/title", page, "lcp"), **changes)


def offered(*findings: Finding, about: Context = ABOUT, of: dict[str, Policy] | None = None) -> tuple[Offer, ...]:
    told = choices((one.to_document() for one in findings), of or POLICIES)
    return offering.offers(told, about.site_id, about.base_branch)


def body(offers: Sequence[Offer], *, until: date = UNTIL, reason: str = REASON, site: str = SITE) -> str:
    pasted = offering.to_paste(offers, site, until)
    return "\r\n".join([*pasted["head"], *pasted["lines"], *pasted["foot"]]) + f" {reason}"


def review(text: str, by: str = "ana", **changes: Any) -> Document:
    """Return a review that is right in everything."""
    return {
        "id": 500,
        "pull_request": 7,
        "user_id": GITHUB[by],
        "state": "APPROVED",
        "commit_id": "a" * 40,
        "head": "same",
        "settled": False,
        "edited": False,
        "superseded": False,
        "submitted_at": "2026-11-18T10:00:00Z",
        "body": text,
        "body_digest": hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        "github_ids": [AUTHOR],
        "emails": ["zoe@example.com"],
        **changes,
    }


@dataclass(frozen=True)
class Judged:
    """A run with findings, and what reviews make of it."""

    findings: tuple[Finding, ...]
    about: Context = ABOUT
    now: datetime = NOW
    policies: dict[str, Policy] = field(default_factory=lambda: dict(POLICIES))

    def verified(self, *found: Document) -> tuple[Verified, ...]:
        offers = offered(*self.findings, about=self.about, of=self.policies)
        return reviews.verified(found, offers, self.about, authority(), RUN, self.now)

    def states(self, *found: Document) -> tuple[list[str], list[str]]:
        """Return what becomes of the findings and of the reviews; by way of the run folder."""
        kept = [Verified.from_document(one.to_document()) for one in self.verified(*found)]
        applying = Applying(kept, self.policies, self.now, desk=not self.about.known)
        judged = [applying.finding(one, self.policies.get(one.policy)) for one in self.findings]
        assert all(one.blocking == (one.state != "signed-off") for one in judged)
        return [one.state for one in judged], [one["outcome"] for one in applying.told()]


SLOW = finding()
TEXT = body(offered(SLOW))
