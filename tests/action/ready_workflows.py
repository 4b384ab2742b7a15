"""The ready workflows, read: their jobs, steps, and what these use."""

from __future__ import annotations

import re
from typing import Any

from ruamel.yaml import YAML

from tests.action.linting import ROOT

FOLDER = ROOT / "docs" / "workflows"
WORKFLOWS = sorted(path.name for path in FOLDER.glob("*.yml") if not path.name.startswith("gitlab"))
UNTRUSTED = re.compile(r"github\.(head_ref|event\.(pull_request|workflow_run|issue|comment|head_commit))")


def read(name: str) -> Any:
    return YAML(typ="safe", pure=True).load((FOLDER / name).read_text())


def jobs(name: str) -> dict[str, Any]:
    found: dict[str, Any] = read(name)["jobs"]
    return found


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in jobs(name).values() for step in job["steps"]]


def uses(job: dict[str, Any], action: str) -> list[dict[str, Any]]:
    """Return the inputs of each step of `job` that uses `action`."""
    return [step.get("with", {}) for step in job["steps"] if step.get("uses", "").startswith(f"{action}@")]
