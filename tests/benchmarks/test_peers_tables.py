"""What is told of the compared tools: which runs count, what a ratio is of, what the plot draws."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.peers import runs
from benchmarks.peers.plot import svg
from benchmarks.peers.report import tables
from benchmarks.peers.runs import Run

OURS = Run(
    tool="gonogo --no-render",
    site="docs",
    pages=50,
    warm=False,
    round=1,
    wall_s=10.0,
    processor_s=5.0,
    memory_mib=100.0,
    opened=50,
    counted=50,
    code=1,
    whole=True,
    load=3.4,
    machine="2 cores",
)
LYCHEE = replace(OURS, tool="lychee", wall_s=1.0, processor_s=0.5)


def row(text: str, tool: str) -> list[str]:
    (line,) = [line for line in text.splitlines() if line.startswith(f"| {tool} |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_ratio_is_the_median_of_the_ratios_within_rounds() -> None:
    slow = [replace(OURS, round=2, wall_s=100.0), replace(LYCHEE, round=2, wall_s=10.0)]
    slower = [replace(OURS, round=3, wall_s=400.0), replace(LYCHEE, round=3, wall_s=20.0)]
    cells = row(tables([OURS, LYCHEE, *slow, *slower]), "lychee")
    assert (cells[1], cells[6]) == ("3", "0.10")


def test_pages_a_second_are_those_of_the_median_round() -> None:
    others = [replace(LYCHEE, round=2, wall_s=2.0), replace(LYCHEE, round=3, wall_s=50.0)]
    assert row(tables([LYCHEE, *others]), "lychee")[2] == "25.00"


def test_a_round_in_which_gonogo_was_not_whole_gives_no_ratio() -> None:
    assert row(tables([replace(OURS, whole=False), LYCHEE]), "lychee")[6] == "-"


def test_a_run_that_is_not_whole_has_no_figure_and_says_what_it_looked_at() -> None:
    text = tables([OURS, replace(LYCHEE, whole=False, opened=49, counted=None, code=None, wall_s=600.0)])
    assert row(text, "lychee")[2] == "not whole: ended by the limit after 600 s, 49 of 50 pages opened, None told of"


def test_the_load_and_the_machine_stand_above_the_figures() -> None:
    assert "**links, docs, 50 pages, cold** (load 3 to 21; 2 cores)" in tables([OURS, replace(LYCHEE, load=20.9)])


def test_warm_runs_are_compared_with_warm_runs() -> None:
    warm = [replace(OURS, warm=True, wall_s=2.0), replace(LYCHEE, warm=True, wall_s=1.0)]
    assert row(tables(warm), "lychee")[6] == "0.50"
    assert "50 pages, warm" in tables(warm)


def test_growth_is_told_where_a_site_was_measured_in_several_sizes() -> None:
    more = replace(LYCHEE, pages=500, processor_s=2.5, memory_mib=300.0)
    growth = tables([LYCHEE, more]).split("growth")[1]
    assert row(growth, "lychee")[1:] == ["10.0 ms; 100 MiB", "5.0 ms; 300 MiB"]


def test_the_plot_draws_whole_cold_runs_only_the_quickest_first() -> None:
    others = [replace(LYCHEE, tool="linkinator", whole=False), replace(LYCHEE, warm=True, processor_s=0.001)]
    root = ET.fromstring(svg([OURS, LYCHEE, *others]))  # noqa: S314 - our own
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["Links and HTML only: docs, 50 pages", "lychee", "10 ms", "gonogo --no-render", "100 ms"]


def test_of_several_sizes_the_plot_draws_the_one_that_most_tools_were_measured_at() -> None:
    assert "docs, 50 pages" in svg([OURS, LYCHEE, replace(OURS, pages=5000)])


def test_nothing_measured_is_nothing_drawn() -> None:
    assert not svg([])


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    for run in (OURS, LYCHEE):
        runs.append(tmp_path / "kept.jsonl", run)
    assert runs.read(tmp_path / "kept.jsonl") == [OURS, LYCHEE]
