from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.reading import read
from checks.facts.source import compat_mode, read_source, without_noscript

XHTML = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'


@pytest.mark.parametrize(
    ("doctype", "mode"),
    [
        ("<!doctype html>", "no-quirks"),
        ('<!DOCTYPE html SYSTEM "about:legacy-compat">', "no-quirks"),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">', "no-quirks"),
        (XHTML, "limited-quirks"),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">', "quirks"),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">', "quirks"),
        ("<!doctype svg>", "quirks"),
        (None, "quirks"),
    ],
)
def test_a_doctype_leads_to_a_mode(doctype: str | None, mode: str) -> None:
    assert compat_mode(doctype) == mode


def test_a_doctype_is_found_after_comments() -> None:
    assert read_source("<!-- a --> <!-- b -->\n<!DOCTYPE   html><html>").doctype == "<!DOCTYPE html>"


@pytest.mark.parametrize(
    "before",
    [
        '<?xml version="1.0" encoding="utf-8"?>\n',
        "\ufeff<?xml version='1.0'?><!-- a > b -->",
        "<?a?> <?b>\n<!-- c -->\n",
    ],
)
def test_a_doctype_is_found_after_processing_instructions(before: str) -> None:
    source = read_source(f"{before}<!DOCTYPE html><html>")
    assert (source.doctype, source.compat_mode) == ("<!DOCTYPE html>", "no-quirks")


@pytest.mark.parametrize("before", ["<!-- never closed ", "<?xml never closed ", "text", "<p>"])
def test_a_doctype_that_parsers_pass_over_is_none(before: str) -> None:
    assert read_source(f"{before}<!DOCTYPE html><html>").doctype is None


@pytest.mark.parametrize(
    ("source", "culprit"),
    [
        ("<head><title>x</title><div>y</div><meta name=robots></head>", "div"),
        ("<head><script>'<div>'</script><!-- <div> --><style>a>b{}</style><meta charset=utf-8></head>", None),
        ("<head>words<title>x</title></head>", "#text"),
        ("<head><title>x</title>words</head>", "#text"),
        ("<head><title>x</title>words of a head whose end tag is left out<p>", None),
        ("<head><?php echo $head ?><title>x</title><!ELEMENT x></head>", None),
        ("<head><noscript><img src=pixel></noscript></head>", None),
        ("<head><title>x</title><body><div>y</div>", None),
        ("<title>x</title><div>y</div>", None),
        ("<head><title>x</title><p>a head whose end tag is left out", None),
    ],
)
def test_what_ends_a_head_too_early_is_named(source: str, culprit: str | None) -> None:
    assert read_source(source).head_closed_early_by == culprit


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("<title>x</title>\n  {{ extra\n    head }}\n<meta name=robots>", "{{ extra head }}"),
        ("<title>x</title>\ufeff<meta name=robots>", "U+FEFF"),
        ("\xa0<title>x</title>", "U+00A0"),
        ("&nbsp;<title>x</title>", "&nbsp;"),
        ("w" * 81, "w" * 79 + "…"),
        ("w" * 80, "w" * 80),
        ("<div>words</div>", None),
        ("<title>words</title>", None),
    ],
)
def test_the_text_that_ends_a_head_too_early_is_kept(head: str, text: str | None) -> None:
    assert read_source(f"<head>{head}</head><body>").head_closed_early_text == text


def test_only_tags_are_counted_as_heads_and_bodies() -> None:
    source = read_source("<head></head><head></head><body><header></header><!-- <body> --><script>'<body>'</script>")
    assert (source.head_count, source.body_count) == (2, 1)


def test_an_image_in_noscript_does_not_end_the_head() -> None:
    reading = read("<head><noscript><img src=pixel></noscript><link rel=canonical href=/></head>")
    assert [(one.tag, one.flags & 1) for one in reading.all("link", "img")] == [("link", 1)]


def test_noscript_in_a_script_is_left_alone() -> None:
    source = "<script>var a = '<noscript>'</script><p>kept</p><noscript>gone</noscript>"
    assert without_noscript(source) == source.replace("gone", "")


@given(st.text(alphabet="<>/!-\"'= abdehmnoprsty\n"))
def test_no_source_raises(source: str) -> None:
    read_source(source)
    without_noscript(source)
    read(source).ids()


def test_twenty_thousand_unfinished_tags_are_read_in_one_pass() -> None:
    for source in ("<script" * 20_000, '<a "' * 20_000, "<!--" * 20_000, "<a b='" * 20_000, "<?" * 20_000):
        assert read_source(f"<head>{source}").head_count == 1
        assert read_source(source).head_count == 0
        assert without_noscript(source) == source
