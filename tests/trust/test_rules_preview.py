"""What the change's own policies would find is said in one sentence each."""

from __future__ import annotations

import pytest

from checks.judge.policy import Policy
from checks.trust.preview import PolicyChange, changed_policies
from checks.trust.snapshot import Broken
from tests.trust.project import Document


def policies(document: Document, *names: str) -> list[Policy]:
    return [Policy.of(name, document, f"{name}.json") for name in names]


def test_policies_are_told_apart_by_id_and_content(title_length: Document) -> None:
    base = [*policies(title_length, "seo/a", "seo/b", "seo/c")]
    head = [*policies(title_length, "seo/a", "seo/d"), *policies({**title_length, "title": "Other"}, "seo/c")]
    changes = changed_policies(base, head)
    assert [(one.policy, one.change) for one in changes] == [
        ("seo/b", "dropped"),
        ("seo/c", "changed"),
        ("seo/d", "added"),
    ]
    assert [one.after.title if one.after else None for one in changes] == [None, "Other", title_length["title"]]


def test_what_cannot_be_read_drops_nothing(title_length: Document) -> None:
    broken = Broken("policies", "gonogo/policies", "a.json: not JSON")
    (change,) = changed_policies(policies(title_length, "seo/a"), [], [broken])
    assert (change.policy, change.change, change.title) == ("gonogo/policies", "invalid", "a.json: not JSON")


@pytest.mark.parametrize(
    ("change", "finds", "pages", "said"),
    [
        ("added", 30, 12, "The new rule seo/a would find 12 pages (30 findings)."),
        ("added", 1, 1, "The new rule seo/a would find 1 page (1 finding)."),
        ("changed", 2, 0, "The changed rule seo/a would find 2 faults of the site."),
        ("changed", 0, 0, "The changed rule seo/a would find nothing."),
        ("dropped", 0, 0, "seo/a would no longer judge."),
        ("invalid", 0, 0, "seo/a can't be read: It holds"),
    ],
)
def test_what_it_would_find_is_said(change: str, finds: int, pages: int, said: str) -> None:
    document = PolicyChange("seo/a", change, "It holds").to_document(finds, pages)
    assert document == {
        "policy": "seo/a",
        "change": change,
        "title": "It holds",
        "finds": finds,
        "pages": pages,
        "said": said,
    }
