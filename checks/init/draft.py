"""Draft a first gonogo.yaml for a project, with a comment for every key.

In: what a folder says of its site, and what the live site does. Out: the text of a file that `settings.load` reads.
What can't be found out stays a comment.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from checks import new_file
from checks.init.project import POLICY_FOLDER, look
from checks.settings import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checks.init.project import Found


@dataclass(frozen=True, slots=True)
class Drafted:
    """The parts of a draft that a site decides which is live, or whoever asks for it."""

    host: str = "auto"
    key_pages: Sequence[str] = ("/",)
    page_types: Mapping[str, Sequence[str]] = field(default_factory=dict)
    third_parties: Sequence[str] = ()
    crawlers: Mapping[str, str] = field(default_factory=dict)
    baseline: str = "none"


def write(folder: Path, *, baseline: str = "none") -> Path:
    """Write gonogo.yaml into `folder` and return its path. Nothing is ever overwritten.

    Raises UserError where there is no such folder or there is a gonogo.yaml already, CannotMeasureError where it can't
    be written.
    """
    new_file.require_folder(folder)
    return new_file.create(folder / FILE_NAME, draft(folder, baseline))


def draft(folder: Path, baseline: str = "none") -> str:
    """Return the text of a gonogo.yaml for the project in `folder`."""
    return text(look(folder), Drafted(baseline=baseline))


def text(found: Found, drafted: Drafted) -> str:
    """Return the text of a gonogo.yaml from what a folder and a live site say."""
    template = Template(Path(__file__).with_name("gonogo.yaml.template").read_text("utf-8"))
    # JSON is YAML, and quotes what has to be quoted.
    return template.substitute(
        site=_site(found),
        preview=_preview(found),
        policies=_policies(found),
        host=drafted.host,
        key_pages=_list(drafted.key_pages),
        page_types=json.dumps({name: list(patterns) for name, patterns in drafted.page_types.items()}),
        third_parties=_list(drafted.third_parties),
        crawlers=json.dumps(dict(drafted.crawlers)),
        baseline=drafted.baseline,
    )


def _list(values: Sequence[str]) -> str:
    return json.dumps(list(values)) if list(values) != ["/"] else "[/]"


def _site(found: Found) -> str:
    if len(found.origins) == 1:
        return f"site: {found.origins[0]}"
    asked = f"  # The build names {', '.join(found.origins[:3])}: which one is it?" if found.origins else ""
    return f"# site: https://www.example.com{asked}"


def _preview(found: Found) -> str:
    if found.preview is None:
        return "# preview: dist"
    return f"preview: {found.preview}" + ("" if found.is_built else "  # Not built yet; is this the folder?")


def _policies(found: Found) -> str:
    return f"[{POLICY_FOLDER}]" if found.has_policies else f"[]  # Such as [{POLICY_FOLDER}]."
