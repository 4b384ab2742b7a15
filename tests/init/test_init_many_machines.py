"""A project with many pages is offered the workflow in which several machines measure them together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from checks.cli import main
from checks.errors import UserError
from checks.init import many_machines, workflows
from tests.init.projects import put

READY = Path(__file__).resolve().parents[2] / "docs" / "workflows"


def of_pull_requests(folder: Path, machines: int) -> dict[str, Any]:
    """Return the workflow that `gonogo init --github --machines N` writes for pull requests."""
    said: dict[str, Any] = YAML(typ="safe", pure=True).load(workflows.write(folder, machines)[0])
    return said


def test_as_many_machines_measure_the_pages_as_were_asked_for(tmp_path: Path) -> None:
    put(tmp_path, **{"mkdocs.yml": "site_name: x"})
    said = of_pull_requests(tmp_path, 3)
    assert said["jobs"]["shard"]["strategy"]["matrix"] == {"shard": [1, 2, 3]}
    assert said["env"]["PREVIEW"] == "site"
    assert "mkdocs build" in [step.get("run") for step in said["jobs"]["build"]["steps"]]


def test_it_takes_the_name_of_the_one_for_one_machine_so_that_one_of_them_runs(tmp_path: Path) -> None:
    files = [file.name for file in workflows.write(tmp_path, 8)]
    assert files == ["gonogo.yml", "gonogo-forks.yml", "gonogo-launch.yml"]
    forks = YAML(typ="safe", pure=True).load(tmp_path / workflows.FOLDER / "gonogo-forks.yml")
    assert forks["on"]["workflow_run"]["workflows"] == ["gonogo"]


def test_all_machines_run_the_gonogo_that_wrote_it() -> None:
    text = many_machines.filled((READY / many_machines.TEMPLATE).read_text("utf-8"), 2, f"acme/gonogo@{'a' * 40}")
    env = YAML(typ="safe", pure=True).load(text)["env"]
    assert (env["GONOGO_URL"], env["GONOGO_COMMIT"]) == ("https://github.com/acme/gonogo.git", "a" * 40)


@pytest.mark.parametrize("text", ["0", "257", "-1", "many", "", "1.5", "٣"])
def test_what_is_no_number_of_machines_is_wrong_use(text: str) -> None:
    with pytest.raises(UserError, match="no number of machines"):
        many_machines.asked(text)


def test_machines_without_workflows_are_wrong_use(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path), "--machines", "8"]) == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("pages", "offered"), [(many_machines.WORTH_IT, False), (many_machines.WORTH_IT + 1, True)])
def test_it_is_offered_to_a_project_with_many_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pages: int, offered: bool
) -> None:
    put(tmp_path, **{"dist__index.html": ""})
    for number in range(pages - 1):
        (tmp_path / "dist" / f"{number}.html").touch()
    assert main(["init", str(tmp_path)]) == 0
    assert ("gonogo init --github --machines 8" in capsys.readouterr().out) is offered
