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


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Return the files, by the id of the policy."""
    return {policy_id: (FOLDER / f"{policy_id}.json").read_text(encoding="utf-8") for policy_id in IDS}


@pytest.fixture(scope="module")
def documents(texts: dict[str, str]) -> dict[str, dict[str, Any]]:
    return {policy_id: json.loads(text) for policy_id, text in texts.items()}


@pytest.fixture(scope="module")
def results(shipped: dict[str, Policy]) -> dict[str, list[selftest.ExampleResult]]:
    """Return what the examples and counterexamples of each policy came to."""
    return {policy_id: selftest.run(shipped[policy_id]) for policy_id in IDS}


def test_there_are_policies() -> None:
    assert len(IDS) > 400


def test_examples_pass_and_counterexamples_fail(results: dict[str, list[selftest.ExampleResult]]) -> None:
    every = [result for each in results.values() for result in each]
    assert [(result.policy, result.pointer, result.outcome) for result in every if not result.holds] == []


def test_every_example_is_one_that_its_policy_is_about(results: dict[str, list[selftest.ExampleResult]]) -> None:
    outcomes_of = {policy_id: {result.outcome for result in each} for policy_id, each in results.items()}
    assert outcomes_of == {policy_id: {"passed", "failed"} for policy_id in IDS}


def test_messages_leave_no_place_empty(results: dict[str, list[selftest.ExampleResult]]) -> None:
    said = {policy_id: [text for result in each for text in result.said] for policy_id, each in results.items()}
    assert [policy_id for policy_id, texts in said.items() if not texts] == []
    every = [(policy_id, text) for policy_id, texts in said.items() for text in texts]
    assert [(policy_id, text) for policy_id, text in every if "{" in text and '{"' not in text] == []


def test_keys_stand_in_the_order_in_which_people_read(documents: dict[str, dict[str, Any]]) -> None:
    ends = {policy_id: (list(one)[: len(KEYS)], list(one)[-2:]) for policy_id, one in documents.items()}
    assert ends == dict.fromkeys(IDS, (KEYS, ["examples", "x-counterexamples"]))


def test_files_are_formatted(texts: dict[str, str], documents: dict[str, dict[str, Any]]) -> None:
    formatted = {name: json.dumps(one, indent=2, ensure_ascii=False) + "\n" for name, one in documents.items()}
    assert [policy_id for policy_id in IDS if texts[policy_id] != formatted[policy_id]] == []


def test_each_belongs_to_a_set(documents: dict[str, dict[str, Any]]) -> None:
    known = (["launch-blocker", "recommended"], ["recommended"], ["strict"], *([name] for name in ON_DEMAND))
    assert [policy_id for policy_id in IDS if documents[policy_id]["x-set"] not in known] == []


def test_each_names_where_it_comes_from(documents: dict[str, dict[str, Any]]) -> None:
    assert [policy_id for policy_id in IDS if not documents[policy_id]["x-reference"]] == []


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
