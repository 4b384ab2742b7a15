"""JSON Merge Patch (RFC 7396, https://www.rfc-editor.org/rfc/rfc7396): how a project changes a shipped policy.

In: a document and a patch. Out: a new document; neither of the two is changed.
"""

from __future__ import annotations

from typing import Any


def merged(target: Any, patch: Any) -> Any:
    """Return `target` as `patch` changes it: null removes a member, an object is merged, all else replaces."""
    if not isinstance(patch, dict):
        return patch
    document = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            document.pop(key, None)
        else:
            document[key] = merged(document.get(key), value)
    return document
