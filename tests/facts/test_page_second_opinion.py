"""BeautifulSoup with html5lib reads the same pages by another parser and other code: both must find the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

PAGE = "https://www.bakery.co/bread/"
PAGES = {
    "a shop": """<!doctype html><html lang=en><head><meta charset=utf-8><title>Rye &amp; spelt &mdash; Bakery</title>
        <meta name=Description content="Bread,
        baked daily."><link rel="shortlink canonical" href="/bread/"></head><body><header>
        <nav><ul><li><a href="/">Home</a>
        <li><a href="../cake/?size=l&amp;x=1">Cake</a><li><a href="#rye" class=on>Rye</a></ul></nav></header>
        <main><h1>Bread <small>daily</small></h1><p>We bake.<h2>Rye</h2><table><tr><td><a href=//cdn.net/x>CDN</a>
        </table>
        <h2><a href="spelt.html">Spelt</a></h2></main><footer><a href="mailto:hello@bakery.co">Write</a></footer>""",
    "left-out tags": """<title>Short</title><h1>One<h2>Two</h2><p><a href=a>a<a href=b>b</a><p>c<td><a href=c>c</a>""",
    "wrong nesting": """<html><head><title>Wrong</title></head><body><b><p>x</b>y</p><h1><a href=x><h2>In</h1></h2></a>
        <table><a href=moved>moved</a><tr><td>x</table></body></html><a href=after>after</a>""",
    "scripts and pictures": """<head><script>var a = "<a href=no>no</a><title>no</title>"</script><title>Yes</title>
        <style>h1 > a {}</style></head><body><svg><title>Logo</title><a href="/svg"><text>x</text></a></svg>
        <!-- <a href=no>no</a> --><textarea><a href=no>no</a></textarea><template><a href=no>no</a></template>
        <h1>Yes</h1>""",
    "entities": """<title>&lt;b&gt; &copy; &#x1F35E; &notit;</title><a href="/?a=1&copy=2&amp;b=3">x</a>
        <h3>&nbsp;a&nbsp;b</h3>""",
    "a head that ends early": """<html><head><p>x</p><title>Late</title><link rel=canonical href=/bread/></head>
        <body>y""",
}


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(params=PAGES)
def both(request: pytest.FixtureRequest, document_of: DocumentOf) -> tuple[dict[str, Any], BeautifulSoup]:
    source = PAGES[request.param]
    soup = BeautifulSoup(source, "html5lib")
    for inert in soup.find_all("template"):
        inert.clear()
    return document_of(source), soup


def test_both_find_the_same_title(both: tuple[dict[str, Any], BeautifulSoup]) -> None:
    document, soup = both
    titles = [one for one in soup.find_all("title") if one.find_parent("svg") is None]
    assert document["title"]["text"] == words(titles[0].get_text())
    assert document["title"]["in_head"] is (titles[0].find_parent("head") is not None)


def test_both_find_the_same_description(both: tuple[dict[str, Any], BeautifulSoup]) -> None:
    document, soup = both
    found = [one for one in soup.find_all("meta") if str(one.get("name", "")).lower() == "description"]
    assert document["description"]["text"] == (words(str(found[0]["content"])) if found else None)


def test_both_find_the_same_canonical(both: tuple[dict[str, Any], BeautifulSoup]) -> None:
    document, soup = both
    assert isinstance(soup.head, Tag)
    found = [urljoin(PAGE, str(one["href"])) for one in soup.head.select("link[rel~=canonical]")]
    assert document["canonical"]["values"] == sorted(found)


def test_both_find_the_same_headings(both: tuple[dict[str, Any], BeautifulSoup]) -> None:
    document, soup = both
    found = [(int(one.name[1]), words(one.get_text())) for one in soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    assert [(one["level"], one["text"]) for one in document["headings"]["items"]] == found


def test_both_find_the_same_links(both: tuple[dict[str, Any], BeautifulSoup]) -> None:
    document, soup = both
    found = [str(one["href"]).strip() for one in soup.find_all(["a", "area"], href=True)]
    assert [one["href"] for one in document["links"]["items"]] == list(dict.fromkeys(found))
    assert [one["url"] for one in document["links"]["items"]] == [urljoin(PAGE, href) for href in dict.fromkeys(found)]
