"""Nothing sinks from sight: findings grow old over launches, become errors, and are told with their course."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from checks import gate, run_folder, shapes
from checks.baseline import store
from checks.run_folder import RunFolder
from checks.trust import rules
from tests.compare.seeds import ENGLISH, JOURNAL, moved
from tests.compare.shop import SITE, Shop, shop

TITLE = "seo/title-present"
NEW_JOURNAL = "/journal/birch-story/"
SETTINGS = """
site: {site}
host: netlify
baseline: {baseline}
policies:
  use: [recommended, targets]
  change:
    {title}: {{x-severity: warning, x-escalate-after: {wait}}}
"""


class Site:
    """A shop that is checked and launched, one day after the other, without a browser."""

    def __init__(self, folder: Path, wait: int = 40) -> None:
        self.folder = folder
        self.saved = folder / "saved"
        self.wait = wait
        self._number = 0

    def check(self, day: str, site: Shop) -> RunFolder:
        """Collect and judge a build, compared with what was launched last."""
        self._number += 1
        build = site.write(self.folder / f"build-{self._number}")
        config = self.folder / "gonogo.yaml"
        baseline = self.saved if self.saved.is_dir() else "none"
        config.write_text(SETTINGS.format(site=SITE, baseline=baseline, title=TITLE, wait=self.wait))
        moment = dt.datetime.fromisoformat(f"{day}T10:00:00+00:00")
        ruling = gate.Ruling(rules.from_folder(config, {"preview": str(build)}, moment.date()))
        run = RunFolder(self.folder / f"run-{self._number}")
        asked = gate.Invocation("gonogo check", moment)
        gate.collect(ruling, build, run, asked, lambda _done, _total: None, render=False)
        gate.judge(run, advisory=False)
        return run

    def launch(self, day: str, site: Shop) -> RunFolder:
        """Check a build, and save it as what is live."""
        run = self.check(day, site)
        store.save(run, self.saved)
        return run


def untitled(*paths: str) -> Shop:
    """Return the shop, without the titles of some pages."""
    site = shop(2)
    site.title = "{title}"
    for path in paths:
        page = site.pages[path]
        page.heading, page.title = page.title, ""
    return site


def found(run: RunFolder, page: str) -> dict[str, Any]:
    one = next(one for one in run.lines(run_folder.FINDINGS) if (one["policy"], one.get("page")) == (TITLE, page))
    jsonschema.validate(one, shapes.load("finding"))
    return one


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a shop that was launched in September, October and November; the journal lost its title in October."""
    made = Site(tmp_path_factory.mktemp("site"))
    made.launch("2026-09-01", untitled(ENGLISH))
    made.launch("2026-10-01", untitled(ENGLISH, JOURNAL))
    made.launch("2026-11-01", untitled(ENGLISH, JOURNAL))
    return made


@pytest.fixture(scope="module")
def later(site: Site) -> RunFolder:
    """Return a check of the same in the middle of November."""
    return site.check("2026-11-11", untitled(ENGLISH, JOURNAL))


def test_a_finding_tells_the_day_of_the_launch_that_brought_it(later: RunFolder) -> None:
    told = found(later, JOURNAL)["since"]
    assert (told["day"], told["at_least"], told["days"]) == ("2026-10-01", False, 41)


def test_of_what_was_there_when_the_store_was_begun_it_is_known_since_when_at_least(later: RunFolder) -> None:
    told = found(later, ENGLISH)["since"]
    assert (told["day"], told["at_least"]) == ("2026-09-01", True)


def test_a_warning_that_has_been_live_for_too_long_blocks_though_it_is_existing(later: RunFolder) -> None:
    one = found(later, JOURNAL)
    assert (one["state"], one["severity"], one["blocking"]) == ("existing", "error", True)
    assert later.read(run_folder.VERDICT)["verdict"] == "NO-GO"


def test_before_that_day_it_does_not_block_and_the_verdict_says_what_escalates_next(site: Site) -> None:
    run = site.check("2026-11-10", untitled(ENGLISH, JOURNAL))
    one, said = found(run, JOURNAL), run.read(run_folder.VERDICT)
    jsonschema.validate(said, shapes.load("verdict"))
    assert (one["severity"], one["blocking"]) == ("warning", False)
    told = [(each["day"], each["policy"], each["findings"], each["page"]) for each in said["escalating"]]
    assert told == [("2026-11-11", TITLE, 1, JOURNAL)]


def test_what_is_new_waits_from_the_day_on_which_it_is_launched(site: Site) -> None:
    run = site.check("2027-11-11", untitled(ENGLISH, JOURNAL, "/"))
    assert (found(run, "/")["state"], "since" in found(run, "/")) == ("new", False)


def test_a_finding_keeps_its_age_when_its_page_moves(site: Site) -> None:
    changed = untitled(ENGLISH, JOURNAL)
    moved(changed, JOURNAL, NEW_JOURNAL)
    changed.redirects.append(f"{JOURNAL} {NEW_JOURNAL} 301")
    one = found(site.check("2026-11-11", changed), NEW_JOURNAL)
    assert (one["since"]["day"], one["former"]["page"], one["blocking"]) == ("2026-10-01", JOURNAL, True)


def test_a_run_compared_with_a_run_is_dated_by_it(site: Site, later: RunFolder) -> None:
    other = Site(site.folder / "other")
    other.folder.mkdir()
    other.saved = later.path
    told = found(other.check("2026-12-01", untitled(ENGLISH, JOURNAL)), JOURNAL)["since"]
    assert (told["day"], told["at_least"]) == ("2026-10-01", False)


def test_an_older_store_without_ages_dates_what_it_has_by_its_latest_run(later: RunFolder) -> None:
    assert later.baseline.file(run_folder.AGES).is_file()
    copy = later.baseline.file(run_folder.AGES).read_bytes()
    later.baseline.file(run_folder.AGES).unlink()
    try:
        gate.judge(later, advisory=False)
        day = str(later.read(run_folder.RUN)["baseline"]["finished"])[:10]
        assert (found(later, JOURNAL)["since"]["day"], found(later, JOURNAL)["since"]["at_least"]) == (day, True)
    finally:
        later.baseline.file(run_folder.AGES).write_bytes(copy)
        gate.judge(later, advisory=False)


def test_the_course_holds_each_launch_and_this_run_and_the_target_of_a_share(later: RunFolder) -> None:
    course = later.read(run_folder.COURSE)
    jsonschema.validate(course, shapes.load("course"))
    days = [one["day"] for one in course["points"]]
    assert days == ["2026-09-01", "2026-10-01", "2026-11-01", "2026-11-11"]
    described = next(one for one in course["shares"] if one["fact"] == "summary.described_share")
    assert (described["target"]["policy"], described["target"]["least"]) == ("target/described-pages", 0.95)
    assert len(described["values"]) == len(days)


def test_a_share_that_nobody_measured_is_not_known(later: RunFolder) -> None:
    """Without a browser nobody knows what pages weigh."""
    light = next(one for one in later.read(run_folder.COURSE)["shares"] if one["fact"] == "budgets.light_share")
    assert (light["values"], light["target"]["met"]) == ([None] * 4, None)


def test_a_launch_that_was_taken_back_is_no_part_of_the_course(tmp_path: Path) -> None:
    site = Site(tmp_path)
    first = site.launch("2026-09-01", untitled())
    site.launch("2026-10-01", untitled(ENGLISH))
    store.save(first, site.saved)
    points = site.check("2026-11-01", untitled()).read(run_folder.COURSE)["points"]
    assert [one["day"] for one in points] == ["2026-09-01", "2026-11-01"]


def test_what_another_gonogo_did_not_write_down_keeps_the_age_that_launches_have_told(site: Site) -> None:
    older = Site(site.folder / "older")
    older.folder.mkdir()
    older.saved = site.folder / "run-of-another-gonogo"
    run = RunFolder(older.saved)
    run.path.mkdir()
    shutil.copytree(site.check("2026-11-11", untitled(ENGLISH, JOURNAL)).path, run.path, dirs_exist_ok=True)
    pages = list(run.lines(run_folder.PAGES))
    run.write_lines(run_folder.PAGES, ({**one, "title": "a text"} for one in pages))
    run.write(run_folder.RUN, {**run.read(run_folder.RUN), "gonogo": "0.0.1", "browser": "chromium 1"})
    one = found(older.check("2026-11-12", untitled(ENGLISH, JOURNAL)), JOURNAL)
    assert (one["state"], one["since"]["day"], one["blocking"]) == ("existing", "2026-10-01", True)
