"""Where in the delivered HTML a fault stands, also when the HTML is hostile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.report import snippet
from checks.report.snippet import Snippet

URL = "https://www.bakery.example/shop/rye/"
PAGE = """<!doctype html>
<html lang="xx">
<head>
  <meta charset="latin1">
  <title>Rye
    loaf</title>
  <meta name="description" content="Short.">
  <meta name="robots" content="noindex">
  <meta name="viewport" content="width=1024">
  <meta property="og:image" content="/card.png">
  <meta http-equiv="refresh" content="9">
  <link rel="canonical" href="https://staging.example/rye">
  <link rel="alternate" hreflang="zz" href="/zz/">
  <script type="application/ld+json">{"name": "ok"}</script>
  <script type="application/ld+json">{"name": TODO}</script>
</head>
<body>
  <h1>Rye</h1><h3>Crust &amp; crumb</h3>
  <p>Baked by <b>undefined</b> at five. Call lorem ipsum.</p>
  <pre>undefined</pre>
  <img src="../a.png" alt="TODO"> <a href="/gone">Opening <i>times</i></a>
  <form action="http://post.example/"><input></form>
  <script src="http://cdn.example/x.js"></script>
  <a href="https://user:secret@host.example/">here</a>
  <video src="/oven.mp4" autoplay></video>
  <link rel="preload" as="style" href="/old.css">
</body>
"""
BAKED = "<p>Baked by <b>undefined</b> at five. Call lorem ipsum.</p>"


def found(pointer: str, what: str, page: str = PAGE) -> Snippet | None:
    source = snippet.read(page.encode(), URL)
    assert source is not None
    return source.find({"pointer": pointer, "what": what, "page": "/shop/rye/"})


@pytest.mark.parametrize(
    ("pointer", "what", "line", "column", "text"),
    [
        ("/lang/valid", "lang.valid", 2, 1, '<html lang="xx">'),
        ("/charset/name", "charset.name", 4, 3, '<meta charset="latin1">'),
        ("", "robots.noindex", 8, 3, '<meta name="robots" content="noindex">'),
        ("/third_parties/items/0/allowed", "cdn.example", 23, 3, '<script src="http://cdn.example/x.js">'),
        ("/title/length", "title.length", 5, 3, "<title>Rye\n    loaf</title>"),
        ("/raw/title/length", "title.length", 5, 3, "<title>Rye\n    loaf</title>"),
        ("/js_diff/0", "title", 5, 3, "<title>Rye\n    loaf</title>"),
        ("/description/length", "description.length", 7, 3, '<meta name="description" content="Short.">'),
        ("/robots/noindex", "robots.noindex", 8, 3, '<meta name="robots" content="noindex">'),
        ("/meta/viewport", "meta.viewport", 9, 3, '<meta name="viewport" content="width=1024">'),
        ("/social/og/image", "social.og.image", 10, 3, '<meta property="og:image" content="/card.png">'),
        ("/meta/refresh", "meta.refresh", 11, 3, '<meta http-equiv="refresh" content="9">'),
        ("/canonical/host_class", "x", 12, 3, '<link rel="canonical" href="https://staging.example/rye">'),
        ("/leaks/hosts/0", "metadata:staging.example", 12, 3, '<link rel="canonical" href="https://staging.example/rye">'),
        ("/hreflang/entries/0/valid", "zz", 13, 3, '<link rel="alternate" hreflang="zz" href="/zz/">'),
        ("/structured_data/syntax_errors/0", "x", 15, 3, '<script type="application/ld+json">'),
        ("/headings/skips/0", "Crust & crumb", 18, 15, "<h3>Crust &amp; crumb</h3>"),
        ("/headings/h1_count", "headings.h1_count", 18, 3, "<h1>Rye</h1>"),
        ("/text/placeholder_hits/0", "prose:lorem ipsum", 19, 46, BAKED),
        ("/text/placeholder_hits/0", "prose:undefined", 19, 18, BAKED),
        ("/text/placeholder_hits/0", "alt:TODO", 21, 3, '<img src="../a.png" alt="TODO">'),
        ("/images/items/0/status", "../a.png", 21, 3, '<img src="../a.png" alt="TODO">'),
        ("/lcp/lazy", "https://www.bakery.example/shop/a.png", 21, 3, '<img src="../a.png" alt="TODO">'),
        ("/videos/0/muted", "/oven.mp4", 25, 3, '<video src="/oven.mp4" autoplay>'),
        ("/preloads/0/used", "preload /old.css", 26, 3, '<link rel="preload" as="style" href="/old.css">'),
        ("/requests/failed/0", "https://www.bakery.example/shop/a.png", 21, 3, '<img src="../a.png" alt="TODO">'),
        ("/links/items/0/status", "/gone", 21, 35, '<a href="/gone">Opening <i>times</i></a>'),
        ("/forms/0/scheme", "http://post.example/", 22, 3, '<form action="http://post.example/">'),
        ("/requests/mixed_active/0", "http://cdn.example/x.js", 23, 3, '<script src="http://cdn.example/x.js">'),
        ("/links/items/1", "https://user:secret@host.example/", 24, 3, '<a href="https://***@host.example/">here</a>'),
    ],
)  # fmt: skip
def test_the_place_of_a_fault_is_found(pointer: str, what: str, line: int, column: int, text: str) -> None:
    assert found(pointer, what) == Snippet(line, column, text)


@pytest.mark.parametrize(
    ("pointer", "what"),
    [
        ("/links/items/0", "/made-by-a-script"),
        ("/vitals/cls", "vitals.cls"),
        ("/security/hsts", "security.hsts"),
        ("/social/twitter/card", "social.twitter.card"),
        ("/leaks/url_credentials/0", "https://user:***@host.example/"),
        ("", "x"),
        ("/js_diff/0", "nothing"),
        ("/text/mojibake_hits/0", ""),
    ],
)
def test_what_is_not_in_the_html_has_no_place(pointer: str, what: str) -> None:
    assert found(pointer, what) is None


def test_a_long_element_is_cut() -> None:
    cut = found("/links/items/0", "/x", f'<a href="/x" class="{"y" * 5000}">z</a>')
    assert cut is not None
    assert len(cut.text) <= snippet.LONGEST


def test_a_page_that_is_too_long_has_no_snippets() -> None:
    assert snippet.read(b"a" * (snippet.BYTES + 1), URL) is None


def test_a_page_with_too_many_tags_has_no_snippets() -> None:
    assert snippet.read(b"<" * (snippet.TAGS + 1), URL) is None


def test_what_closed_the_head_too_early_is_shown() -> None:
    source = snippet.read(b"<head><title>A</title><div>b</div><meta name=robots></head>", URL)
    assert source is not None
    closed = source.find({"pointer": "/html/head_closed_early_by", "what": "html.x", "value": "div"})
    assert closed == Snippet(1, 23, "<div>")


@pytest.mark.parametrize(
    ("head", "line", "column", "text"),
    [
        ("<title>A</title>\n  {{ extra }}\n<meta name=robots>", 2, 3, "{{ extra }}"),
        ("words<title>A</title>", 1, 7, "<head>words<title>A</title></head>"),
        ("<!-- b --><title>b</title><meta charset=utf-8>b &amp; c", 1, 53, None),
        ("\ufeff<title>A</title>", 1, 7, None),
    ],
)
def test_the_text_that_closed_the_head_too_early_is_shown(head: str, line: int, column: int, text: str | None) -> None:
    page = f"<head>{head}</head>"
    source = snippet.read(page.encode(), URL)
    assert source is not None
    closed = source.find({"pointer": "/html/head_closed_early_by", "what": "html.x", "value": "#text"})
    assert closed == Snippet(line, column, text or page)


def test_a_head_that_no_text_closed_has_no_place() -> None:
    for page in (b"<title>A</title>x", b"<head>&nbsp;<title>A</title></head>", b"<head><!-- a --></head>"):
        source = snippet.read(page, URL)
        assert source is not None
        assert source.find({"pointer": "/html/head_closed_early_by", "what": "html.x", "value": "#text"}) is None


def test_an_address_on_a_disk_is_known_by_its_scheme() -> None:
    page = '<a href="/profile/">A</a>\n<link rel="up" href=" FILE:///home/anna/a.html">'
    assert found("/leaks/hosts/0", "metadata:file", page) == Snippet(
        2, 1, '<link rel="up" href=" FILE:///home/anna/a.html">'
    )


def test_a_page_whose_elements_nest_too_deep_has_no_snippets() -> None:
    assert snippet.read(b"<p><a href=x>y</a>" * 20_000, URL) is None


def test_a_page_of_a_few_thousand_paragraphs_that_are_never_closed_has_snippets() -> None:
    source = snippet.read(b"<p><a href=x>y</a>\n" * 2_000, URL)
    assert source is not None
    assert source.find({"pointer": "/links/items/0", "what": "x"}) == Snippet(1, 4, "<a href=x>y</a>")


def test_a_page_with_20_000_links_is_looked_through_once() -> None:
    page = "".join(f"<li><a href=/{number}>x</a></li>\n" for number in range(20_000))
    source = snippet.read(page.encode(), URL)
    assert source is not None
    lines = [source.find({"pointer": "/links/items/0", "what": f"/{number}"}) for number in range(20_000)]
    assert [one.line for one in lines if one] == list(range(1, 20_001))


@pytest.mark.parametrize("part", ["<a ", "<!-- ", "<?", "<![CDATA[", "</", "<a b='", "<div>", "<script>"])
def test_what_is_never_closed_is_read_once(part: str) -> None:
    # Without care, the first of these would take minutes; here the time limit of the test run is the judge.
    source = snippet.read(f"<title>A</title>{part * 20_000}".encode(), URL)
    assert source is not None
    assert source.find({"pointer": "/title/length", "what": "title"}) == Snippet(1, 1, "<title>A</title>")


@pytest.mark.parametrize("charset", ["latin-1", "utf-16", "no-such-charset", None])
def test_any_charset_is_taken(charset: str | None) -> None:
    assert snippet.read("<title>ä</title>".encode("utf-16"), URL, charset) is not None


@given(
    st.binary(max_size=200), st.sampled_from(["/title", "/links/items/0", "/text/placeholder_hits/0", "/leaks/hosts/0"])
)
def test_any_octets_are_survived(octets: bytes, pointer: str) -> None:
    source = snippet.read(octets, URL)
    here = source.find({"pointer": pointer, "what": "prose:a"}) if source else None
    assert here is None or here.line >= 1


@given(
    st.lists(st.sampled_from(["<", ">", "a", "title", "/", "<a href=x>", "</a>", "<!--", "-->", '"', "'", "\n", " "]))
)
def test_a_snippet_stands_where_it_says(parts: list[str]) -> None:
    page = "".join(parts)
    source = snippet.read(page.encode(), URL)
    here = source.find({"pointer": "/links/items/0", "what": "x"}) if source else None
    if here:
        assert "\n".join(page.split("\n")[here.line - 1 :])[here.column - 1 :].startswith(here.text)
