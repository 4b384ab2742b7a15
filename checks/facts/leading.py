"""Whether who asks at an address that was live still arrives somewhere.

In: what the preview answers there, what the project expects of it. Out: yes or no. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_OK: Final = 200
_GONE: Final = frozenset({404, 410})


def leads_on(answer: Mapping[str, Any]) -> bool:
    """Return whether who asks arrives somewhere; another site answers for itself."""
    return answer["final_status"] == _OK or (answer["final_status"] is None and not answer["loop"])


def is_declared(answer: Mapping[str, Any], expected: int | None) -> bool:
    """Return whether the project says that the address is meant to be gone, and it answers so."""
    return expected in _GONE and expected in {answer["status"], answer["final_status"]}
