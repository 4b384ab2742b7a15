"""The facts of a page as text, by the names that a policy knows them by."""

from __future__ import annotations

from checks.report.facts_view import view

DOCUMENT = {
    "kind": "page",
    "url": "https://www.bakery.example/shop/",
    "path": "/shop/",
    "measured": ["links", "title"],
    "config": {},
    "title": {"text": 'Bread & "more"', "length": 14, "in_head": True, "other": None},
    "links": {"items": [{"href": f"/{n}", "status": 200, "final_url": None} for n in range(12)], "count": 12},
    "headings": {"h1": ["Bread"], "skips": []},
    "lang": {"html": "\x1b[31m\ud800"},
}


def test_a_document_reads_as_written_out() -> None:
    assert view(DOCUMENT, members=2) == (
        "page /shop/\n"
        "https://www.bakery.example/shop/\n"
        "measured: links, title\n"
        "\n"
        "config  {}\n"
        "\n"
        'title.text     "Bread & \\"more\\""\n'
        "title.length   14\n"
        "title.in_head  true\n"
        "title.other    null\n"
        "\n"
        "links.items[]  12 of them\n"
        '    href "/0", status 200\n'
        '    href "/1", status 200\n'
        "    and 10 more\n"
        "links.count    12\n"
        "\n"
        'headings.h1     ["Bread"]\n'
        "headings.skips  []\n"
        "\n"
        'lang.html  "\\u001b[31m\ufffd"'
    )


def test_a_long_list_of_texts_says_how_long_it_is() -> None:
    assert view({"storage": {"local": [f"key {n}" for n in range(999)]}}).rstrip().endswith("... (999 of them)")
