"""The wheel holds what the command needs, and where the command runs can't change what it runs."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

import checks
from checks.collect.reuse import circumstances

HOSTILE = "raise SystemExit('hijacked: ' + __file__)\n"


def run(*command: Path | str, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False, timeout=300)


def succeed(*command: Path | str, cwd: Path) -> str:
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    succeed(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, root, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a fresh environment and return the folder of its commands.

    The dependencies are lent by the environment of the tests: a path in a .pth file is only searched, its own
    .pth files are not read, so an editable installation of gonogo is not lent with them.
    """
    folder = tmp_path_factory.mktemp("fresh") / "env"
    venv.create(folder, symlinks=True, with_pip=False)
    python = folder / "bin" / "python"
    target = Path(succeed(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    lent = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (target / "lent.pth").write_text("".join(f"{path}\n" for path in lent), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    succeed(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)
    return folder / "bin"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a folder whose `checks`, `action` and `policies` would be noticed if they ran."""
    for package in ("checks", "action"):
        (tmp_path / package).mkdir()
        for module in ("__init__", "cli", "errors", "gate", "main"):
            (tmp_path / package / f"{module}.py").write_text(HOSTILE, encoding="utf-8")
    for folder in ("policies/seo", "checks/_policies/seo"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "hijacked.json").write_text("{ this is no policy", encoding="utf-8")
    return tmp_path


def test_the_wheel_holds_the_policies_of_the_repository(root: Path, names: set[str]) -> None:
    expected = {
        f"checks/_policies/{path.relative_to(root / 'policies')}" for path in (root / "policies").rglob("*.json")
    }
    assert expected
    assert {name for name in names if name.startswith("checks/_policies/") and name.endswith(".json")} == expected


def test_the_wheel_holds_the_schemas_the_lists_and_the_scripts_for_pages(root: Path, names: set[str]) -> None:
    files = {path for path in (root / "checks").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {path.suffix for path in files} >= {".json", ".js"}
    assert {str(path.relative_to(root)) for path in files} <= names


def test_the_wheel_holds_the_interactive_report_and_not_what_it_is_built_of(names: set[str]) -> None:
    assert {"checks/report/bundle/report.js", "checks/report/bundle/report.css"} <= names
    assert not [name for name in names if "node_modules" in name or name.endswith((".ts", ".tsx"))]


def test_the_wheel_holds_the_workflows_of_the_documentation(root: Path, wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if name.startswith("checks/_workflows/")}
    there = {f"checks/_workflows/{file.name}": file.read_bytes() for file in (root / "docs" / "workflows").iterdir()}
    assert held == there


def test_the_wheel_holds_nothing_but_gonogo(names: set[str]) -> None:
    top = {name.partition("/")[0] for name in names}
    assert {name for name in top if not name.startswith("gonogo-")} == {"action", "checks"}


def test_the_installed_packages_are_the_ones_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = succeed(installed / "python", "-I", "-c", "import checks; print(checks.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_an_installed_wheel_and_a_checkout_of_the_same_files_count_as_the_same_program(
    installed: Path, tmp_path: Path
) -> None:
    said = "from pathlib import Path; from checks.collect.reuse import circumstances; import checks; "
    said += "print(circumstances.digest(list(circumstances.sources(Path(checks.__file__).parent))))"
    ours = circumstances.digest(list(circumstances.sources(Path(checks.__file__).parent)))
    assert succeed(installed / "python", "-I", "-c", said, cwd=tmp_path).strip() == ours


def test_the_command_runs_in_a_folder_with_packages_of_its_names(installed: Path, hostile: Path) -> None:
    assert "gonogo" in succeed(installed / "gonogo", "--help", cwd=hostile)


def test_an_isolated_interpreter_runs_the_command_in_such_a_folder(installed: Path, hostile: Path) -> None:
    assert "gonogo" in succeed(installed / "python", "-I", "-m", "checks.cli", "--help", cwd=hostile)


def test_a_folder_called_policies_is_not_taken_for_ours(
    installed: Path, hostile: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    listed = succeed(installed / "gonogo", "policy", "list", "--set", "strict", cwd=hostile)
    assert "title-length" in listed
    assert listed == succeed(installed / "gonogo", "policy", "list", "--set", "strict", cwd=elsewhere)
