"""`check --only` judges a few pages while somebody mends them, and is never taken for the whole site."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import run_folder
from checks.cli import main
from checks.run_folder import RunFolder
from tests.conftest import ROOT, MadeOnce

HEALTHY, BROKEN = ROOT / "examples" / "bakery", ROOT / "examples" / "bakery-broken"
SITE = "https://www.hearthandcrumb.example"
BREADS = ["/bread/focaccia/", "/bread/rye/", "/bread/sourdough/"]


def check(build: Path, run: Path, *flags: str) -> int:
    return main(["check", str(build), "--site", SITE, "--no-cache", "--run", str(run), *flags])


def checked(made_once: MadeOnce, name: str, build: Path, *flags: str) -> RunFolder:
    def make(folder: Path) -> None:
        check(build, folder / "run", *flags)

    return RunFolder(made_once(name, make) / "run")


def states(run: RunFolder) -> dict[str, str]:
    """Return what became of each page."""
    return {line["path"]: line["state"] for line in run.lines(run_folder.COVERAGE) if line["kind"] == "page"}


@pytest.fixture
def rendered(made_once: MadeOnce) -> RunFolder:
    """Return a run over some pages of a site of which all would get a GO."""
    return checked(made_once, "some pages only", HEALTHY, "--only", "/bread/*/")


def read(made_once: MadeOnce, name: str, build: Path, *flags: str) -> RunFolder:
    """Return a run that renders nothing, which is a matter of a second."""
    return checked(made_once, name, build, "--no-render", *flags)


@pytest.fixture
def whole(made_once: MadeOnce) -> RunFolder:
    return read(made_once, "broken, all pages", BROKEN)


@pytest.fixture
def part(made_once: MadeOnce) -> RunFolder:
    return read(made_once, "broken, some pages", BROKEN, "--only", "/bread/*/", "--only", "/about/")


def test_pages_at_which_nothing_is_wrong_are_no_go_for_the_site(rendered: RunFolder) -> None:
    verdict = rendered.read(run_folder.VERDICT)
    assert (verdict["verdict"], verdict["exit_code"], verdict["counts"]["blocking"]) == ("CANNOT TELL", 3, 0)


def test_the_verdict_says_what_was_left_out(rendered: RunFolder) -> None:
    verdict = rendered.read(run_folder.VERDICT)
    pages = verdict["counts"]["pages"]
    assert verdict["counts"]["left_out"] == pages - len(BREADS)
    (reason,) = verdict["reasons"]
    assert reason == (
        f"3 of {pages} pages were judged: `--only /bread/*/` leaves out {pages - 3}, and the rules about the site as a "
        "whole. Only a check of all pages says GO."
    )


def test_the_pages_that_were_asked_for_are_rendered_and_the_others_are_left_out(rendered: RunFolder) -> None:
    became = states(rendered)
    assert [path for path, state in became.items() if state == "measured"] == BREADS
    assert {state for path, state in became.items() if path not in BREADS} == {"left-out"}
    browsed = [one["path"] for one in rendered.lines(run_folder.PAGES) if "render" in one["measured"]]
    assert browsed == BREADS


def test_no_owner_of_a_policy_says_go(rendered: RunFolder) -> None:
    said = {name: owner["verdict"] for name, owner in rendered.read(run_folder.VERDICT)["owners"].items()}
    assert said == {"engineering": "CANNOT TELL", "marketing": "CANNOT TELL", "security": "CANNOT TELL"}


def test_the_reports_list_what_was_left_out(rendered: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("text", "markdown", "html"):
        main(["report", str(rendered.path), "--format", name])
        assert "Left out of this run" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [
        ["adopt", "{run}", "--folder", "{into}"],
        ["baseline", "save", "{run}", "{into}"],
        ["landed", SITE, "--run", "{run}"],
    ],
)
def test_no_command_that_needs_the_whole_site_takes_such_a_run(
    rendered: RunFolder, tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([one.format(run=rendered.path, into=tmp_path / "into") for one in command]) == 2
    assert "some of its pages only were judged (/bread/*/)" in capsys.readouterr().err


def test_what_was_judged_in_part_does_not_ship(rendered: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seal", "verify", str(HEALTHY), "--run", str(rendered.path)]) == 3
    assert "there is no GO" in capsys.readouterr().err


def test_findings_are_those_of_the_pages_that_were_asked_for(part: RunFolder, whole: RunFolder) -> None:
    asked = {path for path, state in states(part).items() if state == "measured"}
    assert asked == {*BREADS, "/bread/brioche/", "/about/"}

    def on_them(run: RunFolder) -> list[str]:
        found = run.lines(run_folder.FINDINGS)
        return sorted(one["fingerprint"] for one in found if one["reads"] == "page" and one["page"] in asked)

    assert on_them(part) == on_them(whole) != []
    assert {one["page"] for one in part.lines(run_folder.FINDINGS) if one["reads"] == "page"} <= asked
    assert part.read(run_folder.VERDICT)["verdict"] == "NO-GO"


def test_pages_are_told_the_same_of_others_as_in_a_run_of_all(part: RunFolder, whole: RunFolder) -> None:
    assert [*part.lines(run_folder.PAGES)] == [*whole.lines(run_folder.PAGES)]


@pytest.fixture
def compared(made_once: MadeOnce, whole: RunFolder) -> RunFolder:
    return read(made_once, "one page, compared", HEALTHY, "--only", "/about/", "--baseline", str(whole.path))


def test_nothing_is_called_fixed_that_nobody_looked_at(compared: RunFolder) -> None:
    assert {one["page"] for one in compared.lines(run_folder.FIXED)} == {"/about/"}


def test_changes_are_told_of_the_pages_that_were_asked_for(compared: RunFolder) -> None:
    about = [one for one in compared.read(run_folder.VERDICT)["policies"] if one["id"].startswith("change/")]
    assert {one["applied"] for one in about} == {0, 1}
    assert {one["page"] for one in compared.lines(run_folder.FINDINGS) if one["reads"] == "change"} == {"/about/"}


def test_a_run_that_forgot_what_it_was_asked_for_still_says_no_go(
    rendered: RunFolder, edited: Callable[..., RunFolder]
) -> None:
    run = edited(rendered, only=None)
    assert main(["judge", str(run.path)]) == 3
    assert run.read(run_folder.VERDICT)["counts"]["left_out"] > 0


def test_a_ledger_that_forgot_it_does_not_either(rendered: RunFolder, edited: Callable[..., RunFolder]) -> None:
    run = edited(rendered)
    lines = [{**one, "state": "measured"} for one in run.lines(run_folder.COVERAGE)]
    run.write_lines(run_folder.COVERAGE, lines)
    assert main(["judge", str(run.path)]) == 3


@pytest.fixture
def edited(tmp_path: Path) -> Callable[..., RunFolder]:
    """Return what copies a run, and changes what it says of itself; None takes it away."""

    def copied(run: RunFolder, **changes: Any) -> RunFolder:
        shutil.copytree(run.path, tmp_path / "copy")
        copy = RunFolder(tmp_path / "copy")
        about = {**copy.read(run_folder.RUN), **changes}
        copy.write(run_folder.RUN, {name: value for name, value in about.items() if value is not None})
        return copy

    return copied


def test_a_pattern_that_names_no_page_leaves_nothing_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(HEALTHY, tmp_path / "run", "--no-render", "--only", "/shpo/**") == 3
    assert "`--only /shpo/**` names none of" in capsys.readouterr().out


def test_a_pattern_that_can_match_no_path_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(HEALTHY, tmp_path / "run", "--only", "bread/*") == 2
    assert "`bread/*` begins with neither / nor **" in capsys.readouterr().err


@pytest.mark.parametrize("flag", ["--gate review", "--shard 1/2", "--lighthouse", "--strict-waivers"])
def test_a_flag_about_the_whole_site_contradicts_it(
    flag: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *value = flag.split()
    assert check(HEALTHY, tmp_path / "run", "--only", "/bread/*/", name, *value) == 2
    assert f"{flag.removesuffix(' 1/2')}: is about the whole site" in capsys.readouterr().err


def test_advice_does_not_make_it_a_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(HEALTHY, tmp_path / "run", "--no-render", "--only", "/bread/*/", "--advisory", "--json") == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "CANNOT TELL"
