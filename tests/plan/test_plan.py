"""A redirect map, judged before anybody writes a rule: by itself, against a build, against a run, by its clicks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from checks import cli
from checks.errors import UserError
from checks.plan import judging, redirect_map
from checks.plan.redirect_map import Line
from checks.plan.targets import There

ORIGIN = "https://www.example.com"
HOME = f"{ORIGIN}/"
PAGE = "<!doctype html><title>{0}</title>{1}<p>{0}</p>"


def lines(tmp_path: Path, text: str) -> list[Line]:
    (tmp_path / "map.csv").write_text(text)
    return redirect_map.read(tmp_path / "map.csv", "map.csv", ORIGIN)


@dataclass
class Known:
    """What answers at addresses of a site."""

    there: Mapping[str, There]

    def at(self, url: str) -> There | None:
        return self.there.get(url, There(404)) if url.startswith(HOME) else None


def judged(tmp_path: Path, text: str, there: Mapping[str, There] | None = None, **clicks: float) -> judging.Judgement:
    known = {f"{ORIGIN}{path}": what for path, what in (there or {}).items()}
    worth = {f"{ORIGIN}/{path}": number for path, number in clicks.items()}
    return judging.judge(lines(tmp_path, text), HOME, Known(known) if there is not None else None, worth or None)


def found(judgement: judging.Judgement) -> list[tuple[str, int | None]]:
    return [(one.kind, one.line) for one in judgement.faults]


@pytest.mark.parametrize(
    "text",
    [
        "from,to,status\n/a,/b/,301\n",
        "Old URL;New URL\nhttps://www.example.com/a;https://www.example.com/b/\n",
        "source\ttarget\tcode\n/a\t/b/\t301\n",
        "\ufefffrom,to\n/a#x,/b/\n",
    ],
)
def test_a_map_is_read_as_people_keep_it(tmp_path: Path, text: str) -> None:
    assert [(one.source, one.target, one.status) for one in lines(tmp_path, text)] == [
        (f"{ORIGIN}/a", f"{ORIGIN}/b/", 301)
    ]


def test_what_is_gone_on_purpose_needs_no_target(tmp_path: Path) -> None:
    assert [one.target for one in lines(tmp_path, "from,to,status\n/a,,410\n")] == [None]


REFUSED = {
    "no such columns": ("a,b\n/a,/b\n", "map.csv: no line names the column `from`, `to`"),
    "no target": ("from,to\n/a,\n", "map.csv:2: `to` is empty"),
    "no address": ("from,to\n/a,soon\n", "map.csv:2: `soon` in `to` is no address"),
    "a formula": ("from,to\n=A1,/b\n", "map.csv:2: `=A1` in `from` is no address"),
    "a pattern": ("from,to\n/a/*,/b/:splat\n", "map.csv:2: `/a/*` in `from` is a pattern"),
    "a script": ("from,to\n/a,javascript:alert(1)\n", "map.csv:2: `javascript:alert(1)` in `to` is no address"),
    "no status": ("from,to,status\n/a,/b,200\n", "map.csv:2: `200` is no status of a redirect"),
    "nothing": ("from,to\n", "map.csv: it has no redirect"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_map_is_refused_with_file_line_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        lines(tmp_path, text)
    assert str(refused.value).startswith(said)
    assert refused.value.remedy


OF_THE_MAP = {
    "a good one": ("/a,/b/,301\n", []),
    "a duplicate": ("/a,/b/,\n/a,/b/,301\n", [("duplicate", 3)]),
    "a conflict": ("/a,/b/,\n/a,/c/,\n", [("conflict", 3)]),
    "another status": ("/a,/b/,\n/a,/b/,308\n", [("conflict", 3)]),
    "itself": ("/a,/a,\n", [("loop", 2)]),
    "a circle": ("/a,/b,\n/b,/a,\n", [("loop", 2), ("loop", 3)]),
    "into a circle": ("/x,/a,\n/a,/b,\n/b,/a,\n", [("loop", 2), ("loop", 3), ("loop", 4)]),
    "a chain": ("/a,/b,\n/b,/c/,\n", [("chain", 2)]),
    "for now": ("/a,/b/,302\n", [("temporary", 2)]),
    "the home page": ("/a,/,\n", [("to-home", 2)]),
    "another host": ("http://example.com/,/,\nhttps://old.example/a,/a/,\n", [("to-home", 2)]),
}


@pytest.mark.parametrize(("rows", "kinds"), OF_THE_MAP.values(), ids=OF_THE_MAP)
def test_what_is_wrong_with_the_map_itself_is_told_with_its_line(
    tmp_path: Path, rows: str, kinds: list[tuple[str, int]]
) -> None:
    assert found(judged(tmp_path, f"from,to,status\n{rows}")) == kinds


def test_a_chain_of_any_length_is_followed_to_its_end(tmp_path: Path) -> None:
    judgement = judged(tmp_path, "from,to\n" + "".join(f"/a{number},/a{number + 1}\n" for number in range(50_000)))
    assert (judgement.counts["chain"], judgement.counts["loop"]) == (49_999, 0)
    assert judgement.faults[0].said.endswith(f"lead it to {ORIGIN}/a50000 at once")


def test_many_addresses_on_the_home_page_are_an_error(tmp_path: Path) -> None:
    rows = "".join(f"/{number},/\n" for number in range(6))
    judgement = judged(tmp_path, f"from,to\n{rows}/a,/b/\n")
    assert judgement.counts["home-dumping"] == 1
    assert judgement.exit_code == 1


def test_a_few_of_many_on_the_home_page_are_only_told(tmp_path: Path) -> None:
    rows = "".join(f"/p{number},/q{number}/\n" for number in range(60))
    judgement = judged(tmp_path, f"from,to\n{rows}" + "".join(f"/{number},/\n" for number in range(5)))
    assert (judgement.counts["home-dumping"], judgement.counts["to-home"], judgement.exit_code) == (0, 5, 0)


AGAINST = {
    "there": ({"/b/": There(200)}, [], 0),
    "missing": ({}, [("target-missing", 2)], 1),
    "closed": ({"/b/": There(200, "noindex")}, [("target-not-indexable", 2)], 1),
    "led on": ({"/b/": There(200, "", f"{ORIGIN}/c/")}, [("chain", 2)], 0),
    "unknown": ({"/b/": There(None, "a function answers")}, [("target-unknown", 2)], 3),
    "still a page": ({"/a": There(200), "/b/": There(200)}, [("source-is-a-page", 2)], 1),
    "led by the host": ({"/a": There(200, "", f"{ORIGIN}/b/"), "/b/": There(200)}, [], 0),
}


@pytest.mark.parametrize(("there", "kinds", "code"), AGAINST.values(), ids=AGAINST)
def test_targets_are_looked_at(
    tmp_path: Path, there: dict[str, There], kinds: list[tuple[str, int]], code: int
) -> None:
    judgement = judged(tmp_path, "from,to\n/a,/b/\n", there)
    assert (found(judgement), judgement.exit_code) == (kinds, code)


def test_clicks_are_kept_by_the_map_stay_where_pages_stay_or_are_lost(tmp_path: Path) -> None:
    there = {"/b/": There(200), "/stays": There(200)}
    judgement = judged(tmp_path, "from,to\nhttp://example.com/a,/b/\n", there, a=700, stays=200, lost=100)
    assert judgement.clicks is not None
    assert (judgement.clicks.total, judgement.clicks.in_map, judgement.clicks.stay) == (1000, 700, 200)
    [fault] = judgement.faults
    assert (fault.kind, fault.url, fault.clicks) == ("uncovered", f"{ORIGIN}/lost", 100)


def test_the_most_valuable_fault_of_a_kind_comes_first(tmp_path: Path) -> None:
    judgement = judged(tmp_path, "from,to\n/a,/x/\n/b,/y/\n", {}, a=1, b=900)
    assert [one.url for one in judgement.faults] == [f"{ORIGIN}/b", f"{ORIGIN}/a"]


@pytest.fixture
def build(tmp_path: Path) -> Path:
    files = {"index.html": ("Home", ""), "b/index.html": ("B", ""), "still/index.html": ("Still", "")}
    files |= {"closed/index.html": ("Closed", '<meta name="robots" content="noindex">')}
    files |= {"copy/index.html": ("Copy", f'<link rel="canonical" href="{ORIGIN}/b/">')}
    for name, parts in files.items():
        (tmp_path / "dist" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "dist" / name).write_text(PAGE.format(*parts))
    (tmp_path / "dist" / "paper.pdf").write_bytes(b"%PDF")
    (tmp_path / "map.csv").write_text(
        "from,to\n/a,/b/\n/old,/nowhere/\n/x,/closed/\n/y,/copy/\n/still/,/b/\n/z,/paper.pdf\n/far,https://other.example/\n"
    )
    return tmp_path


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = cli.main(["plan", *arguments, "--site", ORIGIN, "--host", "plain", "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_command_judges_a_map_against_a_build(
    build: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(build)
    (build / "s.csv").write_text("Page,Clicks\n/a,60\n/lost/,40\n")
    code, said = ran(capsys, "map.csv", "--build", "dist", "--worth", "s.csv")
    told = [(one["kind"], one["line"], one["url"].removeprefix(ORIGIN)) for one in said["faults"]]
    assert code == 1
    assert told == [
        ("target-missing", 3, "/old"),
        ("target-not-indexable", 4, "/x"),
        ("target-not-indexable", 5, "/y"),
        ("source-is-a-page", 6, "/still/"),
        ("uncovered", None, "/lost/"),
    ]
    assert said["clicks"] == {"clicks": 100, "in_map": 60, "stay": 0, "addresses": 2, "addresses_covered": 1}
    assert said["targets_elsewhere"] == 1


def test_the_command_says_the_same_against_a_run_of_that_build(
    build: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(build)
    cli.main(["collect", "dist", "--site", ORIGIN, "--host", "plain", "--no-render"])
    capsys.readouterr()
    code, said = ran(capsys, "map.csv", "--run", "gonogo-run")
    told = [(one["kind"], one["line"]) for one in said["faults"]]
    assert code == 1
    assert told == [
        ("target-missing", 3),
        ("target-not-indexable", 4),
        ("target-not-indexable", 5),
        ("source-is-a-page", 6),
        ("target-unknown", 7),
    ]


def test_another_spelling_of_a_page_is_no_missing_page_of_a_run(
    build: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(build)
    cli.main(["collect", "dist", "--site", ORIGIN, "--host", "plain", "--no-render"])
    capsys.readouterr()
    (build / "map.csv").write_text("from,to\n/a,/b/index.html\n/c,/index.html\n")
    code, said = ran(capsys, "map.csv", "--run", "gonogo-run")
    assert (code, [one["kind"] for one in said["faults"]]) == (3, ["target-unknown", "target-unknown"])
    assert ran(capsys, "map.csv", "--build", "dist")[0] == 0


def test_a_run_cannot_tell_what_rules_with_patterns_make_of_an_address(
    build: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(build)
    (build / "dist" / "_redirects").write_text("/old/* /b/ 301\n")
    (build / "map.csv").write_text("from,to\n/a,/old/x\n")
    cli.main(["collect", "dist", "--site", ORIGIN, "--host", "netlify", "--no-render"])
    capsys.readouterr()
    code, said = ran(capsys, "map.csv", "--run", "gonogo-run")
    assert (code, [one["kind"] for one in said["faults"]]) == (3, ["target-unknown"])


def test_a_map_that_was_judged_by_itself_is_said_to_be_good_by_itself_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "map.csv").write_text("from,to\n/a,/b/\n")
    assert cli.main(["plan", "map.csv", "--site", ORIGIN]) == 0
    assert "GO  Nothing is wrong with the map by itself.\nTargets were not looked at" in capsys.readouterr().out


def test_the_text_shows_what_is_hostile_as_text_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "map.csv").write_text("from,to\n/a?::error::x\x1b[31m,/a?::error::x\x1b[31m\n")
    assert cli.main(["plan", "map.csv", "--site", ORIGIN]) == 1
    out = capsys.readouterr().out
    assert "loop (1)" in out
    assert "::error::" not in out
    assert "\x1b" not in out
