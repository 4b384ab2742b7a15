"""What is asked for and could be signed as it is asked for: only that waits for a signature."""

from __future__ import annotations

from typing import Any

import pytest

from checks.judge.finding import Finding
from checks.judge.override import of_owner
from checks.signoff import asked
from checks.signoff.asked import Asked
from tests.signoff.signing import Document, cause_entry, entry, finding, policy

MARKETING = of_owner("marketing")


def request(*findings: Document, causes: tuple[Document, ...] = ()) -> Document:
    made = {"request_id": "20261120-b1dc51f0", "requested_by": "Ben", "requested_at": "2026-11-20T10:00:00Z"}
    return asked.to_document({**made, "findings": list(findings), "causes": list(causes)})


def looked(of: Finding, *requests: Document, by: Any = None) -> Asked:
    asking = Asked(requests)
    asking.look(of, by or policy(), MARKETING)
    return asking


def test_what_blocks_and_is_asked_for_is_told_with_who_asks_and_who_is_asked() -> None:
    asking = looked(finding(), request(entry()))
    assert asking.findings == 1
    assert asking.told() == [
        {
            "id": "20261120-b1dc51f0",
            "by": "Ben",
            "at": "2026-11-20T10:00:00Z",
            "findings": 1,
            "owners": ["marketing"],
        }
    ]


def test_a_cause_is_asked_for_on_every_page_that_it_is_found_on() -> None:
    assert looked(finding("/z/"), request(causes=(cause_entry(("/a/",)),))).findings == 1


def test_two_requests_for_one_finding_count_it_once() -> None:
    asking = looked(finding(), request(entry()), request(entry()))
    assert (asking.findings, len(asking.told())) == (1, 2)


@pytest.mark.parametrize(
    ("of", "by"),
    [
        (finding(blocking=False), None),
        (finding("/b/"), None),
        (finding(value=3.3), None),
        (finding(), policy(title="Another rule")),
        (finding(), policy(override="never")),
    ],
    ids=["does not block", "another finding", "worse", "another rule", "never"],
)
def test_what_no_signature_would_accept_is_not_asked_for(of: Finding, by: Any) -> None:
    asking = looked(of, request(entry(by=by) if by and by.override else entry()), by=by)
    assert (asking.findings, asking.told()) == (0, [])


@pytest.mark.parametrize(
    "spoiled",
    [
        {"severity": "huge"},
        {"policy_id": 7},
        {"policy_digest": None},
        {"fingerprint": [], "cause": {}},
        {"severity": []},
    ],
    ids=str,
)
def test_an_entry_that_nobody_could_sign_asks_for_nothing(spoiled: Document) -> None:
    assert looked(finding(), request({**entry(), **spoiled})).findings == 0
