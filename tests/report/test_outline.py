"""The outlines of pages: what reports read in place of all documents, and what is no outline."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from checks import run_folder
from checks.errors import CannotMeasureError
from checks.report.outline import is_outline, outlined
from checks.run_folder import RunFolder
from checks.run_result import result_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD: dict[str, Any] = {"path": "/", "shown": {}, "headers": None, "links": ["/a"]}


@pytest.fixture(scope="module")
def judged(gonogo: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Return a run over the example site, read only."""
    folder = tmp_path_factory.mktemp("judged")
    command: list[str | Path] = [gonogo, "check", root / "examples" / "bakery", "--no-render", "--run", folder / "run"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=240)
    assert (folder / "run" / run_folder.VERDICT).is_file(), done.stderr
    return RunFolder(folder / "run")


def test_every_page_of_a_judged_run_has_the_outline_of_its_document(judged: RunFolder) -> None:
    outlines = list(result_of(judged).outlined())
    assert outlines == [outlined(document) for document in judged.lines(run_folder.PAGES)]
    assert len(outlines) > 5


def test_what_stands_at_a_place_is_read_and_nothing_else(judged: RunFolder) -> None:
    documents = list(judged.lines(run_folder.PAGES))
    found = [(line.place, line.read()) for line in result_of(judged).pages_at({1, 3})]
    assert found == [(1, documents[1]), (3, documents[3])]


def test_the_reports_of_a_run_without_outlines_are_the_same(judged: RunFolder, gonogo: Path, tmp_path: Path) -> None:
    other, reports = tmp_path / "run", []
    shutil.copytree(judged.path, other)
    for _ in range(2):
        subprocess.run([gonogo, "report", other], capture_output=True, check=True, timeout=240)
        reports.append((other / "report.html").read_bytes())
        (other / run_folder.OUTLINES).unlink(missing_ok=True)
    assert reports[0] == reports[1]


def test_an_outline_tells_title_weight_headers_and_links(page_document: Callable[..., dict[str, Any]]) -> None:
    items = [
        {"url": "https://www.bakery.example/b#x", "internal": True},
        {"url": "https://www.bakery.example/old", "final_url": "https://www.bakery.example/a", "internal": True},
        {"url": "https://other.example/", "internal": False},
    ]
    said = outlined(page_document("/", links={"items": items}, security={"nosniff": True}))
    assert (said["path"], said["headers"], said["links"]) == ("/", ["nosniff"], ["/a", "/b"])


@pytest.mark.parametrize(
    "line",
    [
        {},
        {**GOOD, "path": None},
        {**GOOD, "shown": []},
        {**GOOD, "links": "/a"},
        {**GOOD, "links": [1]},
        {**GOOD, "headers": [None]},
    ],
    ids=json.dumps,
)
def test_a_line_that_is_no_outline_is_refused_with_its_place(tmp_path: Path, line: dict[str, Any]) -> None:
    assert is_outline(GOOD)
    assert not is_outline(line)
    run = RunFolder(tmp_path)
    for name in (run_folder.VERDICT, run_folder.RUN, run_folder.POLICIES):
        run.write(name, {})
    run.write_lines(run_folder.OUTLINES, [GOOD, line])
    with pytest.raises(CannotMeasureError, match=r"outlines\.jsonl:2"):
        list(result_of(run).outlined())
