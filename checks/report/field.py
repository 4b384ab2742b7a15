"""Vitals of real visitors beside those that were measured here, as sentences for every report.

In: the group `field` of the site document. Out: a sentence for each page, as plain text, not yet escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from checks.report.words import count, listed

if TYPE_CHECKING:
    from checks.report.result import Document, Result

TITLE: Final = "Field data beside lab data (75th percentile of visits; here: one load, not slowed down)"
_SHOWN: Final = 10


def sections(result: Result) -> list[tuple[str, list[str]]]:
    """Return the section, or nothing where nobody gave field data."""
    pages = result.site.get("field", {}).get("pages", ())
    said = [_sentence(page) for page in pages[:_SHOWN]]
    if len(pages) > _SHOWN:
        said.append(f"and {len(pages) - _SHOWN:,} more")
    return [(TITLE, said)] if said else []


def _sentence(page: Document) -> str:
    lab: dict[str, Any] = page.get("lab") or {}
    parts = listed(
        _beside("LCP", _ms(page["lcp_ms"]), _ms(lab.get("lcp_ms"))),
        _beside("INP", _ms(page["inp_ms"]), ""),
        _beside("CLS", _score(page["cls"]), _score(lab.get("cls"))),
    )
    visits = f" of {count(page['samples'], 'visit')}" if page["samples"] else ""
    return f"{page['page']}{visits}: {parts or 'no figures'}"


def _beside(name: str, field: str, here: str) -> str:
    if not field:
        return ""
    return f"{name} {field} ({here} here)" if here else f"{name} {field}"


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f} ms"


def _score(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
