"""Documents that nest too deep for a parser are told before one begins."""

from __future__ import annotations

import pytest

from checks.facts.nesting import DEEPEST, too_deep

DEEP = "<div>" * (DEEPEST + 1)


@pytest.mark.parametrize(
    "document", [DEEP, DEEP.encode(), DEEP.encode("utf-16"), DEEP.replace("div", "B a=1"), DEEP + "</div>" * DEEPEST]
)
def test_what_nests_too_deep_is_told(document: str | bytes) -> None:
    assert too_deep(None, document) == f"its elements are nested more than {DEEPEST} deep"


@pytest.mark.parametrize(
    "document",
    [
        "<div></div>" * DEEPEST * 2,
        "<p>" * DEEPEST * 2,
        "<ul>" + "<li>one" * DEEPEST * 2,
        "<br>" * DEEPEST * 2,
        f"<script>{DEEP}</script>",
        f"<!-- {DEEP} -->",
        "<div>" * DEEPEST,
        "1 < 2 " * DEEPEST * 2,
    ],
)
def test_a_long_document_is_not_deep(document: str) -> None:
    assert too_deep(document, document.encode()) is None


@pytest.mark.parametrize(
    "document", ["<!--" * 100_000, "<script" * 100_000, "<script>" + "</s" * 100_000, "<" * 300_000]
)
def test_what_never_ends_is_looked_through_once(document: str) -> None:
    assert too_deep(document) is None
