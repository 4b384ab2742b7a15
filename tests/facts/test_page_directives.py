"""Robots directives that say nothing, and the day after which a page leaves search results."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from checks.facts.page_settings import PageSettings

if TYPE_CHECKING:
    from tests.facts.conftest import DocumentOf

ON_A_DAY = PageSettings("https://www.bakery.co", today=date(2026, 11, 1))


def robots(document_of: DocumentOf, content: str) -> dict[str, Any]:
    group: dict[str, Any] = document_of(f'<meta name=robots content="{content}">', ON_A_DAY)["robots"]
    return group


@pytest.mark.parametrize(
    ("content", "unknown"),
    [
        ("index, follow, max-snippet: -1, max-image-preview:large", []),
        ("noindex, unavailable_after: Friday, 25-Jun-27 15:00:00 GMT, noarchive", []),
        ("no-index", ["no-index"]),
        ("max-image-preview:huge, max-snippet", ["max-image-preview:huge", "max-snippet"]),
    ],
)
def test_a_directive_that_nobody_documents_is_unknown(
    document_of: DocumentOf, content: str, unknown: list[str]
) -> None:
    assert [one["directive"] for one in robots(document_of, content)["unknown"]] == unknown


@pytest.mark.parametrize(
    ("text", "day", "left"),
    [
        ("2026-11-08", "2026-11-08", 7),
        ("25 Jun 2010 15:00:00 PST", "2010-06-25", -5973),
        ("Friday, 25-Jun-27 15:00:00 GMT", "2027-06-25", 236),
        ("soon", None, None),
    ],
)
def test_the_last_day_in_results_is_counted_from_the_run(
    document_of: DocumentOf, text: str, day: str | None, left: int | None
) -> None:
    group = robots(document_of, f"unavailable_after: {text}")
    assert group["unavailable_after"] == {"text": text, "date": day, "days_left": left}


def test_a_page_that_names_no_last_day_has_none(document_of: DocumentOf) -> None:
    assert robots(document_of, "noindex")["unavailable_after"] is None


def alternates(*pairs: tuple[str, str]) -> str:
    return "".join(f'<link rel=alternate hreflang={lang} href="https://www.bakery.co{path}">' for lang, path in pairs)


BOTH = alternates(("en", "/en/"), ("de-CH", "/bread/"))


@pytest.mark.parametrize(("lang", "agrees"), [("de", True), ("de-AT", True), ("fr", False), ("zz-??", None)])
def test_alternates_agree_with_the_language_of_the_document_or_not(
    document_of: DocumentOf, lang: str, *, agrees: bool | None
) -> None:
    assert document_of(f'<html lang="{lang}"><head>{BOTH}')["hreflang"]["lang_agrees"] is agrees


@pytest.mark.parametrize(
    ("canonical", "other"), [("/en/", True), ("/bread/", False), ("/elsewhere/", False), (None, False)]
)
def test_a_canonical_in_another_language_is_told(
    document_of: DocumentOf, canonical: str | None, *, other: bool
) -> None:
    link = f"<link rel=canonical href={canonical}>" if canonical else ""
    assert document_of(f"<html lang=de><head>{BOTH}{link}")["canonical"]["is_other_language"] is other
