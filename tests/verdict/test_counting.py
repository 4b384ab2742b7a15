"""What a verdict counts and lists: owners, findings, pages, policies and notes."""

from __future__ import annotations

from dataclasses import replace

from tests.verdict.deciding import ABOUT, finding, line, tally, verdict


def test_every_owner_of_the_config_is_asked() -> None:
    assert {name: each["verdict"] for name, each in verdict(finding())["owners"].items()} == {
        "marketing": "NO-GO",
        "engineering": "GO",
        "security": "GO",
    }


def test_an_owner_whom_only_a_policy_names_is_asked_too() -> None:
    assert list(verdict(tallies=[tally(owner="legal")])["owners"]) == ["marketing", "engineering", "security", "legal"]


def test_nobody_with_policies_says_go_for_pages_that_were_not_measured() -> None:
    owners = verdict(ledger=[line("/a/"), line("/b/", "failed", "hung")])["owners"]
    assert [owners[name]["verdict"] for name in ABOUT.owners] == ["CANNOT TELL", "CANNOT TELL", "GO"]


def test_findings_are_counted_by_severity_state_and_cause() -> None:
    findings = [
        finding(),
        finding(page="/b/"),
        finding("y", state="existing", blocking=False),
        finding("z", severity="warning"),
        finding("p", proposed=True, blocking=False),
    ]
    counts = verdict(*findings)["counts"]
    names = ("findings", "blocking", "errors", "warnings", "proposed", "new", "existing", "causes")
    assert [counts[name] for name in names] == [5, 2, 3, 1, 1, 4, 1, 4]


def test_pages_are_measured_failed_or_excluded_and_add_up() -> None:
    ledger = [line("/a/"), line("/b/", "failed"), line("/c/", "excluded"), line("/d.pdf", kind="link")]
    counts = verdict(ledger=ledger)["counts"]
    assert [counts[name] for name in ("pages", "measured", "failed", "excluded")] == [3, 1, 1, 1]


def test_without_a_baseline_the_verdict_says_so() -> None:
    assert verdict(about=replace(ABOUT, compared=None))["notes"] == ["not compared with what is live"]


def test_a_policy_that_applied_to_nothing_is_listed() -> None:
    document = verdict(tallies=[tally(), tally(passed=0, policy_id="sec/hsts")])
    assert document["notes"] == ["1 policy applied to nothing: sec/hsts"]


def test_notes_of_the_run_are_passed_on() -> None:
    assert verdict(about=replace(ABOUT, notes=("Rules about headers do not apply: host plain.",)))["notes"] == [
        "Rules about headers do not apply: host plain."
    ]
