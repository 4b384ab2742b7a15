"""The last launch is taken from runs of the default branch alone; whatever else can be uploaded excuses nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from action import archive, launches
from action.github import Github
from checks.baseline import store
from checks.run_folder import RunFolder
from tests.action.conftest import HEAD
from tests.action.fake_github import REPOSITORY, TOKEN, FakeGithub
from tests.action.runs import write_facts

NAME, OLDER, TIP, ELSEWHERE = "gonogo-baseline", "a" * 40, "b" * 40, "e" * 40
FORK = {"head_repository": {"id": 2002}}
Plan = Callable[[FakeGithub], object]


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def marked(mark: str) -> bytes:
    return zipped({"latest": mark.encode()})


MINE, LIVE, BEFORE = marked("mine"), marked("live"), marked("before")


@dataclass
class Found:
    """What was brought, and how it is told."""

    said: str
    folder: Path
    file: Path

    @property
    def mark(self) -> str:
        """Return what the launch that was brought is marked with; empty where none was."""
        return (self.folder / "latest").read_text() if self.said == str(self.folder) else ""

    @property
    def why(self) -> str:
        """Return why it can't be had; empty where it can, or where there is none yet."""
        return self.file.read_text() if self.said == str(self.file) else ""


@pytest.fixture
def bring(github: FakeGithub, tmp_path: Path) -> Callable[[], Found]:
    github.tips = {"main": TIP}
    github.compared = {
        f"{TIP}...{TIP}": {"status": "identical"},
        f"{OLDER}...{TIP}": {"status": "ahead"},
        f"{ELSEWHERE}...{TIP}": {"status": "diverged"},
        f"{HEAD}...{TIP}": {"status": "behind"},
    }

    def brought() -> Found:
        api = Github(REPOSITORY, TOKEN, now=lambda: 0.0, sleep=lambda _: None, url=github.url)
        folder, file = tmp_path / "launch", tmp_path / "lost.txt"
        return Found(launches.bring(api, NAME, folder, file), folder, file)

    return brought


# ------------------------------------------------------------------------------------------------------ what is found


def test_before_the_first_launch_there_is_none(bring: Callable[[], Found]) -> None:
    assert bring().said == "none"


def test_the_newest_launch_is_the_one_that_counts(bring: Callable[[], Found], github: FakeGithub) -> None:
    github.artifact(NAME, BEFORE, created_at="2026-11-01T00:00:00Z")
    github.artifact(NAME, LIVE, created_at="2026-11-03T00:00:00Z")
    github.artifact(NAME, BEFORE, created_at="2026-11-02T00:00:00Z")
    assert bring().mark == "live"


@pytest.mark.parametrize("event", ["push", "workflow_dispatch", "schedule"])
@pytest.mark.parametrize("commit", [OLDER, TIP])
def test_a_run_on_the_default_branch_is_a_launch(
    bring: Callable[[], Found], github: FakeGithub, event: str, commit: str
) -> None:
    github.artifact(NAME, LIVE, run={"event": event, "head_sha": commit})
    assert bring().mark == "live"


def test_a_launch_is_found_behind_what_others_have_uploaded(bring: Callable[[], Found], github: FakeGithub) -> None:
    github.artifact(NAME, LIVE, created_at="2026-10-01T00:00:00Z")
    for _ in range(300):
        github.artifact(NAME, MINE, run={"event": "pull_request", "head_branch": "new-bread", "head_sha": HEAD})
    assert bring().mark == "live"


def test_nothing_of_an_earlier_job_is_taken_for_it(bring: Callable[[], Found], tmp_path: Path) -> None:
    (tmp_path / "launch").mkdir()
    (tmp_path / "launch" / "latest").write_text("left")
    assert (bring().said, (tmp_path / "launch").exists()) == ("none", False)


def test_the_token_goes_to_the_api_and_not_to_where_the_artifact_lies(
    bring: Callable[[], Found], github: FakeGithub
) -> None:
    github.artifact(NAME, LIVE)
    assert bring().mark == "live"
    (stored,) = [request for request in github.requests if request.path.startswith("/storage/")]
    assert TOKEN not in str(stored.headers)


def test_two_sites_of_one_repository_have_two_artifacts() -> None:
    assert [launches.name_of(site) for site in ("", "www.example.com", "shop/site")] == [
        NAME,
        f"{NAME}-www.example.com",
        f"{NAME}-shop-site",
    ]


# -------------------------------------------------------------------------------------------------- what never counts

HOSTILE: dict[str, dict[str, Any]] = {
    "a pull request": {"event": "pull_request", "head_branch": "new-bread", "head_sha": HEAD},
    "a pull request of a fork": {"event": "pull_request", "head_branch": "new-bread", "head_sha": HEAD, **FORK},
    "a fork whose branch has the same name": {"event": "pull_request", "head_sha": HEAD, **FORK},
    "a push in a fork": FORK,
    "a pull request from the default branch": {"event": "pull_request", "head_sha": TIP},
    "another branch": {"head_branch": "new-bread", "head_sha": HEAD},
    "the merge queue": {"event": "merge_group", "head_branch": "gh-readonly-queue/main/pr-7-x", "head_sha": HEAD},
    "a privileged event": {"event": "pull_request_target", "head_sha": TIP},
    "a follow-up": {"event": "workflow_run", "head_sha": TIP},
    "a comment": {"event": "issue_comment", "head_sha": TIP},
    "a fork that is gone": {"event": "pull_request", "head_repository": {"id": None}},
}
STRANGE: dict[str, dict[str, Any]] = {
    "a tag that is called like the branch": {"head_sha": ELSEWHERE},
    "a commit that the branch does not hold yet": {"head_sha": HEAD},
    "a commit that nobody can compare": {"head_sha": "c" * 40},
}


@pytest.mark.parametrize("kind", list(HOSTILE))
def test_what_somebody_else_has_uploaded_is_no_launch(
    bring: Callable[[], Found], github: FakeGithub, kind: str
) -> None:
    github.artifact(NAME, MINE, run=HOSTILE[kind])
    assert bring().said == "none"


@pytest.mark.parametrize("kind", [*HOSTILE, *STRANGE])
def test_what_somebody_else_has_uploaded_is_not_taken_for_the_newest(
    bring: Callable[[], Found], github: FakeGithub, kind: str
) -> None:
    github.artifact(NAME, LIVE, created_at="2026-10-01T00:00:00Z")
    github.artifact(NAME, MINE, run={**HOSTILE, **STRANGE}[kind])
    assert bring().mark == "live"


@pytest.mark.parametrize("kind", list(STRANGE))
def test_a_commit_that_the_branch_does_not_hold_is_no_proof_that_there_is_none(
    bring: Callable[[], Found], github: FakeGithub, kind: str
) -> None:
    github.artifact(NAME, MINE, run=STRANGE[kind])
    assert "main does not hold" in bring().why


def test_what_the_list_says_of_a_run_is_not_believed_against_the_run(
    bring: Callable[[], Found], github: FakeGithub
) -> None:
    github.artifact(NAME, MINE)
    (run,) = github.runs.values()
    run["head_repository"] = {"id": 2002}
    assert bring().said == "none"


# ---------------------------------------------------------------------------------------------- what can't be had

LOST: dict[str, tuple[Plan, str]] = {
    "it has expired": (lambda github: github.artifact(NAME, LIVE, expired=True), "expired (2027-01-30)"),
    "it was removed meanwhile": (lambda github: github.archives.update({github.artifact(NAME, LIVE): b""}), "digest"),
    "it is cut": (lambda github: github.artifact(NAME, LIVE[:-30]), "can't be unpacked"),
    "it is no archive": (lambda github: github.artifact(NAME, b"<html>"), "can't be unpacked"),
    "its digest is another one": (lambda github: github.artifact(NAME, LIVE, digest="sha256:0"), "digest"),
    "it is too large": (lambda github: github.artifact(NAME, LIVE, size_in_bytes=5 * 1024**3), "bytes"),
    "it leads out": (lambda github: github.artifact(NAME, zipped({"../out": b"x"})), "no plain file"),
    "it leads to the root": (lambda github: github.artifact(NAME, zipped({"/etc/out": b"x"})), "no plain file"),
    "a file is in it twice": (lambda github: github.artifact(NAME, _twice()), "can't be unpacked"),
    "it holds a link": (lambda github: github.artifact(NAME, _link()), "no plain file"),
    "the job may not read artifacts": (lambda github: setattr(github, "may_read_artifacts", False), "actions: read"),
    "its run is unknown": (lambda github: [github.artifact(NAME, LIVE), github.runs.popitem()], "can't be told"),
    "the branch is gone": (lambda github: [github.artifact(NAME, LIVE), github.tips.popitem()], "GitHub"),
    "it hides among pull requests": (
        lambda github: [github.artifact(NAME, MINE, run={"event": "pull_request"}) for _ in range(21)],
        "more artifacts of this name",
    ),
    "it hides among tags": (
        lambda github: [github.artifact(NAME, MINE, run={"head_sha": ELSEWHERE}) for _ in range(21)],
        "main does not hold",
    ),
}


def _link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        member = zipfile.ZipInfo("latest")
        member.external_attr = 0o120777 << 16
        made.writestr(member, "/etc/passwd")
    return out.getvalue()


def _twice() -> bytes:
    """Return an archive that holds one name twice, which no archiver writes."""
    return zipped({"latest": b"one", "latesT": b"two"}).replace(b"latesT", b"latest")


@pytest.mark.parametrize("kind", list(LOST))
def test_a_launch_that_can_not_be_had_is_told_and_is_never_none_yet(
    bring: Callable[[], Found], github: FakeGithub, kind: str
) -> None:
    plan, why = LOST[kind]
    plan(github)
    found = bring()
    assert why in found.why
    assert not found.folder.exists()


def test_an_expired_launch_is_not_replaced_by_an_older_one(bring: Callable[[], Found], github: FakeGithub) -> None:
    github.artifact(NAME, BEFORE, created_at="2026-10-01T00:00:00Z")
    github.artifact(NAME, LIVE, expired=True)
    assert "expired" in bring().why


def test_what_unpacks_to_more_than_it_says_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bomb.zip").write_bytes(zipped({"latest": b"0" * 100_000}))
    with pytest.raises(Exception, match="more bytes than a baseline can"):
        archive.unpack(tmp_path / "bomb.zip", tmp_path / "out", 10_000)


def test_a_saved_baseline_comes_back_as_it_was_kept(
    bring: Callable[[], Found], github: FakeGithub, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    store.save(RunFolder(write_facts(tmp_path / "run", OLDER)), kept)
    files = {str(file.relative_to(kept)): file.read_bytes() for file in kept.rglob("*") if file.is_file()}
    github.artifact(NAME, zipped(files))
    store.load(bring().folder, RunFolder(tmp_path / "again"))
    assert [page["path"] for page in RunFolder(tmp_path / "again").lines("pages.jsonl")] == ["/", "/about/"]
