"""What is wrong with the rules of the base is told by file and commit, and nothing is judged by a part of them."""

from __future__ import annotations

import pytest

from checks.errors import CannotMeasureError, UserError
from checks.trust import rules
from tests.trust.bases import POLICY, by_base
from tests.trust.project import TODAY, Project


@pytest.mark.parametrize("missing", ["gonogo/people.yaml", "gonogo/allowed_signers", "gonogo/revoked_keys"])
def test_a_base_that_lacks_one_of_the_files_of_people_and_keys_is_wrong_use(base: Project, missing: str) -> None:
    base.git("checkout", "--quiet", "main")
    commit = base.commit({missing: None})
    with pytest.raises(UserError, match="missing") as caught:
        by_base(base)
    assert caught.value.where == f"{missing} at {commit[:12]}"


def test_a_base_that_lacks_a_folder_of_policies_that_its_config_names_is_wrong_use(base: Project) -> None:
    base.git("checkout", "--quiet", "main")
    commit = base.commit({POLICY: None})
    with pytest.raises(UserError, match="no such folder") as caught:
        by_base(base)
    assert caught.value.where == f"rules at {commit[:12]}"


def test_a_folder_of_policies_may_hold_none_yet(base: Project) -> None:
    base.git("checkout", "--quiet", "main")
    base.commit({POLICY: None, "rules/.gitkeep": "", "rules/README.md": "Policies come here."})
    assert "seo/title-fits" not in {policy.id for policy in by_base(base).policies}


@pytest.mark.parametrize(
    ("file", "text", "where"),
    [
        ("gonogo.yaml", "site: https://www.example.com\nsit: x\n", "gonogo.yaml at {}:2"),
        ("gonogo.yaml", "", "gonogo.yaml at {}"),
        (POLICY, '{\n  "titel": "x"\n}', "rules/seo/title-fits.json at {}"),
        ("gonogo/adopted/marketing.json", "{", "gonogo/adopted/marketing.json at {}:1"),
        ("gonogo/people.yaml", "people: {}\nx: 1\n", "gonogo/people.yaml at {}:2"),
        ("gonogo/allowed_signers", "*\n", "gonogo/allowed_signers at {}:1"),
    ],
)
def test_a_fault_of_the_base_is_told_by_file_commit_and_line(base: Project, file: str, text: str, where: str) -> None:
    base.git("checkout", "--quiet", "main")
    commit = base.commit({file: text})
    with pytest.raises(UserError) as caught:
        by_base(base)
    told = str(caught.value)
    assert where.format(commit[:12]) in told
    assert "/tmp" not in told  # noqa: S108  # where the commit was unpacked is nobody's business


def test_without_the_base_commit_nothing_can_be_measured(base: Project) -> None:
    with pytest.raises(CannotMeasureError, match="fetch-depth: 0"):
        rules.from_commit(base.repository, "1" * 40, None, {}, TODAY)
