"""What a preview that is a URL did not show, in the coverage ledger.

In: the record of the preview. Out: lines of the ledger: `excluded` by a limit, or `failed` with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.collect.ledger import EXCLUDED, FAILED

if TYPE_CHECKING:
    from checks.collect.ledger import Ledger
    from checks.collect.web.web import Web


def settle(web: Web, ledger: Ledger) -> None:
    """Say of every address that has no answer what became of it; what the config excludes stays excluded."""
    for target, why, excluded in web.store.gaps():
        ledger.found(target, "link")
        ledger.settle(target, EXCLUDED if excluded else FAILED, why)
