"""What is taken out of a commit to decide: plain files of the repository, within limits, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.errors import UserError
from checks.trust import root
from checks.trust.git import Repository
from tests.trust.project import Document, Project

CONFIG = "policies: {folders: [rules]}\n"
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12\n"


def exported(project: Project, into: Path, config: str | None = "gonogo.yaml") -> dict[str, str]:
    folder = root.export(project.repository, project.commit(), config, into)
    return {str(file.relative_to(folder)): file.read_text() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_only_what_decides_is_taken_out(project: Project, tmp_path: Path) -> None:
    project.write(
        {
            "gonogo.yaml": CONFIG,
            "rules/seo/a.json": "{}",
            "rules/README.md": "notes",
            "rules/.hidden.json": "{}",
            "gonogo/people.yaml": "people: {}",
            "gonogo/sign-offs/x.json": "{}",
            "index.html": "<!doctype html>",
            "rules-of-another/b.json": "{}",
        }
    )
    assert exported(project, tmp_path / "into") == {
        "gonogo.yaml": CONFIG,
        "gonogo/people.yaml": "people: {}",
        "gonogo/sign-offs/x.json": "{}",
        "rules/seo/a.json": "{}",
    }


def test_folders_are_seen_from_the_config(project: Project, tmp_path: Path) -> None:
    project.write({"ci/gonogo.yaml": CONFIG, "ci/rules/a.json": "{}", "rules/b.json": "{}"})
    assert set(exported(project, tmp_path / "into", "ci/gonogo.yaml")) == {"ci/gonogo.yaml", "ci/rules/a.json"}


@pytest.mark.parametrize("folder", ["/etc", "..", "../elsewhere", "rules/../../elsewhere", "rules/.."])
def test_a_folder_that_leads_elsewhere_is_refused(project: Project, tmp_path: Path, folder: str) -> None:
    project.write({"gonogo.yaml": f"policies:\n  folders:\n    - {folder}\n", "rules/a.json": "{}"})
    with pytest.raises(UserError, match="leads elsewhere") as caught:
        exported(project, tmp_path / "into")
    assert caught.value.where == f"gonogo.yaml at {project.git('rev-parse', 'HEAD')[:12]}:3"


@pytest.mark.parametrize("config", ["/etc/passwd", "../gonogo.yaml", "a/../../b"])
def test_a_config_outside_of_the_repository_is_refused(project: Project, tmp_path: Path, config: str) -> None:
    project.write({"a.txt": "x"})
    with pytest.raises(UserError, match="out of the repository"):
        exported(project, tmp_path / "into", config)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("gonogo.yaml", "real.yaml"),
        ("gonogo", "real"),
        ("gonogo/people.yaml", "../real.yaml"),
        ("gonogo/policies", "../real"),
        ("rules", "real"),
        ("rules/a.json", "/etc/passwd"),
    ],
)
def test_a_link_where_something_decides_is_refused(project: Project, tmp_path: Path, name: str, target: str) -> None:
    project.write({"gonogo.yaml": CONFIG, "real.yaml": CONFIG, "real/b.json": "{}"})
    link = project.path / name
    link.unlink(missing_ok=True)
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target)
    with pytest.raises(UserError, match="symbolic link"):
        exported(project, tmp_path / "into")


@pytest.mark.parametrize("name", ["gonogo.yaml", "gonogo/allowed_signers", "rules/a.json"])
def test_a_pointer_to_lfs_where_something_decides_is_refused(project: Project, tmp_path: Path, name: str) -> None:
    project.write({"gonogo.yaml": CONFIG, name: LFS})
    with pytest.raises(UserError, match="Git LFS"):
        exported(project, tmp_path / "into")


def test_a_submodule_where_something_decides_is_refused(project: Project, tmp_path: Path) -> None:
    commit = project.commit({"gonogo.yaml": CONFIG})
    project.git("update-index", "--add", "--cacheinfo", f"160000,{commit},rules")
    project.git("commit", "--quiet", "-m", "module")
    with pytest.raises(UserError, match="submodule"):
        root.export(project.repository, project.repository.resolve("HEAD"), "gonogo.yaml", tmp_path / "into")


def test_a_name_that_leads_out_of_the_folder_is_refused(project: Project, tmp_path: Path) -> None:
    blob = project.git("hash-object", "-w", str(Path(__file__)))
    tree = project.path / "tree"
    tree.write_bytes(b"100644 ..\0" + bytes.fromhex(blob))
    inner = project.git("hash-object", "-w", "-t", "tree", "--literally", str(tree))
    tree.write_bytes(b"40000 gonogo\0" + bytes.fromhex(inner))
    outer = project.git("hash-object", "-w", "-t", "tree", "--literally", str(tree))
    commit = project.git("commit-tree", "-m", "crafted", outer)
    with pytest.raises(UserError, match="can't be the name of a file"):
        root.export(project.repository, commit, None, tmp_path / "into")


@pytest.mark.parametrize("name", ["gonogo.yaml", "gonogo/people.yaml", "rules/a.json"])
def test_a_file_that_would_take_long_to_read_is_refused(project: Project, tmp_path: Path, name: str) -> None:
    project.write({"gonogo.yaml": CONFIG, name: " " * (256 * 1024 + 1)})
    with pytest.raises(UserError, match="at most 262,144 are read"):
        exported(project, tmp_path / "into")


def test_old_debt_of_a_large_site_is_not_too_large(project: Project, tmp_path: Path) -> None:
    project.write({"gonogo.yaml": CONFIG, "gonogo/adopted/marketing.json": " " * 1_000_000})
    assert len(exported(project, tmp_path / "into")["gonogo/adopted/marketing.json"]) == 1_000_000


def test_more_files_than_anybody_writes_are_refused(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(root, "MOST_FILES", 3)
    project.write({"gonogo.yaml": CONFIG, **{f"rules/{number}.json": "{}" for number in range(3)}})
    with pytest.raises(UserError, match="4 files"):
        exported(project, tmp_path / "into")


def test_the_same_files_decide_where_nothing_that_decides_was_changed(project: Project, title_length: Document) -> None:
    first = project.commit({"gonogo.yaml": CONFIG, "rules/a.json": title_length})
    second = project.commit({"index.html": "new"})
    third = project.commit({"rules/a.json": {**title_length, "title": "Other words"}})
    deciding = [root.deciding(project.repository, commit, None) for commit in (first, second, third)]
    assert deciding[0] == deciding[1]
    assert deciding[1] != deciding[2]


def test_nothing_decides_where_there_are_only_notes(project: Project) -> None:
    commit = project.commit({"gonogo/README.md": "To come.", "index.html": "x"})
    assert root.deciding(Repository(project.path), commit, None) == ()
