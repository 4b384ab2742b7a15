"""A site is divided on the command line, and a part of it is never taken for the whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checks.cli import main
from tests.collect.reuse.edited import SITE, page

pytestmark = pytest.mark.usefixtures("one_day")  # shards of two days are of two sites


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a build of three pages, to work in."""
    for name in ("index.html", "a/index.html", "b/index.html"):
        file = tmp_path / "dist" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(name), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gonogo(command: str) -> int:
    return main([*command.split(), "--site", SITE, "--no-cache"])


def shards() -> None:
    for number in (1, 2):
        assert gonogo(f"collect dist --no-render --shard {number}/2 --run parts/{number}") == 0


def test_shards_are_collected_merged_and_judged(here: Path) -> None:
    shards()
    assert gonogo("merge parts/1 parts/2 --preview dist --run whole") == 0
    main(["judge", "whole"])
    assert json.loads((here / "whole" / "verdict.json").read_text())["counts"]["pages"] == 3


def test_a_check_puts_together_the_shards_in_a_folder_and_judges_them(here: Path) -> None:
    shards()
    # Without a browser nobody can tell.
    assert gonogo("check dist --shards parts --run whole") in {1, 3}
    assert json.loads((here / "whole" / "verdict.json").read_text())["counts"]["pages"] == 3


def test_a_check_of_one_shard_can_not_tell_and_leaves_no_verdict(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gonogo("check dist --no-render --shard 1/1 --run part") == 3
    assert "CANNOT TELL" in capsys.readouterr().out
    assert not (here / "part" / "verdict.json").exists()


@pytest.mark.parametrize("flag", ["--advisory", "--strict-waivers", "--json", "--screens"])
@pytest.mark.usefixtures("here")
def test_a_check_of_one_shard_takes_no_flag_that_needs_a_verdict(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert gonogo(f"check dist --no-render --shard 1/1 {flag}") == 2
    assert f"{flag}: says what becomes of a verdict" in capsys.readouterr().err


def test_a_shard_of_one_page_says_so_and_what_to_do_next(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in "ab":
        (here / "dist" / name / "index.html").unlink()
    assert gonogo("collect dist --no-render --shard 1/1 --run part") == 0
    assert "Shard 1/1 is in part: 1 page. When all 1 are there: gonogo merge" in capsys.readouterr().out
    assert gonogo("merge part --preview dist --run whole") == 0
    assert "put together in whole, of 1 shard; judge it: gonogo judge whole" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["judge part", "report part", "explain x --run part", "facts / --run part"])
@pytest.mark.usefixtures("here")
def test_a_shard_gives_no_answers_of_a_whole(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    gonogo("collect dist --no-render --shard 1/1 --run part")
    assert main(command.split()) == 2
    assert "one shard of a site (1/1)" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["0/2", "3/2", "2", "1/2/3", "-1/2", "1/1001", "a/b", "1/0"])
@pytest.mark.usefixtures("here")
def test_what_names_no_shard_is_wrong_use(text: str) -> None:
    assert gonogo(f"collect dist --no-render --shard={text}") == 2


@pytest.mark.usefixtures("here")
def test_where_no_shard_has_arrived_nobody_can_tell(capsys: pytest.CaptureFixture[str]) -> None:
    assert gonogo("check dist --shards nowhere") == 3
    assert "holds no shard" in capsys.readouterr().err


@pytest.mark.usefixtures("here")
def test_times_without_a_shard_are_wrong_use() -> None:
    assert gonogo("collect dist --no-render --times gonogo-run") == 2


def test_a_url_can_not_be_divided(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    assert gonogo("collect https://preview.example --no-render --shard 1/2 --run part") == 2
    assert "on one machine" in capsys.readouterr().err
    assert not (here / "part" / "run.json").exists()


@pytest.mark.usefixtures("here")
def test_a_cluster_needs_a_build_that_all_its_machines_can_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert gonogo("collect --cluster tcp://127.0.0.1:1") == 2
    assert "s3://bucket/dist" in capsys.readouterr().err


@pytest.mark.parametrize(
    "how", ["collect dist --shard 1/2", "check dist --shards parts", "collect dist --cluster tcp://h:1"]
)
@pytest.mark.usefixtures("here")
def test_the_review_gate_is_not_divided(how: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert gonogo(f"{how} --gate review") == 2
    assert "--gate review" in capsys.readouterr().err
