from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from checks import run_folder, settings
from checks.against import bringing, changes
from checks.collect import stage
from checks.judge import policies
from checks.judge.evaluate import Judge
from checks.judge.finding import Finding
from checks.run_folder import RunFolder
from tests.compare.seeds import HEALTHY, JOURNAL, SEEDS, moved
from tests.compare.shop import SITE, Shop, shop

DAY = dt.date(2026, 11, 29)
JUDGING = [one for one in policies.load([], ["strict"], {}) if one.reads == "change"]


def collected(site: Shop, folder: Path, former: RunFolder | None = None, config: bytes = b"{}") -> RunFolder:
    """Collect the delivered facts of a site, compared with those of `former`."""
    said = {"site": SITE, "host": "netlify", "baseline": str(former.path) if former else None}
    chosen = settings.from_bytes(config, "gonogo.yaml", said, DAY)
    run = RunFolder(folder / "run")
    run.clear()
    brought = bringing.bring(chosen, run, bringing.Means(None, lambda _done, _total: None))
    beside = stage.Beside(once=brought.paths)
    stage.collect(chosen, site.write(folder / "build"), run, None, lambda _done, _total: None, beside)
    run.write(run_folder.RUN, {"site": SITE, "baseline": brought.about, "gonogo": "0"})
    changes.compare(run, chosen)
    return run


def found(run: RunFolder) -> list[Finding]:
    judge = Judge(JUDGING)
    return [finding for document in run.documents("change") for finding in judge.document(document)]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Return the facts of the shop as it is live."""
    return collected(shop(), tmp_path_factory.mktemp("live"))


@pytest.mark.parametrize("name", list(SEEDS))
def test_it_is_found_as_one_cause(name: str, live: RunFolder, tmp_path: Path) -> None:
    change, policy = SEEDS[name]
    site = shop()
    change(site)
    causes = {finding.cause for finding in found(collected(site, tmp_path, live)) if finding.policy == policy}
    assert len(causes) == 1


def moved_with_a_redirect(site: Shop) -> None:
    moved(site, JOURNAL, "/journal/birch-story/")
    site.redirects.append(f"{JOURNAL} /journal/birch-story/ 301")


def another_ending(site: Shop) -> None:
    """Let the address of a page end otherwise; the host shows it at both, and links still name the former one."""
    site.pages[f"{JOURNAL.rstrip('/')}.html"] = site.pages.pop(JOURNAL)


def links_by_file_name(site: Shop) -> None:
    """Let the list of the shop name files: hosts answer at both addresses of a page."""
    site.pages["/shop/"].body = site.pages["/shop/"].body.replace('/">', '/index.html">')


@pytest.mark.parametrize("change", [*HEALTHY.values(), moved_with_a_redirect, another_ending, links_by_file_name])
def test_a_healthy_release_has_no_finding(change: Callable[[Shop], None], live: RunFolder, tmp_path: Path) -> None:
    site = shop()
    change(site)
    assert [(one.policy, one.page, one.message) for one in found(collected(site, tmp_path, live))] == []


def test_a_heading_that_all_pages_share_may_change_its_wording(tmp_path: Path) -> None:
    builds = [shop(), shop()]
    for number, site in enumerate(builds):
        for page in site.pages.values():
            page.heading = f"The Mill Lane handbook, release {number}"
    live = collected(builds[0], tmp_path / "live")
    assert "change/descriptions-merged" not in {one.policy for one in found(collected(builds[1], tmp_path, live))}
