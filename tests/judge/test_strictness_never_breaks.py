"""Whatever people write into a policy, the answer is a list of problems, and never an error of ours."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks import shapes
from checks.judge import policies
from checks.judge.evaluate import Judge
from checks.judge.policy import Policy
from checks.judge.strictness import problems

SHIPPED = policies.load([], ["strict", "advice"], {})
KEYS = sorted({*shapes.load("policy")["properties"], "links", "items", "title", "$id", "x-", "", "a/b", "~"})
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(
        [None, True, False, 0, -1, 1.5, 10**40, "", "x", "page", "#/$defs/a", "(", "x{9999}{9999}", "{a.b} {", "/a"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)


def holders(value: Any) -> Iterator[Any]:
    """Yield every object and list in `value` that has members."""
    if isinstance(value, dict | list) and value:
        yield value
        for member in value.values() if isinstance(value, dict) else value:
            yield from holders(member)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_policy_is_accepted_or_told_what_is_wrong(data: st.DataObject) -> None:
    document: Any = copy.deepcopy(dict(data.draw(st.sampled_from(SHIPPED)).document))
    for _ in range(data.draw(st.integers(1, 3))):
        holder = data.draw(st.sampled_from(list(holders(document))))
        key = data.draw(st.sampled_from(sorted(holder) + KEYS) if isinstance(holder, dict) else st.just(0))
        holder[key] = data.draw(VALUES)
    found = problems("seo/it", document)
    assert found or Judge([Policy.of("seo/it", document, "")]).tallies
