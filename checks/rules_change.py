"""What a change does to its own rules, as a run keeps it, and what the rules that it wants would find.

In: a `Review`, or the document of it in a run folder; then the documents of facts, one at a time. Out: that document,
and the members of `rules_preview` in verdict.json.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from checks.judge import policies
from checks.judge.evaluate import Judge
from checks.trust import workflows
from checks.trust.preview import PolicyChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.trust.review import Review

Document = dict[str, Any]
NONE: Final[Document] = {"merged": False, "weakenings": [], "policies": [], "workflows": []}


def to_document(review: Review, *, merged: bool) -> Document:
    """Return rules-change.json: what is weakened, the policies that the change wants, the workflows that it alters."""
    return {
        "merged": merged,
        "weakenings": [one.to_document() for one in review.weakenings],
        "policies": [
            {
                "policy": one.policy,
                "change": one.change,
                "title": one.title,
                **({"document": dict(one.after.document)} if one.after else {}),
            }
            for one in review.policies
        ],
        # What is merged already was read by whoever merged it.
        "workflows": [] if merged else [workflows.to_document(path) for path in review.workflows],
    }


class Preview:
    """Judges by the policies that the change wants, and counts; nothing that it finds is a finding."""

    def __init__(self, change: Mapping[str, Any]) -> None:
        wanted = {one["policy"]: one["document"] for one in change["policies"] if "document" in one}
        accepted = {policy.id: policy for policy in policies.from_documents(wanted)}
        self._changes = [
            PolicyChange(one["policy"], one["change"], one["title"], accepted.get(one["policy"]))
            for one in change["policies"]
        ]
        self._judge = Judge(tuple(accepted.values())) if accepted else None
        self._finds: Counter[str] = Counter()
        self._pages: Counter[str] = Counter()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return self._judge is None

    def look(self, document: Mapping[str, Any]) -> None:
        """Count what would be found in one document of facts."""
        if self._judge is None:
            return
        found = list(self._judge.document(document))
        self._finds.update(one.policy for one in found)
        self._pages.update({one.policy for one in found if one.page is not None})

    def told(self) -> Iterator[Document]:
        """Give the members of `rules_preview`."""
        for one in self._changes:
            yield one.to_document(self._finds[one.policy], self._pages[one.policy])
