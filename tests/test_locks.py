"""The lock files name every dependency with its hashes, and no place to get it from."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pins(lock: Path) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9.-]+)==(\S+)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(found)


def requirement_on_python(name: str) -> str:
    described = metadata(name)
    return described["Requires-Python"] if "Requires-Python" in described else ""  # noqa: SIM401  # has no typed `get`


def wanted(requirements: list[str]) -> set[str]:
    names = (re.split(r"[<>=!~; \[]", requirement, maxsplit=1)[0] for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert not re.search(
        r"://|file:|^\s*-|\.(?:org|com|net|io)\b", text.replace("--hash=", ""), flags=re.MULTILINE | re.IGNORECASE
    )


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert [entry.splitlines()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def test_both_locks_pin_the_same_versions(root: Path) -> None:
    everything = pins(root / "requirements-dev.lock")
    runtime = pins(root / "requirements.lock")
    assert runtime == {name: everything.get(name) for name in runtime}


def test_every_runtime_dependency_is_locked(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert wanted(project["dependencies"]) <= {
        re.sub(r"[-_.]+", "-", name) for name in pins(root / "requirements.lock")
    }


def test_every_development_dependency_is_locked(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = wanted(project["optional-dependencies"]["dev"])
    assert extra <= {re.sub(r"[-_.]+", "-", name) for name in pins(root / "requirements-dev.lock")}


def test_everything_locked_runs_on_the_oldest_python_that_the_project_names(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest = project["requires-python"].removeprefix(">=") + ".0"
    needs = {name: requirement_on_python(name) for name in pins(root / "requirements-dev.lock")}
    assert {name: python for name, python in needs.items() if oldest not in SpecifierSet(python)} == {}
