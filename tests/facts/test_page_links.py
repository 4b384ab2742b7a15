from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.facts.conftest import BuiltOf, DocumentOf


def link(document_of: DocumentOf, body: str) -> dict[str, Any]:
    [item] = document_of(body)["links"]["items"]
    found: dict[str, Any] = item
    return found


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("<a href=/x> Rye\n <b>bread</b> </a>", "Rye bread"),
        ("<a href=/x aria-label='Basket'>3</a>", "Basket"),
        ("<a href=/x><img src=a alt='Our bakery'></a>", "Our bakery"),
        ("<a href=/x><svg><title>Search</title></svg></a>", "Search"),
        ("<a href=/x><i aria-label=Menu></i></a>", "Menu"),
        ("<a href=/x title='To the top'></a>", "To the top"),
        ("<p id=n>Opening hours</p><a href=/x aria-labelledby=n>x</a>", "Opening hours"),
        ("<map><area href=/x alt=Oven></map>", "Oven"),
        ("<a href=/x><span hidden>gone</span><img src=a></a>", ""),
    ],
)
def test_a_link_has_the_name_that_is_read_aloud(document_of: DocumentOf, body: str, name: str) -> None:
    assert link(document_of, body)["text"] == name


def test_links_are_unique_by_address_as_written_and_counted_each(document_of: DocumentOf) -> None:
    found = document_of("<a href=/x>One</a><a href=' /x '>Two</a><a href=https://others.com/>Other</a>")["links"]
    assert [(one["href"], one["text"]) for one in found["items"]] == [("/x", "One"), ("https://others.com/", "Other")]
    assert (found["count"], found["internal"], found["external"]) == (3, 2, 1)


def test_a_repeated_link_without_a_name_is_not_hidden_by_its_twin(document_of: DocumentOf) -> None:
    assert link(document_of, "<a href=/x>Bread</a><a href=/x><img src=a></a>")["text"] == ""


def test_a_repeated_link_that_readers_never_meet_needs_no_name(document_of: DocumentOf) -> None:
    assert link(document_of, "<a href=/x>Bread</a><a href=/x aria-hidden=true><img src=a></a>")["text"] == "Bread"


@pytest.mark.parametrize(
    ("href", "internal", "scheme", "host_class"),
    [
        ("/x", True, "https", "production"),
        ("http://www.bakery.co/x", True, "http", "production"),
        ("//www.bakery.co/x", True, "https", "production"),
        ("https://shop.bakery.co/", False, "https", "allowed"),
        ("mailto:hello@bakery.co", False, "mailto", None),
        ("tel:+441234", False, "tel", None),
        ("http://localhost:3000/", False, "http", "loopback"),
        ("file:///srv/x", False, "file", "loopback"),
    ],
)
def test_a_link_leads_somewhere(
    document_of: DocumentOf, href: str, scheme: str, host_class: str | None, *, internal: bool
) -> None:
    found = link(document_of, f"<a href='{href}'>x</a>")
    assert (found["internal"], found["scheme"], found["host_class"]) == (internal, scheme, host_class)


@pytest.mark.parametrize(
    "attributes",
    [
        'href="" onclick="go()"',
        'href=" " onmousedown="go()"',
        'href="javascript:void(0)"',
        'href="JavaScript:go()"',
        'href="java\nscript:go()"',
    ],
)
def test_links_that_no_crawler_can_follow_are_kept_apart(document_of: DocumentOf, attributes: str) -> None:
    found = document_of(f"<a {attributes}>Menu</a>")["links"]
    assert (found["items"], [one["text"] for one in found["uncrawlable"]]) == ([], ["Menu"])


@pytest.mark.parametrize("href", ["", " "])
def test_an_empty_address_leads_to_the_page_itself(document_of: DocumentOf, href: str) -> None:
    found = document_of(f'<a href="{href}">This page</a>')["links"]
    assert ([one["url"] for one in found["items"]], found["uncrawlable"]) == (["https://www.bakery.co/bread/"], [])


@pytest.mark.parametrize("hidden", ["hidden", 'aria-hidden="true"', 'style="margin: 0; display: none"'])
def test_a_nameless_link_that_nobody_meets_lacks_no_name(document_of: DocumentOf, hidden: str) -> None:
    assert link(document_of, f'<a href="/x" {hidden}></a>')["text"] is None


def test_a_nameless_link_that_visitors_meet_is_told_whatever_stands_hidden(document_of: DocumentOf) -> None:
    for links in ('<a href="/x" hidden></a><a href="/x"></a>', '<a href="/x"></a><a href="/x" hidden>Menu</a>'):
        assert link(document_of, links)["text"] == ""


def test_a_hidden_link_has_the_name_that_it_will_have_when_it_is_shown(document_of: DocumentOf) -> None:
    assert link(document_of, '<nav hidden><a href="/x">Menu</a></nav>')["text"] == "Menu"


def test_links_that_browsers_refuse_are_kept_apart(document_of: DocumentOf) -> None:
    found = document_of("<a href='https://'>x</a><a href='http://a b/'>x</a>")["links"]
    assert (found["items"], found["malformed"]) == ([], [{"href": "http://a b/"}, {"href": "https://"}])


@pytest.mark.parametrize(
    ("page", "followed"),
    [
        ("<a href=/x>x</a>", True),
        ("<a href=/x rel='noopener NoFollow'>x</a>", False),
        ("<a href=/x rel=sponsored>x</a>", False),
        ("<a href=/x rel=ugc>x</a><a href=/x>x</a>", True),
        ("<meta name=robots content=nofollow><a href=/x>x</a>", False),
    ],
)
def test_links_are_followed_unless_something_says_no(document_of: DocumentOf, page: str, *, followed: bool) -> None:
    assert link(document_of, page)["followed"] is followed


def test_a_fragment_is_told_decoded(document_of: DocumentOf) -> None:
    assert link(document_of, "<a href='#caf%C3%A9'>x</a>")["fragment"] == "café"


def test_a_link_in_a_noscript_or_a_template_is_none(document_of: DocumentOf) -> None:
    page = "<noscript><a href=/a>x</a></noscript><template><a href=/b>x</a></template>"
    assert document_of(page)["links"]["count"] == 0


def test_the_site_gets_the_addresses_that_a_page_leads_to(built_of: BuiltOf) -> None:
    built = built_of(
        "<a href='/b?x=1#top' rel=nofollow>b</a><a href=http://www.bakery.co/a>a</a><a href=https://others.com/>o</a>"
    )
    assert built.links == (("https://www.bakery.co/a", True), ("https://www.bakery.co/b?x=1", False))


def test_a_page_that_is_shown_in_a_frame_is_reached_by_it(built_of: BuiltOf) -> None:
    assert built_of("<iframe src=/map.html#x></iframe><iframe src=https://maps.net/>").links == (
        ("https://www.bakery.co/map.html", True),
    )


def test_fragments_lead_to_ids_and_to_names_of_anchors(built_of: BuiltOf) -> None:
    assert built_of("<p id=a>x</p><a name=b></a><svg id=c></svg><input name=d>").anchors == {"a", "b", "c"}
