"""The outputs are read back by the rules of the runner, and are exactly the documented ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from action import outputs
from tests.action.runner_model import outputs as parsed
from tests.action.runs import go, no_go, write_run

texts = st.text(st.characters(exclude_categories=()), max_size=60)


def values(folder: Path, code: int, verdict: dict[str, Any] | None) -> dict[str, str]:
    return outputs.values(folder, code, verdict, sarif=True)


def test_a_go_tells_verdict_counts_and_paths(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", go(build_digest="9f" * 32))
    outputs.write(tmp_path / "out", values(folder, 0, go(build_digest="9f" * 32)))
    read = parsed((tmp_path / "out").read_text(encoding="utf-8"))
    assert json.loads(read.pop("counts"))["measured"] == 4
    assert read == {
        "verdict": "GO",
        "exit-code": "0",
        "report": str(folder / "report.html"),
        "summary": str(folder / "summary.md"),
        "sarif": str(folder / "gonogo.sarif"),
        "run": str(folder),
        "build-digest": "9f" * 32,
        "baseline": "",
    }


@pytest.mark.parametrize(
    ("code", "verdict"), [(2, "ERROR"), (70, "ERROR"), (3, "CANNOT TELL"), (130, "CANNOT TELL"), (143, "CANNOT TELL")]
)
def test_a_check_without_a_verdict_has_one_that_is_not_go_and_shows_no_older_report(
    tmp_path: Path, code: int, verdict: str
) -> None:
    told = values(write_run(tmp_path, go()), code, None)
    assert (told["verdict"], told["report"], told["counts"]) == (verdict, "", "{}")


@given(texts, texts, texts)
def test_hostile_text_in_a_verdict_makes_no_output_of_its_own(verdict: str, digest: str, name: str) -> None:
    hostile = no_go(verdict=verdict, build_digest=digest, counts={name: 1, "pages": 2, "blocking": verdict})
    read = parsed(outputs.render(values(Path("run"), 1, hostile), "MARK"))
    assert set(read) == set(outputs.KEYS)
    assert read["verdict"] in {"GO", "NO-GO", "CANNOT TELL"}
    assert set(json.loads(read["counts"])) <= {"pages", name}


@pytest.mark.parametrize("value", ["a\nverdict=GO", "a\rb", "with the MARK in it", "a\u2028b\x00"])
def test_a_value_that_could_end_early_is_refused(value: str) -> None:
    told = values(Path("run"), 0, go())
    with pytest.raises(ValueError, match="run"):
        outputs.render({**told, "run": value}, "MARK")


def test_a_key_that_is_not_documented_is_refused() -> None:
    with pytest.raises(ValueError, match="documented"):
        outputs.render({**values(Path("run"), 0, go()), "path": "/usr/bin"}, "MARK")


def test_the_delimiter_is_another_one_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        outputs.write(tmp_path / name, values(Path("run"), 0, go()))
    assert (tmp_path / "one").read_bytes() != (tmp_path / "two").read_bytes()
