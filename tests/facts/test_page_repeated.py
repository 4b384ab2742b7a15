from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from checks.facts.assets import Asset
from checks.facts.libraries import Library, libraries, library_at
from checks.facts.visit import Exchange

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

SITE = "https://www.bakery.co"


def script(url: str, asset: Asset | None = None, **parts: Any) -> Exchange:
    given: dict[str, Any] = {"type": "script", "status": 200, "body_bytes": 5000, "transfer_bytes": 2000, **parts}
    return Exchange(
        url=url, method="GET", error=None, content_type="text/javascript", answered="preview", asset=asset, **given
    )


def test_the_same_bytes_under_several_addresses_are_told_once(document_of: DocumentOf) -> None:
    seen = (
        script(f"{SITE}/b.js", Asset("same")),
        script(f"{SITE}/a.js", Asset("same")),
        script(f"{SITE}/a.js?v=2", Asset("same")),
        script(f"{SITE}/other.js", Asset("other")),
    )
    assert document_of("<p>x", exchanges=seen)["requests"]["duplicates"] == [
        {
            "url": f"{SITE}/a.js",
            "type": "script",
            "copies": [f"{SITE}/a.js?v=2", f"{SITE}/b.js"],
            "transfer": 4000,
        }
    ]


@pytest.mark.parametrize("parts", [{"body_bytes": 900}, {"type": "fetch"}, {"status": 404}])
def test_small_copies_answers_and_errors_are_no_duplicates(document_of: DocumentOf, parts: dict[str, Any]) -> None:
    seen = (script(f"{SITE}/a.js", Asset("same"), **parts), script(f"{SITE}/b.js", Asset("same"), **parts))
    assert document_of("<p>x", exchanges=seen)["requests"]["duplicates"] == []


def test_a_library_that_comes_twice_is_told_with_its_versions(document_of: DocumentOf) -> None:
    seen = (
        script(f"{SITE}/vendor.js", Asset("a", (Library("jquery", "3.7.1"), Library("moment", "2.29.4")))),
        script("https://code.jquery.com/jquery-1.12.4.min.js"),
    )
    found = document_of("<p>x", exchanges=seen)["libraries"]
    assert [(one["name"], one["version"]) for one in found["items"]] == [
        ("jquery", "1.12.4"),
        ("jquery", "3.7.1"),
        ("moment", "2.29.4"),
    ]
    assert found["repeated"] == [
        {
            "name": "jquery",
            "versions": ["1.12.4", "3.7.1"],
            "urls": ["https://code.jquery.com/jquery-1.12.4.min.js", f"{SITE}/vendor.js"],
        }
    ]


@pytest.mark.parametrize(
    ("banner", "name", "version"),
    [
        ("/*! jQuery v3.7.1 | (c) OpenJS Foundation and other contributors | jquery.org/license */", "jquery", "3.7.1"),
        ("/*!\n * jQuery JavaScript Library v3.6.1\n */", "jquery", "3.6.1"),
        ("/*! jQuery UI - v1.13.2 - 2022-07-14 */", "jquery-ui", "1.13.2"),
        ("/*!\n  * Bootstrap v5.3.2 (https://getbootstrap.com/)", "bootstrap", "5.3.2"),
        ("/** @license React v17.0.2\n * react-dom.production.min.js", "react-dom", "17.0.2"),
        ("/** @license React v17.0.2\n * react.production.min.js", "react", "17.0.2"),
        ("/*!\n * Vue.js v2.7.14\n", "vue", "2.7.14"),
        ("/**\n* vue v3.4.21\n", "vue", "3.4.21"),
        ("//! moment.js\n//! version : 2.29.4\n", "moment", "2.29.4"),
        ("// https://d3js.org v7.8.5 Copyright", "d3", "7.8.5"),
        ("//     Underscore.js 1.13.6", "underscore", "1.13.6"),
    ],
)
def test_a_library_is_known_by_its_banner(banner: str, name: str, version: str) -> None:
    assert libraries(banner.encode()) == (Library(name, version),)


def test_a_hostile_banner_is_read_to_its_end() -> None:
    assert libraries(b"@license React v1.2.3" + b" " * 1_000_000) == ()
    assert libraries(b"@license " * 100_000 + b"// " * 100_000) == ()


def test_a_library_that_only_names_another_is_not_that_other() -> None:
    lodash = b"/* @license Lodash <https://lodash.com/> | Underscore.js 1.8.3 underscorejs.org/LICENSE */"
    assert libraries(lodash) == ()


@pytest.mark.parametrize(
    ("url", "name", "version"),
    [
        ("https://cdn.jsdelivr.net/npm/mermaid@11.3.0/dist/mermaid.min.js", "mermaid", "11.3.0"),
        ("https://unpkg.com/@popperjs/core@2/dist/umd/popper.min.js", "@popperjs/core", "2"),
        ("https://cdnjs.cloudflare.com/ajax/libs/jqueryui/1.13.2/jquery-ui.min.js", "jquery-ui", "1.13.2"),
        ("https://cdnjs.cloudflare.com/ajax/libs/highlight.js/10.1.1/highlight.min.js", "highlight.js", "10.1.1"),
        ("https://unpkg.com/@highlightjs/cdn-assets@10.1.1/highlight.min.js", "highlight.js", "10.1.1"),
        ("https://cdnjs.cloudflare.com/ajax/libs/jquery-validate/1.19.2/a.js", "jquery-validation", "1.19.2"),
        ("https://www.bakery.co/js/jquery-3.7.1.slim.min.js?x", "jquery", "3.7.1"),
    ],
)
def test_a_library_is_known_by_its_address(url: str, name: str, version: str) -> None:
    assert library_at(url) == Library(name, version)


@pytest.mark.parametrize("url", ["https://www.bakery.co/jquery.js", "https://unpkg.com/bread@1.0.0/bread.css"])
def test_an_address_that_names_no_version_or_no_script_tells_nothing(url: str) -> None:
    assert library_at(url) is None
