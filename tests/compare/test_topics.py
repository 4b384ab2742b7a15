from __future__ import annotations

from typing import Any

import pytest

from checks.compare import topics


def group(name: str, before: Any, after: Any) -> dict[str, Any]:
    found: dict[str, Any] = topics.groups({name: before}, {name: after})[name]
    return found


def headers(**other: Any) -> dict[str, Any]:
    plain = dict.fromkeys(
        (
            "content-security-policy",
            "frame protection",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy",
        ),
        False,
    )
    hsts = {"max_age": 31_536_000, "include_subdomains": True}
    return {"sends": True, **plain, "strict-transport-security": True, "hsts": hsts, **other}


def test_a_topic_that_one_side_did_not_measure_is_not_there() -> None:
    assert list(topics.groups({"title": "A", "weight": 1}, {"title": "A"})) == ["title"]


def test_two_pages_with_equal_topics_do_not_differ() -> None:
    assert not topics.differ({"title": "A", "weight": 1}, {"title": "A"})
    assert topics.differ({"title": "A"}, {"title": "B"})


def test_a_page_that_only_costs_more_is_no_other_page() -> None:
    before, after = {"title": "A", "weight": 775}, {"title": "A", "weight": 768}
    assert (topics.differ(before, after), topics.cost_differs(before, after)) == (False, True)


@pytest.mark.parametrize(
    ("before", "after", "grown", "lost"),
    [(100, 150, 0.5, 0.0), (100, 40, 0.0, 0.6), (0, 5, 1.0, 0.0), (0, 0, 0.0, 0.0)],
)
def test_numbers_grow_or_shrink_by_a_share_of_what_was_there(
    before: int, after: int, grown: float, lost: float
) -> None:
    found = group("weight", before, after)
    assert (found["grown_share"], found["lost_share"], found["delta"]) == (grown, lost, after - before)


def test_a_canonical_that_is_added_for_the_page_itself_is_no_change() -> None:
    assert not group("canonical", {"url": None, "self": True}, {"url": "/a/", "self": True})["changed"]


def test_a_canonical_of_a_moved_page_moves_along() -> None:
    assert not group("canonical", {"url": "/old/", "self": True}, {"url": "/new/", "self": True})["changed"]


def test_a_canonical_that_names_another_page_is_a_change() -> None:
    assert group("canonical", {"url": "/a/", "self": True}, {"url": "/b/", "self": False})["changed"]


def test_only_new_reasons_are_told() -> None:
    before = {"indexable": True, "reasons": []}
    found = group("indexability", before, {"indexable": False, "reasons": ["noindex"]})
    assert (found["lost"], found["gained"], found["reasons"]) == (True, False, ["noindex"])


def test_a_type_that_goes_takes_its_properties_along() -> None:
    found = group("structured_data", ["Product", "Product name", "Offer", "Offer price"], ["Product", "Product name"])
    assert (found["types_removed"], found["props_removed"], found["lost"]) == (["Offer"], [], ["Offer"])


def test_noindex_is_told_as_indexability_alone() -> None:
    assert group("robots", [], ["noindex", "nosnippet"])["added"] == ["nosnippet"]


def test_a_header_that_lasts_shorter_is_weaker() -> None:
    found = group("headers", headers(), headers(hsts={"max_age": 300, "include_subdomains": True}))
    assert [one["name"] for one in found["weakened"]] == ["strict-transport-security"]


def test_a_header_that_is_gone_is_not_weaker_as_well() -> None:
    found = group("headers", headers(), headers(**{"strict-transport-security": False, "hsts": None}))
    assert (found["removed"], found["weakened"]) == (["strict-transport-security"], [])


def test_a_host_that_sends_no_headers_loses_none() -> None:
    found = group("headers", headers(), headers(**{"strict-transport-security": False, "hsts": None}, sends=False))
    assert (found["sent"], found["removed"]) == (False, [])


def test_alternative_texts_are_lost_only_where_the_images_stay() -> None:
    before = {"count": 4, "described": 4}
    assert group("images", before, {"count": 4, "described": 1})["alts_lost"]
    assert not group("images", before, {"count": 1, "described": 1})["alts_lost"]


def test_a_consent_interface_that_is_gone_is_told() -> None:
    before, after = {"tags": ["G-1"], "consent": "cookiebot"}, {"tags": ["G-1"], "consent": None}
    assert group("analytics", before, after) == {"removed": [], "consent_lost": True}


def test_text_that_is_no_longer_delivered_is_lost() -> None:
    found = group("served_text", {"share": 1.0, "words": 300}, {"share": 0.1, "words": 30})
    assert (found["before"], found["after"], found["lost"]) == (1.0, 0.1, 0.9)


def test_text_that_a_script_adds_to_what_is_delivered_loses_nothing() -> None:
    assert group("served_text", {"share": 1.0, "words": 22}, {"share": 0.14, "words": 22})["lost"] == 0.0


def test_a_page_without_text_on_one_side_has_lost_no_share_of_it() -> None:
    assert group("served_text", {"share": None, "words": None}, {"share": 0.5, "words": 10})["lost"] == 0.0
