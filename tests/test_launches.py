"""Launch after launch, each compared with the one before and then saved: nothing of earlier ones sinks from sight."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checks import gate, run_folder
from checks.baseline import store
from checks.run_folder import RunFolder
from checks.trust import rules
from tests.compare.seeds import JOURNAL
from tests.compare.shop import SITE, Shop, shop
from tests.test_known import ASKED

LOST = "change/former-address-lost"
OLD = "https://old.example.net"
GONE = "change/former-address-gone"


class Launches:
    """A shop that goes live again and again; `saved` is what it keeps of that."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, 0

    def check(self, site: Shop, said: str = "", origin: str = SITE) -> RunFolder:
        """Check a build against the last launch; `said` is more of the config."""
        self.number += 1
        saved = self.folder / "saved"
        build = site.write(self.folder / f"build-{self.number}")
        config = self.folder / "gonogo.yaml"
        baseline = saved if saved.is_dir() else "none"
        config.write_text(f"site: {origin}\nhost: netlify\nbaseline: {baseline}\n{said}\n")
        ruling = gate.Ruling(rules.from_folder(config, {"preview": str(build)}, ASKED.started.date()))
        run = RunFolder(self.folder / f"run-{self.number}")
        gate.collect(ruling, build, run, ASKED, lambda _done, _total: None, render=False)
        gate.judge(run, advisory=False)
        return run

    def launch(self, site: Shop, said: str = "", origin: str = SITE) -> None:
        """Check it, and let it go live."""
        store.save(self.check(site, said, origin), self.folder / "saved")


@pytest.fixture(scope="module")
def launches(tmp_path_factory: pytest.TempPathFactory) -> Launches:
    """Return a shop with a page that has gone since, and whose address a rule with a pattern leads on."""
    found = Launches(tmp_path_factory.mktemp("launches"))
    found.launch(shop(2))
    found.launch(led_on())
    found.launch(led_on())
    return found


def gone() -> Shop:
    site = shop(2)
    del site.pages[JOURNAL]
    return site


def led_on() -> Shop:
    site = gone()
    site.redirects.append("/journal/* /about/ 301")
    return site


def found(run: RunFolder) -> dict[str, Any]:
    return {one["policy"]: one for one in run.lines(run_folder.FINDINGS) if one["policy"] in {LOST, GONE}}


def test_the_rule_that_leads_on_a_page_of_launches_ago_is_missed_when_it_goes(launches: Launches) -> None:
    one = found(launches.check(gone()))[LOST]
    assert (one["what"], one["state"], one["blocking"]) == (JOURNAL, "new", True)


def test_nothing_is_missed_while_it_stays(launches: Launches) -> None:
    assert found(launches.check(led_on())) == {}


def test_an_address_that_is_gone_on_purpose_retires_with_the_launch(tmp_path: Path) -> None:
    own = Launches(tmp_path)
    own.launch(shop(2))
    own.launch(led_on())
    site = gone()
    site.redirects.append(f"{JOURNAL} /404.html 410")
    line = f"{{page: {JOURNAL}, status: 410, why: It is over, owner: marketing, until: 2027-01-31}}"
    own.launch(site, f"expect: [{line}]")
    assert found(own.check(gone())) == {}


def test_one_that_was_given_up_without_a_word_is_told_and_does_not_block(tmp_path: Path) -> None:
    own = Launches(tmp_path)
    own.launch(shop(2))
    own.launch(led_on())
    own.launch(gone())
    one = found(own.check(gone()))
    assert (set(one), one[GONE]["blocking"]) == ({GONE}, False)


def test_a_ledger_that_was_cut_is_cannot_tell(tmp_path: Path) -> None:
    own = Launches(tmp_path)
    own.launch(shop(2))
    next((tmp_path / "saved" / "published").iterdir()).unlink()
    verdict = own.check(shop(2)).read(run_folder.VERDICT)
    assert verdict["verdict"] != "GO"
    assert "can't be read" in str(list(own_gaps(own)))


def own_gaps(own: Launches) -> list[str]:
    run = RunFolder(own.folder / f"run-{own.number}")
    return [line["why"] for line in run.lines(run_folder.COVERAGE) if line["kind"] == "baseline"]


def test_each_page_of_a_baseline_at_an_old_domain_is_asked_for_there(tmp_path: Path) -> None:
    own = Launches(tmp_path)
    own.launch(shop(1), origin=OLD)
    site = shop(1)
    site.redirects = [f"{OLD}/shop/* {SITE}/shop/:splat 301!", f"{OLD}/* {SITE}/ 301!"]
    [moved] = own.check(site, f"moved_from: [{OLD}]").read(run_folder.SITE)["moved_from"]
    wrong = {one["url"]: one["why"] for one in moved["wrong"]}
    assert (wrong.get(f"{OLD}/about/"), f"{OLD}/shop/" in wrong) == ("to_home", False)
