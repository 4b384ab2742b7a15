"""What `gonogo explain` says of a finding, written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.report.explain import explain

Build = Callable[..., dict[str, Any]]
POLICY = {"title": "x", "description": "Search engines cut longer titles off.", "x-fix": "Write less."}


def test_it_says_everything_that_is_known(finding: Build) -> None:
    one = finding(
        "/a/",
        "/gone",
        "The link leads to /gone, which answers 404.",
        value=404,
        limit=[200, 299],
        pointer="/links/items/1/status",
        reference=["https://a.example/b"],
    )
    document = {"links": {"items": [{"href": "/"}, {"href": "/gone", "status": 404}]}}
    snippet = {"line": 12, "column": 3, "text": '<a href="/gone">\n  Gone</a>'}
    assert explain(one, POLICY, document, snippet, ["/a/", "/b/"]) == (
        "seo/title-length: warning, new, marketing, does not block\n"
        "A title fits into a search result\n"
        "\n"
        "what   The link leads to /gone, which answers 404.\n"
        "where  /a/\n"
        'fact   links.items.status, in {"href": "/gone", "status": 404}\n'
        "found  404\n"
        "limit  [200, 299]\n"
        "why    Search engines cut longer titles off.\n"
        "fix    Write 15 to 65 characters that name the page's subject first.\n"
        "see    https://a.example/b\n"
        "\n"
        "In the delivered HTML, line 12, column 3:\n"
        '    <a href="/gone">\n'
        "     Gone</a>\n"
        "\n"
        "The same cause on 2 pages:\n"
        "    /a/\n"
        "    /b/\n"
        "\n"
        f"fingerprint {one['fingerprint']}"
    )


def test_a_finding_alone_is_enough(finding: Build) -> None:
    assert explain(finding(None), {}).startswith("seo/title-length: warning, new, marketing, does not block\n")


def test_pages_beyond_those_shown_are_counted(finding: Build) -> None:
    assert "    and 480 more\n" in explain(finding(), {}, pages=[f"/{n}/" for n in range(500)])


def test_a_pointer_that_leads_nowhere_is_survived(finding: Build) -> None:
    assert "fact   a.b~/c\n" in explain(finding(pointer="/a/b~0~1c/9"), {}, {"a": [1]})


def test_text_of_a_page_is_no_command_of_a_terminal(finding: Build) -> None:
    said = explain(finding(message="\x1b[31m ##[x] ::y::"), {}, None, {"line": 1, "column": 1, "text": "\x1b"})
    assert "\x1b" not in said
    assert "##[" not in said
