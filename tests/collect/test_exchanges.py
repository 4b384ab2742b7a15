"""What a page asked for, as facts have it: one exchange for each address, in whatever order the browser told of it."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from checks.collect import exchanges
from checks.collect.assets import Assets
from checks.collect.hosts import PlainHost, scan
from checks.collect.preview import Preview
from checks.collect.recorder import Seen
from checks.facts.visit import Exchange

ORIGIN = "https://www.example.com"
SHEET = f"{ORIGIN}/look.css"


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    (tmp_path / "look.css").write_text("p { color: red }")
    found = scan(tmp_path)
    return Preview(tmp_path, found, PlainHost(found), ORIGIN)


def told(preview: Preview, *seen: Seen) -> set[tuple[Exchange, ...]]:
    """Return what comes out of the requests in any order."""
    return {exchanges.of(order, preview, Assets(preview.root)) for order in permutations(seen)}


def test_an_address_that_is_asked_for_twice_has_one_exchange_whatever_comes_first(preview: Preview) -> None:
    seen = [
        Seen(SHEET, kind, "GET", None, by_script=by) for kind in ("style", "script", "other") for by in (True, False)
    ]
    (only,) = told(preview, *seen)
    assert [(one.type, one.by_script) for one in only] == [("script", False)]


def test_the_request_that_an_error_is_known_of_says_more(preview: Preview) -> None:
    other = "https://cdn.example.net/a.js"
    failed = Seen(other, "other", "GET", None, error="net::ERR_FAILED")
    (only,) = told(preview, Seen(other, "script", "GET", None, status=200), failed)
    assert [(one.type, one.error) for one in only] == [("other", "net::ERR_FAILED")]


def test_each_method_has_an_exchange_of_its_own(preview: Preview) -> None:
    (only,) = told(preview, Seen(SHEET, "style", "GET", None), Seen(SHEET, "fetch", "POST", None))
    assert [(one.method, one.status) for one in only] == [("GET", 200), ("POST", 405)]
