"""The log: every sign-off that was ever committed, and figures from it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from checks import exceptions, run_folder
from checks.errors import UserError
from checks.signing import figures, git_history
from checks.signing.figures import Logged
from checks.signoff import statement
from checks.signoff.verified import UNUSED, SignedBy, Verified
from tests.signing.desk import FINDINGS, LINK, TERMS, VITALS, Desk

Printed = Callable[[], str]
UNTIL = ["--until", (datetime.now(UTC).date() + timedelta(days=3)).isoformat()]


def git(desk: Desk, *arguments: str) -> None:
    who = {f"GIT_{role}_{part}": "ana@example.com" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", "-C", str(desk.path), *arguments]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **who, **nothing})


def sign(desk: Desk, *filters: str) -> Logged:
    """Sign for what the filters mean, and return it as the log would have it."""
    before = set(desk.sign_offs.glob("*.json"))
    desk.do("approve", desk.request(*filters), "--key", desk.key(), "--yes", *TERMS, *UNTIL)
    new = set(desk.sign_offs.glob("*.json")) - before
    (file,) = [one for one in new if not one.name.endswith(".request.json")]
    data = file.read_bytes()
    return Logged(file.stem, datetime.now(UTC), "ana", statement.parse(data, ""))


@pytest.fixture
def repository(desk: Desk) -> Desk:
    git(desk, "init", "--quiet", "--initial-branch=main")
    (desk.path / ".gitignore").write_text("*.key\n*.pub\n")
    return desk


def test_a_sign_off_that_was_deleted_since_is_still_in_the_log(repository: Desk, printed: Printed) -> None:
    one = sign(repository, "--policy", VITALS)
    git(repository, "add", "-A")
    git(repository, "commit", "--quiet", "-m", "sign")
    git(repository, "rm", "--quiet", "-r", "gonogo/sign-offs")
    git(repository, "commit", "--quiet", "-m", "gone")
    printed()
    assert repository.do("log") == 0
    said = printed()
    assert f"{one.id} Ben -> ana@example.com until {UNTIL[1]}" in said
    assert "1 signed, 0 taken back" in said
    assert f"1  {VITALS}" in said


def test_the_figures_come_as_json(repository: Desk, printed: Printed) -> None:
    sign(repository, "--policy", VITALS)
    git(repository, "add", "-A")
    git(repository, "commit", "--quiet", "-m", "sign")
    printed()
    repository.do("log", "--json")
    document = json.loads(printed())
    assert (document["statements"], document["by_policy"]) == (1, {VITALS: 1})


def test_a_file_that_is_no_statement_is_not_counted(repository: Desk, printed: Printed) -> None:
    repository.sign_offs.mkdir(parents=True)
    (repository.sign_offs / "a.json").write_text("{}")
    git(repository, "add", "-A")
    git(repository, "commit", "--quiet", "-m", "no sign-off")
    repository.do("log")
    assert "0 signed" in printed()


def test_outside_a_repository_there_is_no_log(desk: Desk) -> None:
    with pytest.raises(UserError, match="there is no git repository"):
        desk.do("log")


def test_time_to_sign_off_is_the_median_by_owner(desk: Desk) -> None:
    one = sign(desk, "--policy", VITALS)
    asked = one.statement.issued_at
    waits = [1, 3, 26]
    log = [
        replace(one, id=str(hours), statement=replace(one.statement, requested_at=asked - timedelta(hours=hours)))
        for hours in waits
    ]
    assert figures.figures(log, {VITALS: ("marketing",)}, ()).hours_by_owner == {"marketing": 3.0}


def test_what_was_signed_for_twice_is_a_repeat(desk: Desk) -> None:
    log = [sign(desk, "--policy", VITALS), sign(desk, "--policy", VITALS), sign(desk, "--page", "/visit/")]
    found = figures.figures(log, {}, ())
    assert found.repeats == {f"{VITALS} on /": 2}
    assert found.by_policy == {VITALS: 2, LINK: 1}


def test_one_statement_committed_twice_counts_once(desk: Desk) -> None:
    one = sign(desk, "--cause", FINDINGS[0]["cause"])
    assert figures.figures([one, one], {}, ()).statements == 1


def test_saved_runs_say_how_often_a_sign_off_applied(desk: Desk) -> None:
    one = sign(desk, "--policy", VITALS)
    runs = [{"sign_offs": [{"id": one.id, "applied": count}]} for count in (1, 0, 2)]
    assert figures.figures([one], {}, runs).applied == {one.id: 2}


def test_where_owners_did_not_agree_the_log_says_who_decided_and_how_often(desk: Desk) -> None:
    one, other = sign(desk, "--policy", VITALS), sign(desk, "--page", "/visit/")
    decided = [{"id": each.id, "applied": 1, "decided_by": ["Otto"]} for each in (one, other, one)]
    found = figures.figures([one, other], {}, [{"sign_offs": decided}])
    assert found.decided_by == {"Otto": 2}
    assert "       2  Otto" in list(figures.told([one, other], found))


def reviewed(desk: Desk) -> Logged:
    """Leave in the run what a review has signed for, and return it as the log would have it."""
    one = sign(desk, "--policy", VITALS)
    document = {**one.statement.to_document(), "request_id": "review-7-500"}
    said = statement.Statement.of(document)
    ana = SignedBy("ana", "Ana Silva", ("marketing",), "github:11")
    found = Verified(said, statement.id_of(statement.to_bytes(document)), "review 500", UNUSED, "", (ana,))
    told = exceptions.to_document([found], datetime.now(UTC), known=True, requests=[], offer={})
    desk.run.write(run_folder.SIGN_OFFS, told)
    desk.run.write(run_folder.VERDICT, {"sign_offs": []})
    return Logged(found.id, said.issued_at, "Ana Silva", said)


def test_what_a_review_has_signed_for_is_in_the_log_of_the_run_that_kept_it(desk: Desk, printed: Printed) -> None:
    one = reviewed(desk)
    printed()
    assert desk.do("log", desk.run.path) == 0
    said = printed()
    assert f"{one.id} Ben -> Ana Silva until" in said
    assert "1 signed, 0 taken back" in said


def test_nobody_waited_for_a_review_that_was_not_asked_for(desk: Desk) -> None:
    assert figures.figures([reviewed(desk)], {VITALS: ("marketing",)}, ()).hours_by_owner == {}


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://forge.example/Hearth/Crumb.git", "Hearth/Crumb"),
        ("git@forge.example:Hearth/Crumb.git", "Hearth/Crumb"),
        ("ssh://git@forge.example:22/Hearth/Crumb", "Hearth/Crumb"),
        ("/srv/git/crumb.git", ""),
    ],
)
def test_the_repository_is_named_as_its_remote_is(repository: Desk, address: str, name: str) -> None:
    git(repository, "remote", "add", "origin", address)
    assert git_history.repository(repository.path) == name
