"""Every shipped policy is accepted, holds for its examples, and fails on its counterexamples."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from checks import shapes
from checks.judge import policies, selftest
from checks.judge.evaluate import outcomes
from checks.judge.policy import Policy
from checks.judge.shape import Fact
from checks.judge.vocabulary import ON_DEMAND

FOLDER = Path(__file__).resolve().parents[2] / "policies"
IDS = sorted(file.relative_to(FOLDER).with_suffix("").as_posix() for file in FOLDER.glob("*/*.json"))
KEYS = [
    "$schema",
    "title",
    "description",
    "x-reads",
    "x-severity",
    "x-set",
    "x-owner",
    "x-message",
    "x-fix",
    "x-reference",
]
LAUNCH_BLOCKERS = {
    "change/became-non-indexable",
    "change/page-count-drop",
    "change/url-removed",
    "crawl/canonical-production-host",
    "crawl/no-auth-wall",
    "crawl/noindex-leftover",
    "crawl/robots-disallow-all",
    "leak/localhost-references",
    "leak/localhost-references--files",
    "leak/private-files",
    "leak/secrets",
    "leak/staging-references",
    "leak/staging-references--files",
    "links/localhost",
    "render/no-error-screen",
    "render/not-blank",
    "sec/mixed-content-active",
    "seo/placeholder-text",
    "site/key-pages",
}


@pytest.fixture(scope="module")
def shipped() -> dict[str, Policy]:
    loaded = policies.load([], ["strict", *sorted(ON_DEMAND)], {}, shipped=FOLDER)
    return {policy.id: policy for policy in loaded}


def document(policy_id: str) -> dict[str, Any]:
    text = (FOLDER / f"{policy_id}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@pytest.mark.parametrize("policy_id", IDS)
def test_its_examples_pass_and_its_counterexamples_fail(policy_id: str, shipped: dict[str, Policy]) -> None:
    wrong = [(result.pointer, result.outcome) for result in selftest.run(shipped[policy_id]) if not result.holds]
    assert wrong == []


@pytest.mark.parametrize("policy_id", IDS)
def test_every_example_is_one_that_the_policy_is_about(policy_id: str, shipped: dict[str, Policy]) -> None:
    outcomes = {result.outcome for result in selftest.run(shipped[policy_id])}
    assert outcomes == {"passed", "failed"}


@pytest.mark.parametrize("policy_id", IDS)
def test_a_message_leaves_no_place_empty(policy_id: str, shipped: dict[str, Policy]) -> None:
    said = [text for result in selftest.run(shipped[policy_id]) for text in result.said]
    assert said
    assert [text for text in said if "{" in text and '{"' not in text] == []


@pytest.mark.parametrize("policy_id", IDS)
def test_its_keys_stand_in_the_order_in_which_people_read(policy_id: str) -> None:
    keys = list(document(policy_id))
    assert keys[: len(KEYS)] == KEYS
    assert keys[-2:] == ["examples", "x-counterexamples"]


@pytest.mark.parametrize("policy_id", IDS)
def test_its_file_is_formatted(policy_id: str) -> None:
    text = (FOLDER / f"{policy_id}.json").read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("policy_id", IDS)
def test_it_belongs_to_a_set_and_names_where_it_comes_from(policy_id: str) -> None:
    policy = document(policy_id)
    on_demand = ([name] for name in ON_DEMAND)
    assert policy["x-set"] in (["launch-blocker", "recommended"], ["recommended"], ["strict"], *on_demand)
    assert policy["x-reference"]


def test_the_launch_blockers_are_those_of_the_catalogue(shipped: dict[str, Policy]) -> None:
    assert {policy.id for policy in shipped.values() if policy.launch_blocker} == LAUNCH_BLOCKERS


def test_every_launch_blocker_is_an_error(shipped: dict[str, Policy]) -> None:
    assert {policy.severity for policy in shipped.values() if policy.launch_blocker} == {"error"}


def test_the_recommended_set_holds_at_least_forty(shipped: dict[str, Policy]) -> None:
    assert len([policy for policy in shipped.values() if "recommended" in policy.sets]) >= 40


@pytest.mark.parametrize("family", ["seo", "perf", "sec"])
def test_search_speed_and_security_have_at_least_eight_each(family: str) -> None:
    assert Counter(policy_id.partition("/")[0] for policy_id in IDS)[family] >= 8


def test_timings_are_at_most_warnings(shipped: dict[str, Policy]) -> None:
    timed = {
        policy.id: policy.severity
        for policy in shipped.values()
        if set(policy.schema.get("properties", {}).get("vitals", {}).get("properties", {})) - {"cls"}
    }
    assert timed
    assert "error" not in timed.values()


def test_how_a_page_loaded_is_judged_only_where_it_was_good_or_was_looked_at_alone(shipped: dict[str, Policy]) -> None:
    slow: dict[str, Any] = {
        "http": {"status": 200},
        "vitals": dict.fromkeys(("lcp_ms", "fcp_ms", "tbt_ms", "third_party_ms", "settle_ms"), 90_000.0),
    }
    slow["vitals"] |= {"cls": 0.9, "alone": False, "shifts": []}
    judging = [policy for policy in shipped.values() if "vitals" in policy.schema.get("properties", {})]
    assert judging
    shape = Fact.of(shapes.load("page"), shapes.load("page"))
    assert {outcome for policy in judging for outcome, _ in outcomes(policy, [slow], shape)} == {"inapplicable"}


def test_no_two_policies_have_the_same_title(shipped: dict[str, Policy]) -> None:
    titles = Counter(policy.title for policy in shipped.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_a_policy_named_in_a_text_is_there(shipped: dict[str, Policy]) -> None:
    named = {
        word.strip(".,;:()`")
        for policy in shipped.values()
        for word in policy.description.split()
        if word.strip(".,;:()`").partition("/")[0] in {known.partition("/")[0] for known in IDS} and "/" in word
    }
    assert named <= set(IDS)
