"""What a review is offered to say: codes, numbers, and never what can't be signed for."""

from __future__ import annotations

from dataclasses import replace

from checks.signoff import review_text
from tests.signoff.reviewing import SLOW, body, offered, other
from tests.signoff.signing import SITE, policy


def test_what_a_policy_never_allows_is_not_offered() -> None:
    assert offered(SLOW, of={"perf/lcp": policy(override="never")}) == ()


def test_codes_are_the_same_for_the_same_findings_in_any_order() -> None:
    pair = (SLOW, other())
    assert {one.seal: one.code for one in offered(*pair)} == {one.seal: one.code for one in offered(*pair[::-1])}
    assert [one.code for one in offered(*pair)] == ["M-1", "E-2"]


def test_a_number_is_offered_as_it_was_measured() -> None:
    for value in (0.1 + 0.2, 1e-7, 12345678901234, 3, 2.5e10):
        (one,) = offered(replace(SLOW, value=value, limit=-1))
        said = review_text.parse(body([one]), [one], SITE)
        assert said is not None
        assert said.problems == ()
        assert said.entries[0][1]["not_worse_than"] == value
