"""The inputs of the action: environment -> `Inputs`, checked here, for GitHub enforces neither `required` nor a kind.

In: the environment of a step, where the action maps each input to `GONOGO_INPUT_NAME`. Out: one frozen record, or an
error that names the input as the workflow writes it.
https://docs.github.com/actions/reference/metadata-syntax-for-github-actions#inputs
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from checks.errors import UserError
from checks.report.escape import visible
from checks.report.words import clip
from checks.run_folder import DEFAULT_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

LAUNCH: Final = "launch"
DEFAULT_CONFIG: Final = "gonogo.yaml"
SETS: Final = ("recommended", "strict")
GATES: Final = ("launch", "review")
SEVERITIES: Final = ("error", "warning", "info")
_YES_NO: Final = {"true": True, "false": False}
_SITE = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?/?")
_ADDRESS = re.compile(r"https?://")
_SHOWN = 60  # characters of a wrong value in a message
_LONGEST = 500  # characters of a value; no path and no address that is meant comes near


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the workflow asks for."""

    preview: str
    """The folder or address to judge; empty where the config says it."""
    site: str
    """The production origin; empty where the config says it."""
    config: str
    """The config file, relative to the checkout; empty for gonogo.yaml."""
    set: str
    gate: str
    """`launch`; or `review`, which is for pull requests only."""
    fail_on: str
    advisory: bool
    comment: bool
    sarif: bool
    shards: Path | None
    """A folder with what other jobs have measured of the preview; None where this job measures it."""
    baseline: str
    """What is live: `launch`, or what `--baseline` takes; empty where the config says it."""
    facts: Path | None
    """The run folder that a half without trust collected; None where this job collects itself."""
    run: Path

    @property
    def site_id(self) -> str:
        """What tells several judged sites apart; empty where neither `site` nor a config of its own is named.

        Two jobs that judge two sites must not share a status: the last one posted would hide the other.
        """
        if self.site:
            return self.site.partition("://")[2].rstrip("/").lower()
        file = PurePosixPath(self.config or DEFAULT_CONFIG)
        if file == PurePosixPath(DEFAULT_CONFIG):
            return ""
        return str(file.parent if file.name == DEFAULT_CONFIG else file.with_suffix(""))


def read(environment: Mapping[str, str]) -> Inputs:
    """Return the inputs that `environment` holds. Raises UserError for a value that can't be meant."""
    site = _text(environment, "site")
    if site and not _SITE.fullmatch(site):
        raise _wrong("site", site, "Write the production origin, such as https://www.example.com.")
    facts = _text(environment, "facts")
    preview = _text(environment, "preview")
    if facts and preview:
        raise _wrong("facts", facts, "Give `preview` or `facts`: with facts, nothing is rendered.")
    shards = _text(environment, "shards")
    if facts and shards:
        raise _wrong("facts", facts, "Give `shards` or `facts`: facts are of the whole site.")
    baseline = _text(environment, "baseline")
    if facts and baseline not in {"", LAUNCH}:
        raise _wrong("baseline", baseline, f"Write `{LAUNCH}`, or leave it out: with facts, nothing is rendered.")
    return Inputs(
        preview=preview if _ADDRESS.match(preview) else _path("preview", preview),
        site=site,
        config=_inside("config", _text(environment, "config")),
        set=_one_of(environment, "set", ("", *SETS)),
        gate=_one_of(environment, "gate", ("", *GATES)) or "launch",
        fail_on=_one_of(environment, "fail-on", ("", *SEVERITIES)) or "error",
        advisory=_flag(environment, "advisory", otherwise=False),
        comment=_flag(environment, "comment", otherwise=True),
        sarif=_flag(environment, "sarif", otherwise=False),
        shards=Path(_path("shards", shards)) if shards else None,
        baseline=baseline if _ADDRESS.match(baseline) else _path("baseline", baseline),
        facts=Path(_path("facts", facts)) if facts else None,
        run=Path(_path("run", _text(environment, "run")) or DEFAULT_NAME),
    )


def _text(environment: Mapping[str, str], name: str) -> str:
    text = environment.get(f"GONOGO_INPUT_{name.upper().replace('-', '_')}", "").strip()
    # A value that begins with a dash would be read as an option; one with a line break could forge an output.
    if text.startswith("-") or visible(text) != text or len(text) > _LONGEST:
        raise _wrong(name, text, f"Write one plain line, at most {_LONGEST} characters, without a dash first.")
    return text


def _one_of(environment: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    text = _text(environment, name)
    if text not in known:
        raise _wrong(name, text, f"Write {_either([one for one in known if one])}, or leave it out.")
    return text


def _flag(environment: Mapping[str, str], name: str, *, otherwise: bool) -> bool:
    text = _text(environment, name)
    if text and text.lower() not in _YES_NO:
        raise _wrong(name, text, "Write true or false.")
    return _YES_NO.get(text.lower(), otherwise)


def _path(name: str, text: str) -> str:
    if set(text) & set('*?"<>|`$;\\'):
        raise _wrong(name, text, "Write the path of one folder, with `/` between its parts.")
    return text


def _inside(name: str, text: str) -> str:
    path = PurePosixPath(_path(name, text))
    if path.is_absolute() or ".." in path.parts:
        raise _wrong(name, text, "Write the path of a file inside the repository, such as gonogo.yaml.")
    return text


def _either(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _wrong(name: str, text: str, remedy: str) -> UserError:
    return UserError(f"can't be `{clip(visible(text), _SHOWN)}`", where=f"input `{name}`", remedy=remedy)
