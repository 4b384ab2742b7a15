"""A sign-off from the request to the verdict, through the installed command, real keys, real git and a browser."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.sign_off.changing import REASON, Check, commit, run


@pytest.mark.usefixtures("signed")
def test_what_somebody_signed_for_does_not_block_and_stays_in_sight(check: Check, project: Path) -> None:
    code, said = check()
    assert (code, said["verdict"], said["counts"]["signed_off"]) == (0, "GO", 1)
    assert [(one["outcome"], one["by"]) for one in said["sign_offs"]] == [("applied", ["Ana Silva"])]
    lines = [json.loads(line) for line in (project / "gonogo-run" / "findings.jsonl").read_text().splitlines()]
    (finding,) = [line for line in lines if line["state"] == "signed-off"]
    assert (finding["policy"], finding["sign_off"]["reason"]) == ("seo/title-present", REASON)


@pytest.mark.usefixtures("signed")
def test_who_brings_anything_beside_the_signature_has_made_the_change(check: Check, project: Path) -> None:
    (project / "dist" / "robots.txt").write_text("User-agent: *\nAllow: /\n")
    commit(project, by="ana")
    code, said = check()
    assert (code, [one["outcome"] for one in said["sign_offs"]]) == (1, ["self-approval"])


@pytest.mark.usefixtures("signed")
def test_who_made_the_change_can_not_sign_for_it(check: Check) -> None:
    code, said = check(author=11)
    assert (code, [one["outcome"] for one in said["sign_offs"]]) == (1, ["self-approval"])


@pytest.mark.usefixtures("signed")
def test_a_sign_off_for_one_branch_says_nothing_of_another(check: Check) -> None:
    code, said = check(base_branch="release")
    assert (code, [one["outcome"] for one in said["sign_offs"]]) == (1, ["wrong-context"])


@pytest.mark.usefixtures("signed")
def test_a_byte_that_was_changed_voids_it(check: Check, project: Path) -> None:
    (statement,) = [file for file in (project / "gonogo" / "sign-offs").glob("*.json") if ".request." not in file.name]
    statement.write_bytes(statement.read_bytes().replace(b"Monday", b"Sunday"))
    code, said = check()
    assert (code, said["counts"]["signed_off"]) == (1, 0)
    assert [one["outcome"] for one in said["sign_offs"]] in (["malformed"], ["bad-signature"])


@pytest.mark.usefixtures("signed")
def test_on_a_desk_it_is_said_what_it_would_do(gonogo: Path, project: Path) -> None:
    done = run(project, gonogo, "check", "dist", "--trust-ref", "main")
    said = json.loads((project / "gonogo-run" / "verdict.json").read_text())
    assert (done.returncode, said["sign_offs"][0]["outcome"]) == (1, "would-apply")


@pytest.mark.usefixtures("signed")
def test_judging_again_comes_to_the_same_without_keys(check: Check, gonogo: Path, project: Path) -> None:
    check()
    before = (project / "gonogo-run" / "verdict.json").read_bytes()
    done = run(project, gonogo, "judge", "gonogo-run", PATH="/nowhere")
    assert (done.returncode, (project / "gonogo-run" / "verdict.json").read_bytes()) == (0, before)


def review(said: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a review that approves by the text which the run offered, with a reason."""
    offer = said["offer"]
    body = "\n".join([*offer["head"], *offer["lines"], *offer["foot"]]) + f" {REASON}\n"
    return {
        "id": 5,
        "pull_request": 3,
        "user_id": 11,
        "state": "APPROVED",
        "commit_id": "a" * 40,
        "head": "same",
        "settled": False,
        "edited": False,
        "superseded": False,
        "submitted_at": dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "body": body,
        "body_digest": hashlib.sha256(body.encode()).hexdigest(),
        "github_ids": [12],
        "emails": ["eve@example.com"],
        **more,
    }


def test_a_review_that_says_the_offered_text_signs_without_a_key(check: Check) -> None:
    _, said = check()
    code, said = check(reviews=[review(said)])
    assert (code, said["verdict"], said["counts"]["signed_off"]) == (0, "GO", 1), said["sign_offs"]


@pytest.mark.parametrize(
    "how", [{"state": "DISMISSED"}, {"edited": True}, {"head": "other"}, {"user_id": 12}, {"superseded": True}], ids=str
)
def test_a_review_that_does_not_stand_signs_nothing(check: Check, how: dict[str, Any]) -> None:
    _, said = check()
    code, said = check(reviews=[review(said, **how)])
    assert (code, said["counts"]["signed_off"]) == (1, 0)
