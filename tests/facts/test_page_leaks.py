from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checks.facts.page_settings import PageSettings
from checks.facts.visit import Exchange

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf


@pytest.mark.parametrize(
    ("body", "key", "certainty"),
    [
        ("<a href=https://staging.bakery.co/>x</a>", "link:staging.bakery.co", "certain"),
        ("<a href=http://localhost:3000/a>x</a>", "link:localhost:3000", "certain"),
        ("<form action=http://10.0.0.4/>", "link:10.0.0.4", "certain"),
        ("<img src=https://bakery.netlify.app/a.png>", "resource:bakery.netlify.app", "certain"),
        ("<img srcset='https://x.ngrok.io/a.png 2x'>", "resource:x.ngrok.io", "certain"),
        ("<script src=https://x.csb.app/a.js></script>", "resource:x.csb.app", "certain"),
        ("<a href=https://x.csb.app/>x</a>", "link:x.csb.app", "suspect"),
        ("<img src=https://somebody.github.io/a.png>", "resource:somebody.github.io", "suspect"),
        ("<link rel=canonical href=https://dev.bakery.co/>", "metadata:dev.bakery.co", "certain"),
        ("<meta property=og:image content=http://localhost/a.png>", "metadata:localhost", "certain"),
        ("<a href=https://next.bakery.co/>x</a>", "link:next.bakery.co", "suspect"),
    ],
)
def test_a_host_that_must_not_be_published_is_told_with_its_place(
    document_of: DocumentOf, body: str, key: str, certainty: str
) -> None:
    assert [(one["key"], one["certainty"]) for one in document_of(body)["leaks"]["hosts"]] == [(key, certainty)]


@pytest.mark.parametrize(
    ("body", "key", "address"),
    [
        ("<a href=http://localhost:3000/a/b>x</a>", "link:localhost:3000", "http://localhost:3000/a/b"),
        ("<link rel=canonical href='file:///home/anna/my bread'>", "metadata:file", "file:///home/anna/my%20bread"),
        ("<img src=//10.0.0.4/a.png><img src=//10.0.0.4/b.png>", "resource:10.0.0.4", "https://10.0.0.4/a.png"),
        ("<a href='http://me:pw@localhost/?token=a&secret=b'>x</a>", "link:localhost", "http://***@localhost/?token=a&secret=***"),
        (f"<a href=http://localhost/{'x' * 300}>x</a>", "link:localhost", f"http://localhost/{'x' * 182}…"),
    ],
)  # fmt: skip
def test_a_host_is_told_with_the_address_that_names_it(
    document_of: DocumentOf, body: str, key: str, address: str
) -> None:
    assert [(one["key"], one["address"]) for one in document_of(body)["leaks"]["hosts"]] == [(key, address)]


HERE = "http://localhost:3000/bread/"
CANONICAL = f"<link rel=canonical href={HERE}>"


@pytest.mark.parametrize(
    ("body", "only"),
    [
        (CANONICAL, True),
        (CANONICAL * 2, True),
        (f"<meta property=og:url content={HERE}>", False),
        (f"{CANONICAL}<meta property=og:url content={HERE}>", False),
        (f"<meta property=og:url content={HERE}>{CANONICAL}", False),
        (f"{CANONICAL}<link rel=alternate hreflang=de href=http://localhost:3000/brot/>", False),
        (f"<link rel=canonical href=/bread/>{CANONICAL}", False),
        (f"<body>{CANONICAL}", False),
    ],
)
def test_a_host_that_only_the_canonical_address_names_is_marked(
    document_of: DocumentOf, body: str, *, only: bool
) -> None:
    assert [(one["key"], one["only_canonical"]) for one in document_of(body)["leaks"]["hosts"]] == [
        ("metadata:localhost:3000", only)
    ]


def test_a_canonical_that_only_the_delivered_document_names_is_judged_here(document_of: DocumentOf) -> None:
    [found] = document_of(CANONICAL, rendered="<link rel=canonical href=/bread/>")["leaks"]["hosts"]
    assert found["only_canonical"] is False


def test_a_canonical_whose_host_nothing_judges_is_judged_here(document_of: DocumentOf) -> None:
    settings = PageSettings("https://www.bakery.co", origin_known=False)
    [found] = document_of(CANONICAL, settings)["leaks"]["hosts"]
    assert found["only_canonical"] is False


@pytest.mark.parametrize(
    "body",
    [
        "<a href=https://somebody.github.io/>x</a>",
        "<a href=https://test.wikipedia.org/>x</a>",
        "<code><a href=https://example.com/>x</a></code>",
        "<p>http://localhost:3000/</p>",
        "<img src=https://cdn.net/a.png>",
        "<a href=mailto:a@example.com>x</a>",
    ],
)
def test_what_others_publish_and_what_documentation_shows_is_no_leak(document_of: DocumentOf, body: str) -> None:
    assert document_of(body)["leaks"]["hosts"] == []


def test_a_host_that_the_project_allows_is_no_leak(document_of: DocumentOf) -> None:
    settings = PageSettings("https://www.bakery.co", allow_third_parties=("bakery.netlify.app",))
    assert document_of("<img src=https://bakery.netlify.app/a.png>", settings)["leaks"]["hosts"] == []


def test_what_scripts_ask_for_is_looked_at_as_well(document_of: DocumentOf) -> None:
    seen = Exchange("http://127.0.0.1:8000/api", "fetch", "GET", None, "failed", None, None, None, "refused")
    assert [one["key"] for one in document_of("<p>x", exchanges=(seen,))["leaks"]["hosts"]] == [
        "resource:127.0.0.1:8000"
    ]


def test_what_only_the_delivered_document_names_is_told(document_of: DocumentOf) -> None:
    found = document_of("<a href=http://localhost/>x</a>", rendered="<p>gone</p>")["leaks"]["hosts"]
    assert [one["key"] for one in found] == ["link:localhost"]


def test_secrets_in_addresses_are_masked(document_of: DocumentOf) -> None:
    page = "<a href='https://me:pw@others.com/?access_token=abc'>x</a>"
    document = document_of(page)
    assert document["leaks"]["url_credentials"] == [{"url_masked": "https://***@others.com/?access_token=***"}]
    assert document["links"]["items"][0]["has_credentials"] is True
