"""Which parts are there: run folders of shards, all of one division, of the same build by the same means.

In: folders that may have come from anywhere. Out: `Part`s by their numbers; UserError for what does not belong
together, CannotMeasureError where a part is missing, old, or nothing that gonogo wrote.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from checks import run_folder
from checks.collect.shards.made_with import LEFT_TO_THE_WHOLE, SAME_FOR_PARTS, difference
from checks.errors import CannotMeasureError, UserError
from checks.merging.strict import AGAIN, SHOWN, decoded, of_shape
from checks.report.words import clip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Document = dict[str, Any]
LONGEST = 32_000_000
"""Bytes of run.json."""
_NAME_SHARDS = "Name the folders that `gonogo collect --shard I/N --run DIR` wrote."


class Part(NamedTuple):
    """The folder of a shard, and what its run.json says of it."""

    folder: Path
    about: Document
    settings: Document

    @property
    def name(self) -> str:
        """For people."""
        return f"shard {self.about['number']}/{self.about['of']}"

    def __str__(self) -> str:
        return f"{self.folder} ({self.name})"


def parts(folders: Sequence[Path]) -> tuple[Part, ...]:
    """Return the parts in `folders` by their numbers: all there are, each once, of one division and one day.

    Raises UserError for parts that do not belong together, CannotMeasureError where one is missing.
    """
    found = sorted((_part(folder) for folder in folders), key=lambda one: one.about["number"])
    first = found[0]
    for one, other in pairwise(found):
        _of_one_division(one, other)
    for one in found[1:]:
        _alike(first, one)
    there = {one.about["number"] for one in found}
    missing = [f"{number}/{first.about['of']}" for number in range(1, first.about["of"] + 1) if number not in there]
    if missing:
        raise CannotMeasureError(
            f"{'shards are' if missing[1:] else 'a shard is'} missing: {clip(', '.join(missing), SHOWN)}",
            where=clip(", ".join(str(folder) for folder in folders), SHOWN),
            remedy=f"What nobody measured is never a pass: `gonogo collect --shard {missing[0]}`, then merge all.",
        )
    return tuple(found)


def within(folder: Path) -> list[Path]:
    """Return the run folders that lie in `folder`, or that folder itself where it is one.

    Raises CannotMeasureError where there is none: no part has arrived.
    """
    if (folder / run_folder.RUN).is_file():
        return [folder]
    found = sorted(one for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []
    if not found:
        raise CannotMeasureError(
            "holds no shard", where=str(folder), remedy="Look why the machines that measure have left none."
        )
    return found


def day(found: Sequence[Part], today: dt.date) -> dt.date:
    """Return the day on which the parts were measured, which is the day of the run: this one or the one before."""
    said = found[0].about["made_with"]["day"]
    try:
        measured = dt.date.fromisoformat(said)
    except ValueError:
        measured = dt.date.min
    if not dt.timedelta() <= today - measured <= dt.timedelta(days=1):
        raise CannotMeasureError(
            f"was measured on {said}, and today is {today.isoformat()}: what has ended since would still count",
            where=str(found[0].folder),
            remedy="Collect all shards again.",
        )
    return measured


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Return the names of settings that are not the same, in brackets."""
    names = {*one, *other} - LEFT_TO_THE_WHOLE
    return f" ({clip(', '.join(sorted(name for name in names if one.get(name) != other.get(name))), SHOWN)})"


def _of_one_division(one: Part, other: Part) -> None:
    """Raise UserError where two parts, neighbours by their numbers, can't be two of one division."""
    if one.about["of"] != other.about["of"]:
        raise UserError(
            f"is {other.name}, and {one.folder} is {one.name}",
            where=str(other.folder),
            remedy="Merge the shards of one division: all with the same number after the stroke.",
        )
    if one.about["number"] == other.about["number"]:
        raise UserError(
            f"is {other.name}, and so is {one.folder}", where=str(other.folder), remedy="Name each shard once."
        )


def _alike(one: Part, other: Part) -> None:
    """Raise UserError where two parts were not measured as parts of the same whole."""
    found = difference(other.about["made_with"], one.about["made_with"], SAME_FOR_PARTS)
    if found is None:
        return
    more = differing(one.settings, other.settings) if found.name == "settings" else ""
    raise UserError(
        f"was measured {found.how}{more} than {one}: here {found.said}, there {found.here}",
        where=str(other),
        remedy=found.remedy,
    )


def _part(folder: Path) -> Part:
    file = folder / run_folder.RUN
    try:
        with file.open("rb") as stream:
            text = stream.read(LONGEST + 1)
    except OSError as error:
        raise UserError(f"can't be read: {error.strerror}", where=str(file), remedy=_NAME_SHARDS) from None
    about = decoded(text, LONGEST, str(file))
    if "shard" not in about:
        raise UserError("holds no shard: it is a run of its own", where=str(folder), remedy=_NAME_SHARDS)
    of_shape("run", about, len(text), str(file))
    if about["shard"]["number"] > about["shard"]["of"]:
        raise CannotMeasureError("is a shard beyond the last", where=str(file), remedy=AGAIN)
    return Part(folder, about["shard"], about["settings"])
