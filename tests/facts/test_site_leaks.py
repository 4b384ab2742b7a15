"""Which files of a site are searched for leaks, how each is read, and which source maps they name."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.facts.leak_scan import LeakScan
from checks.facts.text_block import kind_of
from tests.facts.leaks import OWN, scan


@pytest.mark.parametrize("path", ["logo.png", "font.woff2", "docs/manual.pdf"])
def test_files_that_are_no_text_are_not_wanted(path: str) -> None:
    assert not LeakScan(OWN).wants(path, 10)


def test_a_large_file_is_wanted_when_its_name_says_that_it_is_text() -> None:
    found = LeakScan(OWN)
    assert (found.wants("app.js", 80 << 20), found.wants("data.unknown", 80 << 20)) == (True, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x\n//# sourceMappingURL=app.js.map\n", {"app.js.map"}),
        ("a{}\n/*# sourceMappingURL=main.css.map */", {"main.css.map"}),
        ("s + '//# sourceMappingURL=' + name", set()),
        (
            "//# sourceMappingURL=data:application/json;base64,"
            + base64.b64encode(b'{"version":3,"sourcesContent":["a"]}').decode(),
            {"inline"},
        ),
        ("//# sourceMappingURL=data:application/json;base64," + base64.b64encode(b'{"version":3}').decode(), set()),
    ],
)
def test_references_to_source_maps_are_found(text: str, expected: set[str]) -> None:
    assert {target for _, target in scan("app.js", text).map_references} == expected


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/b.HTML", "html"),
        ("x.min.js", "script"),
        ("feed.rss", "data"),
        (".env.local", "script"),
        ("robots.txt", "lines"),
        ("searchindex.js", "prose"),
        ("search/search_index.json", "prose"),
        ("index.json", "prose"),
        ("blog/index.xml", "data"),
        ("README", "prose"),
        ("a.js.map", "map"),
        ("a.png", None),
    ],
)
def test_the_kind_of_a_text_is_known_by_its_name(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


@given(st.sampled_from(["a.js", "a.html", "a.json", "_redirects", "a.unknown"]), st.binary(max_size=400))
def test_no_bytes_make_it_raise(path: str, body: bytes) -> None:
    marks = {"environments", "local_paths", "comments", "hidden_code", "public_keys", "contact_lists"}
    assert set(scan(path, body).leaks()) == {"secrets", "test_keys", "hosts", *marks}
