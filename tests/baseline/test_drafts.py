from __future__ import annotations

import json
from typing import Any

import pytest

from checks.baseline import drafts


def gone(path: str, moved: dict[str, Any] | None = None, **redirect: Any) -> dict[str, Any]:
    return {
        "path": path,
        "state": "moved" if moved else "removed",
        "moved": moved,
        "indexability": {"before": True},
        "redirect": {"final_status": 404, "permanent": False, "declared": False, **redirect},
    }


def by(how: str, path: str, likeness: float | None = None) -> dict[str, Any]:
    return {"path": path, "by": how, "likeness": likeness}


CHANGES = [
    gone("/a/"),
    gone("/b/", by("content", "/new/b/", 0.6)),
    gone("/c/", by("content", "/new/c/", 0.9)),
    gone("/d/", by("address", "/d")),
]


def test_the_surest_come_first_and_those_without_a_target_last() -> None:
    assert [one.path for one in drafts.missing(CHANGES)] == ["/d/", "/c/", "/b/", "/a/"]


@pytest.mark.parametrize("answer", [{"final_status": 200, "permanent": True}, {"declared": True}])
def test_what_is_well_led_or_declared_is_not_missing(answer: dict[str, Any]) -> None:
    assert drafts.missing([gone("/a/", **answer)]) == []


def test_a_page_that_nobody_could_find_needs_no_redirect() -> None:
    assert drafts.missing([{**gone("/a/"), "indexability": {"before": False}}]) == []


def test_lines_are_what_netlify_and_cloudflare_read() -> None:
    assert drafts.text(drafts.missing(CHANGES), "netlify").splitlines() == [
        "/d/ /d 301",
        "/c/ /new/c/ 301",
        "/b/ /new/b/ 301",
        "# /a/: no page of the preview is like it",
    ]


@pytest.mark.parametrize(
    ("host", "rule"),
    [
        ("vercel", {"redirects": [{"source": "/d/", "destination": "/d", "permanent": True}]}),
        ("firebase", {"hosting": {"redirects": [{"source": "/d/", "destination": "/d", "type": 301}]}}),
        ("azure-static-web-apps", {"routes": [{"route": "/d/", "redirect": "/d", "statusCode": 301}]}),
    ],
)
def test_other_hosts_read_json(host: str, rule: dict[str, Any]) -> None:
    assert json.loads(drafts.text(drafts.missing(CHANGES[3:]), host)) == rule


def test_an_address_that_would_be_a_pattern_is_left_to_a_person() -> None:
    found = drafts.missing([gone("/a*b/", by("address", "/a*b"))])
    assert drafts.text(found, "netlify") == "# /a*b/: write it by hand, to /a*b"
