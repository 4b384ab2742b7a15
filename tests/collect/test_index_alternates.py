"""Language versions that name each other, in pages and in sitemaps, or contradict each other."""

from __future__ import annotations

from checks.collect.index import Index
from checks.facts.site_index import Annotation, Contradiction
from tests.collect.indexed import SITE, add, urls


def test_an_alternate_that_does_not_link_back_is_told(index: Index) -> None:
    add(index, "/en", hreflang=(("en", f"{SITE}/en"), ("de", f"{SITE}/de"), ("fr", f"{SITE}/not-measured")))
    add(index, "/de")
    assert list(index.unreturned()) == [Annotation(f"{SITE}/en", "de", f"{SITE}/de")]


def test_an_annotation_in_a_sitemap_links_back(index: Index) -> None:
    add(index, "/en", hreflang=(("de", f"{SITE}/de"),))
    add(index, "/de")
    index.add_hreflang(f"{SITE}/de", [("en", f"{SITE}/en")])
    assert list(index.unreturned()) == []


def test_one_language_with_two_addresses_is_a_contradiction(index: Index) -> None:
    add(index, "/", hreflang=(("de", f"{SITE}/a"), ("DE", f"{SITE}/b")))
    assert list(index.contradictions()) == [Contradiction(f"{SITE}/", "de", tuple(urls("/a", "/b")))]


def test_one_address_in_two_languages_is_a_contradiction(index: Index) -> None:
    add(index, "/x", hreflang=(("fr", f"{SITE}/a"),))
    add(index, "/y", hreflang=(("de-AT", f"{SITE}/a"),))
    assert list(index.contradictions()) == [Contradiction(f"{SITE}/a", "de, fr", tuple(urls("/x", "/y")))]


def test_regions_and_the_default_may_share_an_address(index: Index) -> None:
    add(index, "/", hreflang=(("en", f"{SITE}/"), ("en-GB", f"{SITE}/"), ("x-default", f"{SITE}/")))
    assert list(index.contradictions()) == []


def test_alternates_of_a_sitemap_stand_beside_those_of_the_page(index: Index) -> None:
    index.add_hreflang(f"{SITE}/a", [("en", f"{SITE}/a"), ("de", f"{SITE}/b")])
    add(index, "/a", hreflang=(("en", f"{SITE}/a"), ("de", f"{SITE}/b")))
    assert list(index.told_differently()) == []
    add(index, "/a", hreflang=(("en", f"{SITE}/a"), ("de", f"{SITE}/c")))
    assert list(index.told_differently()) == [f"{SITE}/a"]
