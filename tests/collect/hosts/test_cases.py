"""What each host answers, case by case: the tables in `cases/`, each group with the page it is from.

A case says `path` (with its query), `status`, and `file` or `location`; where it matters, `headers` (null: not sent)
and the `line` of the rule that answers. `unknown` is the address of what answers instead of the build.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checks.collect.hosts import HOST_BY_NAME
from tests.collect.hosts.making import host

CASES = Path(__file__).parent / "cases"
Group = dict[str, Any]
TABLES: dict[str, list[Group]] = {
    file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(CASES.glob("*.json"))
}
EVERY = [
    pytest.param(name, group, case, id=f"{name} | {group['about']} | {case['path']}")
    for name, groups in TABLES.items()
    for group in groups
    for case in group["cases"]
]


def config(group: Group) -> dict[str, str]:
    return {name: "\n".join(lines) + "\n" for name, lines in group.get("config", {}).items()}


@pytest.mark.parametrize(("name", "group", "case"), EVERY)
def test_a_host_answers_as_its_documentation_says(name: str, group: Group, case: dict[str, Any]) -> None:
    more = {key: group[key] for key in ("functions", "origin", "visitor", "options") if key in group}
    answer = host(name, group["files"], config(group), **more).answer(*case["path"].partition("?")[::2])
    if "unknown" in case:
        assert answer.unknown is not None
        assert answer.unknown.path == case["unknown"]
        return
    assert answer.unknown is None
    assert (answer.status, answer.file, answer.location) == (case["status"], case.get("file"), case.get("location"))
    sent = dict(answer.headers)
    assert {key: sent.get(key) for key in case.get("headers", {})} == case.get("headers", {})
    if "line" in case:
        assert answer.place is not None
        assert answer.place.line == case["line"]


def test_every_host_has_a_table_of_cases() -> None:
    assert set(TABLES) == set(HOST_BY_NAME)


@pytest.mark.parametrize("name", TABLES)
def test_every_group_of_cases_names_the_page_that_it_is_from(name: str) -> None:
    assert all(group["page"].startswith("https://") for group in TABLES[name])
