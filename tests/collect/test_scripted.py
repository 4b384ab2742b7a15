"""Whether the HTML of a page can run anything by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from checks.collect.scripted import runs_anything


@pytest.mark.parametrize(
    "body",
    [
        b"<script>1</script>",
        b"<script src=a.js></script>",
        b'<SCRIPT TYPE="module">1</SCRIPT>',
        b'<body onload="go()">',
        b'<p onclick="go()"><img onerror="go()">',
        b"<p oncontentvisibilityautostatechange=go()>",
        b'<script data-type="text/template" src=/a.js></script>',
        b'<script src="/load.js?type=importmap"></script>',
        b'<script id="a type=application/json">1</script>',
        b'<script "type=application/json">1</script>',
        b'<script id="a type=application/json>b">1</script>',
        b"<script type type=application/json>1</script>",
        b"<script type=application/json",
        b'<x:script xmlns:x="http://www.w3.org/1999/xhtml">1</x:script>',
        b'<?xml-stylesheet type="text/xsl" href="/a.xsl"?>',
        b'<p onclicks="go()">',
        b"<iframe src=/a></iframe>",
        b'<a href="javascript:go()">',
        "<p>".encode("utf-16"),
    ],
)
def test_html_that_can_run_something_is_waited_for(body: bytes) -> None:
    assert runs_anything(body)


@pytest.mark.parametrize(
    "body",
    [
        b"<p>Hello</p>",
        b'<script type="application/ld+json">{}</script>',
        b"<script id=a-b type=TEXT/TEMPLATE>1</script>",
        b"<script\nclass='a' type = 'importmap' async>1</script>",
        b'<script data-x="%b" type="application/json"/>' % (b"x" * 3000),
        b'<a href=/ onClick="opener.location.href = this.href" onmouseover = "show()">',
    ],
)
def test_html_that_can_run_nothing_is_done_when_it_is_loaded(body: bytes) -> None:
    assert not runs_anything(body)


BY_VISITOR = (
    *("click", "dblclick", "contextmenu", "submit", "change", "keydown", "keypress", "keyup"),
    *("mousedown", "mouseup", "mousemove", "mouseover", "mouseout", "mouseenter", "mouseleave"),
)


@pytest.mark.parametrize("event", BY_VISITOR)
def test_a_handler_that_waits_for_a_visitors_hand_runs_nothing(event: str) -> None:
    assert not runs_anything(b"<p on%b=go()>" % event.encode())


PIECES = (
    "type",
    "TYPE",
    "=",
    " = ",
    "application/json",
    "text/javascript",
    '"',
    "'",
    " ",
    "/",
    ">",
    "<",
    "a",
    "data-type",
    "\n",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_where_it_says_that_nothing_runs_a_parser_of_html_finds_data_alone(attributes: str) -> None:
    html = f"<script {attributes}>1</script>"
    types = {one.attributes.get("type") for one in LexborHTMLParser(html).css("script")}
    assert runs_anything(html.encode()) or types == {"application/json"}
