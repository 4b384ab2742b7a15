"""What the compared tools wrote is read as they meant it: samples of their own output, one a tool."""

import json
from pathlib import Path

import pytest

from benchmarks.peers import counted, told
from benchmarks.peers.told import Told


def written(folder: Path, name: str, text: object) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text if isinstance(text, str) else json.dumps(text), "utf-8")
    return folder


LIGHTHOUSE = {
    "requestedUrl": "http://127.0.0.1:4321/bread/index.html",
    "audits": {
        "document-title": {"score": 0},
        "image-alt": {
            "score": 0,
            "details": {"items": [{"node": {"snippet": '<img src="/a.png">', "boundingRect": {"top": 7}}}]},
        },
        "viewport": {"score": 1},
        "speed-index": {"score": None},
    },
}


def test_an_audit_of_lighthouse_counts_once_for_each_thing_it_names_and_without_numbers(tmp_path: Path) -> None:
    folder = written(tmp_path, ".lighthouseci/lhr-1.json", LIGHTHOUSE)
    assert list(told.lighthouse_ci(folder)) == [
        Told("http://127.0.0.1/bread/index.html", "document-title", ""),
        Told("http://127.0.0.1/bread/index.html", "image-alt", '<img src="/a.png">'),
    ]


def test_unlighthouse_keeps_the_same_reports_in_folders_of_its_own(tmp_path: Path) -> None:
    folder = written(tmp_path, "out/reports/bread/lighthouse.json", LIGHTHOUSE)
    assert list(told.unlighthouse(folder)) == list(
        told.lighthouse_ci(written(tmp_path, ".lighthouseci/lhr-1.json", LIGHTHOUSE))
    )


def test_a_report_of_lighthouse_that_ended_in_an_error_is_no_page_counted(tmp_path: Path) -> None:
    written(tmp_path, ".lighthouseci/lhr-1.json", LIGHTHOUSE)
    written(tmp_path, ".lighthouseci/lhr-2.json", {**LIGHTHOUSE, "runtimeError": {"code": "NO_FCP"}})
    assert counted.lighthouse_ci(tmp_path, []) == 1


PA11Y = {
    "results": {
        "http://127.0.0.1:1/a.html": [{"code": "WCAG2AA.H37", "context": "<img>", "message": "Img without alt."}],
        "http://127.0.0.1:1/b.html": [],
        "http://127.0.0.1:1/c.html": [{"message": "Pa11y timed out (60000ms)"}],
    }
}


def test_a_page_that_pa11y_could_not_open_is_not_counted(tmp_path: Path) -> None:
    assert counted.pa11y_ci(written(tmp_path, "stdout", PA11Y), []) == 2


def test_an_issue_of_pa11y_is_its_code_its_context_and_its_message(tmp_path: Path) -> None:
    first = next(told.pa11y_ci(written(tmp_path, "stdout", PA11Y)))
    assert first == Told("http://127.0.0.1/a.html", "WCAG2AA.H37", "<img> Img without alt.")


def test_lychee_tells_errors_by_the_file_they_stand_in(tmp_path: Path) -> None:
    found = {"error_map": {"/site/a.html": [{"url": "file:///site/gone"}]}, "success_map": {"/site/b.html": []}}
    folder = written(tmp_path, "stdout", found)
    assert list(told.lychee(folder)) == [Told("/site/a.html", "error_map", '{"url": "file:///site/gone"}')]
    assert counted.lychee(folder, []) == 2


def test_linkinator_tells_what_is_broken_on_the_page_that_links_there(tmp_path: Path) -> None:
    links = [
        {"url": "http://127.0.0.1:9/a.html", "state": "OK", "status": 200},
        {"url": "http://127.0.0.1:9/gone", "state": "BROKEN", "status": 404, "parent": "http://127.0.0.1:9/a.html"},
    ]
    folder = written(tmp_path, "stdout", {"links": links})
    assert list(told.linkinator(folder)) == [Told("http://127.0.0.1/a.html", "status 404", "http://127.0.0.1/gone")]
    assert counted.linkinator(folder, []) == 1


HYPERLINK = """TAP version 13
ok 1 load bread/index.html
ok 2 load favicon.svg
not ok 3 load bread/bagels
  ---
    operator: load
    actual:
      "ENOENT: no such file or directory"
    at: bread/index.html:82:230 <a href="/bread/bagels/">...</a>
  ...
"""


def test_hyperlink_tells_what_is_not_ok_on_the_page_it_names(tmp_path: Path) -> None:
    folder = written(tmp_path, "stdout", HYPERLINK)
    (found,) = told.hyperlink(folder)
    assert (found.page, found.rule) == ("bread/index.html", "hyperlink")
    assert "bread/bagels" in found.evidence
    assert counted.hyperlink(folder, []) == 1


PROOFER = """Running ["ScriptCheck"] on ["/site"] on *.html...

Ran on 2 files!

- /site/a.html
  *  internally linking to /gone/, which does not exist (line 3)
     <a href="/gone/">gone</a>
  *  image /b.png does not have an alt attribute (line 4)
- /site/b.html
  *  image /c.png does not have an alt attribute (line 1)

HTML-Proofer found 3 failures!
"""


def test_html_proofer_tells_what_it_prints_below_a_file(tmp_path: Path) -> None:
    folder = written(written(tmp_path, "stdout", "Ran on 2 files!\n"), "stderr", PROOFER)
    found = list(told.html_proofer(folder))
    assert [each.page for each in found] == ["/site/a.html", "/site/a.html", "/site/b.html"]
    assert found[0].evidence.startswith("internally linking to /gone/")
    assert found[2].evidence == "image /c.png does not have an alt attribute (line 1)"
    assert counted.html_proofer(folder, []) == 2


def test_the_coach_of_sitespeed_tells_advice_that_was_not_followed(tmp_path: Path) -> None:
    advice = {
        "performance": {
            "score": 90,
            "adviceList": {
                "pageSize": {"score": 0, "advice": "Too big", "offending": ["/a.svg"]},
                "cssSize": {"score": 100, "advice": ""},
            },
        }
    }
    folder = written(
        tmp_path, "out/pages/x/data/coach.pageSummary.json", {"url": "http://127.0.0.1:5/a.html", "advice": advice}
    )
    assert list(told.sitespeed(folder)) == [Told("http://127.0.0.1/a.html", "pageSize", "Too big /a.svg")]


def test_targets_of_links_and_pages_that_failed_are_no_pages_that_gonogo_measured(tmp_path: Path) -> None:
    lines = [
        {"path": "/a.html", "state": "measured"},
        {"path": "/", "state": "measured"},
        {"path": "/library/", "state": "measured"},
        {"path": "/b.html", "state": "failed"},
    ]
    folder = written(tmp_path, "run/coverage.jsonl", "\n".join(map(json.dumps, lines)))
    assert counted.gonogo(folder, ["a.html", "b.html", "index.html"]) == 2


@pytest.mark.parametrize(
    "count", [counted.gonogo, counted.pa11y_ci, counted.lychee, counted.linkinator, counted.unlighthouse]
)
def test_no_output_is_not_no_page_but_unknown(count: object, tmp_path: Path) -> None:
    assert callable(count)
    assert count(tmp_path, []) is None
