"""People, keys and roles in order, before somebody needs them: what `doctor --trust` finds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checks import settings
from checks.errors import UserError
from checks.judge import policies
from checks.judge.policy import Policy
from checks.signoff import lint, people
from checks.signoff.lint import BROKEN, DOUBTFUL, UNMEETABLE, Trouble
from checks.signoff.people import Authority
from checks.signoff.signers import NAMESPACE

TODAY = date(2026, 11, 20)
LINK = "links/internal-broken"
KEYS = {
    "ana": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIO1UvEGlaGgxgVWe4ZzVYYiuOvTtmYCDP6EThvsoNbPO",
    "ben": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB",
    "mia": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC",
}


def policy(root: Path, **changes: Any) -> tuple[Policy, ...]:
    document = json.loads((root / "policies" / f"{LINK}.json").read_text(encoding="utf-8"))
    return policies.from_documents({LINK: document | changes})


def authority(folder: Path, revoked: str = "", options: str = "", **roles: str) -> Authority:
    entries = [
        f"  {name}: {{name: {name.title()}, emails: [{name}@example.com], principals: [{name}], roles: [{role}]}}\n"
        for name, role in roles.items()
    ]
    (folder / "people.yaml").write_text("people:\n" + "".join(entries))
    lines = [f'{name} namespaces="{NAMESPACE}"{options} {KEYS[name]}\n' for name in roles]
    (folder / "allowed_signers").write_text("".join(lines))
    (folder / "revoked_keys").write_text(revoked)
    found = people.load(folder)
    assert found is not None
    return found


def linted(known: Authority | UserError | None, in_force: tuple[Policy, ...]) -> tuple[Trouble, ...]:
    return lint.lint(known, in_force, settings.from_bytes(b"{}", "gonogo.yaml", {}, TODAY))


def test_two_people_with_the_role_leave_nothing_to_say(tmp_path: Path, root: Path) -> None:
    assert linted(authority(tmp_path, ana="engineering", ben="engineering"), policy(root)) == ()


def test_a_team_of_one_cannot_sign_once_that_one_made_the_change(tmp_path: Path, root: Path) -> None:
    (found,) = linted(authority(tmp_path, ana="engineering"), policy(root))
    assert found.kind == UNMEETABLE
    assert f"{LINK} needs engineering, which can't be met: once Ana made the change" in found.what


def test_a_role_that_nobody_has_is_told(tmp_path: Path, root: Path) -> None:
    (found,) = linted(authority(tmp_path, mia="marketing"), policy(root))
    assert (found.kind, "nobody has the role engineering" in found.what) == (UNMEETABLE, True)


def test_one_person_with_two_roles_fills_one(tmp_path: Path, root: Path) -> None:
    known = authority(tmp_path, ana="marketing, engineering")
    (found,) = linted(known, policy(root, **{"x-override": ["marketing", "engineering"]}))
    assert "it takes more people than there are" in found.what


def test_two_owners_need_three_people_where_any_of_them_may_be_the_author(tmp_path: Path, root: Path) -> None:
    both = policy(root, **{"x-override": ["marketing", "engineering"]})
    roles = "marketing, engineering"
    assert [one.kind for one in linted(authority(tmp_path, ana=roles, ben=roles), both)] == [UNMEETABLE]
    assert linted(authority(tmp_path, ana=roles, ben=roles, mia=roles), both) == ()


def test_of_any_two_owners_one_is_left_when_the_other_made_the_change(tmp_path: Path, root: Path) -> None:
    either = policy(root, **{"x-override": {"any-of": ["marketing", "engineering"]}})
    assert linted(authority(tmp_path, ana="marketing", ben="engineering"), either) == ()
    (found,) = linted(authority(tmp_path, ana="marketing"), either)
    assert "needs marketing or engineering, which can't be met: once Ana made the change" in found.what


def test_somebody_who_makes_changes_and_is_none_of_the_people_is_told(tmp_path: Path, root: Path) -> None:
    known = authority(tmp_path, ana="engineering", ben="engineering")
    about = settings.from_bytes(b"{}", "gonogo.yaml", {}, TODAY)
    authors = ["Ana@example.com", "eve@example.com", "noreply@github.com"]
    (found,) = lint.lint(known, policy(root), about, authors)
    assert (found.kind, found.where) == (DOUBTFUL, "gonogo/people.yaml")
    assert found.what.endswith("such as eve@example.com")
    assert lint.lint(known, policy(root), about, authors[:1]) == ()


def test_a_policy_that_nobody_may_sign_for_needs_nobody(tmp_path: Path, root: Path) -> None:
    known = authority(tmp_path, ana="marketing")
    assert linted(known, policy(root, **{"x-override": "never"})) == ()


def test_a_revoked_key_signs_for_nobody(tmp_path: Path, root: Path) -> None:
    known = authority(tmp_path, revoked=KEYS["ben"] + "\n", ana="engineering", ben="engineering")
    kinds = [one.kind for one in linted(known, policy(root))]
    assert kinds == [UNMEETABLE, DOUBTFUL, DOUBTFUL]


@pytest.mark.parametrize(
    ("day", "said"), [("20261220", "ends on 2026-12-20"), ("20261119", "is over since 2026-11-19")]
)
def test_a_key_that_ends_within_30_days_is_told(tmp_path: Path, root: Path, day: str, said: str) -> None:
    known = authority(tmp_path, options=f',valid-before="{day}Z"', ana="engineering", ben="engineering")
    told = [one.what for one in linted(known, policy(root)) if one.where.endswith("allowed_signers:1")]
    assert told == [f"the key of ana {said}"]


def test_a_key_that_ends_in_31_days_is_not_told(tmp_path: Path, root: Path) -> None:
    known = authority(tmp_path, options=',valid-before="20261221Z"', ana="engineering", ben="engineering")
    assert linted(known, policy(root)) == ()


def test_files_that_cannot_be_read_are_one_trouble_with_file_and_remedy(root: Path) -> None:
    error = UserError("the key of `ben` stands there for `ana` as well", where="allowed_signers:2", remedy="Make one.")
    assert linted(error, policy(root)) == (Trouble(BROKEN, error.what, error.where, error.remedy),)


def test_a_project_without_people_is_told_that_nobody_may_sign(root: Path) -> None:
    (found,) = linted(None, policy(root))
    assert (found.kind, "nobody may sign" in found.what) == (DOUBTFUL, True)
