"""One weakening, as comparisons tell it and as verdict.json keeps it.

In: values. Out: a frozen `Weakening`, and short texts for values. Pure. What stands in it comes from files of the
change, which may be hostile: reports escape it for their medium.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from checks.judge.gaps import OWNER

KEEPS_CONFIG: Final = OWNER
"""Who answers for the settings, where they name nobody."""
KEEPS_KEYS: Final = "security"
"""Who answers for people and keys."""
LONGEST: Final = 200

KINDS: Final = {
    "policy-dropped": "a policy no longer judges",
    "severity-lowered": "a failure means less",
    "rule-loosened": "a rule changed, and is not provably as strict as before",
    "scope-narrowed": "a rule is not provably judged wherever it was before",
    "override-loosened": "an exception needs fewer signatures, or others",
    "owner-changed": "a rule, a finding or pages belong to somebody else",
    "set-removed": "a set of policies is no longer used",
    "exception-added": "pages are left out, or may be unusual",
    "exception-longer": "an exception lasts longer, or belongs to somebody else",
    "allowed-more": "something that was not allowed is",
    "key-page-removed": "a page is no longer a key page",
    "setting-changed": "a setting that decides has another value",
    "finding-adopted": "findings become old debt that does not block",
    "people-changed": "a person may sign for more, or is known by less",
    "signer-added": "a key may sign that could not, or for longer",
    "revocation-removed": "a key that was revoked counts again",
    "removed": "a file that decides is gone",
    "invalid": "a file that decides can't be read",
}
"""Every kind of weakening -> what it means."""


@dataclass(frozen=True, slots=True)
class Weakening:
    """One thing in which a change makes its own rules weaker, or is not proven not to."""

    kind: str
    """One of `KINDS`."""
    file: str
    """Where it was changed, from the working directory; the settings file where that is not known."""
    what: str
    """The policy, key, person or page that it is about."""
    before: str
    after: str
    owner: str
    """Whose rule it was, in the base: who must sign for it."""
    said: str
    """One sentence for people."""

    def to_document(self) -> dict[str, str]:
        """Return the member of `weakenings` in verdict.json."""
        return asdict(self)


def shown(value: Any) -> str:
    """Return a value as a short text; nothing for None."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
