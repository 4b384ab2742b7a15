"""What a served file is to others, and the entries of a feed as readers know them."""

from __future__ import annotations

import pytest

from checks.facts.feed_entries import MOST, entries
from checks.facts.file_list import kind_of

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:site</id><link href="https://e.example/"/>
<entry><author><name>A</name><uri>x</uri></author><id>urn:1</id>
<link rel="self" href="/no/"/><link href="/one/"/></entry>
<entry><id>urn:2</id></entry></feed>"""
RSS = b"""<rss version="2.0"><channel><link>https://e.example/</link>
<item><title>One</title><link>https://e.example/one/</link><guid isPermaLink="false">1</guid></item></channel></rss>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"/>"""


def test_an_entry_of_atom_is_known_by_its_own_id_and_link() -> None:
    assert entries(ATOM) == [{"id": "urn:1", "link": "/one/"}]


def test_an_item_of_rss_is_known_by_its_guid() -> None:
    assert entries(RSS) == [{"id": "1", "link": "https://e.example/one/"}]


def test_a_feed_without_entries_is_a_feed() -> None:
    assert entries(RDF) == []


@pytest.mark.parametrize("body", [b"<urlset/>", b"", b"no XML", b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss/>"])
def test_other_xml_is_none(body: bytes) -> None:
    assert entries(body) is None


def test_what_stands_before_a_fault_is_read() -> None:
    assert entries(RSS.replace(b"</channel>", b"&")) == [{"id": "1", "link": "https://e.example/one/"}]


def test_only_the_first_entries_are_read() -> None:
    item = RSS[RSS.index(b"<item>") : RSS.index(b"</channel>")]
    assert len(entries(RSS.replace(item, item * 80)) or []) == MOST


KINDS = {
    ("/menu.pdf", "application/pdf"): "document",
    ("/list.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"): "document",
    ("/a.woff2", "application/octet-stream"): "font",
    ("/setup", "application/octet-stream"): "document",
    ("/a.woff2", "font/woff2"): "font",
    ("/oven.svg", "image/svg+xml"): "image",
    ("/song.mp3", "audio/mpeg"): "media",
    ("/app.js", "text/javascript"): "code",
    ("/data.json", "application/json"): "data",
    ("/what", None): "data",
}


@pytest.mark.parametrize(("path", "media_type"), list(KINDS))
def test_a_file_is_told_by_its_media_type_and_ending(path: str, media_type: str | None) -> None:
    assert kind_of(path, media_type, is_feed=False) == KINDS[path, media_type]
