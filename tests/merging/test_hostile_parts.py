"""What lies in a part may come from anywhere: lines and records that no gonogo wrote are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks import merging, run_folder
from checks.errors import CannotMeasureError
from tests.collect.shards.divided import Divided
from tests.merging.parts import Document, both, lines, put, refused, spoil


def _of(line: Document, **said: object) -> Document:
    return {**line, "page": {**line["page"], **said}}


HOSTILE: dict[str, Callable[[Document], object]] = {
    "is called measured without facts": lambda line: {**line, "page": None},
    "failed without a reason": lambda line: {**line, "state": "failed", "why": "", "page": None},
    "is of a state that nobody knows": lambda line: {**line, "state": "fine"},
    "says more than a line does": lambda line: {**line, "verdict": "GO"},
    "is about another page in its document": lambda line: _of(
        line, document={**line["page"]["document"], "path": "/else/"}
    ),
    "is about another page in its digest": lambda line: _of(line, digest={**line["page"]["digest"], "path": "/else/"}),
    "has a fact that nobody knows": lambda line: _of(line, document={**line["page"]["document"], "titel": "x"}),
    "lacks the links": lambda line: _of(
        line, document={name: value for name, value in line["page"]["document"].items() if name != "links"}
    ),
    "has a sketch beyond 32 bits": lambda line: _of(line, digest={**line["page"]["digest"], "sketch": [2**32]}),
    "links out of the site": lambda line: _of(line, links=[["https://evil.example/", True]]),
    "is a list": lambda line: [line],
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_line_that_no_gonogo_wrote_is_refused_with_its_place(divided: Divided, how: str) -> None:
    first = both(divided)[0]
    line, *others = lines(first)
    put(first, HOSTILE[how](line), *others)
    assert f"1-of-2/{run_folder.MEASURED}:1: " in refused(divided, CannotMeasureError)


@pytest.mark.parametrize("text", [b"\xff\xfe", b"{", b'{"path": NaN}', b"[" * 100_000])
def test_what_is_not_json_is_refused_with_its_place(divided: Divided, text: bytes) -> None:
    (both(divided)[0] / run_folder.MEASURED).write_bytes(text)
    assert f"{run_folder.MEASURED}:1: is not JSON" in refused(divided, CannotMeasureError)


def test_a_line_without_end_is_not_held(divided: Divided, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checks.merging.lines.LONGEST", 100_000)
    (both(divided)[0] / run_folder.MEASURED).write_bytes(b" " * 200_000)
    assert "is longer than 100,000 bytes" in refused(divided, CannotMeasureError)


def test_a_line_of_more_values_than_a_page_has_is_refused_before_it_is_decoded(divided: Divided) -> None:
    # 24 MB of empty lists, which would fill gigabytes.
    (both(divided)[0] / run_folder.MEASURED).write_bytes(b'{"path": [' + b"[]," * 8_000_000 + b"0]}\n")
    assert f"{run_folder.MEASURED}:1: holds more than 8,000,000 values" in refused(divided, CannotMeasureError)


def test_of_more_lines_than_a_shard_has_pages_none_is_read(divided: Divided) -> None:
    first = both(divided)[0]
    pages = len(lines(first))
    with (first / run_folder.MEASURED).open("ab") as file:
        file.write(b"no JSON at all\n" * 1_000_000)
    said = refused(divided, CannotMeasureError)
    assert f"holds more than {pages} pages, and run.json beside it says {pages}" in said


def test_a_record_beyond_measure_is_not_decoded(divided: Divided, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging.folders, "LONGEST", 1000)
    assert f"1-of-2/{run_folder.RUN}: is longer than 1,000 bytes" in refused(divided, CannotMeasureError)


ODD: dict[str, Callable[[Document], object]] = {
    "a number beyond the last": lambda about: about["shard"].update(number=3),
    "no number": lambda about: about["shard"].pop("number"),
    "a name that leads elsewhere": lambda about: about["shard"]["made_with"].update(build="../../etc/passwd"),
    "pages below none": lambda about: about["shard"].update(pages=-1),
    "what nobody asked for": lambda about: about.update(verdict="GO"),
    "addresses beyond measure": lambda about: about["shard"]["told"].update(missing=[str(n) for n in range(1001)]),
}


@pytest.mark.parametrize("how", ODD)
def test_a_record_that_no_gonogo_wrote_is_refused(divided: Divided, how: str) -> None:
    spoil(both(divided)[0], ODD[how])
    assert f"1-of-2/{run_folder.RUN}: " in refused(divided, CannotMeasureError)
