"""Redirects that are written as pages: which pages are, and which only look like one."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.redirect_pages import PageRedirect, html_redirect


def led(source: str) -> str | None:
    redirect = html_redirect(source.encode())
    return redirect.target if redirect else None


def page(script: str, target: str = "/bread/", more: str = "") -> str:
    """A page that leads those without scripts to `target`."""
    refresh = f'<noscript><meta http-equiv="Refresh" content="0;{target}"></noscript>'
    return f"<!doctype html><title>x</title>{script}{refresh}{more}<p><a href={target}>{target}</a>"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ('<meta http-equiv="refresh" content="0; url=/bread/">', "/bread/"),
        ("<META HTTP-EQUIV=Refresh CONTENT='1;URL=\"https://bakery.co/a?b=1\"'>", "https://bakery.co/a?b=1"),
        ('<meta http-equiv="refresh" content="0;/bread/">', "/bread/"),
        ('<meta http-equiv="refresh" content="5; url=/bread/">', None),
        ('<meta http-equiv="refresh" content="0">', None),
        ('<noscript><meta http-equiv="refresh" content="0; url=/no-script/"></noscript>', None),
        ('<template><meta http-equiv="refresh" content="0; url=/x/"></template>', None),
        ("<p>refresh</p>", None),
        ("", None),
    ],
)
def test_an_instant_refresh_is_a_redirect(source: str, target: str | None) -> None:
    assert led(source) == target


@given(st.text(alphabet="0123456789;,= urlURL'/ab.\t\n") | st.text())
def test_whatever_a_refresh_says_it_leads_to_a_part_of_that_or_nowhere(content: str) -> None:
    target = led(f'<meta http-equiv="refresh" content="{content}">')
    assert target is None or target in unescape(content)


@pytest.mark.parametrize(
    "script",
    [
        "<script>window.location.replace('/bread/')</script>",
        '<script type="text/javascript"> location.assign( "/bread/" ); </script>',
        "<script>location.href = '/bread/';</script>",
        "<script>\ndocument.location='/bread/'\n</script>",
    ],
)
def test_a_script_that_leads_where_the_refresh_for_others_leads_is_a_redirect(script: str) -> None:
    assert html_redirect(page(script)) == PageRedirect("/bread/", scripted=True)


@pytest.mark.parametrize(
    ("script", "target", "more"),
    [
        ("<script>location.replace('/cakes/')</script>", "/bread/", ""),
        ("<script>if (!navigator.cookieEnabled) location.replace('/bread/')</script>", "/bread/", ""),
        ("<script>location.replace('/bread/'); location.replace('/cakes/')</script>", "/bread/", ""),
        ("<script>location.href.replace('/bread/')</script>", "/bread/", ""),
        ("<script>location.replace(to)</script>", "/bread/", ""),
        (r"<script>location.replace('\u002fbread/')</script>", r"\u002fbread/", ""),
        ("<script src=lead.js>location.replace('/bread/')</script>", "/bread/", ""),
        ("<script type=module>location.replace('/bread/')</script>", "/bread/", ""),
        ("<template><script>location.replace('/bread/')</script></template>", "/bread/", ""),
        ("<script>location.replace('/bread/')</script>", "/bread/", "<script>location.replace('/cakes/')</script>"),
        ("<script>location.replace('/bread/')</script>", "/bread/", "<body onload=\"location='/cakes/'\">"),
        ("<script>location.replace('/bread/')</script>", "/bread/", "<img src=x onerror=\"location='/cakes/'\">"),
        (
            (
                "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\">"
                "<script>location.replace('/bread/')</script>"
            ),
            "/bread/",
            "",
        ),
        ("", "/bread/", ""),
    ],
    ids=[
        "elsewhere",
        "some visitors",
        "two statements",
        "a text is replaced",
        "a name",
        "an escape",
        "a file",
        "a module",
        "a template",
        "another script",
        "a handler",
        "a handler of an image",
        "a policy",
        "no script",
    ],
)
def test_a_script_that_may_lead_elsewhere_or_nowhere_is_none(script: str, target: str, more: str) -> None:
    assert html_redirect(page(script, target, more)) is None


def test_a_refresh_for_those_without_scripts_that_takes_its_time_is_none() -> None:
    slow = page("<script>location.replace('/bread/')</script>").replace("0;/bread/", "5;/bread/")
    assert html_redirect(slow) is None


@given(st.text())
def test_no_script_breaks_the_reader(script: str) -> None:
    redirect = html_redirect(page(f"<script>{script}</script>"))
    assert redirect is None or redirect.target == "/bread/"
