from __future__ import annotations

import gzip
import io
import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.sitemaps import MAX_URLS, Entry, Sitemap, valid_lastmod

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
URL = "https://www.example.com/sitemap.xml"


def read(body: bytes, *, inside_index: bool = False) -> tuple[Sitemap, list[Entry]]:
    sitemap = Sitemap(URL, inside_index=inside_index)
    return sitemap, list(sitemap.entries(io.BytesIO(body)))


def urlset(inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NS}>{inner}</urlset>'.encode()


def urls(body: bytes) -> list[str]:
    return [entry.url for entry in read(body)[1]]


def problems(body: bytes, *, inside_index: bool = False) -> list[str]:
    return list(read(body, inside_index=inside_index)[0].errors)


def test_addresses_are_read_in_their_order() -> None:
    body = urlset("<url><loc> https://a.example/b </loc></url><url><loc>https://a.example/a?x=1&amp;y=2</loc></url>")
    assert urls(body) == ["https://a.example/b", "https://a.example/a?x=1&y=2"]


def test_a_healthy_sitemap_has_no_problem() -> None:
    sitemap, _ = read(urlset("<url><loc>https://a.example/</loc><lastmod>2026-02-03</lastmod></url>"))
    assert sitemap.facts() == {
        "url": URL,
        "status": 200,
        "type": "urlset",
        "urls": 1,
        "bytes": sitemap.bytes,
        "errors": [],
        "lastmod": {"dated": 1, "in_future": 0, "commonest": "2026-02-03", "commonest_share": 1.0},
    }


def test_dates_that_are_to_come_are_counted() -> None:
    entries = "".join(
        f"<url><loc>https://a.example/{day}</loc><lastmod>{day}</lastmod></url>"
        for day in ("2026-11-01", "2026-11-02", "2026-11-03T10:00:00Z")
    )
    sitemap = Sitemap(URL, today=date(2026, 11, 1))
    list(sitemap.entries(io.BytesIO(urlset(entries))))
    assert sitemap.facts()["lastmod"]["in_future"] == 2


def test_alternates_are_read() -> None:
    link = '<xhtml:link rel="alternate" hreflang="de" href="https://a.example/de/"/>'
    [entry] = read(urlset(f"<url><loc>https://a.example/</loc>{link}</url>"))[1]
    assert entry.alternates == (("de", "https://a.example/de/"),)


def test_the_loc_of_an_image_is_not_the_pages() -> None:
    image = '<i:image xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"><i:loc>https://a.example/x.png</i:loc></i:image>'
    assert urls(urlset(f"<url><loc>https://a.example/</loc>{image}</url>")) == ["https://a.example/"]


def test_an_index_names_sitemaps() -> None:
    body = f"<sitemapindex {NS}><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>".encode()
    assert [(entry.kind, entry.url) for entry in read(body)[1]] == [("sitemap", "https://a.example/s.xml")]


def test_gzip_is_unpacked() -> None:
    assert urls(gzip.compress(urlset("<url><loc>https://a.example/</loc></url>"))) == ["https://a.example/"]


def test_plain_text_lists_one_address_a_line() -> None:
    assert urls(b"https://a.example/\r\n\nhttps://a.example/b\n") == ["https://a.example/", "https://a.example/b"]


def test_addresses_go_into_the_listing() -> None:
    class Listing:
        def __init__(self) -> None:
            self.urls: list[str] = []

        def add_listed(self, url: str) -> None:
            self.urls.append(url)

        def add_hreflang(self, url: str, alternates: object) -> None:
            """Not what is asked here."""

    listing = Listing()
    list(Sitemap(URL).entries(io.BytesIO(urlset("<url><loc>https://a.example/%c3%a4</loc></url>")), listing))
    assert listing.urls == ["https://a.example/%C3%A4"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "is empty"),
        (b"<!doctype html><title>x</title>", "is an HTML page"),
        (b"PK\x03\x04", "is not XML"),
        (b"<urlset", "is not well-formed XML"),
        (urlset("<url><loc>https://a.example/?a&b</loc></url>"), "is not well-formed XML"),
        (urlset("<url></url>"), "has an entry without loc"),
        (urlset("<url><loc>/relative</loc></url>"), "has an address that is not absolute"),
        (
            urlset("<url><loc>https://a.example/" + "a" * 2048 + "</loc></url>"),
            "has an address of 2,048 characters or more",
        ),
        (
            urlset("<url><loc>https://a.example/</loc><lastmod>3 May</lastmod></url>"),
            "has a lastmod that is no W3C date",
        ),
        (urlset(""), "lists no address"),
        (b"<urlset><url><loc>https://a.example/</loc></url></urlset>", "has the wrong namespace"),
        (b"<rss/>", "has a root element that is neither urlset nor sitemapindex"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><urlset ' + NS.encode() + b"/>", "is not UTF-8"),
        (b"https://a.example/\xff", "is not UTF-8"),
        (b"\x1f\x8b\x08broken", "is not valid gzip"),
        (gzip.compress(urlset(""))[:-12], "is not valid gzip"),
        (urlset("<a>" * 100), "has elements nested too deep to be a sitemap's"),
        (urlset("<url a='" + "x" * (2 << 20) + "'/>"), "has markup too long to be a sitemap's"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value.replace(" ", "-"),
)
def test_a_broken_sitemap_is_told_in_words(body: bytes, expected: str) -> None:
    assert expected in problems(body)


def test_an_index_inside_an_index_is_a_problem() -> None:
    body = f"<sitemapindex {NS}><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>".encode()
    assert problems(body, inside_index=True) == ["is an index inside an index"]


def test_more_than_50000_addresses_are_a_problem_but_all_are_read() -> None:
    body = b"https://a.example/\n" * (MAX_URLS + 1)
    sitemap, entries = read(body)
    assert (list(sitemap.errors), len(entries)) == (["lists more than 50,000 addresses"], MAX_URLS + 1)


def test_an_entity_bomb_is_refused() -> None:
    bomb = (
        b'<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + urlset("<url><loc>&b;</loc></url>")[38:]
    )
    assert problems(bomb) == ["declares entities, which are not read"]


def test_an_external_entity_is_refused() -> None:
    bomb = b'<!DOCTYPE u [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + urlset("<url><loc>&a;</loc></url>")[38:]
    assert problems(bomb) == ["declares entities, which are not read"]


def test_an_archive_that_swells_is_refused_without_being_held() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * (60 << 20))
    tracemalloc.start()
    found = problems(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "is larger than 52,428,800 bytes uncompressed" in found
    assert peak < 4 << 20


@pytest.mark.parametrize("text", ["2026", "2026-02", "2026-02-03", "2026-02-03T04:05Z", "2026-02-03T04:05:06.7+01:00"])
def test_w3c_dates_are_valid(text: str) -> None:
    assert valid_lastmod(text)


@pytest.mark.parametrize(
    "text", ["2026-2-3", "2026-02-30", "03.02.2026", "2026-02-03 04:05", "2026-02-03T04:05", "0000"]
)
def test_other_dates_are_not(text: str) -> None:
    assert not valid_lastmod(text)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(body: bytes) -> None:
    assert isinstance(read(body)[0].facts(), dict)


@pytest.mark.parametrize("name", ["aUTF-8", "base64", "utf-16", "idna"])
def test_an_encoding_that_nobody_reads_is_told(name: str) -> None:
    body = urlset("").replace(b"UTF-8", name.encode(), 1)
    assert read(body)[0].facts()["errors"]


@given(st.binary(max_size=60), st.integers(0, 200))
def test_no_damage_makes_it_raise(noise: bytes, at: int) -> None:
    body = urlset("<url><loc>https://a.example/</loc><lastmod>2026-02-03</lastmod></url>")
    assert isinstance(read(body[:at] + noise + body[at:])[0].facts(), dict)
    packed = gzip.compress(body)
    assert isinstance(read(packed[:at] + noise + packed[at:])[0].facts(), dict)
