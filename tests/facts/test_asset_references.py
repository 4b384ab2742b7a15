from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.asset_references import in_manifest, in_page, in_style_sheet


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("a { background: url(a.png) } b { src: url('b.woff2'), URL( \"c.woff\" ) }", ["a.png", "b.woff2", "c.woff"]),
        ('@import "x.css" screen; @import url(y.css);', ["x.css", "y.css"]),
        ("/* url(a.png) */ b { mask: url(#m); background: url(data:image/png;base64,AA==) }", []),
        ("a { background: url() } b { background: url(", []),
    ],
)
def test_a_style_sheet_names_files(sheet: str, expected: list[str]) -> None:
    assert in_style_sheet(sheet) == expected


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        ('{"icons": [{"src": "/a.png"}, {"sizes": "any"}], "screenshots": [{"src": "b.webp"}]}', ["/a.png", "b.webp"]),
        ('{"icons": {"src": "/a.png"}}', []),
        ("[1]", []),
        ("{", []),
    ],
)
def test_a_manifest_names_icons(manifest: str, expected: list[str]) -> None:
    assert in_manifest(manifest) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<img src="a.png" srcset="a-1.png 1x, /a,2.png 2x">', ["/a,2.png", "a-1.png"]),
        ('<picture><source srcset="a.avif"><img src="a.png"></picture>', ["a.avif"]),
        ('<video poster="a.jpg"></video><link rel="preload" as="font" href="/f.woff2">', ["/f.woff2", "a.jpg"]),
        ('<base href="/x/"><img srcset="a.png">', []),
        ('<p>srcset="a.png"</p><a href="b.png">preload</a><!-- <img srcset="c.png"> -->', []),
    ],
)
def test_a_page_names_what_only_some_browsers_load(page: str, expected: list[str]) -> None:
    assert in_page(page) == expected


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(in_style_sheet(text), list)
    assert isinstance(in_manifest(text), list)
