"""Parts that are all there -> the pages of the site, where they were measured of and with what is here.

In: parts, the settings and the build of this machine. Out: `Merged`; UserError for a part of something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from checks import run_folder
from checks.collect.shards.beside import Beside
from checks.collect.shards.elsewhere import Elsewhere
from checks.collect.shards.made_with import difference, made_with
from checks.errors import UserError
from checks.merging.folders import differing
from checks.merging.lines import lines
from checks.merging.strict import SHOWN
from checks.report.words import clip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from checks.collect.browser import Browser
    from checks.merging.folders import Part
    from checks.run_folder import RunFolder
    from checks.settings import Settings


class Merged(NamedTuple):
    """The parts of a site."""

    elsewhere: Elsewhere
    notes: list[str]
    """Sentences for the report."""


def merged(found: Sequence[Part], settings: Settings, root: Path, run: RunFolder, browser: Browser | None) -> Merged:
    """Return the pages of the parts, to be completed here with `browser`, into `run`, from the build in `root`.

    Raises UserError for a part that was measured of something else, or with something else.
    """
    here, beside = made_with(settings, root, browser), Beside()
    for one in found:
        if run.path.resolve() == one.folder.resolve():
            raise UserError(f"is {one.name}", where=str(run.path), remedy="Choose another folder with `--run`.")
        _of_this(one, here, settings)
        beside.add(one.about["told"])
    where = clip(", ".join(str(one.folder) for one in found), SHOWN)
    streams = [lines(one.folder / run_folder.MEASURED, one.about["pages"]) for one in found]
    return Merged(Elsewhere(where, beside, list(streams)), _notes(found, here))


def _of_this(one: Part, here: Mapping[str, Any], settings: Settings) -> None:
    """Raise UserError where a part was measured of or with something else than what is here."""
    differs = difference(one.about["made_with"], here)
    if differs is None:
        return
    more = differing(one.settings, settings.to_document()) if differs.name == "settings" else ""
    raise UserError(
        f"was measured {differs.how}{more} than what is here: there {differs.said}, here {differs.here}",
        where=str(one),
        remedy=f"{differs.remedy} The one that merges is one of them.",
    )


def _notes(found: Sequence[Part], here: Mapping[str, Any]) -> list[str]:
    machines = {here["machine"], *(one.about["made_with"]["machine"] for one in found)}
    if len(machines) == 1:
        return []
    return ["parts were measured on machines that differ in system, Python or fonts; a line may break elsewhere"]
