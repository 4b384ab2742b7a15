"""A review as a signature: what its text must say, whose it must be, and how long it holds.

Each mitigation is shown on a review that is right in everything else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from checks import shapes
from checks.judge.finding import Finding, fingerprint
from checks.judge.policy import Policy
from checks.signing.choosing import choices
from checks.signoff import offers as offering
from checks.signoff import people, review_text, reviews
from checks.signoff.applying import Applying
from checks.signoff.excluded import Excluded
from checks.signoff.offers import HEADER, Offer
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


def test_a_review_with_the_text_that_was_offered_signs() -> None:
    assert Judged((SLOW,)).states(review(TEXT)) == (["signed-off"], ["applied"])


def test_the_text_that_is_offered_is_void_until_somebody_gives_a_reason() -> None:
    assert Judged((SLOW,)).states(review(body(offered(SLOW), reason=""))) == (["new"], ["malformed"])


def test_words_around_the_text_do_not_matter() -> None:
    around = f"Looks good!\n\n```text\n{TEXT}\n```\nThanks, and `/merge` it."
    assert Judged((SLOW,)).states(review(around)) == (["signed-off"], ["applied"])


def test_a_review_that_says_nothing_of_it_is_not_told() -> None:
    assert Judged((SLOW,)).verified(review("LGTM"), review(f"> {TEXT}")) == ()


def test_what_is_not_named_still_blocks() -> None:
    judged = Judged((SLOW, other()))
    one = next(offer for offer in offered(*judged.findings) if offer.entry["policy_id"] == "perf/lcp")
    assert judged.states(review(body([one]))) == (["signed-off", "new"], ["applied"])


def test_a_cause_is_signed_as_one_and_on_its_pages_only() -> None:
    pages = [finding(f"/{page}/") for page in "abc"]
    text = body(offered(*pages))
    assert "on 3 pages" in text
    assert Judged(tuple(pages)).states(review(text))[0] == ["signed-off"] * 3
    assert Judged((*pages, finding("/d/"))).states(review(text))[0] == ["new"] * 4


def test_two_owners_sign_in_two_reviews() -> None:
    both = {"perf/lcp": policy(override=["marketing", "engineering"])}
    judged = Judged((SLOW,), policies=both)
    text = body(offered(SLOW, of=both))
    assert judged.states(review(text))[0] == ["new"]
    assert judged.states(review(text), review(text, "ben", id=501))[0] == ["signed-off"]
    assert judged.states(review(text, "carl"), review(text, "carl", id=501))[0] == ["new"]


# ------------------------------------------------------------------------------------------------------------- by whom


@pytest.mark.parametrize(
    ("by", "outcome"), [("dora", "insufficient-roles"), ("otto", "insufficient-roles"), ("ben", "insufficient-roles")]
)
def test_who_does_not_have_the_role_signs_for_nothing(by: str, outcome: str) -> None:
    assert Judged((SLOW,)).states(review(TEXT, by)) == (["new"], [outcome])


def test_a_stranger_signs_for_nothing() -> None:
    assert Judged((SLOW,)).states(review(TEXT, user_id=4711)) == (["new"], ["unknown-signer"])


def test_who_made_the_change_can_not_sign_for_it() -> None:
    about = replace(ABOUT, excluded=Excluded(people=frozenset({"ana"}), why={"ana": "ana@example.com"}))
    assert Judged((SLOW,), about).states(review(TEXT)) == (["new"], ["self-approval"])


@pytest.mark.parametrize("made_by", [{"github_ids": [GITHUB["ana"]]}, {"emails": ["ANA@example.com"]}])
def test_who_made_the_change_that_was_reviewed_can_not_sign_for_it_later_either(made_by: Document) -> None:
    told = review(TEXT, settled=True, **made_by)
    assert Judged((SLOW,)).states(told) == (["new"], [])


def test_nobody_signs_for_the_change_of_a_stranger() -> None:
    assert Judged((SLOW,)).states(review(TEXT, github_ids=[4711])) == (["new"], ["self-approval"])


# ------------------------------------------------------------------------------------------------------ does it stand?


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"edited": True}, "bad-signature"),
        ({"head": "other"}, "wrong-context"),
        ({"state": "COMMENTED"}, "bad-signature"),
        ({"state": "CHANGES_REQUESTED"}, "bad-signature"),
    ],
)
def test_a_review_that_is_no_signature_signs_for_nothing(change: Document, outcome: str) -> None:
    assert Judged((SLOW,)).states(review(TEXT, **change)) == (["new"], [outcome])


@pytest.mark.parametrize("change", [{"state": "DISMISSED", "head": "other"}, {"superseded": True}])
def test_a_review_that_is_taken_back_ends(change: Document) -> None:
    assert Judged((SLOW,)).states(review(TEXT, **change)) == (["expired"], ["revoked"])


def test_it_carries_over_a_rebase_while_the_findings_are_equal() -> None:
    assert Judged((SLOW,)).states(review(TEXT, head="same-change")) == (["signed-off"], ["applied"])


def test_a_rebase_that_makes_it_worse_than_was_signed_blocks() -> None:
    judged = Judged((replace(SLOW, value=3.3),))
    assert judged.states(review(TEXT, head="same-change")) == (["new"], ["worse-than-signed"])


def test_the_reviewer_may_say_a_worse_value_than_was_measured() -> None:
    judged = Judged((replace(SLOW, value=3.3),))
    assert judged.states(review(TEXT.replace("worst 3.1", "worst 3.4")))[0] == ["signed-off"]


def test_it_holds_in_the_queue_and_on_the_base_while_another_change_mends_a_part() -> None:
    text = body(offered(SLOW, other()))
    assert Judged((SLOW,)).states(review(text)) == (["new"], ["malformed"])
    assert Judged((SLOW,)).states(review(text, settled=True)) == (["signed-off"], ["applied"])


def test_it_is_found_again_where_others_add_what_blocks() -> None:
    before, after = offered(SLOW), offered(finding("/0/", "a/a"), SLOW, of={**POLICIES, "a/a": policy("a/a")})
    assert [one.code for one in before] != [one.code for one in after if one.entry["policy_id"] == "perf/lcp"]
    judged = Judged((finding("/0/", "a/a"), SLOW), policies={**POLICIES, "a/a": policy("a/a")})
    assert judged.states(review(TEXT, settled=True))[0] == ["new", "signed-off"]


def test_nothing_of_it_found_any_more_is_told_as_unused_until_its_last_day() -> None:
    told = review(TEXT, settled=True)
    assert Judged((other(),)).states(told) == (["new"], ["unused"])
    assert Judged((other(),), now=datetime(2026, 12, 1, tzinfo=NOW.tzinfo)).states(told) == (["new"], [])


def test_its_last_day_is_inclusive() -> None:
    end = datetime(2026, 11, 30, 23, 59, 59, tzinfo=NOW.tzinfo)
    for now, state in ((end, "signed-off"), (end + timedelta(seconds=1), "expired")):
        assert Judged((SLOW,), now=now).states(review(TEXT, settled=True))[0] == [state]


def test_what_was_merged_with_it_is_no_old_debt_once_it_has_ended() -> None:
    late = datetime(2026, 12, 1, tzinfo=NOW.tzinfo)
    judged = Judged((SLOW,), now=late)
    applying = Applying(judged.verified(review(TEXT, settled=True)), POLICIES, late)
    again = applying.finding(replace(SLOW, state="existing", blocking=False), POLICIES["perf/lcp"])
    assert (again.state, again.blocking) == ("expired", True)


def test_the_day_of_a_stranger_ends_nothing() -> None:
    late = datetime(2026, 12, 1, tzinfo=NOW.tzinfo)
    assert Judged((SLOW,), now=late).states(review(TEXT, user_id=4711))[0] == ["new"]


# ------------------------------------------------------------------------------------------------ for this and no other


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"findings": (finding("/c/"),)},
        {"findings": (replace(SLOW, severity="warning"),)},
        {"policies": {**POLICIES, "perf/lcp": policy(description="Another text.")}},
        {"about": replace(ABOUT, base_branch="release")},
        {"about": replace(ABOUT, site_id="https://shop.example.com")},
    ],
    ids=["page", "severity", "policy", "branch", "site"],
)
def test_a_review_for_one_thing_is_none_for_another(elsewhere: Document) -> None:
    judged = Judged(**{"findings": (SLOW,), **elsewhere})
    for settled in (False, True):
        assert "signed-off" not in judged.states(review(TEXT, settled=settled))[0]


def test_another_site_in_the_first_line_makes_it_no_sign_off_for_that_site() -> None:
    shop = replace(ABOUT, site_id="https://shop.example.com")
    text = TEXT.replace(SITE, shop.site_id)
    assert Judged((SLOW,), shop).states(review(text)) == (["new"], ["malformed"])


def test_what_a_policy_never_allows_is_not_offered() -> None:
    assert offered(SLOW, of={"perf/lcp": policy(override="never")}) == ()


def test_codes_are_the_same_for_the_same_findings_in_any_order() -> None:
    pair = (SLOW, other())
    assert {one.seal: one.code for one in offered(*pair)} == {one.seal: one.code for one in offered(*pair[::-1])}
    assert [one.code for one in offered(*pair)] == ["M-1", "E-2"]


# ------------------------------------------------------------------------------------------------------------- the text


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda text: text.replace("until: 2026-11-30\r\n", ""), "no last day"),
        (lambda text: text.replace("2026-11-30", "2026-11-31"), "no last day"),
        (lambda text: text.replace("2026-11-30", "never"), "no last day"),
        (lambda text: text.replace("2026-11-30", "2027-11-30"), "more than 90 days"),
        (lambda text: text.replace("2026-11-30", "2026-11-01"), "before the day"),
        (lambda text: text.replace(REASON, "Because."), "no reason of at least 20"),
        (lambda text: text.replace("accepted-risk", "because"), "reason_code"),
        (lambda text: text.replace("worst 3.1 ", ""), "say the worst value"),
        (lambda text: text.replace("M-1", "M-1 E-2"), "can't be understood"),
        (lambda text: text.replace("seal ", "seal 0"), "can't be understood"),
        (lambda text: text[: text.index("seal") + 5] + "0" * 32 + text[text.index("seal") + 37 :], "M-1 is not among"),
        (lambda text: text.replace("until:", "until: 2026-11-29\r\nuntil:"), "stands there twice"),
        (lambda text: f"{text}\r\n\r\n{text}", "twice for this site"),
        (lambda text: text.replace("M-1", "e-1"), "can't be understood"),
        (lambda text: text.replace("\r\nkind", "\r\n\r\nkind"), "no last day"),
        (lambda text: text.replace("next", "ne\u2028xt"), "can't be seen"),
    ],
    ids=[
        "no day",
        "no such day",
        "never",
        "too long",
        "already over",
        "short reason",
        "unknown kind",
        "no bound",
        "two codes",
        "long seal",
        "other seal",
        "two days",
        "twice",
        "small letter",
        "torn",
        "unseen",
    ],
)
def test_what_is_not_understood_makes_the_whole_text_void_and_is_told(spoil: Callable[[str], str], why: str) -> None:
    (told,) = Judged((SLOW,)).verified(review(spoil(TEXT)))
    assert (told.outcome, why in told.why, told.signers) == ("malformed", True, ())


def test_a_line_that_is_unknown_voids_the_ones_that_are_known() -> None:
    text = body(offered(SLOW, other()))
    assert Judged((SLOW,)).states(review(text)) == (["new"], ["malformed"])


def test_of_a_void_text_nothing_is_understood() -> None:
    offers = offered(SLOW)
    said = review_text.parse(TEXT.replace("2026-11-30", ""), offers, SITE)
    assert said is not None
    assert (said.entries, len(said.problems)) == ((), 1)


def test_a_review_speaks_for_each_site_apart() -> None:
    shop = replace(ABOUT, site_id="https://shop.example.com")
    both = f"{TEXT}\n\n{body(offered(SLOW, about=shop), site=shop.site_id)}"
    assert Judged((SLOW,)).states(review(both))[0] == ["signed-off"]
    assert Judged((SLOW,), shop).states(review(both))[0] == ["signed-off"]


def test_the_reason_of_a_review_is_what_the_reviewer_has_written() -> None:
    (told,) = Judged((SLOW,)).verified(review(TEXT.replace("accepted-risk", "fix-scheduled")))
    assert told.statement is not None
    assert (told.statement.reason, told.statement.reason_code, told.statement.requested_by, told.statement.until) == (
        REASON, "fix-scheduled", "ana", "2026-11-30",
    )  # fmt: skip
    assert told.statement.request_id == "review-7-500"


def test_the_record_of_a_review_is_of_the_shape_of_a_statement() -> None:
    (told,) = Judged((SLOW, other())).verified(review(body(offered(SLOW, other()))))
    assert told.statement is not None
    assert list(Draft202012Validator(shapes.load("sign-off")).iter_errors(told.statement.to_document())) == []


def test_on_a_desk_it_is_only_said_what_it_would_do() -> None:
    assert Judged((SLOW,), replace(ABOUT, known=False)).states(review(TEXT)) == (["new"], ["would-apply"])


def test_a_number_is_offered_as_it_was_measured() -> None:
    for value in (0.1 + 0.2, 1e-7, 12345678901234, 3, 2.5e10):
        (one,) = offered(replace(SLOW, value=value, limit=-1))
        said = review_text.parse(body([one]), [one], SITE)
        assert said is not None
        assert said.problems == ()
        assert said.entries[0][1]["not_worse_than"] == value


# -------------------------------------------------------------------------------------------------------------- hostile

_LINES = TEXT.split("\r\n")
_ALPHABET = st.characters(exclude_categories=())
_PIECES = st.one_of(
    st.sampled_from([*_LINES, "", "```", "\r", "\n", " ", "M-1", "seal ", "٣", "until:"]), st.text(_ALPHABET)
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=12), st.sampled_from(["\n", "\r\n", "\r", ""]))
def test_no_text_breaks_the_reader_and_none_signs_that_does_not_hold_every_line(parts: list[str], end: str) -> None:
    text = end.join(parts)
    for settled in (False, True):
        told = Judged((SLOW,)).verified(review(text, settled=settled))
        for one in told:
            one.why.encode()
            assert bool(one.statement) <= (_LINES[0] in text and _LINES[1] in text and "until: 2026-11-30" in text)


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0, max_value=len(TEXT) - len(REASON) - 1), st.characters(exclude_categories=()))
def test_a_character_that_is_changed_never_signs_for_more(at: int, character: str) -> None:
    spoiled = TEXT[:at] + character + TEXT[at + 1 :]
    found = Judged((SLOW,)).verified(review(spoiled))
    signed = [one for told in found if told.statement for one in told.statement.findings]
    assert {(one.fingerprint, one.policy_digest, one.url_path, one.severity) for one in signed} <= {
        (SLOW.fingerprint, policy().digest, "/a/", "error")
    }


def test_a_very_long_text_is_read_in_one_pass() -> None:
    long = f"{HEADER}{SITE}\n" + "M-1 x\n" * 16_000
    (told,) = Judged((SLOW,)).verified(review(long))
    assert (told.outcome, len(told.why) < 2000) == ("malformed", True)
