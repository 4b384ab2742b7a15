"""How long a review stands, and for what: edits, dismissals, rebases, merges, its last day, another site or policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from checks.signoff.applying import Applying
from tests.signoff.reviewing import ABOUT, POLICIES, SLOW, TEXT, Document, Judged, body, offered, other, review
from tests.signoff.signing import NOW, finding, policy

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
