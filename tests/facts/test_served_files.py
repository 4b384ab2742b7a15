"""How the files of a build are sent: the lists of the group `assets`."""

from __future__ import annotations

import pytest

from checks.facts.assets import Asset
from checks.facts.served_files import SentFile, cache_findings, is_fingerprinted, uncompressed, unminified


def sent(path: str, size: int = 5000, *, compressed: bool = False, **headers: str) -> SentFile:
    said = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return SentFile(path, size, said, compressed)


def test_text_that_is_sent_as_it_is_is_told_by_folder_and_ending() -> None:
    found = uncompressed(
        [
            sent("assets/a.js", 3000, content_type="text/javascript"),
            sent("assets/b.js", 2000, content_type="text/javascript; charset=utf-8"),
            sent("assets/packed.js", content_type="text/javascript", compressed=True),
            sent("assets/small.js", 1400, content_type="text/javascript"),
            sent("index.html", content_type="text/html"),
            sent("oven.jpg", content_type="image/jpeg"),
            sent("map.svg", content_type="image/svg+xml"),
        ]
    )
    assert found == [
        {"files": "/*.html", "count": 1, "bytes": 5000, "example": "/index.html"},
        {"files": "/*.svg", "count": 1, "bytes": 5000, "example": "/map.svg"},
        {"files": "/assets/*.js", "count": 2, "bytes": 5000, "example": "/assets/a.js"},
    ]


@pytest.mark.parametrize(
    ("path", "content_type", "cache_control", "told"),
    [
        ("a/app.13a4f30d.js", "text/javascript", "public, max-age=31536000, immutable", False),
        ("a/app.13a4f30d.js", "text/javascript", "max-age=31536000", True),
        ("a/app.13a4f30d.js", "text/javascript", "max-age=3600, immutable", True),
        ("a/app.13a4f30d.js", "text/javascript", "no-cache", True),
        ("a/app.js", "text/javascript", "max-age=3600", False),
        ("index.html", "text/html; charset=utf-8", "no-cache", False),
        ("index.html", "text/html", "max-age=0, must-revalidate", False),
        ("index.html", "text/html", "public, max-age=600", False),
        ("index.html", "text/html", "max-age=86400", True),
        ("index.html", "text/html", "max-age=", True),
        ("index.html", "text/html", "public", True),
    ],
)
def test_a_name_that_changes_is_kept_and_html_is_not(
    path: str, content_type: str, cache_control: str, *, told: bool
) -> None:
    assert bool(cache_findings([sent(path, content_type=content_type, cache_control=cache_control)])) is told


def test_what_is_kept_wrongly_is_told_by_folder_and_ending_and_html_as_one() -> None:
    found = cache_findings(
        [
            sent("about/index.html", content_type="text/html", cache_control="max-age=9999"),
            sent("index.html", content_type="text/html", cache_control="max-age=9999"),
            sent("a/app.13a4f30d.js", content_type="text/javascript"),
        ]
    )
    assert [(one["files"], one["kind"], one["count"], one["cache_control"], one["example"]) for one in found] == [
        ("/**", "document", 2, "max-age=9999", "/about/index.html"),
        ("/a/*.js", "fingerprinted", 1, None, "/a/app.13a4f30d.js"),
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("_astro/index.BUCF4rjN.css", True),
        ("static/main-342714a4.min.css", True),
        ("img/oven-20261123.jpg", False),
        ("js/jquery-3.7.1.min.js", False),
        ("js/application.js", False),
        ("docs/report-2024Q3final.pdf", False),
    ],
)
def test_a_hash_in_a_name_is_told_from_a_date_and_a_version(path: str, *, expected: bool) -> None:
    assert is_fingerprinted(path) is expected


def test_code_that_a_minifier_would_hardly_make_smaller_is_not_told() -> None:
    code = [
        ("b.js", 100_000, Asset("x", saving=40_000)),
        ("a.css", 9000, Asset("x", saving=2048)),
        ("small.js", 3000, Asset("x", saving=1500)),
        ("min.js", 900_000, Asset("x", saving=3000)),
    ]
    assert unminified(code) == [
        {"path": "/a.css", "bytes": 9000, "saving": 2048, "share": 0.2276},
        {"path": "/b.js", "bytes": 100_000, "saving": 40_000, "share": 0.4},
    ]
