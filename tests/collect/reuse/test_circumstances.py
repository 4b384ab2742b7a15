"""What counts as the same program: everything that could change a fact or a judgement, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

import checks
from checks.collect.reuse import circumstances
from checks.report.interactive import bundle

HOME = Path(checks.__file__).parent


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("facts/head.py", "shapes/page.schema.json", "collect/in_page/links.js"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("as it was", encoding="utf-8")
    return tmp_path


def program(home: Path) -> list[tuple[str, str]]:
    return list(circumstances.sources(home))


def test_a_checkout_with_its_interactive_report_built_is_the_same_program_as_one_without(home: Path) -> None:
    without = program(home)
    built = home / circumstances.BUILT / "assets" / "app.js"
    built.parent.mkdir(parents=True)
    built.write_text("built", encoding="utf-8")
    (home / "facts" / "__pycache__").mkdir()
    (home / "facts" / "__pycache__" / "head.cpython-311.pyc").write_bytes(b"compiled")
    assert program(home) == without


@pytest.mark.parametrize("name", ["facts/head.py", "shapes/page.schema.json", "collect/in_page/links.js"])
def test_another_source_or_shape_or_script_is_another_program(home: Path, name: str) -> None:
    before = program(home)
    (home / name).write_text("changed", encoding="utf-8")
    assert program(home) != before


def test_what_another_process_is_just_compiling_is_no_part_of_the_program(home: Path) -> None:
    before = program(home)
    (home / "facts" / "__pycache__").mkdir()
    (home / "facts" / "__pycache__" / "head.cpython-311.pyc.140234712").write_bytes(b"half")
    assert program(home) == before


def test_a_source_more_is_another_program(home: Path) -> None:
    before = program(home)
    (home / "facts" / "title.py").write_text("", encoding="utf-8")
    assert program(home) != before


def test_the_report_is_built_where_it_is_left_out_and_nowhere_else() -> None:
    assert bundle.FOLDER == HOME / circumstances.BUILT
