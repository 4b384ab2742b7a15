"""The review gate renders some pages for all: what a template does is found, what one page alone does may not be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from checks import run_folder, settings
from checks.collect import browser, stage
from checks.collect.reuse.opening import Asked
from checks.collect.review import Before
from checks.judge import policies
from checks.judge.evaluate import Judge
from checks.run_folder import RunFolder

SITE = "https://www.example.com"
DAY = dt.date(2026, 11, 1)
WORDS = "Bread is baked slowly from flour and water and salt in an oven that has burnt since the morning. " * 4
SHAPES = {
    "bread": "<article><p>{}</p><ul><li>Rye</li></ul></article>",
    "news": "<section><div><table><tr><td>{}</td></tr></table></div><blockquote>So it is.</blockquote></section>",
    "people": "<section><article><h2>Who</h2><figure><figcaption>{}</figcaption></figure></article></section>",
}
"""Three templates: name -> what the pages of it are built like."""
EACH = 5
IN_TEMPLATE = {
    "an exception": ("", "<script>null.x</script>"),
    "an image that is missing": ("", '<img src="/gone.png" alt="A loaf" width="9" height="9">'),
    "noindex": ('<meta name="robots" content="noindex">', ""),
    "text that overflows": ("", '<p style="width: 3000px">Wide</p>'),
    "no contrast": ("", '<p style="color: #eee; background: #fff">Hardly to be read, and yet it matters.</p>'),
    "a form without labels": ("", '<form action="/bread/0/"><input name="q"></form>'),
}
"""A fault -> what a template writes into the head of every page of it, and after their main text."""
ALONE = "/people/3/"
REWRITTEN = "/news/4/"


def page(title: str, body: str, head: str = "", after: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} from the bakery</title>{head}'
        f'<meta name="viewport" content="width=device-width"></head><body><header><a href="/">Home</a></header>'
        f"<main><h1>{title}</h1>{body}</main>{after}</body></html>"
    )


def written(folder: Path, head: str = "", after: str = "") -> Path:
    """Write a home page and five pages of each template; `head` and `after` stand on every page of `bread`."""
    links = "".join(f'<p><a href="/{name}/{number}/">On</a></p>' for name in SHAPES for number in range(EACH))
    pages = {"index.html": page("Home", links + WORDS)}
    for name, shape in SHAPES.items():
        for number in range(EACH):
            more = (head, after) if name == "bread" else ("", "")
            pages[f"{name}/{number}/index.html"] = page(f"{name} {number}", shape.format(f"{WORDS} {number}"), *more)
    for path, text in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def collected(build: Path, folder: Path, review: Before | None = None, cache: Asked | None = None) -> RunFolder:
    chosen = settings.from_bytes(b"{render: {third-party: block}}", "gonogo.yaml", {"site": SITE, "host": "plain"}, DAY)
    run = RunFolder(folder)
    run.clear()
    beside = stage.Beside(review=review, cache=cache or Asked(off=True))
    stage.collect(chosen, build, run, browser.find(), lambda *_: None, beside)
    return run


def ledger(run: RunFolder) -> dict[str, dict[str, Any]]:
    return {line["path"]: line for line in run.lines(run_folder.COVERAGE) if line["kind"] == "page"}


def rendered(run: RunFolder) -> set[str]:
    return {path for path, line in ledger(run).items() if line["state"] == "measured"}


def found(run: RunFolder) -> set[tuple[str, str]]:
    """Return (policy, page) of what is found on pages, but for times and shifts: on a busy machine they are chance."""
    judge, lines = Judge(policies.load([], ["strict"], {})), ledger(run)
    return {
        (one.policy, one.page or "")
        for document in run.lines(run_folder.PAGES)
        for one in judge.document(document, represented=lines[document["path"]]["state"] == "represented")
        if one.severity != "info" and not one.policy.startswith("perf/")
    }


@dataclass
class Runs:
    launch: RunFolder
    review: RunFolder
    live: RunFolder

    def before(self) -> Iterable[dict[str, Any]]:
        return self.live.lines(run_folder.PAGES)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    folder = tmp_path_factory.mktemp("review")
    live = collected(written(folder / "live"), folder / "run-live")
    head, after = ("".join(parts) for parts in zip(*IN_TEMPLATE.values(), strict=True))
    build = written(folder / "build", head, after)
    alone, rewritten = (build / path.strip("/") / "index.html" for path in (ALONE, REWRITTEN))
    broken = '<body onload="null.x">'
    alone.write_text(alone.read_text().replace("<body>", broken))
    rewritten.write_text(rewritten.read_text().replace("burnt", "glowed").replace("<body>", broken))
    launch = collected(build, folder / "run-launch")
    review = collected(build, folder / "run-review", Before(lambda: live.lines(run_folder.PAGES)))
    return Runs(launch, review, live)


def test_the_home_page_two_pages_of_each_template_and_what_was_rewritten_are_rendered(runs: Runs) -> None:
    paths = rendered(runs.review)
    assert {"/", REWRITTEN} <= paths
    assert [sum(path.startswith(f"/{name}/") for path in paths) for name in SHAPES] == [2, 3, 2]


def test_the_ledger_says_which_pages_stand_for_the_others(runs: Runs) -> None:
    line = ledger(runs.review)[ALONE]
    assert line["state"] == "represented"
    assert set(line["represented_by"]) <= rendered(runs.review)
    assert line["why"] == f"read, and not rendered: it is built like {' and '.join(line['represented_by'])}"


def test_every_page_has_a_document_whether_it_was_rendered_or_not(runs: Runs) -> None:
    assert [one["path"] for one in runs.review.lines(run_folder.PAGES)] == sorted(ledger(runs.review))


def test_of_a_page_that_was_only_read_no_group_of_the_browser_is_measured(runs: Runs) -> None:
    documents = {one["path"]: one for one in runs.review.lines(run_folder.PAGES)}
    assert not {"render", "console", "requests", "a11y"} & {*documents[ALONE]["measured"]}
    assert {"raw", "title", "links", "robots"} <= {*documents[ALONE]["measured"]}


def test_what_a_template_does_wrong_is_found_as_the_launch_gate_finds_it(runs: Runs) -> None:
    launch, review = found(runs.launch), found(runs.review)
    of_template = {policy for policy, path in launch if path.startswith("/bread/")}
    assert of_template <= {policy for policy, path in review if path.startswith("/bread/")}
    assert len(of_template) >= len(IN_TEMPLATE)


def test_what_the_html_tells_is_found_on_every_page(runs: Runs) -> None:
    policy = "crawl/noindex-leftover"
    assert {one for one in found(runs.review) if one[0] == policy} == {
        one for one in found(runs.launch) if one[0] == policy
    }


def test_what_is_wrong_on_a_page_that_says_something_new_is_found(runs: Runs) -> None:
    assert ("render/no-exception", REWRITTEN) in found(runs.review)


def test_what_only_a_browser_sees_and_one_page_alone_does_is_not_found(runs: Runs) -> None:
    one = ("render/no-exception", ALONE)
    assert one in found(runs.launch)
    assert one not in found(runs.review)


def test_where_nothing_was_measured_before_every_page_is_rendered(tmp_path: Path) -> None:
    run = collected(written(tmp_path / "build"), tmp_path / "run", Before())
    assert rendered(run) == set(ledger(run))


def test_where_nothing_is_live_the_cache_tells_what_pages_said(tmp_path: Path) -> None:
    cache = Asked(tmp_path / "cache")
    collected(written(tmp_path / "build"), tmp_path / "run", cache=cache)
    head = '<meta name="generator" content="Another">'
    run = collected(written(tmp_path / "build", head), tmp_path / "run", Before(), cache)
    states = {path: line["state"] for path, line in ledger(run).items() if path.startswith("/bread/")}
    assert sorted(states.values()) == ["measured"] * 2 + ["represented"] * 3
    assert {line["state"] for path, line in ledger(run).items() if not path.startswith("/bread/")} == {"measured"}


def test_a_page_that_scripts_fill_is_rendered(tmp_path: Path) -> None:
    build = written(tmp_path / "build")
    text = page("bread 3", "", after=f"<script>document.querySelector('main').append('{WORDS}')</script>")
    (build / "bread/3/index.html").write_text(text, encoding="utf-8")
    live = collected(build, tmp_path / "live")
    run = collected(build, tmp_path / "run", Before(lambda: live.lines(run_folder.PAGES)))
    assert "/bread/3/" in rendered(run)
    assert "/bread/2/" not in rendered(run)
