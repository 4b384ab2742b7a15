"""What stands in scripts and style sheets: their libraries, fonts, and what a minifier would take out of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.assets import NamedFace, asset, faces, saving


@pytest.mark.parametrize(
    ("body", "bytes_saved"),
    [
        ("", 0),
        ("var a=1;", 0),
        ("var a=1;\n", 0),
        ("var a = 1; // the first", 0),
        ("/* why */var a=1;", 9),
        ("/*! licence */var a=1;", 0),
        ("/* @license MIT */var a=1;", 0),
        ("var a=1;\n    var b=2;\n", 4),
        ("  // one\n  // two\nvar a=1;\n", 18),
        ('a=\'/* b */\';c=`\n\n  // d\n    e`;f="  \\"  ";', 0),
        ("a='b';/* it's */c", 10),
    ],
)
def test_comments_and_indentation_can_be_saved(body: str, bytes_saved: int) -> None:
    assert saving(body.encode()) == bytes_saved


@given(st.binary(max_size=400))
def test_no_more_is_saved_than_there_is(body: bytes) -> None:
    assert 0 <= saving(body) <= len(body)


@pytest.mark.parametrize(
    "body", [b"/* " * 200_000, b"/*" + b"*" * 400_000, b" " * 400_000, b"//\n" * 100_000, b"'" + b"\\'" * 200_000]
)
def test_hostile_code_is_read_to_its_end(body: bytes) -> None:
    assert saving(body) <= len(body)


def test_a_hostile_style_sheet_is_read_to_its_end() -> None:
    assert len(faces("@font-face{font-family:x;" + 'url("' * 100_000 + "}")) == 1
    assert faces("@font-face{" * 100_000) == ()


def test_the_faces_of_a_style_sheet_are_told_with_their_files() -> None:
    sheet = """
    @font-face { font-family: "Bread Sans"; src: url("/a.woff2") format("woff2"), url('/a.woff'); }
    @FONT-FACE{src:url(b.ttf);font-family:Rye}
    @font-face { src: url(nameless.woff2) }
    @font-face { font-family: Inline; src: url(data:font/woff2;base64,AAAA) }
    """
    assert faces(sheet) == (
        NamedFace("Bread Sans", ("/a.woff", "/a.woff2")),
        NamedFace("Rye", ("b.ttf",)),
        NamedFace("Inline", ()),
    )


def test_files_with_the_same_bytes_are_known_by_the_same_digest() -> None:
    assert asset(b"x", "image/png").digest == asset(b"x", "text/css").digest
    assert asset(b"x", None) != asset(b"y", None)
