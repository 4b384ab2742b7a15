from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import shapes
from checks.facts.page import ALWAYS
from checks.facts.visit import Hop
from tests.facts.conftest import SETTINGS

if TYPE_CHECKING:
    from tests.facts.conftest import BuiltOf, DocumentOf

SHAPE = jsonschema.Draft202012Validator(shapes.load("page"))
BROWSER_ONLY = {
    "console",
    "cookies",
    "fonts",
    "js_diff",
    "lcp",
    "libraries",
    "preloads",
    "render",
    "requests",
    "storage",
    "third_parties",
    "vitals",
}
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bread | Bakery</title>
<meta name="description" content="Bread, baked every morning in Bristol.">
<link rel="canonical" href="https://www.bakery.co/bread/">
<link rel="alternate" hreflang="de" href="https://www.bakery.co/brot/"><link rel="icon" href="/icon.png">
<meta property="og:image" content="https://www.bakery.co/og.png"></head>
<body><main><h1>Bread</h1><p>Yes.</p><a href="/cake/#rye">Cake</a><img src="/a.png" alt="A"></main></body></html>"""


def test_a_document_has_the_published_shape(document_of: DocumentOf) -> None:
    SHAPE.validate(document_of(PAGE))


def test_every_part_of_the_shape_is_described_and_lists_of_objects_have_an_identity() -> None:
    def parts(schema: dict[str, Any], at: str) -> list[tuple[str, dict[str, Any]]]:
        keys = [key for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
        inner = [*schema.get("properties", {}).items(), *((key, schema[key]) for key in keys)]
        return [(at, schema)] + [found for name, part in inner for found in parts(part, f"{at}/{name}")]

    found = parts(shapes.load("page"), "")
    assert [at for at, schema in found if not schema.get("description")] == []
    lists = [(at, schema) for at, schema in found if schema.get("type") == "array" and "properties" in schema["items"]]
    assert [at for at, schema in lists if schema.get("x-identity") not in schema["items"]["properties"]] == []
    unknown = [
        (at, name)
        for at, schema in found
        for name in schema.get("x-of-target", ())
        if name not in schema["items"]["properties"]
    ]
    assert unknown == []
    assert [
        at for at, schema in found if "properties" in schema and schema.get("additionalProperties") is not False
    ] == []


def test_what_was_measured_is_what_is_there(document_of: DocumentOf) -> None:
    document = document_of(PAGE)
    assert set(document["measured"]) == document.keys() - ALWAYS
    assert set(document["measured"]) >= BROWSER_ONLY


def test_without_a_browser_its_groups_are_missing_and_the_rest_is_there(document_of: DocumentOf) -> None:
    document = document_of(PAGE, rendered=None, in_page=None)
    SHAPE.validate(document)
    assert not BROWSER_ONLY & set(document["measured"])
    assert document["title"]["text"] == "Bread | Bakery"
    assert "visible_words" not in document["text"]
    assert "raw_equals_dom" not in document["robots"]


def test_what_scripts_change_is_told(document_of: DocumentOf) -> None:
    rendered = PAGE.replace("Bread | Bakery", "Cake | Bakery").replace(
        "<h1>Bread</h1>", "<h1>Bread</h1><p>More words here.</p>"
    )
    document = document_of(PAGE, rendered=rendered)
    assert document["js_diff"] == [{"field": "title", "raw": "Bread | Bakery", "rendered": "Cake | Bakery"}]
    assert (document["title"]["text"], document["raw"]["title"]["text"]) == ("Cake | Bakery", "Bread | Bakery")
    assert document["text"]["raw_share"] == 0.5


def test_a_page_that_scripts_leave_alone_has_no_difference(document_of: DocumentOf) -> None:
    document = document_of(PAGE, rendered=PAGE.replace("<!doctype html>", "<!DOCTYPE html>").replace("\n", "\n\n"))
    assert document["js_diff"] == []
    assert (document["text"]["raw_share"], document["canonical"]["raw_equals_dom"]) == (1.0, True)


def test_a_noindex_that_scripts_remove_is_told(document_of: DocumentOf) -> None:
    raw = PAGE.replace("<head>", "<head><meta name=robots content=noindex>")
    document = document_of(raw, rendered=PAGE)
    assert (document["robots"]["noindex"], document["raw"]["robots"]["noindex"]) == (False, True)
    assert document["robots"]["raw_equals_dom"] is False


@pytest.mark.parametrize(
    ("parts", "reasons"),
    [
        ({}, []),
        ({"status": 404}, ["status"]),
        ({"headers": (("Content-Type", "text/plain"),)}, ["not_html"]),
        ({"headers": (("X-Robots-Tag", "noindex"),)}, ["noindex"]),
        ({"path": "/other/"}, ["canonicalised"]),
        ({"body": PAGE + "<meta http-equiv=refresh content='3; url=/new/'>"}, ["refresh"]),
        ({"body": PAGE + "<meta http-equiv=refresh content='300'>"}, []),
        ({"redirects": (Hop("https://www.bakery.co/old/", 301, "http"),)}, ["redirect"]),
    ],
)
def test_a_page_is_indexable_unless_there_is_a_reason(
    built_of: BuiltOf, parts: dict[str, Any], reasons: list[str]
) -> None:
    built = built_of(**{"body": PAGE} | parts)
    assert built.document["indexability_reasons"] == reasons
    assert built.digest.indexable is (not reasons)
    assert built.document["indexable"] is None


@pytest.mark.parametrize(
    ("declared", "status", "ok"), [(None, 200, True), (None, 404, False), (410, 410, True), (410, 200, False)]
)
def test_a_status_is_as_meant_where_it_is_the_declared_one_or_else_200(
    document_of: DocumentOf, declared: int | None, status: int, ok: bool
) -> None:
    settings = replace(SETTINGS, expect=lambda _path: {"status": declared})
    assert document_of(PAGE, settings, status=status)["http"]["status_ok"] is ok


def test_the_digest_is_what_other_pages_need(built_of: BuiltOf) -> None:
    digest = built_of(PAGE).digest
    assert (digest.url, digest.title, digest.canonical_self) == ("https://www.bakery.co/bread/", "Bread | Bakery", True)
    assert (digest.hreflang, digest.links_out) == ((("de", "https://www.bakery.co/brot/"),), 1)


def test_the_same_visit_makes_the_same_document(document_of: DocumentOf) -> None:
    assert json.dumps(document_of(PAGE)) == json.dumps(document_of(PAGE))


HOSTILE = {
    "empty": b"",
    "zero bytes": b"\0" * 1000,
    "noise": random.Random(1).randbytes(50_000),  # noqa: S311 - the same noise every time
    "UTF-16": "<title>Brötchen</title>".encode("utf-16"),
    "UTF-16 without a mark": "<title>x</title>".encode("utf-16-le"),
    "latin-1": "<title>Brötchen</title>".encode("latin-1"),
    "10,000 deep": b"<div>" * 10_000 + b"x",
    "headings in headings": b"<h1><div>" * 2_000 + b"x",
    "20,000 links": b"".join(b"<a href='/p/%d#x'>%d</a>" % (n, n) for n in range(20_000)),
    "forms": b"<form><input type=password><button formaction=x></form>" * 2_000,
    "deep JSON": b"<script type='application/ld+json'>" + b'{"a":' * 50_000 + b"</script>",
    "long numbers": b"<script type='application/ld+json'>{\"a\":" + b"9" * 10_000 + b"}</script>",
    "unfinished": b"<a href='" + b"x" * 100_000,
    "a frameset": b"<frameset><frame src=a></frameset>",
    "only a comment": b"<!-- x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_bytes_are_delivered_there_is_a_document(document_of: DocumentOf, name: str) -> None:
    document = document_of(HOSTILE[name])
    SHAPE.validate(document)
    json.dumps(document, ensure_ascii=False).encode()


def test_lone_surrogates_of_the_browser_are_replaced(document_of: DocumentOf) -> None:
    rendered = "<title>a\ud800</title><a href='/\udc00'>x\ud800</a><p id='\ud800'>"
    json.dumps(document_of(b"<p>x", rendered=rendered), ensure_ascii=False).encode()


@given(st.text(alphabet="<>/='\" abehilmnoprstx#:.&;\n", max_size=300))
def test_no_markup_raises(document_of: DocumentOf, source: str) -> None:
    SHAPE.validate(document_of(source.encode()))
