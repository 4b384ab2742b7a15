from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf


def block(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_a_graph_is_flattened(document_of: DocumentOf) -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Bakery", "image": "/shop.jpg", "address": {"@type": "PostalAddress"}},
            {"@type": ["https://schema.org/WebPage", "schema:FAQPage"], "@id": "#page"},
        ],
    }
    found = document_of(block(json.dumps(graph)))["structured_data"]
    assert found["types"] == ["Bakery", "FAQPage", "PostalAddress", "WebPage"]
    assert found["syntax_errors"] == []
    assert found["urls"] == [{"url": "https://www.bakery.co/shop.jpg", "absolute": False, "host_class": "production"}]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "The block is empty"),
        ('{"@type": "Thing"}', 1, "@context is missing"),
        ('{"@context": "https://schema.org"}', 1, "@type is missing"),
        ('[{"@context": "https://schema.org", "@type": "A"}, {"@type": "B"}]', 1, "@context is missing"),
        ('"Thing"', 1, "The block holds no object"),
        ('{"@context": "https://schema.org", "@type": "A", "n": NaN}', 1, "NaN is no JSON value"),
        ("[" * 100_000, 1, "The block is nested too deeply to be read"),
    ],
)
def test_a_block_that_cannot_be_used_says_why(document_of: DocumentOf, text: str, line: int, message: str) -> None:
    [error] = document_of(block(text))["structured_data"]["syntax_errors"]
    assert (error["block"], error["line"]) == (1, line)
    assert error["message"] == message


def test_a_fault_of_syntax_is_told_with_its_line(document_of: DocumentOf) -> None:
    [error] = document_of(block('{\n"@type": "Thing"\n"name": 1}'))["structured_data"]["syntax_errors"]
    assert (error["line"], error["message"]) == (3, "Expecting ',' delimiter")


def test_an_array_of_things_is_in_order(document_of: DocumentOf) -> None:
    things = '[{"@context": "https://schema.org", "@type": "A"}, {"@context": "https://schema.org", "@type": "B"}]'
    assert document_of(block(things))["structured_data"]["syntax_errors"] == []


def test_comment_marks_around_a_block_are_taken_off(document_of: DocumentOf) -> None:
    thing = '//<![CDATA[\n{"@context": "https://schema.org", "@type": "A"}\n//]]>'
    assert document_of(block(thing))["structured_data"]["types"] == ["A"]


def test_microdata_and_rdfa_are_listed_with_their_format(document_of: DocumentOf) -> None:
    page = '<div itemscope itemtype="https://schema.org/Product"></div><div typeof="schema:Person"></div>'
    assert document_of(page)["structured_data"]["items"] == [
        {"type": "Product", "format": "microdata", "block": 0, "properties": []},
        {"type": "Person", "format": "rdfa", "block": 0, "properties": []},
    ]


def test_a_host_that_must_not_be_published_is_told(document_of: DocumentOf) -> None:
    thing = {"@context": "https://schema.org", "@type": "A", "url": "https://staging.bakery.co/"}
    document = document_of(block(json.dumps(thing)))
    assert [url["host_class"] for url in document["structured_data"]["urls"]] == ["staging"]
    assert [leak["key"] for leak in document["leaks"]["hosts"]] == ["structured-data:staging.bakery.co"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["@type", "@graph", "@id", "url", "name"]), x),
    )
)
def test_no_json_raises(document_of: DocumentOf, data: Any) -> None:
    document_of(block(json.dumps(data).replace("<", "")))


def properties(document_of: DocumentOf, page: str) -> dict[str, list[str]]:
    return {item["type"]: item["properties"] for item in document_of(page)["structured_data"]["items"]}


def test_the_properties_of_a_thing_are_those_that_say_something(document_of: DocumentOf) -> None:
    block = (
        '{"@context": "https://schema.org", "@type": "Product", "name": "Rye", "sku": "", "image": [], "brand": null,'
    )
    block += '"offers": {"@type": "Offer", "schema:price": 0}}'
    found = properties(document_of, f'<script type="application/ld+json">{block}</script>')
    assert found == {"Product": ["name", "offers"], "Offer": ["price"]}


def test_a_property_in_markup_belongs_to_the_nearest_thing_around_it(document_of: DocumentOf) -> None:
    page = """<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Rye</h1>
    <p itemprop="offers" itemscope itemtype="https://schema.org/Offer"><b itemprop="price">4</b></p></div>"""
    assert properties(document_of, page) == {"Product": ["name", "offers"], "Offer": ["price"]}


def test_two_things_of_a_type_that_say_different_things_are_two_items(document_of: DocumentOf) -> None:
    block = '[{"@context": "https://schema.org", "@type": "Offer", "price": 1},'
    block += '{"@context": "https://schema.org", "@type": "Offer", "url": "/a/"}]'
    items = document_of(f'<script type="application/ld+json">{block}</script>')["structured_data"]["items"]
    assert [item["properties"] for item in items] == [["price"], ["url"]]
