from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.charset import Charset, decode, standard_name


def test_a_byte_order_mark_is_stronger_than_a_header() -> None:
    assert decode("\ufeffé".encode(), "text/html; charset=latin1") == ("é", Charset("utf-8", "bom", None))


def test_a_header_is_stronger_than_a_meta_element() -> None:
    text, charset = decode('<meta charset="utf-8">é'.encode("cp1252"), 'text/html; charset="ISO-8859-1"')
    assert text.endswith("é")
    assert charset == Charset("windows-1252", "header", None)


def test_a_meta_element_declares_with_its_place() -> None:
    text, charset = decode('<!doctype html><meta charset="utf-8"><p>é'.encode(), "text/html")
    assert text.endswith("é")
    assert charset == Charset("utf-8", "meta", 37)


def test_a_pragma_declares_as_well() -> None:
    body = b'<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">\x82\xa0'
    text, charset = decode(body, None)
    assert text.endswith("あ")
    assert charset.name == "shift_jis"


def test_a_declaration_that_comes_too_late_is_told_with_its_place() -> None:
    _, charset = decode(b"<title>" + b"x" * 2000 + b"</title><meta charset=utf-8>", None)
    assert charset.source == "meta"
    assert charset.offset == 2035


def test_a_declaration_in_a_comment_is_none() -> None:
    assert decode(b"<!-- <meta charset=utf-8> -->", None)[1] == Charset(None, None, None)


def test_a_description_that_speaks_of_charsets_is_no_declaration() -> None:
    assert decode(b'<meta name="description" content="why charset=utf-7 is gone">', None)[1].name is None


def test_without_a_declaration_bytes_are_read_as_windows_1252() -> None:
    assert decode(b"caf\xe9 \x80 \x81", None) == ("café € \x81", Charset(None, None, None))


def test_a_meta_element_that_says_utf_16_means_utf_8() -> None:
    assert decode("<meta charset=utf-16>é".encode(), None)[0].endswith("é")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("latin1", "windows-1252"),
        ("US-ASCII", "windows-1252"),
        ("utf8", "utf-8"),
        ("iso-8859-15", "iso-8859-15"),
        ("gb2312", "gbk"),
        ("windows-1251", "windows-1251"),
        ("utf-7", ""),
        ("rot13", ""),
        ("hex", ""),
        ("nonsense", ""),
    ],
)
def test_labels_mean_what_the_standard_says(label: str, name: str) -> None:
    assert standard_name(label) == name


@given(st.binary(), st.one_of(st.none(), st.text()))
def test_all_bytes_decode(body: bytes, content_type: str | None) -> None:
    text, _ = decode(body, content_type)
    assert isinstance(text, str)


@given(
    st.sampled_from(["utf-16", "big5", "iso-2022-jp", "x-user-defined", "macintosh", "idna", "\0", "cp037"]),
    st.binary(),
)
def test_all_bytes_decode_whatever_a_page_declares(label: str, body: bytes) -> None:
    _, charset = decode(f"<meta charset={label}>".encode() + body, f"text/html; charset={label}")
    assert charset.name == (standard_name(label) or None)
