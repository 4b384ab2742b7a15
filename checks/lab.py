"""The lab, where it can be had: measures chosen pages with Lighthouse, or says once why that is not possible here.

In: the settings and run.json, the run's page documents. Out: what the stage `checks.collect.lighthouse.lab` leaves.
The lab's Python packages are an extra (`gonogo[lighthouse]`), so nothing here may import them before they are needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks.errors import CannotMeasureError
from checks.facts import lighthouse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from checks.settings import Settings

Document = dict[str, Any]
EXTRA: Final = frozenset({"numpy", "psutil", "scipy"})


@dataclass(slots=True)
class Left:
    """What a lab leaves that could not begin."""

    documents: list[Document]
    ledger: list[Document]
    took: dict[str, float] = field(default_factory=dict)
    runs: int = 0


async def measure(
    settings: Settings, about: Mapping[str, Any], pages: Callable[[], Iterator[Document]], say: Callable[[str], None]
) -> Any:
    """Measure the chosen pages of the run that `about` (run.json) tells of."""
    from checks.collect import browser
    from checks.collect.lighthouse import tools

    try:
        from checks.collect.lighthouse import lab

        found, ready = browser.find(), tools.find()
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in EXTRA:
            raise
        return _nothing(about, f"the Python package {error.name} is missing. Run: {tools.INSTALL_PACKAGES}")
    except CannotMeasureError as error:
        return _nothing(about, f"{error.what}. {error.remedy}")
    build = lab.Build(settings, about["site"], Path(about["preview"]))
    return await lab.measure(build, pages, found, ready, say)


def _nothing(about: Mapping[str, Any], why: str) -> Left:
    home = lighthouse.About(about["site"] + "/", "/", "phone", {}, {}, noindex_expected=False)
    line = {"path": "/", "state": "failed", "why": why, "found_in": ["config"], "kind": "lighthouse"}
    return Left([lighthouse.unmeasured(home, why)], [line])
