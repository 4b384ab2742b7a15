"""What rich results ask of structured data, in any of its three syntaxes."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.page_settings import PageSettings
from checks.facts.reference import reference

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

TODAY = PageSettings("https://www.bakery.co", today=date(2026, 11, 1), first_party_domains=frozenset({"bakery.co"}))


def data(document_of: DocumentOf, *things: Any, body: str = "") -> dict[str, Any]:
    graph = json.dumps({"@context": "https://schema.org", "@graph": list(things)})
    group: dict[str, Any] = document_of(f'<script type="application/ld+json">{graph}</script>{body}', TODAY)[
        "structured_data"
    ]
    return group


def lacks(group: dict[str, Any], level: str = "error") -> list[str]:
    return [one["key"] for one in group["problems"] if one["level"] == level]


def test_a_missing_required_property_is_an_error(document_of: DocumentOf) -> None:
    assert lacks(data(document_of, {"@type": "Recipe", "name": "Rye"})) == ["Recipe image"]


def test_a_kind_of_a_type_is_asked_for_what_the_type_is(document_of: DocumentOf) -> None:
    assert lacks(data(document_of, {"@type": "Bakery", "name": "Crumb"})) == ["Bakery address"]


def test_one_of_several_properties_will_do(document_of: DocumentOf) -> None:
    rating = {"@type": "AggregateRating", "ratingValue": 4, "reviewCount": 2}
    assert lacks(data(document_of, {"@type": "Product", "name": "Rye", "aggregateRating": rating})) == []


def test_a_property_of_a_thing_that_is_referred_to_counts(document_of: DocumentOf) -> None:
    place = {"@type": "Place", "@id": "#oven", "address": "Bristol"}
    event = {"@type": "Event", "name": "Course", "startDate": "2027-01-01", "location": {"@id": "#oven"}}
    assert lacks(data(document_of, place, event)) == []


def test_nothing_is_asked_of_what_is_only_mentioned(document_of: DocumentOf) -> None:
    page = {"@type": "WebPage", "about": {"@type": "Recipe", "name": "Rye"}}
    assert lacks(data(document_of, page, {"@type": "Product", "@id": "#rye", "name": "Rye"})) == []


def test_microdata_and_rdfa_are_asked_for_the_same(document_of: DocumentOf) -> None:
    microdata = '<p itemscope itemtype="https://schema.org/Recipe"><b itemprop=name>Rye</b></p>'
    rdfa = '<p vocab="https://schema.org/" typeof=Recipe><b property=name>Rye</b></p>'
    found = [document_of(body)["structured_data"]["problems"] for body in (microdata, rdfa)]
    assert [[one["key"] for one in problems if one["level"] == "error"] for problems in found] == [["Recipe image"]] * 2
    assert [problems[0]["format"] for problems in found] == ["microdata", "rdfa"]


def test_a_property_elsewhere_belongs_to_the_thing_that_refers_to_it(document_of: DocumentOf) -> None:
    page = """<p itemscope itemtype="https://schema.org/Recipe" itemref=rest></p>
    <div id=rest><b itemprop=name>Rye</b><img itemprop=image src=/rye.jpg></div>"""
    assert lacks(document_of(page)["structured_data"]) == []


def test_things_that_hold_one_another_are_read_once(document_of: DocumentOf) -> None:
    page = """<div itemscope itemtype="https://schema.org/Thing"><div itemscope itemtype="https://schema.org/Person"
    itemprop=author itemref=x></div></div><div id=x itemprop=knows itemscope itemtype="https://schema.org/Person"
    itemref=y></div><div id=y itemprop=knows itemscope itemtype="https://schema.org/Person" itemref=x></div>"""
    assert set(document_of(page)["structured_data"]["types"]) == {"Person", "Thing"}


def test_a_type_whose_result_is_gone_is_told(document_of: DocumentOf) -> None:
    group = data(document_of, {"@type": "HowTo", "name": "Bake"}, {"@type": "Recipe", "step": {"@type": "HowTo"}})
    assert group["retired"] == [{"type": "HowTo", "since": "September 2023"}]


@pytest.mark.parametrize(
    ("thing", "unknown"),
    [
        ({"@type": "Recipy"}, ["type Recipy"]),
        ({"@type": "Recipe", "recipeCousine": "German"}, ["property recipeCousine"]),
        ({"@type": "Offer", "availability": "https://schema.org/InStok"}, ["value https://schema.org/InStok"]),
        ({"@type": "Offer", "availability": "https://schema.org/InStock", "gs1:brand": "x"}, []),
        ({"@type": "SearchAction", "query-input": "required name=q"}, []),
    ],
)
def test_names_that_schema_org_does_not_have_are_told(
    document_of: DocumentOf, thing: dict[str, Any], unknown: list[str]
) -> None:
    assert [one["key"] for one in data(document_of, thing)["unknown_terms"]] == unknown


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"datePublished": "1.10.2026"}, "is no date of ISO 8601"),
        ({"datePublished": "2026-12-24"}, "lies in the future"),
        ({"datePublished": "2026-10-02", "dateModified": "2026-10-01"}, "is before datePublished"),
        ({"datePublished": "2026-10-01T09:00:00Z", "dateModified": "2026-09"}, "is before datePublished"),
        ({"datePublished": "2026-10-01T09:00:00+01:00"}, None),
    ],
)
def test_a_date_that_cannot_be_right_is_told(
    document_of: DocumentOf, said: dict[str, str], problem: str | None
) -> None:
    found = data(document_of, {"@type": "Article", **said})["wrong_dates"]
    assert [one["problem"] for one in found] == ([problem] if problem else [])


def test_what_has_ended_is_told_with_its_last_day(document_of: DocumentOf) -> None:
    over = {"@type": "JobPosting", "validThrough": "2026-10-31"}
    open_ = {"@type": "JobPosting", "validThrough": "2026-11-01T23:59:59Z"}
    assert [one["date"] for one in data(document_of, over, open_)["expired"]] == ["2026-10-31"]


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        ({"ratingValue": 4.5, "ratingCount": 3}, []),
        ({"ratingValue": "87%"}, []),
        ({"ratingValue": "4/10"}, []),
        ({"ratingValue": 9, "bestRating": 10}, []),
        ({"ratingValue": 9}, ["the value 9 is not between 1 and 5"]),
        ({"ratingValue": "good"}, ["the value good is no number"]),
        ({"ratingValue": 4, "reviewCount": 0}, ["reviewCount is 0"]),
    ],
)
def test_a_rating_lies_on_its_scale_or_is_told(
    document_of: DocumentOf, said: dict[str, Any], problems: list[str]
) -> None:
    found = data(document_of, {"@type": "AggregateRating", **said})["wrong_ratings"]
    assert [one["problem"] for one in found] == problems


@pytest.mark.parametrize("shown", ["4.20 EUR", "4,20 €", "Now only £4.20!"])
def test_a_price_is_found_however_it_is_written(document_of: DocumentOf, shown: str) -> None:
    product = {"@type": "Product", "offers": {"@type": "Offer", "price": "4.20"}}
    assert data(document_of, product, body=f"<main>{shown}</main>")["not_visible"] == []


def test_a_name_that_nobody_can_read_is_told(document_of: DocumentOf) -> None:
    product = {"@type": "Product", "name": "Rye &amp; salt"}
    assert data(document_of, product, body="<main>RYE &amp; salt</main>")["not_visible"] == []
    assert [one["text"] for one in data(document_of, product, body="<main>Rye</main>")["not_visible"]] == [
        "Rye &amp; salt"
    ]


def test_a_list_of_things_may_name_other_addresses(document_of: DocumentOf) -> None:
    rye, oat = ({"@type": "Product", "url": f"/{name}/"} for name in ("rye", "oat"))
    assert data(document_of, rye, oat)["other_urls"] == []
    assert [one["url"] for one in data(document_of, rye)["other_urls"]] == ["https://www.bakery.co/rye/"]


def test_every_type_that_something_is_asked_of_is_one_of_schema_org() -> None:
    rich, types = reference("rich_results"), reference("schema_org")["types"]
    named = {*rich["required"], *rich["recommended"], *rich["nested"], *rich["retired"]}
    named |= {name for names in rich["expected"].values() for name in names}
    assert sorted(named - set(types)) == []


def test_every_property_that_is_asked_for_is_one_of_schema_org() -> None:
    rich, properties = reference("rich_results"), set(reference("schema_org")["properties"].split())
    paths = [path for table in ("required", "recommended") for paths in rich[table].values() for path in paths]
    steps = {step for path in paths for step in path.replace("?", "").replace("|", ".").split(".")}
    assert sorted(steps - properties) == []


NAMES = ["@type", "@id", "@value", "@list", "price", "priceCurrency", "ratingValue", "datePublished", "itemListElement"]
NAMES += ["position", "offers", "review", "name", "url", "mainEntityOfPage", "image", "priceValidUntil", "reviewCount"]
TYPES = ["Product", "Offer", "AggregateRating", "BreadcrumbList", "Article", "Event", "Organization", "JobPosting"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(TYPES),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(NAMES), x),
    )
)
def test_no_structured_data_raises(document_of: DocumentOf, said: Any) -> None:
    data(document_of, *(said if isinstance(said, list) else [said]))


TAGS = st.sampled_from(["p", "div", "span", "a", "img", "meta", "time", "link"])
SCOPES = ["itemscope", "itemtype='https://schema.org/Product'", "typeof=Product", "itemref='a b'", "id=a", "id=b"]
VALUES = ["itemprop=name", "itemprop=offers", "property=price", "href=/x", "content=1", "resource='#a'", "itemid='#b'"]
MARKS = st.sampled_from([*SCOPES, *VALUES])


@given(st.lists(st.tuples(TAGS, st.lists(MARKS), st.booleans())))
def test_no_markup_raises(document_of: DocumentOf, elements: list[tuple[str, list[str], bool]]) -> None:
    html = "".join(
        f"<{tag} {' '.join(marks)}>{'' if leave_open else f'</{tag}>'}" for tag, marks, leave_open in elements
    )
    document_of(html)


def test_a_thing_in_markup_is_one_thing(document_of: DocumentOf) -> None:
    page = '<p itemscope itemtype="https://schema.org/Product"><a itemprop=url href=/rye/>Rye</a></p>'
    assert document_of(page)["structured_data"]["other_urls"] == [
        {"type": "Product", "url": "https://www.bakery.co/rye/"}
    ]


@pytest.mark.parametrize(
    "page",
    [
        '<p itemscope itemtype="http://microformats.org/profile/hcard"><b itemprop=fn>Edith</b></p>',
        '<p vocab="http://xmlns.com/foaf/0.1/" typeof=Person><b property=mbox>edith</b></p>',
        "<p itemscope><b itemprop=anything>Edith</b></p>",
    ],
)
def test_names_of_other_vocabularies_are_their_own_affair(document_of: DocumentOf, page: str) -> None:
    assert document_of(page)["structured_data"]["unknown_terms"] == []


def test_a_misspelt_name_in_microdata_is_told(document_of: DocumentOf) -> None:
    page = '<p itemscope itemtype="https://schema.org/Product"><b itemprop=prize>4</b></p>'
    assert [one["key"] for one in document_of(page)["structured_data"]["unknown_terms"]] == ["property prize"]
