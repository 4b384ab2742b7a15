"""Facts are judged only where they are of their shape, and all there: what no policy sees would pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from checks import kept_facts
from checks.errors import CannotMeasureError
from checks.run_folder import RunFolder
from tests.action.conftest import HEAD
from tests.action.runs import line, page, site, write_facts

Change = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_facts(tmp_path / "run", HEAD)


def read(folder: Path) -> list[str]:
    """Read everything, and return the paths of the pages."""
    run = RunFolder(folder)
    kept_facts.site(run)
    assert list(kept_facts.coverage(run))
    return [document["path"] for document in kept_facts.pages(run)]


def put(name: str, *documents: object) -> Change:
    return lambda folder: (folder / name).write_text("".join(f"{json.dumps(one)}\n" for one in documents))


def test_what_a_run_has_written_is_read(folder: Path) -> None:
    assert read(folder) == ["/", "/about/"]


def test_a_page_that_was_not_measured_needs_no_document(folder: Path) -> None:
    put("coverage.jsonl", line("/"), line("/about/", state="failed", why="it hung"), line("/x/", kind="link"))(folder)
    put("pages.jsonl", page("/"))(folder)
    assert read(folder) == ["/"]


ODD: dict[str, Change] = {
    "a page of another kind": put("pages.jsonl", page("/", kind="change"), page("/about/")),
    "a fact that nobody knows": put("pages.jsonl", page("/"), page("/about/", titel="x")),
    "a fact of another type": put("pages.jsonl", page("/"), page("/about/", indexable="yes")),
    "a page without what was measured": put("pages.jsonl", {**page("/"), "measured": None}, page("/about/")),
    "no JSON": lambda folder: (folder / "pages.jsonl").write_text('{"kind": "page"'),
    "no object": put("pages.jsonl", [], []),
    "a page less": put("pages.jsonl", page("/")),
    "no page": put("pages.jsonl"),
    "a page twice": put("pages.jsonl", page("/"), page("/"), page("/about/")),
    "a page that the ledger does not know": put("pages.jsonl", page("/"), page("/about/"), page("/b/")),
    "a ledger that calls nothing measured": put("coverage.jsonl", line("/", state="failed")),
    "an unknown state": put("coverage.jsonl", line("/", state="skipped"), line("/about/")),
    "a site of another shape": put("site.json", {**site(), "robots": 1}),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_not_judged(folder: Path, name: str) -> None:
    ODD[name](folder)
    with pytest.raises(CannotMeasureError) as caught:
        read(folder)
    assert caught.value.where.startswith(str(folder))


def test_the_line_that_is_wrong_is_named_with_what_is_wrong(folder: Path) -> None:
    put("pages.jsonl", page("/"), page("/about/", indexable="yes"))(folder)
    with pytest.raises(CannotMeasureError, match="is not of its shape at /indexable") as caught:
        read(folder)
    assert caught.value.where == f"{folder / 'pages.jsonl'}:2"
