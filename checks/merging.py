"""The parts of a site, put together: all there, each once, and all of the same build by the same means.

In: the run folders of shards, which may have come from anywhere, and what this machine would measure with. Out: an
`Elsewhere`, which gives their pages; UserError for parts that do not belong together, CannotMeasureError for one that
is missing or can't be believed: then nobody can tell.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from checks import json_bytes, run_folder, shapes
from checks.collect.shards.elsewhere import Elsewhere, Line, Told
from checks.collect.shards.made_with import LEFT_TO_THE_WHOLE, made_with
from checks.errors import CannotMeasureError, UserError
from checks.judge.evaluate import validator
from checks.report.words import clip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from jsonschema_rs import Draft202012Validator

    from checks.collect.browser import Browser
    from checks.run_folder import RunFolder
    from checks.settings import Settings

Document = dict[str, Any]
LONGEST = 256_000_000
"""Bytes of a line, or of run.json."""
_SHOWN = 200  # characters of what is wrong
_AGAIN = "Collect this shard again, with this version of gonogo."
_SAME = {
    "build": "of other files",
    "settings": "by other settings",
    "program": "by another gonogo, or one with other packages,",
    "browser": "with another browser",
}
"""What has to be the same for all parts, and here -> how a part was measured where it differs."""


class Part(NamedTuple):
    """The folder of a shard, and what its run.json says of it."""

    folder: Path
    about: Document
    settings: Document

    @property
    def name(self) -> str:
        """For people."""
        return f"shard {self.about['number']}/{self.about['of']}"


def parts(folders: Sequence[Path]) -> tuple[Part, ...]:
    """Return the parts in `folders` by their numbers: all there are, each once, of one division and one day.

    Raises UserError for parts that do not belong together, CannotMeasureError where one is missing.
    """
    found = sorted((_part(folder) for folder in folders), key=lambda one: one.about["number"])
    first = found[0]
    for one, other in pairwise(found):
        if one.about["of"] != other.about["of"]:
            raise UserError(
                f"is {other.name}, and {one.folder} is {one.name}",
                where=str(other.folder),
                remedy="Merge the shards of one division.",
            )
        if one.about["number"] == other.about["number"]:
            raise UserError(
                f"is {other.name}, and so is {one.folder}", where=str(other.folder), remedy="Name each shard once."
            )
    for one in found[1:]:
        _same_division(first, one)
    there = {one.about["number"] for one in found}
    missing = [f"{number}/{first.about['of']}" for number in range(1, first.about["of"] + 1) if number not in there]
    if missing:
        raise CannotMeasureError(
            f"{'shards are' if missing[1:] else 'a shard is'} missing: {clip(', '.join(missing), _SHOWN)}",
            where=", ".join(str(folder) for folder in folders),
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


class Merged(NamedTuple):
    """The parts of a site."""

    elsewhere: Elsewhere
    notes: list[str]
    """Sentences for the report."""


def merged(found: Sequence[Part], settings: Settings, root: Path, run: RunFolder, browser: Browser | None) -> Merged:
    """Return the pages of the parts, to be completed here with `browser`, into `run`, from the build in `root`.

    Raises UserError for a part that was measured of something else, or with something else.
    """
    here = made_with(settings, root, browser)
    for one in found:
        if run.path.resolve() == one.folder.resolve():
            raise UserError(f"is {one.name}", where=str(run.path), remedy="Choose another folder with `--run`.")
        for name, differs in _SAME.items():
            said = one.about["made_with"][name]
            if said != here[name]:
                more = f" ({_differing(one.settings, settings.to_document())})" if name == "settings" else ""
                raise UserError(
                    f"was measured {differs}{more} than what is here: {clip(str(said), _SHOWN)}, and here {here[name]}",
                    where=f"{one.folder} ({one.name})",
                    remedy="Let every machine judge the same build by the same config, gonogo and browser, this one "
                    "among them.",
                )
    told = [Told(str(one.folder), one.about["told"]) for one in found]
    return Merged(Elsewhere(told, [_lines(one) for one in found]), _notes(found, here))


def _notes(found: Sequence[Part], here: Mapping[str, Any]) -> list[str]:
    machines = {here["machine"], *(one.about["made_with"]["machine"] for one in found)}
    if len(machines) == 1:
        return []
    return ["parts were measured on machines that differ in system, Python or fonts; a line may break elsewhere"]


def _same_division(one: Part, other: Part) -> None:
    """Raise UserError where two parts were not measured as parts of the same whole."""
    differs = {**_SAME, "day": "on another day", "division": "with the pages divided in another way"}
    for name, how in differs.items():
        mine, others = one.about["made_with"][name], other.about["made_with"][name]
        if mine != others:
            said = f"{clip(str(others), _SHOWN)}, there {clip(str(mine), _SHOWN)}"
            more = f" ({_differing(one.settings, other.settings)})" if name == "settings" else ""
            raise UserError(
                f"was measured {how}{more} than {one.folder} ({one.name}): here {said}",
                where=f"{other.folder} ({other.name})",
                remedy="Collect all shards of one build, by one config, with one gonogo and browser, on one day, and "
                "with the same `--times`.",
            )


def _differing(one: Document, other: Document) -> str:
    """Return the names of settings that are not the same."""
    names = {*one, *other} - LEFT_TO_THE_WHOLE
    return clip(", ".join(sorted(name for name in names if one.get(name) != other.get(name))), _SHOWN)


def _part(folder: Path) -> Part:
    file = folder / run_folder.RUN
    try:
        with file.open("rb") as stream:
            text = stream.read(LONGEST + 1)
    except OSError as error:
        raise UserError(
            f"can't be read: {error.strerror}",
            where=str(file),
            remedy="Name the folders that `gonogo collect --shard I/N --run DIR` wrote.",
        ) from None
    about = _decoded(text, str(file))
    if "shard" not in about:
        raise UserError(
            "holds no shard: it is a run of its own",
            where=str(folder),
            remedy="Name the folders that `gonogo collect --shard I/N --run DIR` wrote.",
        )
    _of_shape("run", about, str(file))
    if about["shard"]["number"] > about["shard"]["of"]:
        raise CannotMeasureError("is a shard beyond the last", where=str(file), remedy=_AGAIN)
    return Part(folder, about["shard"], about["settings"])


def _lines(part: Part) -> Iterator[Line]:
    """Give the lines of a part, each of its shape, and as many as it says."""
    file, count = part.folder / run_folder.MEASURED, 0
    try:
        with file.open("rb") as stream:
            while text := stream.readline(LONGEST + 1):
                count += 1
                yield line(text, f"{file}:{count}")
    except OSError as error:
        raise CannotMeasureError(f"can't be read: {error.strerror}", where=str(file), remedy=_AGAIN) from None
    if count != part.about["pages"]:
        raise CannotMeasureError(
            f"holds {count} pages, and the shard has {part.about['pages']}", where=str(file), remedy=_AGAIN
        )


def line(text: bytes, where: str) -> Line:
    """Return a line of measured.jsonl. Raises CannotMeasureError for one that is not of its shape."""
    said = _decoded(text, where)
    _of_shape("measured", said, where)
    page, path = said["page"], said["path"]
    if page is not None:
        _of_shape("page", page["document"], where)
        if {page["document"]["path"], page["digest"]["path"]} != {path}:
            raise CannotMeasureError(f"tells of {clip(path, _SHOWN)} and another page", where=where, remedy=_AGAIN)
    return Line(path, where, said)


def _decoded(text: bytes, where: str) -> Document:
    if len(text) > LONGEST:
        raise CannotMeasureError(f"is longer than {LONGEST:,} bytes", where=where, remedy=_AGAIN)
    try:
        said = json_bytes.decode(text)
    except ValueError as error:
        raise CannotMeasureError(f"is not JSON: {error}", where=where, remedy=_AGAIN) from None
    if not isinstance(said, dict):
        raise CannotMeasureError("is not a JSON object", where=where, remedy=_AGAIN)
    return said


def _of_shape(shape: str, said: Document, where: str) -> None:
    holds = _validator(shape)
    if holds.is_valid(said):
        return
    failed = next(iter(holds.iter_errors(said)))
    place = "/".join(map(str, failed.instance_path))
    raise CannotMeasureError(
        clip(f"is not of its shape at /{place}: {failed.message}", _SHOWN), where=where, remedy=_AGAIN
    )


@cache
def _validator(shape: str) -> Draft202012Validator:
    return validator(shapes.load(shape))
