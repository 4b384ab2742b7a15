from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from checks.facts import page
from checks.facts.page_settings import PageSettings
from checks.facts.visit import InPage, Visit
from tests.facts.bakery import Site

if TYPE_CHECKING:
    from checks.facts.page import Built

ORIGIN = "https://www.bakery.co"
SETTINGS = PageSettings(ORIGIN, first_party_domains=frozenset({"bakery.co"}))
IN_PAGE = InPage("CSS1Compat", 300, 0.3, 0, 412, 823)
HEADERS = (("Content-Type", "text/html; charset=utf-8"),)


class VisitOf(Protocol):
    def __call__(self, body: str | bytes, **parts: Any) -> Visit: ...


class BuiltOf(Protocol):
    def __call__(self, body: str | bytes, settings: PageSettings = SETTINGS, **parts: Any) -> Built: ...


class DocumentOf(Protocol):
    def __call__(self, body: str | bytes, settings: PageSettings = SETTINGS, **parts: Any) -> dict[str, Any]: ...


def _visit(body: str | bytes, **parts: Any) -> Visit:
    """A visit of /bread/, delivered as `body` and rendered as the same unless `parts` say otherwise."""
    delivered = body if isinstance(body, bytes) else body.encode()
    path = parts.pop("path", "/bread/")
    url = parts.pop("url", ORIGIN + path)
    given: dict[str, Any] = {
        "status": 200,
        "final_url": url,
        "redirects": (),
        "headers": HEADERS,
        "transfer_bytes": len(delivered),
        "rendered": body if isinstance(body, str) else None,
        "in_page": IN_PAGE if isinstance(body, str) else None,
        **parts,
    }
    return Visit(url=url, path=path, body=delivered, **given)


@pytest.fixture(scope="session")
def visit_of() -> VisitOf:
    """Makes a visit from a body."""
    return _visit


@pytest.fixture(scope="session")
def built_of() -> BuiltOf:
    """Makes a page from a body."""

    def built(body: str | bytes, settings: PageSettings = SETTINGS, **parts: Any) -> Built:
        return page.build(_visit(body, **parts), settings)

    return built


@pytest.fixture(scope="session")
def document_of() -> DocumentOf:
    """Makes a page document from a body."""

    def document(body: str | bytes, settings: PageSettings = SETTINGS, **parts: Any) -> dict[str, Any]:
        return page.build(_visit(body, **parts), settings).document

    return document


@pytest.fixture
def bakery(tmp_path: Path) -> Site:
    return Site(tmp_path)
