from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.facts.reading import read
from checks.facts.templates import ALIKE, MOST, alike, jaccard

FRAME = (
    "<!doctype html><html><body><header><nav><ul><li>Home</ul></nav></header>{}<footer><p>Us</p></footer></body></html>"
)
ARTICLE = FRAME.format("<main><article><h1>Rye</h1><p>Dark.</p>{}</article><aside><h2>More</h2></aside></main>")
LISTING = FRAME.format("<main><section><form><fieldset></fieldset></form><table><tr><td>1</table></section></main>")


def skeleton(html: str) -> frozenset[int]:
    return read(html).skeleton


def test_long_and_short_pages_of_one_template_are_alike() -> None:
    pages = [("/a/", skeleton(ARTICLE.format(""))), ("/b/", skeleton(ARTICLE.format("<p>More.</p>" * 50)))]
    assert list(alike(pages)) == [("/a/", "/a/"), ("/b/", "/a/")]


def test_pages_that_are_built_differently_are_of_two_templates() -> None:
    pages = [("/a/", skeleton(ARTICLE.format(""))), ("/list/", skeleton(LISTING))]
    assert list(alike(pages)) == [("/a/", "/a/"), ("/list/", "/list/")]


def test_what_stands_in_a_line_of_text_is_no_part_of_the_template() -> None:
    plain, marked = ARTICLE.format("<p>Rye</p>"), ARTICLE.format("<p><em>Rye</em> and <a href=/>more</a></p>")
    assert skeleton(plain) == skeleton(marked)


def test_a_page_belongs_to_the_template_that_it_is_most_like() -> None:
    pages = [("/a/", frozenset(range(10))), ("/b/", frozenset(range(5, 15))), ("/c/", frozenset(range(4, 15)))]
    assert dict(alike(pages))["/c/"] == "/b/"


def test_a_site_of_pages_that_are_all_different_has_a_bounded_number_of_templates() -> None:
    pages = [(f"/{number:03}/", frozenset({number})) for number in range(MOST + 50)]
    assert len({template for _, template in alike(pages)}) == MOST


@given(st.lists(st.frozensets(st.integers(0, 20), max_size=8), max_size=30))
def test_every_page_has_a_template_and_each_template_begins_with_itself(skeletons: list[frozenset[int]]) -> None:
    pages = [(f"/{number:02}/", one) for number, one in enumerate(skeletons)]
    found = dict(alike(pages))
    assert list(found) == [path for path, _ in pages]
    assert all(found[template] == template for template in found.values())
    known = dict(pages)
    assert all(template == path or jaccard(known[path], known[template]) >= ALIKE for path, template in found.items())
