"""Drafts of redirects that are missing: lines for a person to accept, in the host's own format, the best match first.

In: `change` documents, the name of the host. Out: text. A page that has gone and leads nowhere is named without a
target, for nobody but a person knows what takes its place. Pure.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_SUREST: Final = ("redirect", "canonical", "address", "content", "title")
"""By what a target is known, the surest first."""
_PATTERN: Final = re.compile(r"[\s:*?+(){}\[\]\\|!]")
"""What means something in the patterns of one host or another."""
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """One redirect that is missing."""

    path: str
    to: str | None
    """None: no page of the preview is like the one that has gone."""
    by: str | None
    likeness: float | None


def missing(changes: Iterable[Mapping[str, Any]]) -> list[Draft]:
    """Return the redirects that are missing, those that are surest first and those without a target last."""
    found = [_draft(one) for one in changes if one.get("state") in {"removed", "moved"} and _is_missing(one)]
    return sorted(found, key=_order)


def _is_missing(change: Mapping[str, Any]) -> bool:
    """Whether who asks for a page that could be found is not led on for good."""
    answer = change.get("redirect")
    if answer is None or not change.get("indexability", {}).get("before") or answer["declared"]:
        return False
    return answer["final_status"] != _OK or not answer["permanent"]


def _draft(change: Mapping[str, Any]) -> Draft:
    moved = change["moved"] or {}
    return Draft(change["path"], moved.get("path"), moved.get("by"), moved.get("likeness"))


def _order(draft: Draft) -> tuple[int, float, str]:
    sure = _SUREST.index(draft.by) if draft.by in _SUREST else len(_SUREST)
    return sure, -(draft.likeness or 0.0), draft.path


def text(drafts: Sequence[Draft], host: str) -> str:
    """Return the drafts as the host reads them, and what is left to a person as comments."""
    plain = [one for one in drafts if one.to is not None and not _PATTERN.search(one.path)]
    by_hand = [one for one in drafts if one not in plain]
    written = _FORMAT_BY_HOST.get(host, _lines)(plain) if plain else ""
    left = [f"# {one.path}: {_why(one)}" for one in by_hand]
    return "\n".join([*([written] if written else []), *left])


def _why(draft: Draft) -> str:
    return "no page of the preview is like it" if draft.to is None else f"write it by hand, to {draft.to}"


def _lines(drafts: Sequence[Draft]) -> str:
    return "\n".join(f"{one.path} {one.to} 301" for one in drafts)


def _vercel(drafts: Sequence[Draft]) -> str:
    rules = [{"source": one.path, "destination": one.to, "permanent": True} for one in drafts]
    return json.dumps({"redirects": rules}, indent=2)


def _firebase(drafts: Sequence[Draft]) -> str:
    rules = [{"source": one.path, "destination": one.to, "type": 301} for one in drafts]
    return json.dumps({"hosting": {"redirects": rules}}, indent=2)


def _azure(drafts: Sequence[Draft]) -> str:
    return json.dumps(
        {"routes": [{"route": one.path, "redirect": one.to, "statusCode": 301} for one in drafts]}, indent=2
    )


_FORMAT_BY_HOST: Final[dict[str, Callable[[Sequence[Draft]], str]]] = {
    "azure-static-web-apps": _azure,
    "firebase": _firebase,
    "vercel": _vercel,
}
"""Host -> how it reads redirects; the others read lines, or a person does."""
