"""Findings with one cause share it, and others do not; a fingerprint stands on policy, page and what failed."""

from __future__ import annotations

from typing import Any

import pytest

from checks.judge.evaluate import Judge
from checks.judge.finding import cause, fingerprint
from tests.judge.pages import BROKEN_LINKS, Judged, MakePolicy, link, page


def test_a_fingerprint_stands_on_policy_page_and_what_alone(judged: Judged) -> None:
    (found,) = judged(BROKEN_LINKS, {"links": {"items": [link("/gone/", 404)]}}, message="Anything.", severity="info")
    assert found.fingerprint == fingerprint("seo/it", "/a/", "/gone/")


def test_one_broken_target_on_two_pages_is_one_cause(policy: MakePolicy, shape_of: Any) -> None:
    judge = Judge([policy(BROKEN_LINKS)], shape_of)
    pages = [page(path, links={"items": [link("/gone/", 404)]}) for path in ("/a/", "/b/")]
    found = [each for document in pages for each in judge.document(document)]
    assert (len({each.fingerprint for each in found}), len({each.cause for each in found})) == (2, 1)


LOST = {"properties": {"links": {"properties": {"items": {"items": {"properties": {"fragment_ok": {"const": True}}}}}}}}
NOT_GONE = {"properties": {"status": {"not": {"const": 404}}}}


def causes_of_fragments(make: MakePolicy, shape_of: Any, schema: dict[str, Any]) -> int:
    """Return how many causes two links have that differ in their fragment alone."""
    links = [link(f"/gone/#{name}", 404, fragment_ok=False) for name in "ab"]
    found = Judge([make(schema)], shape_of).document(page(links={"items": links}))
    assert len({each.fingerprint for each in found}) == 2
    return len({each.cause for each in found})


@pytest.mark.parametrize(
    "schema",
    [
        BROKEN_LINKS,
        {"properties": {"links": {"properties": {"items": {"items": NOT_GONE}}}}},
        {"properties": {"links": {"properties": {"items": {"items": {"anyOf": [NOT_GONE]}}}}}},
    ],
)
def test_a_missing_target_is_one_cause_whatever_the_fragment(
    policy: MakePolicy, shape_of: Any, schema: dict[str, Any]
) -> None:
    assert causes_of_fragments(policy, shape_of, schema) == 1


def test_each_missing_fragment_is_a_cause_of_its_own(policy: MakePolicy, shape_of: Any) -> None:
    assert causes_of_fragments(policy, shape_of, LOST) == 2


def test_a_rule_that_speaks_of_no_fact_has_a_cause(judged: Judged) -> None:
    assert [each.what for each in judged({"not": {}}, {})] == ["page"]


def test_one_relative_address_that_leads_to_two_targets_is_two_causes(policy: MakePolicy, shape_of: Any) -> None:
    judge = Judge([policy(BROKEN_LINKS)], shape_of)
    pages = [
        page(f"/{name}/", links={"items": [link("x.html", 404, url=f"https://example.com/{name}/x.html")]})
        for name in "ab"
    ]
    assert len({each.cause for document in pages for each in judge.document(document)}) == 2


def test_one_fault_of_every_page_is_one_cause_even_where_its_value_differs(policy: MakePolicy, shape_of: Any) -> None:
    schema = {"properties": {"canonical": {"properties": {"is_self": {"const": True}}}}}
    judge = Judge([policy(schema, what="/canonical/url")], shape_of)
    pages = [page(f"/{n}/", canonical={"url": f"https://staging.example/{n}/", "is_self": False}) for n in "ab"]
    assert {each.cause for document in pages for each in judge.document(document)} == {cause("seo/it", "canonical.url")}
