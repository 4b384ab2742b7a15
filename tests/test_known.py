from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks import gate, run_folder
from checks.baseline import store
from checks.run_folder import RunFolder
from checks.trust import rules
from tests.compare.seeds import ENGLISH, JOURNAL, moved
from tests.compare.shop import SITE, Shop, shop

ASKED = gate.Invocation("gonogo check", dt.datetime(2026, 11, 29, tzinfo=dt.UTC))
POLICY = "crawl/noindex-leftover"
TITLE = "seo/title-present"
Found = dict[tuple[str, str], dict[str, Any]]


class Project:
    """A folder in which the shop is checked, without a browser, by a few rules."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0

    def check(self, site: Shop, baseline: Path | None = None, gate_: str = "new") -> RunFolder:
        """Collect and judge a build of `site`."""
        self.number += 1
        build = site.write(self.folder / f"build-{self.number}")
        config = self.folder / "gonogo.yaml"
        config.write_text(f"site: {SITE}\nhost: netlify\ngate: {gate_}\nbaseline: {baseline or 'none'}\n")
        ruling = gate.Ruling(rules.from_folder(config, {"preview": str(build)}, ASKED.started.date()))
        run = RunFolder(self.folder / f"run-{self.number}")
        gate.collect(ruling, build, run, ASKED, lambda _done, _total: None, render=False)
        gate.judge(run, advisory=False)
        return run


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def live(project: Project) -> RunFolder:
    """Return a run of a shop that has a page without a title; what is made of it must not change it."""
    return project.check(untitled(small(), ENGLISH))


def findings(run: RunFolder) -> Found:
    return {(one["policy"], one.get("page", "")): one for one in run.lines(run_folder.FINDINGS)}


def fixed(run: RunFolder) -> set[tuple[str, str]]:
    return {(one["policy"], one.get("page", "")) for one in run.lines(run_folder.FIXED)}


def untitled(site: Shop, path: str) -> Shop:
    """Take the title of one page away."""
    page = site.pages[path]
    page.heading, page.title = page.title, ""
    site.title = "{title}"
    return site


def small() -> Shop:
    return shop(2)


def test_a_finding_that_the_baseline_has_does_not_block_and_a_new_one_does(project: Project, live: RunFolder) -> None:
    found = findings(project.check(untitled(untitled(small(), ENGLISH), JOURNAL), live.path))
    states = {path: (found[TITLE, path]["state"], found[TITLE, path]["blocking"]) for path in (ENGLISH, JOURNAL)}
    assert states == {ENGLISH: ("existing", False), JOURNAL: ("new", True)}


def test_a_fix_and_a_new_fault_do_not_cancel(project: Project, live: RunFolder) -> None:
    run = project.check(untitled(small(), JOURNAL), live.path)
    assert (findings(run)[TITLE, JOURNAL]["state"], (TITLE, ENGLISH) in fixed(run)) == ("new", True)


def test_gate_all_blocks_on_what_was_there_before(project: Project, live: RunFolder) -> None:
    found = findings(project.check(untitled(small(), ENGLISH), live.path, "all"))[TITLE, ENGLISH]
    assert (found["state"], found["blocking"]) == ("existing", True)


def test_a_launch_blocker_blocks_even_when_existing(project: Project) -> None:
    site = small()
    site.pages[JOURNAL].robots = "noindex"
    live = project.check(site)
    found = findings(project.check(site, live.path))[POLICY, JOURNAL]
    assert (found["state"], found["blocking"]) == ("existing", True)


def test_a_page_that_moved_takes_its_findings_along(project: Project) -> None:
    live = project.check(untitled(small(), JOURNAL))
    site = untitled(small(), JOURNAL)
    moved(site, JOURNAL, "/journal/birch-story/")
    site.redirects.append(f"{JOURNAL} /journal/birch-story/ 301")
    assert findings(project.check(site, live.path))[TITLE, "/journal/birch-story/"]["state"] == "existing"


def test_a_redirect_to_another_page_does_not_excuse_the_faults_of_that(project: Project) -> None:
    live = project.check(untitled(small(), JOURNAL))
    site = untitled(small(), JOURNAL)
    page = site.pages.pop(JOURNAL)
    page.heading, page.text = "Pensions", "Annuities and premiums for retired astronauts, explained at length. " * 20
    site.pages["/pensions/"] = page
    site.redirects.append(f"{JOURNAL} /pensions/ 301")
    assert findings(project.check(site, live.path))[TITLE, "/pensions/"]["state"] == "new"


def test_a_finding_of_a_page_that_is_gone_is_not_fixed(project: Project) -> None:
    former = project.check(untitled(small(), JOURNAL))
    site = small()
    del site.pages[JOURNAL]
    assert (TITLE, JOURNAL) not in fixed(project.check(site, former.path))


def test_a_policy_that_nobody_could_judge_has_nothing_fixed(project: Project, live: RunFolder) -> None:
    run = project.check(small(), live.path)
    pages = [
        {**page, "measured": [one for one in page["measured"] if one != "title"]} for page in run.lines("pages.jsonl")
    ]
    run.write_lines(run_folder.PAGES, pages)
    gate.judge(run, advisory=False)
    assert (TITLE, ENGLISH) not in fixed(run)


def test_a_rule_that_is_new_finds_the_same_in_the_baseline(project: Project, live: RunFolder) -> None:
    """The saved baseline holds facts: what was not judged then is judged now."""
    store.save(live, project.folder / "saved")
    found = findings(project.check(untitled(small(), ENGLISH), project.folder / "saved"))
    assert found[TITLE, ENGLISH]["state"] == "existing"


def broken(folder: Path) -> None:
    for file in (folder / "objects").rglob("*.gz"):
        file.unlink()


def not_of_its_shape(folder: Path) -> None:
    pages = [json.loads(line) for line in (folder / "pages.jsonl").read_text().splitlines()]
    (folder / "pages.jsonl").write_text("".join(json.dumps({**page, "kind": "poem"}) + "\n" for page in pages))


def undecided(run: RunFolder) -> set[str]:
    said = run.read(run_folder.VERDICT)
    return {one["id"] for one in said["policies"] if one["cannot_tell"] and not one["passed"]}


@pytest.mark.parametrize("spoil", [broken, not_of_its_shape])
def test_a_baseline_that_cannot_be_read_lets_no_policy_about_changes_pass(
    project: Project, live: RunFolder, spoil: Callable[[Path], None], tmp_path: Path
) -> None:
    folder = tmp_path / "baseline"
    if spoil is broken:
        store.save(live, folder)
    else:
        shutil.copytree(live.path, folder)
    spoil(folder)
    run = project.check(small(), folder)
    changes = {one["id"] for one in run.read(run_folder.VERDICT)["policies"] if one["id"].startswith("change/")}
    assert changes
    assert changes <= undecided(run)
    assert run.read(run_folder.VERDICT)["counts"]["failed"] == 1


def test_a_baseline_that_is_not_there_is_no_pass(project: Project) -> None:
    run = project.check(small(), project.folder / "nowhere")
    assert run.read(run_folder.VERDICT)["counts"]["failed"] == 1


def test_a_page_that_the_baseline_could_not_measure_is_not_compared(
    project: Project, live: RunFolder, tmp_path: Path
) -> None:
    live = RunFolder(shutil.copytree(live.path, tmp_path / "live"))
    lines = [
        {**line, "state": "failed", "why": "it hung"} if line["path"] == JOURNAL else line
        for line in live.lines(run_folder.COVERAGE)
    ]
    live.write_lines(run_folder.COVERAGE, lines)
    live.write_lines(run_folder.PAGES, [one for one in list(live.lines(run_folder.PAGES)) if one["path"] != JOURNAL])
    run = project.check(small(), live.path)
    unmeasured = [one["path"] for one in run.lines(run_folder.CHANGES) if not one["measured"]]
    said = {one["id"]: one["cannot_tell"] for one in run.read(run_folder.VERDICT)["policies"]}
    assert (unmeasured, said["change/url-removed"], said["change/page-count-drop"]) == ([JOURNAL], 1, 1)


def test_without_a_baseline_policies_about_changes_are_not_in_force(project: Project) -> None:
    said = project.check(small()).read(run_folder.VERDICT)
    assert [one["id"] for one in said["policies"] if one["id"].startswith("change/")] == []
    assert "not compared with what is live" in said["notes"]


def test_a_replay_compares_again_to_the_same_end(project: Project, live: RunFolder) -> None:
    run = project.check(untitled(small(), JOURNAL), live.path)
    before = [run.file(name).read_bytes() for name in (run_folder.FINDINGS, run_folder.FIXED, run_folder.VERDICT)]
    gate.judge(run, advisory=False)
    assert before == [
        run.file(name).read_bytes() for name in (run_folder.FINDINGS, run_folder.FIXED, run_folder.VERDICT)
    ]


def ruled(project: Project, run: RunFolder, baseline: Path | None) -> RunFolder:
    """Judge a copy of a run by rules of a folder, which name another baseline or none."""
    copy = RunFolder(Path(shutil.copytree(run.path, project.folder / f"copy-{project.number}", dirs_exist_ok=True)))
    folder = project.folder / "rules"
    folder.mkdir(exist_ok=True)
    (folder / "gonogo.yaml").write_text(f"site: {SITE}\nhost: netlify\nbaseline: {baseline or 'none'}\n")
    decided = rules.from_folder(None, {}, ASKED.started.date(), folder)
    gate.rule(copy, gate.Ruling(decided))
    gate.judge(copy, advisory=False)
    return copy


def test_rules_that_name_no_baseline_excuse_nothing(project: Project, live: RunFolder) -> None:
    run = project.check(untitled(small(), ENGLISH), live.path)
    assert findings(ruled(project, run, None))[TITLE, ENGLISH]["state"] == "new"


def test_rules_that_name_another_baseline_compare_with_that_one(project: Project, live: RunFolder) -> None:
    run = project.check(untitled(small(), ENGLISH))
    assert findings(ruled(project, run, live.path))[TITLE, ENGLISH]["state"] == "existing"
