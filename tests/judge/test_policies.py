"""Which policies are in force: folders, sets, changes; and that everything wrong is told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checks.errors import UserError
from checks.judge import policies
from checks.judge.policy import Policy

Folder = Callable[..., Path]

YAML_POLICY = """\
# Written by marketing.
title: A title fits into a search result
description: Search engines cut longer titles off.
x-reads: page
x-severity: warning
x-owner: marketing
x-fix: Write 10 to 60 characters.
properties:
  title: {properties: {length: {maximum: 60}}}
examples:
  - title: {length: 28}
x-counterexamples:
  - title: {length: 80}
"""


@pytest.fixture
def shipped(folder: Folder, title_length: dict[str, Any]) -> Path:
    """Return a folder of shipped policies: one for each set."""
    return folder(
        "shipped",
        {
            "README.md": "About policies.",
            "crawl/blocker.json": {**title_length, "x-set": ["launch-blocker"]},
            "seo/title-length.json": title_length,
            "seo/strict-only.json": {**title_length, "x-set": []},
            "seo/hint.json": {**title_length, "x-set": ["advice"]},
        },
    )


def ids(loaded: Iterable[Policy]) -> list[str]:
    return [policy.id for policy in loaded]


def refused(*arguments: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        policies.load(*arguments, **named)
    return caught.value


@pytest.mark.parametrize(
    ("use", "in_force"),
    [
        (["recommended"], ["crawl/blocker", "seo/title-length"]),
        (["recommended-2026-11"], ["crawl/blocker", "seo/title-length"]),
        (["launch-blocker"], ["crawl/blocker"]),
        (["advice"], ["seo/hint"]),
        (["strict"], ["crawl/blocker", "seo/strict-only", "seo/title-length"]),
        ([], []),
    ],
)
def test_a_set_takes_the_policies_that_name_it(
    shipped: Path, shape_of: Any, use: list[str], in_force: list[str]
) -> None:
    assert ids(policies.load([], use, {}, shipped=shipped, shape_of=shape_of)) == in_force


def test_an_unknown_set_is_refused_with_the_nearest(shipped: Path) -> None:
    error = refused([], ["recomended"], {}, shipped=shipped, config="a.yaml")
    assert str(error).startswith("a.yaml: policies.use: no set of policies `recomended`; did you mean `recommended`?")


def test_the_projects_own_policies_always_count(shipped: Path, folder: Folder, shape_of: Any) -> None:
    own = folder("own", {"no-shouting.yaml": YAML_POLICY})
    assert ids(policies.load([own], [], {}, shipped=shipped, shape_of=shape_of)) == ["no-shouting"]


def test_yaml_is_the_same_document_as_json(shipped: Path, folder: Folder, shape_of: Any) -> None:
    own = folder("own", {"seo/a.yaml": YAML_POLICY})
    (policy,) = policies.load([own], [], {}, shipped=shipped, shape_of=shape_of)
    assert policy.schema == {"properties": {"title": {"properties": {"length": {"maximum": 60}}}}}


def test_a_shipped_policy_is_not_replaced_in_silence(
    shipped: Path, folder: Folder, shape_of: Any, title_length: dict[str, Any]
) -> None:
    own = folder("own", {"seo/title-length.json": title_length})
    error = refused([own], [], {}, shipped=shipped, shape_of=shape_of)
    assert (
        f"{own}/seo/title-length.json: `seo/title-length` is already shipped: {shipped}/seo/title-length.json"
        in str(error)
    )


def test_one_id_in_two_files_is_refused(
    shipped: Path, folder: Folder, shape_of: Any, title_length: dict[str, Any]
) -> None:
    own = folder("own", {"seo/a.json": title_length, "seo/a.yaml": YAML_POLICY})
    assert "`seo/a` is already there" in str(refused([own], [], {}, shipped=shipped, shape_of=shape_of))


@pytest.mark.parametrize("name", ["Title Length.json", "seo/Über.json", "seo/-.json", "coverage.json"])
def test_a_file_whose_name_cannot_be_an_id_is_refused(
    shipped: Path, folder: Folder, shape_of: Any, title_length: dict[str, Any], name: str
) -> None:
    own = folder("own", {name: title_length})
    assert "cannot be a policy's id" in str(refused([own], [], {}, shipped=shipped, shape_of=shape_of))


def test_a_file_that_is_no_policy_is_not_passed_over(shipped: Path, folder: Folder) -> None:
    own = folder("own", {"seo/title-length.jsn": "{}"})
    assert "not a policy" in str(refused([own], [], {}, shipped=shipped))


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed(shipped: Path, folder: Folder) -> None:
    own = folder("own", {"a/big.yaml": "title: " + "x" * 300_000})
    said = str(refused([own], [], {}, shipped=shipped))
    assert ("it is too large" in said, "262,144 bytes" in said) == (True, True)


def test_a_folder_that_is_not_there_is_refused(shipped: Path, tmp_path: Path) -> None:
    assert "no such folder of policies" in str(refused([tmp_path / "none"], [], {}, shipped=shipped))


def test_a_patch_changes_a_threshold_and_a_severity(shipped: Path, shape_of: Any) -> None:
    patch = {"x-severity": "info", "properties": {"title": {"properties": {"length": {"maximum": 70}}}}}
    loaded = policies.load([], ["recommended"], {"seo/title-length": patch}, shipped=shipped, shape_of=shape_of)
    changed = {policy.id: policy for policy in loaded}["seo/title-length"]
    limits = changed.schema["properties"]["title"]["properties"]["length"]
    assert (changed.severity, limits) == ("info", {"minimum": 10, "maximum": 70})


def test_a_changed_policy_has_another_digest(shipped: Path, shape_of: Any) -> None:
    change = {"seo/title-length": {"x-severity": "info"}}
    (_, before) = policies.load([], ["recommended"], {}, shipped=shipped, shape_of=shape_of)
    (_, after) = policies.load([], ["recommended"], change, shipped=shipped, shape_of=shape_of)
    assert before.digest != after.digest


def test_null_drops_a_policy(shipped: Path, shape_of: Any) -> None:
    loaded = policies.load([], ["strict"], {"seo/title-length": None}, shipped=shipped, shape_of=shape_of)
    assert ids(loaded) == ["crawl/blocker", "seo/strict-only"]


def test_a_shipped_policy_that_is_changed_is_in_force(shipped: Path, shape_of: Any) -> None:
    loaded = policies.load([], [], {"seo/strict-only": {"x-severity": "info"}}, shipped=shipped, shape_of=shape_of)
    assert ids(loaded) == ["seo/strict-only"]


def test_a_change_of_no_policy_is_refused_with_the_nearest(shipped: Path, shape_of: Any) -> None:
    error = refused([], ["recommended"], {"seo/titel-length": {}}, shipped=shipped, shape_of=shape_of, config="a.yaml")
    assert str(error).splitlines() == [
        "a.yaml: policies.change.seo/titel-length: no policy `seo/titel-length`; did you mean `seo/title-length`?",
        "  `gonogo policy list --set strict` names those that there are.",
    ]


def test_a_change_is_as_strict_as_a_file(shipped: Path, shape_of: Any) -> None:
    error = refused([], [], {"seo/title-length": {"x-sevrity": "info"}}, shipped=shipped, shape_of=shape_of)
    assert "seo/title-length.json as the config changes it (/x-sevrity): unknown key `x-sevrity`" in str(error)


def test_examples_that_a_moved_limit_makes_untrue_are_refitted(shipped: Path, shape_of: Any) -> None:
    patch = {"properties": {"title": {"properties": {"length": {"minimum": None, "maximum": 90}}}}}
    loaded = policies.load([], [], {"seo/title-length": patch}, shipped=shipped, shape_of=shape_of)
    assert [policy.counterexamples for policy in loaded] == [({"title": {"text": "Home", "length": 4000}},)]


def test_a_change_after_which_a_policy_can_no_longer_fail_is_refused(shipped: Path, shape_of: Any) -> None:
    error = refused([], [], {"seo/title-length": {"properties": None}}, shipped=shipped, shape_of=shape_of)
    assert "a counterexample is passed, where it must fail" in str(error)


def test_all_problems_of_all_files_are_told_at_once(
    shipped: Path, folder: Folder, shape_of: Any, title_length: dict[str, Any]
) -> None:
    own = folder("own", {"a.json": {**title_length, "x-onwer": "me"}, "b.json": "{", "c.yaml": "a: [", "d.json": "[]"})
    told = str(refused([own], [], {"nobody": None}, shipped=shipped, shape_of=shape_of))
    assert [word for word in ("x-onwer", "not JSON", "not YAML", "an object", "nobody") if word not in told] == []


def test_a_problem_is_told_with_its_line(
    shipped: Path, folder: Folder, shape_of: Any, title_length: dict[str, Any]
) -> None:
    own = folder("own", {"a.json": {"title": "T", **title_length, "x-onwer": "me"}})
    line = (own / "a.json").read_text().splitlines().index('  "x-onwer": "me"') + 1
    assert f"a.json:{line} (/x-onwer)" in refused([own], [], {}, shipped=shipped, shape_of=shape_of).where


def test_a_run_gives_its_policies_back(shipped: Path, shape_of: Any) -> None:
    loaded = policies.load([], ["strict"], {}, shipped=shipped, shape_of=shape_of)
    again = policies.from_documents({policy.id: policy.document for policy in loaded}, shape_of)
    assert [policy.digest for policy in again] == [policy.digest for policy in loaded]


def test_a_kept_policy_that_was_tampered_with_is_refused(title_length: dict[str, Any], shape_of: Any) -> None:
    with pytest.raises(UserError, match="no fact `titel`"):
        policies.from_documents({"seo/it": {**title_length, "required": ["titel"]}}, shape_of)


def test_an_owner_whom_the_config_does_not_know_is_refused(
    shipped: Path, folder: Folder, shape_of: Any, title_length: dict[str, Any]
) -> None:
    own = folder("own", {"a.json": {**title_length, "x-owner": "marketting"}})
    error = refused([own], ["strict"], {}, owners=["marketing", "legal"], shipped=shipped, shape_of=shape_of)
    assert "(/x-owner): no owner `marketting`; did you mean `marketing`?" in str(error)


def test_a_shipped_owner_may_be_missing_from_the_config(shipped: Path, shape_of: Any) -> None:
    assert policies.load([], ["strict"], {}, owners=["legal"], shipped=shipped, shape_of=shape_of) != ()


def test_a_change_that_is_no_json_is_refused(shipped: Path, shape_of: Any) -> None:
    change = {"seo/title-length": {"x-fix": date(2026, 11, 1)}}
    error = refused([], [], change, shipped=shipped, shape_of=shape_of)
    assert "policies.change.seo/title-length (/x-fix): a date is no JSON value" in str(error)


def test_a_policy_nested_as_deeply_as_can_be_read_is_judged(
    shipped: Path, folder: Folder, shape_of: Any, title_length: dict[str, Any]
) -> None:
    inner: dict[str, Any] = {"properties": title_length.pop("properties")}
    for _ in range(26):
        inner = {"allOf": [inner]}
    own = folder("own", {"deep.json": {**title_length, **inner}})
    assert ids(policies.load([own], [], {}, shipped=shipped, shape_of=shape_of)) == ["deep"]
