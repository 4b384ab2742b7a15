"""Single lines of a long file: the same that reading all of it would give."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import run_result


@given(
    lines=st.lists(st.binary(max_size=12).map(lambda text: text.replace(b"\n", b" ")), max_size=12),
    ended=st.booleans(),
    places=st.frozensets(st.integers(0, 13)),
    block=st.integers(1, 9),
)
def test_lines_at_places_are_those_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], places: frozenset[int], block: int, *, ended: bool
) -> None:
    file: Path = tmp_path_factory.getbasetemp() / "lines"
    file.write_bytes(b"\n".join(lines) + (b"\n" if ended and lines else b""))
    with file.open("rb") as stream:
        every = dict(enumerate(line.removesuffix(b"\n") for line in stream))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_result, "_BLOCK", block)
        found = dict(run_result.lines_at(file, places))
    assert found == {place: line for place, line in every.items() if place in places}
