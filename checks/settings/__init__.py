"""The settings file and the flags of the command -> one frozen `Settings`.

In: gonogo.yaml, what was said on the command line, the day. Out: `Settings`, or a `UserError` that names file, line
and remedy. The one place that reads the file; all defaults are in `defaults.DEFAULTS`, all keys in
`shapes/config.schema.json`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks.errors import UserError
from checks.settings.exports import seen_from
from checks.settings.model import Settings
from checks.settings.read import build, day
from checks.settings.yaml_text import LARGEST, Places, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = ["FILE_NAME", "Settings", "from_bytes", "from_document", "load"]

FILE_NAME = "gonogo.yaml"
_NEAR_MISSES = ("gonogo.yml", ".gonogo.yaml", ".gonogo.yml")

# The flags that overrule the file: flag -> where its value goes, and what an error calls it.
_PLACE_BY_FLAG: dict[str, tuple[tuple[str, ...], str]] = {
    "preview": (("preview",), "PREVIEW"),
    "site": (("site",), "--site"),
    "host": (("host",), "--host"),
    "baseline": (("baseline",), "--baseline"),
    "fail_on": (("fail-on",), "--fail-on"),
    "lighthouse": (("lighthouse",), "--lighthouse"),
    "set": (("policies", "use"), "--set"),
}


def load(path: Path | None, overrides: Mapping[str, Any], today: date) -> Settings:
    """Return the settings of the file at `path` (None: gonogo.yaml, if it is here), with `overrides` on top.

    `overrides` maps `preview`, `site`, `host`, `baseline`, `set` and `lighthouse` to what the command line says; None:
    not said.
    Folders in the file are seen from the file, those on the command line from here.
    Raises UserError for a file that is not there, can't be read or is wrong.
    """
    file = path or _here()
    if file is None:
        return from_bytes(b"{}", "the command line", overrides, today)
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(
            f"it can't be read: {reason}", where=str(file), remedy="`gonogo init` writes a first one."
        ) from error
    return from_bytes(data, str(file), overrides, today)


def from_bytes(data: bytes, source: str, overrides: Mapping[str, Any], today: date) -> Settings:
    """Return the settings of a file's bytes; `source` is its path, for errors and for the folders in it. Pure."""
    document, places = parse(data, source)
    if document is None:
        raise UserError("the file is empty", where=source, remedy="`gonogo init` writes a first one; or delete it.")
    if isinstance(document, dict):
        document = _overrule(_seen_from_here(document, Path(source).parent), overrides, places)
    return build(document, places, today)


def from_document(document: Mapping[str, Any], source: str = "run.json") -> Settings:
    """Return the settings that `Settings.to_document` wrote, with the day of that run. Pure.

    Raises UserError where another version of gonogo wrote them, or something else did.
    """
    rest = dict(document)
    today = rest.pop("today", None)
    if not isinstance(today, str):
        raise UserError("the settings do not say the day of the run", where=source, remedy="Run `gonogo check` again.")
    return build(_in_order(rest, rest.pop("owners_in_order", [])), Places(source, {}), day(today, source))


def _in_order(document: dict[str, Any], names: Any) -> dict[str, Any]:
    """Return `document` with its owners in the order in which they were written, as far as `names` tells it."""
    owners = document.get("owners")
    if not isinstance(owners, dict) or not isinstance(names, list):
        return document
    first = {name: owners[name] for name in names if isinstance(name, str) and name in owners}
    return document | {"owners": first | owners}


def _here() -> Path | None:
    file = Path(FILE_NAME)
    if file.exists() or file.is_symlink():
        return file
    for name in _NEAR_MISSES:
        if Path(name).exists():
            raise UserError(f"this name is not read; did you mean {FILE_NAME}?", where=name, remedy="Rename the file.")
    return None


def _seen_from_here(document: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Folders are written as seen from the file; only texts are touched, for nothing has been checked yet."""
    document = dict(document)
    if isinstance(document.get("preview"), str) and ":/" not in document["preview"]:
        document["preview"] = str(folder / document["preview"])
    baseline = document.get("baseline")
    if isinstance(baseline, str) and baseline not in {"none", "launch"} and ":/" not in baseline:
        document["baseline"] = str(folder / baseline)
    policies = document.get("policies")
    if isinstance(policies, dict) and isinstance(policies.get("folders"), list):
        folders = [str(folder / one) if isinstance(one, str) else one for one in policies["folders"]]
        document["policies"] = policies | {"folders": folders}
    return seen_from(document, str(folder))


def _overrule(document: dict[str, Any], overrides: Mapping[str, Any], places: Places) -> dict[str, Any]:
    for flag, value in overrides.items():
        if value is None:
            continue
        pointer, name = _PLACE_BY_FLAG[flag]
        places.known[pointer] = name
        *outer, last = pointer
        section = document
        for key in outer:
            inner = section.get(key, {})
            section[key] = dict(inner) if isinstance(inner, dict) else inner
            section = section[key]
        if flag == "lighthouse":
            section.setdefault(last, {})
        elif isinstance(section, dict):
            section[last] = [value] if flag == "set" and isinstance(value, str) else value
    return document
