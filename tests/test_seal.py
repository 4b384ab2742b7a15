"""What was judged is what ships: `seal` lets the folder pass that got GO, and nothing else."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as searching
from hypothesis import strategies as st

from checks.collect import hosts
from checks.collect.hosts import build_digest
from checks.errors import CannotMeasureError, GonogoError, UserError
from checks.seal import NoGoError, WeakenedError, seal, verify

FILES = {
    "index.html": b"<title>Rye</title>",
    "about/index.html": b"About",
    "img/a.png": b"\x89PNG\x00",
    ".well-known/x": b"",
}


@pytest.fixture
def build(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def judged(build: Path, tmp_path: Path) -> Callable[..., Path]:
    """Write a run folder in which `build` was judged, with other words in its verdict and record where given."""

    def write(*, run: dict[str, Any] | None = None, **said: Any) -> Path:
        digest = build_digest(build, hosts.scan(build))
        go = {"verdict": "GO", "exit_code": 0, "advisory": False, "weakened": False, "build_digest": digest}
        folder = tmp_path / "run"
        folder.mkdir(exist_ok=True)
        (folder / "verdict.json").write_text(json.dumps({**go, **said}))
        (folder / "run.json").write_text(json.dumps({"build_digest": digest, **(run or {})}))
        return folder

    return write


Judged = Callable[..., Path]


def test_the_build_that_got_go_passes_with_one_line(build: Path, judged: Judged) -> None:
    out = io.StringIO()
    assert seal(build, judged(), out) == 0
    assert out.getvalue().startswith(f"GO: {build} is the build that was judged (")
    assert out.getvalue().count("\n") == 1


def test_the_same_files_in_another_folder_pass(build: Path, judged: Judged, tmp_path: Path) -> None:
    run = judged()
    build.rename(tmp_path / "public")
    assert seal(tmp_path / "public", run, io.StringIO()) == 0


def test_when_files_were_written_plays_no_part(build: Path, judged: Judged) -> None:
    run = judged()
    os.utime(build / "index.html", (0, 0))
    assert seal(build, run, io.StringIO()) == 0


def refused(build: Path, run: Path) -> str:
    with pytest.raises(NoGoError) as caught:
        seal(build, run, io.StringIO())
    assert caught.value.exit_code == 1
    return caught.value.what


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def swap(build: Path) -> None:
    one, other = build / "index.html", build / "about/index.html"
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def move(build: Path) -> None:
    (build / "img/a.png").rename(build / "a.png")


CHANGES: dict[str, Callable[[Path], object]] = {
    "one flipped bit": lambda build: flip(build / "img/a.png"),
    "a byte more": lambda build: (build / "about/index.html").write_bytes(b"About\n"),
    "an added file": lambda build: (build / "extra.js").write_bytes(b""),
    "an added hidden file": lambda build: (build / ".htaccess").write_bytes(b""),
    "a removed file": lambda build: (build / "img/a.png").unlink(),
    "a removed empty file": lambda build: (build / ".well-known/x").unlink(),
    "a renamed file": lambda build: (build / "about/index.html").rename(build / "about/Index.html"),
    "a moved file": move,
    "two files swapped": swap,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_build_that_differs_is_refused(change: Callable[[Path], object], build: Path, judged: Judged) -> None:
    run = judged()
    change(build)
    assert "is not the build that got GO" in refused(build, run)


@searching(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.sampled_from(sorted(name for name, content in FILES.items() if content)), st.data())
def test_a_build_in_which_any_one_bit_differs_is_refused(
    build: Path, judged: Judged, name: str, data: st.DataObject
) -> None:
    (build / name).write_bytes(FILES[name])
    run = judged()
    content = bytearray(FILES[name])
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (build / name).write_bytes(content)
    assert "is not the build that got GO" in refused(build, run)
    (build / name).write_bytes(FILES[name])


def test_a_link_out_of_the_build_is_refused_for_what_it_leads_to_was_not_judged(
    build: Path, judged: Judged, tmp_path: Path
) -> None:
    run = judged()
    (tmp_path / "outside.html").write_bytes(b"anything")
    (build / "more.html").symlink_to(tmp_path / "outside.html")
    assert refused(build, run) == "holds what was not judged: more.html (outside)"


@pytest.mark.parametrize(
    ("said", "error", "exit_code"),
    [
        ({"verdict": "NO-GO", "exit_code": 1}, NoGoError, 1),
        ({"verdict": "NO-GO", "exit_code": 0, "advisory": True}, NoGoError, 1),
        ({"verdict": "CANNOT TELL", "exit_code": 3}, CannotMeasureError, 3),
        ({"verdict": "NO-GO", "exit_code": 4, "weakened": True}, WeakenedError, 4),
        ({"weakened": True}, WeakenedError, 4),
        ({"advisory": True}, NoGoError, 1),
        ({"exit_code": 1}, NoGoError, 1),
        ({"build_digest": None}, CannotMeasureError, 3),
        ({"build_digest": ""}, CannotMeasureError, 3),
        ({"build_digest": "0" * 64}, UserError, 2),
        ({"verdict": "go"}, CannotMeasureError, 3),
        ({"verdict": None}, CannotMeasureError, 3),
        ({"run": {"only": "/blog/**"}}, CannotMeasureError, 3),
        ({"run": {"build_digest": None}}, UserError, 2),
    ],
)
def test_without_a_plain_go_on_the_whole_folder_nothing_passes(
    said: dict[str, Any], error: type[GonogoError], exit_code: int, build: Path, judged: Judged
) -> None:
    with pytest.raises(error) as caught:
        seal(build, judged(**said), io.StringIO())
    assert caught.value.exit_code == exit_code


@pytest.mark.parametrize("missing", ["verdict", "exit_code", "advisory", "weakened", "build_digest"])
def test_a_verdict_that_does_not_say_everything_lets_nothing_pass(missing: str, build: Path, judged: Judged) -> None:
    run = judged()
    said = json.loads((run / "verdict.json").read_text())
    del said[missing]
    with pytest.raises(GonogoError):
        verify(build, said, json.loads((run / "run.json").read_text()))


@pytest.mark.parametrize("name", ["verdict.json", "run.json"])
def test_a_run_folder_without_its_documents_lets_nothing_pass(name: str, build: Path, judged: Judged) -> None:
    run = judged()
    (run / name).unlink()
    with pytest.raises(UserError, match="is missing"):
        seal(build, run, io.StringIO())


def test_a_folder_that_is_not_there_does_not_pass(judged: Judged, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such folder"):
        seal(tmp_path / "nowhere", judged(), io.StringIO())


def test_an_empty_folder_does_not_pass(judged: Judged, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "is not the build that got GO" in refused(tmp_path / "empty", judged())


@pytest.mark.parametrize(
    "said",
    [
        {"verdict": "GO FOR REVIEW", "exit_code": 5},
        {"verdict": "GO FOR REVIEW", "exit_code": 0},
        {"gate": "review"},
        {"run": {"gate": "review"}},
    ],
)
def test_what_passed_the_review_gate_does_not_ship(build: Path, judged: Judged, said: dict[str, Any]) -> None:
    with pytest.raises(CannotMeasureError):
        seal(build, judged(**said), io.StringIO())
