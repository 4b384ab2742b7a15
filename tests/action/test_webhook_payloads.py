"""The payloads of these tests are excerpts of what GitHub sends, held against the schemas that are published for it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.action.conftest import payload

SCHEMAS = os.environ.get("GONOGO_WEBHOOK_SCHEMAS", "")
DEFINITIONS = {
    "pull_request": "pull_request$synchronize",
    "pull_request_fork": "pull_request$synchronize",
    "pull_request_review": "pull_request_review$submitted",
    "merge_group": "merge_group$checks_requested",
    "push": "push$event",
    "workflow_run": "workflow_run$completed",
    "workflow_dispatch": "workflow_dispatch$event",
}


@pytest.mark.skipif(
    not SCHEMAS,
    reason="GONOGO_WEBHOOK_SCHEMAS names no schema.json; `npm pack @octokit/webhooks-schemas` brings one",
)
@pytest.mark.parametrize("name", DEFINITIONS)
def test_every_member_of_a_payload_is_one_that_github_sends(name: str) -> None:
    schema = json.loads(Path(SCHEMAS).read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(_of_excerpts(schema) | {"$ref": f"#/definitions/{DEFINITIONS[name]}"})
    assert [(list(error.absolute_path), error.message) for error in validator.iter_errors(payload(name))] == []


def _of_excerpts(node: Any) -> Any:
    """Return the schema for excerpts: what is there must be right and known, and nothing has to be there."""
    if isinstance(node, list):
        return [_of_excerpts(member) for member in node]
    if not isinstance(node, dict):
        return node
    return {name: _of_excerpts(member) for name, member in node.items() if name != "required"}
